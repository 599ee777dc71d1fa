"""What should a drafter look at in the recognised texts, in words and with the place?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from portal.drafts.alignment import chains
from portal.drafts.labels import chain_label
from portal.drafts.policy import AUTHENTIC
from portal.drafts.structure import Outline, Warning_, compare_languages
from portal.drafts.words import LANGUAGES
from portal.web.locale import current_language


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence, the unit it is about ("" for the whole text) and whose text it speaks of ("" for both)."""

    key: str
    place: str
    source: str
    words: str


def findings(outlines: Mapping[str, Outline]) -> tuple[Finding, ...]:
    """Where the Kazakh and the Russian text disagree, then what is odd within each text."""
    within = [finding for outline in outlines.values() for finding in findings_within(outline)]
    return (*differences(outlines), *within)


def findings_within(outline: Outline) -> tuple[Finding, ...]:
    """What is odd within one text."""
    return tuple(_found(outline.warnings, (outline,), str(LANGUAGES[outline.language])))


def differences(outlines: Mapping[str, Outline]) -> tuple[Finding, ...]:
    """Where the two authentic texts disagree in structure; none while one is missing."""
    kk, ru = outlines.get("kk"), outlines.get("ru")
    return find_words(compare_languages(kk, ru), outlines) if kk and ru else ()


def find_words(warnings: Iterable[Warning_], outlines: Mapping[str, Outline]) -> tuple[Finding, ...]:
    """What differences between the two authentic texts say, with their places."""
    sides = tuple(outlines[language] for language in AUTHENTIC if language in outlines)
    return tuple(_found(warnings, sides, ""))


def _found(warnings: Iterable[Warning_], outlines: tuple[Outline, ...], source: str) -> list[Finding]:
    warnings = list(warnings)
    keys = {warning.key for warning in warnings if warning.key}
    ways = {key: way for outline in reversed(outlines) for key, way in chains(outline, keys).items()}
    return [
        Finding(
            warning.key,
            chain_label(ways[warning.key], current_language()) if warning.key in ways else "",
            source,
            _(warning.template) % {"key": warning.key, **warning.params},
        )
        for warning in warnings
    ]
