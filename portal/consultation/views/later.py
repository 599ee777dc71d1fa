"""What does a reader of one version have to know about the versions after the one under discussion?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from portal.consultation.changes import Place, became
from portal.consultation.queries.changes import get_comparison
from portal.consultation.queries.comments import KeyCount
from portal.consultation.queries.reading import Dossier, TextRef
from portal.consultation.views.change_rows import place_words
from portal.consultation.views.versions import comparison_address
from portal.drafts.queries.versions import VersionLine
from portal.web.formats import format_day


@dataclass(frozen=True, slots=True)
class LaterNotice:
    """A sentence about the version read, with (words, address) of where to go on."""

    words: str
    links: tuple[tuple[str, str], ...]


def later_notice(dossier: Dossier, texts: Sequence[TextRef], text: TextRef, chosen: str) -> LaterNotice | None:
    """That a newer version is there, or that this one is newer than the one people spoke of; None in an only version."""
    draft_id, discussed, latest = dossier.draft.id, discussed_number(dossier, texts), texts[0]
    if text.number > discussed:
        newer, words = text.number, _("This version was published after the discussion of version %(number)s.", number=discussed)
    elif text.number == discussed and latest.number > discussed:
        newer = latest.number
        words = _("After the discussion version %(number)s was published on %(date)s.",
                  number=newer, date=format_day(latest.published_at))  # fmt: skip
    else:
        return None
    links = [(_("What changed"), comparison_address(draft_id, discussed, newer, chosen, text.language))]
    if text.number == discussed:
        url = url_for("consultation.version", draft_id=draft_id, number=newer, language=latest.language)
        links.append((_("Read version %(number)s", number=newer), url))
    else:
        links.append((_("The version under discussion"), url_for("consultation.draft", draft_id=draft_id)))
        url = url_for("consultation.carried_comments", draft_id=draft_id, number=newer)
        links.append((_("Comments at version %(number)s", number=newer), url))
    return LaterNotice(words, (*links, (_("All versions"), url_for("consultation.versions", draft_id=draft_id))))


def discussed_number(dossier: Dossier, texts: Sequence[TextRef]) -> int:
    """The number of the version under discussion."""
    return next(text.number for text in texts if text.version_id == dossier.file.consultation.version_id)


def carried_words(places: Mapping[str, Place]) -> Mapping[str, str]:
    """What became of places in words, by the key people spoke of them under."""
    return {key: place_words(place) for key, place in places.items()}


def former_keys(places: Mapping[str, Place]) -> Mapping[str, str]:
    """Key of a row or cell in the version read → the key people spoke of it under; provisions keep theirs."""
    return {now: key for key, place in places.items() if place.row is not None and (now := place.key)}


def counts_now(counts: Mapping[str, KeyCount], places: Mapping[str, Place]) -> Mapping[str, KeyCount]:
    """The counts by the keys of the version read; without rows and cells that it has no more."""
    now = {key: place.key for key, place in places.items() if place.row is not None}
    return {now.get(key, key): count for key, count in counts.items() if now.get(key, key) or not key}


def carried_places(
    dossier: Dossier, texts: Sequence[TextRef], text: TextRef, keys: Collection[str]
) -> Mapping[str, Place]:
    """Key → what became of the place in the version read, where that is later than the one people spoke of; else nothing."""
    if not keys or text.number <= discussed_number(dossier, texts):
        return {}
    discussed = dossier.file.consultation.version_id
    old = next((other for other in texts if other.version_id == discussed and other.language == text.language), None)
    if old is None:
        return {}
    comparison = get_comparison(_line(old), _line(text), text.language)
    found = {key: became(comparison, key) for key in keys if key}
    return {key: place for key, place in found.items() if place is not None}


def _line(text: TextRef) -> VersionLine:
    return VersionLine(text.version_id, text.number, text.published_at, {}, {text.language: text.digest})
