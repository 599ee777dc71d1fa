"""What was changed in the structure of a text, and which differences of its languages are acknowledged?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from portal.drafts.alignment import Difference, list_differences, words_of_difference
from portal.drafts.editing import Operation, operation_from_json
from portal.drafts.models import Acknowledgement, TextEdits, Version, VersionText
from portal.drafts.queries.texts import find_text, list_text_languages
from portal.drafts.queries.versions import find_previous, list_outlines
from portal.drafts.structure import Kind, Outline, Warning_, outline_from_json
from portal.kernel.db import db
from portal.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Step:
    """A step that was taken or undone, with the kind and number the unit had before it."""

    operation: Operation
    kind: Kind
    number: str


@dataclass(frozen=True, slots=True)
class History:
    """The steps taken, oldest first, and those undone, the next to be done again first."""

    done: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class PreparedText:
    """One language of the version being prepared; `digest` tells whether it is still what a page showed."""

    outline: Outline
    digest: str
    history: History


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A difference that is meant: why and since when.

    `from_version` is the number of the version for which it was said, where the one being prepared took it over; else 0.
    """

    id: int
    fingerprint: str
    warning: Warning_
    reason: str
    at: datetime
    from_version: int = 0


@dataclass(frozen=True, slots=True)
class Differences:
    """Where the two authentic texts differ: what nobody has acknowledged, and what somebody has."""

    open: tuple[Difference, ...]
    acknowledged: tuple[Acknowledged, ...]


def get_prepared_outline(version_id: int, language: str, digest: str) -> Outline:
    """The tree of a text that is being prepared; the last few are kept, apart from the published ones.

    Each step makes a new one, so in the memory of published texts they would soon be alone, and large.
    """
    return _remembered(version_id, language, digest)


@lru_cache(maxsize=4)
def _remembered(version_id: int, language: str, digest: str) -> Outline:
    text = find_text(version_id, language)
    if text is None or text.digest != digest:
        raise NotFound("There is no text in this language.")
    return outline_from_json(text.outline)


def get_prepared_text(version_id: int, language: str) -> PreparedText:
    """A text with the steps that led to it; raises NotFound."""
    digest = list_text_languages(version_id).get(language)
    if digest is None:
        raise NotFound("There is no text in this language.")
    return PreparedText(get_prepared_outline(version_id, language, digest), digest, get_history(version_id, language))


def get_history(version_id: int, language: str) -> History:
    """The steps that led to a text, and those that were undone."""
    row = db.session.execute(
        db.select(TextEdits.operations, TextEdits.done)
        .join(VersionText, VersionText.id == TextEdits.text_id)
        .where(VersionText.version_id == version_id, VersionText.language == language)
    ).one_or_none()
    operations, done = row or ((), 0)
    steps = tuple(read_step(each) for each in operations)
    return History(steps[:done], steps[done:])


def count_edits(version_id: int) -> dict[str, int]:
    """How many steps stand in each text that was edited, by language."""
    rows = db.session.execute(
        db.select(VersionText.language, TextEdits.done)
        .join(TextEdits, TextEdits.text_id == VersionText.id)
        .where(VersionText.version_id == version_id, TextEdits.done > 0)
    )
    return dict(rows.all())


def read_step(document: Mapping[str, object]) -> Step:
    """A step as it is stored."""
    operation = operation_from_json(document["operation"])  # type: ignore[arg-type]
    return Step(operation, Kind(str(document["kind"])), str(document["number"]))


def list_acknowledged(version_id: int) -> tuple[Acknowledged, ...]:
    """The acknowledgements of a version, oldest first; of one being prepared some may be of no more use."""
    rows = db.session.scalars(
        db.select(Acknowledgement).where(Acknowledgement.version_id == version_id).order_by(Acknowledgement.id)
    )
    return tuple(
        Acknowledged(row.id, row.fingerprint, Warning_(row.code, row.key, row.params), row.reason, row.acknowledged_at)
        for row in rows
    )


def sort_differences(version_id: int, outlines: Mapping[str, Outline]) -> Differences:
    """The differences of these texts of a version. An acknowledgement of what has changed since counts no more.

    What was acknowledged in the version before and says the same in this one is acknowledged here too.
    """
    found = list_differences(outlines)
    if not found:
        return Differences((), ())
    acknowledged = {each.fingerprint: each for each in list_acknowledged(version_id)}
    others = [each for each in found if each.fingerprint not in acknowledged]
    acknowledged |= _taken_over(version_id, others, outlines)
    return Differences(
        tuple(each for each in found if each.fingerprint not in acknowledged),
        tuple(acknowledged[each.fingerprint] for each in found if each.fingerprint in acknowledged),
    )


def _taken_over(
    version_id: int, differences: Sequence[Difference], outlines: Mapping[str, Outline]
) -> dict[str, Acknowledged]:
    """Fingerprint of a difference → what the version before had acknowledged in the same words, one for one."""
    version = db.session.get(Version, version_id) if differences else None
    previous = find_previous(version) if version else None
    said = {(each.warning.code, each.warning.key): each for each in list_acknowledged(previous.id)} if previous else {}
    if previous is None or not said:
        return {}
    before = {outline.language: outline for outline in list_outlines(previous.id)}
    waiting: dict[str, list[Acknowledged]] = {}
    for each in list_differences(before):
        if known := said.get((each.warning.code, each.warning.key)):
            waiting.setdefault(words_of_difference(each, before), []).append(known)
    taken = {}
    for each in differences:
        if same := waiting.get(words_of_difference(each, outlines)):
            taken[each.fingerprint] = replace(
                same.pop(0), fingerprint=each.fingerprint, warning=each.warning, from_version=previous.number
            )
    return taken
