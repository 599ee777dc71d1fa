"""Which searches does a person keep, and what is new in them?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import and_, func, or_, update

from portal.kernel.db import db
from portal.kernel.errors import NotFound
from portal.search.asked import Asked, parameters_of, read_asked
from portal.search.hits import Hit, load_hits
from portal.search.models import Frequency, SavedSearch
from portal.search.queries import SearchOrder, search
from portal.search.visible import Seen

PERIODS = {Frequency.daily: timedelta(days=1), Frequency.weekly: timedelta(days=7)}
NEW_SHOWN = 5  # drafts of a search that a letter names


@dataclass(frozen=True, slots=True)
class News:
    """What came since the last letter: how many things, and the first few drafts they are of, each with its number."""

    saved: SavedSearch
    asked: Asked
    count: int
    drafts: tuple[tuple[Hit, int], ...]


def address_text(asked: Asked) -> str:
    """The search as it is kept: its address without the path, whatever its order."""
    return urlencode(parameters_of(replace(asked, order=SearchOrder.best)))


def asked_of(saved: SavedSearch) -> Asked:
    """The search kept."""
    return read_asked(dict(parse_qsl(saved.parameters)))


def list_saved(user_id: int) -> list[SavedSearch]:
    """The newest first."""
    query = db.select(SavedSearch).where(SavedSearch.user_id == user_id)
    return list(db.session.scalars(query.order_by(SavedSearch.id.desc()).limit(200)))


def get_saved(saved_id: int) -> SavedSearch:
    """The search; raises NotFound."""
    saved = db.session.get(SavedSearch, saved_id)
    if saved is None:
        raise NotFound("This search is not kept any more.")
    return saved


def count_saved(user_id: int) -> int:
    """How many a person keeps."""
    query = db.select(func.count()).select_from(SavedSearch).where(SavedSearch.user_id == user_id)
    return db.session.scalar(query) or 0


def is_saved(user_id: int, parameters: str) -> bool:
    """Does the person keep this one?"""
    query = db.select(SavedSearch.id).where(SavedSearch.user_id == user_id, SavedSearch.parameters == parameters)
    return db.session.scalar(query) is not None


def list_due_readers(instant: datetime, limit: int) -> list[int]:
    """Who keeps a search that may be written of again."""
    due = (
        and_(SavedSearch.frequency == frequency, SavedSearch.seen_until <= instant - period)
        for frequency, period in PERIODS.items()
    )
    query = db.select(SavedSearch.user_id).where(or_(*due))
    return list(db.session.scalars(query.distinct().order_by(SavedSearch.user_id).limit(limit)))


def note_seen(ids: Collection[int], until: datetime) -> None:
    """What is in these searches now is known to whoever keeps them."""
    db.session.execute(update(SavedSearch).where(SavedSearch.id.in_(ids)).values(seen_until=until))


def is_due(saved: SavedSearch, instant: datetime) -> bool:
    """May it be written of again?"""
    period = PERIODS.get(saved.frequency)
    return period is not None and saved.seen_until <= instant - period


def news_of(saved: SavedSearch) -> News:
    """What was announced, posted or answered since, and drafts that got another text; raises IndexUnusable."""
    asked = asked_of(saved)
    found = search(asked.text, asked.wanted, SearchOrder.newest, saved.language, needs_all=True)
    by_draft: dict[int, list[Seen]] = {}
    changed: set[int] = set()
    for each in found.seen:
        draft_id = each.candidate.reference.draft_id
        if each.at > saved.seen_until:
            by_draft.setdefault(draft_id, []).append(each)
        elif each.of.changed_at > saved.seen_until and draft_id not in changed:
            changed.add(draft_id)  # its text is new, whatever stands in it: one thing
            by_draft.setdefault(draft_id, []).append(each)
    first = list(by_draft.values())[:NEW_SHOWN]
    counts = {each[0].candidate.reference: len(each) for each in first}
    hits = load_hits([each[0] for each in first], found.query.marked)
    return News(saved, asked, sum(map(len, by_draft.values())), tuple((hit, counts[hit.reference]) for hit in hits))
