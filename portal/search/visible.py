"""Which of the candidates may a reader see, and which pass the filters? The database is asked, never the index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func

from portal.consultation.models import Comment, Consultation, DecisionKind, Reply, Tally
from portal.drafts.models import Body, Draft, Version
from portal.kernel.clock import end_of, now, start_of
from portal.kernel.db import db
from portal.search.backends import Candidate
from portal.search.documents import HitKind
from portal.search.sources import is_comment_visible
from portal.search.statuses import Status, status_column, status_is

MOST_TOLD = 20_000  # drafts or comments that the engine is told of; more narrow down little: they are sorted out here


@dataclass(frozen=True, slots=True)
class Filter:
    """What a reader narrowed the search down to; None, "" and False leave a condition out. Both days are included.

    `body_id` stands for what belongs to the body too. `has_answers`: comments that are answered, answers, and drafts with
    any. `is_waiting`: comments without an answer. What passes one of `without` is left out.
    """

    kind: HitKind | None = None
    draft_id: int | None = None
    body_id: int | None = None
    type_id: int | None = None
    status: Status | None = None
    language: str = ""
    since: date | None = None
    until: date | None = None
    area_id: int | None = None
    year: int | None = None
    decision: DecisionKind | None = None
    has_answers: bool = False
    is_waiting: bool = False
    without: tuple[Filter, ...] = ()

    @property
    def days(self) -> tuple[date | None, date | None]:
        """The first and the last day, the year's too."""
        if self.year is None:
            return self.since, self.until
        first, last = date(self.year, 1, 1), date(self.year, 12, 31)
        return max(self.since or first, first), min(self.until or last, last)

    @property
    def asks_answers(self) -> bool:
        """Is there a condition on answers?"""
        return self.decision is not None or self.has_answers or self.is_waiting

    @property
    def asks_drafts(self) -> bool:
        """Is there a condition on drafts?"""
        asked = (self.status, self.draft_id, self.body_id, self.type_id, self.area_id)
        return any(each is not None for each in asked)

    @property
    def is_any(self) -> bool:
        """Is there a condition at all?"""
        return self != Filter()


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """What is counted, sorted and narrowed by of the draft of a thing found; `at`: when it was announced, `changed_at`:
    when its present text was published.
    """

    at: datetime
    changed_at: datetime
    body_id: int
    type_id: int
    area_id: int | None
    status: Status
    closes_at: datetime
    comments: int
    answered: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A candidate a reader may see; `at`: when the draft was announced, the comment posted, the answer given."""

    candidate: Candidate
    at: datetime
    of: DraftFacts
    is_answered: bool
    decision: DecisionKind | None = None


Said = tuple[datetime, bool, DecisionKind | None]  # when, answered, how


def see(candidates: Sequence[Candidate], wanted: Filter) -> list[Seen]:
    """The candidates that may be seen and pass the filter, in their order. At most three queries."""
    drafts = _drafts({each.reference.draft_id for each in candidates}, wanted)
    said = {
        HitKind.comment: _comments(_ids(candidates, HitKind.comment, drafts)),
        HitKind.reply: _replies(_ids(candidates, HitKind.reply, drafts)),
    }
    seen = (_seen(each, drafts.get(each.reference.draft_id), said) for each in candidates)
    return [each for each in seen if each is not None and _passes(each, wanted)]


def _seen(candidate: Candidate, of: DraftFacts | None, said: dict[HitKind, dict[int, Said]]) -> Seen | None:
    reference = candidate.reference
    if of is None:
        return None
    if reference.kind not in said:
        return Seen(candidate, of.at, of, of.answered > 0)
    found = said[reference.kind].get(reference.object_id)
    return Seen(candidate, found[0], of, found[1], found[2]) if found else None


def _passes(seen: Seen, wanted: Filter) -> bool:
    if any(_is_said_by(seen, each) for each in wanted.without if not each.asks_drafts):
        return False
    since, until = wanted.days
    if since is not None and seen.at < start_of(since) or until is not None and seen.at >= end_of(until):
        return False
    if wanted.decision is not None and seen.decision is not wanted.decision:
        return False
    if wanted.is_waiting:
        return seen.candidate.reference.kind is HitKind.comment and not seen.is_answered
    return seen.is_answered or not wanted.has_answers


def _is_said_by(seen: Seen, without: Filter) -> bool:
    """Does it have what is to be left out? Conditions on drafts are the database's."""
    reference = seen.candidate.reference
    if without.kind is not None and without.kind is not reference.kind:
        return False
    return (not without.language or without.language == reference.language) and _passes(seen, without)


def list_draft_ids(wanted: Filter) -> frozenset[int] | None:
    """The drafts that pass the conditions on drafts; None where there is no such condition, or where it leaves more than
    the engine is told of. One query.
    """
    if not any(each.asks_drafts for each in (replace(wanted, draft_id=None), *wanted.without)):
        return None if wanted.draft_id is None else frozenset({wanted.draft_id})
    query = db.select(Draft.id).join(Consultation, Consultation.draft_id == Draft.id)
    return _told(query.where(*conditions(wanted)))


def list_things(wanted: Filter) -> dict[HitKind, frozenset[int]] | None:
    """What passes the conditions on answers; None where there is no such condition, or where it leaves more than the
    engine is told of. At most three queries.
    """
    if wanted.is_waiting:
        comments = _told(_of_wanted(db.select(Comment.id).where(~Comment.is_answered), Comment, wanted))
        return None if comments is None else {HitKind.comment: comments}
    if wanted.decision is None and not wanted.has_answers:
        return None
    found = {HitKind.reply: db.select(Reply.id), HitKind.comment: db.select(Reply.comment_id)}
    if wanted.decision is not None:
        found = {kind: query.where(Reply.decision == wanted.decision) for kind, query in found.items()}
    asked = {kind: _of_wanted(query, Reply, wanted) for kind, query in found.items()}
    if wanted.decision is None:
        asked[HitKind.draft] = db.select(Tally.draft_id).where(Tally.answered > 0)
    told: dict[HitKind, frozenset[int]] = {}
    for kind, query in asked.items():
        ids = _told(query)
        if ids is None:
            return None
        told[kind] = ids
    return told if wanted.decision is not None else {**told, HitKind.provision: told[HitKind.draft]}


def _of_wanted(query: Select[tuple[int]], table: Any, wanted: Filter) -> Select[tuple[int]]:
    """Of drafts that pass."""
    query = query.join(Draft, Draft.id == table.draft_id).join(Consultation, Consultation.draft_id == Draft.id)
    return query.where(*conditions(wanted))


def _told(query: Select[tuple[int]]) -> frozenset[int] | None:
    ids = frozenset(db.session.scalars(query.limit(MOST_TOLD + 1)))
    return ids if len(ids) <= MOST_TOLD else None


def conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    """The conditions on drafts, for Draft joined with Consultation."""
    without = (and_(*asked) for each in wanted.without if (asked := _draft_conditions(each)))
    return [Draft.is_public, *_draft_conditions(wanted), *(~func.coalesce(each, false()) for each in without)]


def _draft_conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.status is not None:
        found.append(status_is(wanted.status, now()))
    if wanted.draft_id is not None:
        found.append(Draft.id == wanted.draft_id)
    if wanted.body_id is not None:
        found.append(Draft.body_id.in_(body_and_below(wanted.body_id)))
    if wanted.type_id is not None:
        found.append(Draft.type_id == wanted.type_id)
    if wanted.area_id is not None:
        found.append(Draft.area_id == wanted.area_id)
    return found


def body_and_below(body_id: int) -> Select[tuple[int]]:
    """The ids of a body and of all that belong to it, as a subquery; ends where bodies stand in a circle."""
    tree = db.select(Body.id).where(Body.id == body_id).cte("tree", recursive=True)
    tree = tree.union(db.select(Body.id).where(Body.parent_id == tree.c.id))
    return db.select(tree.c.id)


def _ids(candidates: Iterable[Candidate], kind: HitKind, drafts: dict[int, DraftFacts]) -> set[int]:
    references = (candidate.reference for candidate in candidates)
    return {each.object_id for each in references if each.kind is kind and each.draft_id in drafts}


def _drafts(ids: set[int], wanted: Filter) -> dict[int, DraftFacts]:
    if not ids:
        return {}
    rows = db.session.execute(
        db.select(
            Draft.id, Consultation.announced_at, func.coalesce(Version.published_at, Consultation.announced_at),
            Draft.body_id, Draft.type_id, Draft.area_id, status_column(now()), Consultation.closes_at,
            func.coalesce(Tally.comments, 0).label("comments"), func.coalesce(Tally.answered, 0).label("answered"),
        )
        .join(Consultation, Consultation.draft_id == Draft.id)
        .join(Version, Version.id == Consultation.version_id)
        .outerjoin(Tally, Tally.draft_id == Draft.id)
        .where(Draft.id.in_(ids), *conditions(wanted))
    )  # fmt: skip
    return {
        id_: DraftFacts(at, changed_at, body, act_type, area, Status(status), closes_at, comments, answered)
        for id_, at, changed_at, body, act_type, area, status, closes_at, comments, answered in rows
    }


def _comments(ids: set[int]) -> dict[int, Said]:
    if not ids:
        return {}
    rows = db.session.execute(
        db.select(Comment.id, Comment.created_at, Reply.decision)
        .outerjoin(Reply, Reply.comment_id == Comment.id)
        .where(Comment.id.in_(ids), is_comment_visible())
    )
    return {id_: (at, decision is not None, decision) for id_, at, decision in rows}


def _replies(ids: set[int]) -> dict[int, Said]:
    if not ids:
        return {}
    rows = db.session.execute(
        db.select(Reply.id, Reply.posted_at, Reply.decision)
        .join(Comment, Comment.id == Reply.comment_id)
        .where(Reply.id.in_(ids), is_comment_visible())
    )
    return {id_: (at, True, decision) for id_, at, decision in rows}
