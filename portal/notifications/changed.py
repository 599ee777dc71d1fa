"""What does the author of comments read when the draft they spoke of gets a changed version?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask_babel import force_locale, pgettext

from portal.accounts.models import User
from portal.consultation.changes import Place, became
from portal.consultation.queries.changes import get_changes
from portal.drafts.compare import Change
from portal.drafts.models import LANGUAGES
from portal.drafts.queries.versions import VersionLine, list_versions
from portal.notifications import queries
from portal.notifications.letters import page_link

MOST_PLACES = 20  # in one letter
_ORDER = (Change.removed, Change.reworded, Change.moved)


@dataclass(frozen=True, slots=True)
class ChangedPlace:
    """A provision somebody commented on: its name, what became of it, and the comparison at it."""

    name: str
    state: str
    link: str


def letters_about(draft_id: int, number: int) -> Iterator[tuple[User, Mapping[str, Any]]]:
    """(author, what the letter says) for everybody who wants letters and commented on a version before this one."""
    lines = {line.id: line for line in list_versions(draft_id)}
    new = next((line for line in lines.values() if line.number == number), None)
    if new is None:
        return
    for user, rows in groupby(queries.list_commented(draft_id), lambda row: row[0]):
        spoken = [(lines[version_id], key) for _user, version_id, key in rows if version_id in lines]
        if spoken := [(old, key) for old, key in spoken if old.number < number]:
            yield user, _values(draft_id, new, user.language, spoken)


def _values(draft_id: int, new: VersionLine, language: str, spoken: Iterable[tuple[VersionLine, str]]) -> dict[str, Any]:
    with force_locale(language):
        found = sorted(_places(draft_id, new, language, spoken), key=lambda each: each[0])
    return {
        "number": new.number,
        "note": new.note.get(language) or next(iter(new.note.values()), ""),
        "places": tuple(place for _, place in found[:MOST_PLACES]),
        "more": max(0, len(found) - MOST_PLACES),
        "link": page_link(f"/drafts/{draft_id}/versions/{new.number}/comments"),
    }


def _places(
    draft_id: int, new: VersionLine, language: str, spoken: Iterable[tuple[VersionLine, str]]
) -> Iterator[tuple[int, ChangedPlace]]:
    """(rank, place) of those whose provision is no longer what it was."""
    for old, key in spoken:
        text = next((code for code in (language, *LANGUAGES) if code in old.texts and code in new.texts), None)
        if not key or text is None:
            continue
        changes = get_changes(old, new, text, language)
        place = became(changes.comparison, key)
        if place is not None and place.change in _ORDER:
            path = f"/drafts/{draft_id}/versions/{old.number}/compare/{new.number}?language={text}&unit={place.unit.key}"
            yield _ORDER.index(place.change), ChangedPlace(changes.place_name(place, language), _state(place), page_link(path))


def _state(place: Place) -> str:
    return {
        Change.removed: pgettext("provision in a letter", "removed"),
        Change.reworded: pgettext("provision in a letter", "text changed"),
        Change.moved: pgettext("provision in a letter", "moved or renumbered"),
    }[place.change]
