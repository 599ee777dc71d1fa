"""Which of the candidates may a reader see, and which pass the filters? The database is asked, never the index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement

from portal.consultation.models import Comment, Consultation, Reply
from portal.consultation.phases import Phase, phase_is
from portal.drafts.models import Draft
from portal.kernel.clock import end_of, now, start_of
from portal.kernel.db import db
from portal.search.backends import Candidate
from portal.search.documents import HitKind
from portal.search.sources import is_comment_visible


@dataclass(frozen=True, slots=True)
class Filter:
    """What a reader narrowed the search down to; None and "" leave a condition out. Both days are included."""

    kind: HitKind | None = None
    draft_id: int | None = None
    body_id: int | None = None
    type_id: int | None = None
    phase: Phase | None = None
    language: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """A candidate a reader may see; `at`: when the draft was announced, the comment posted, the answer given."""

    candidate: Candidate
    at: datetime


def see(candidates: Sequence[Candidate], wanted: Filter) -> list[Seen]:
    """The candidates that may be seen and pass the filter, in their order. At most three queries."""
    drafts = _drafts({each.reference.draft_id for each in candidates}, wanted)
    comments = _comments(_ids(candidates, HitKind.comment, drafts))
    replies = _replies(_ids(candidates, HitKind.reply, drafts))
    seen = []
    for candidate in candidates:
        reference = candidate.reference
        instants = {HitKind.comment: comments, HitKind.reply: replies}.get(reference.kind, drafts)
        at = instants.get(reference.object_id) if reference.draft_id in drafts else None
        if at is not None and _is_within(at, wanted):
            seen.append(Seen(candidate, at))
    return seen


def list_draft_ids(wanted: Filter) -> frozenset[int] | None:
    """The drafts that pass the conditions on drafts; None where there is no such condition. One query."""
    if wanted.phase is None and wanted.body_id is None and wanted.type_id is None:
        return None if wanted.draft_id is None else frozenset({wanted.draft_id})
    query = db.select(Draft.id).join(Consultation, Consultation.draft_id == Draft.id)
    return frozenset(db.session.scalars(query.where(*_conditions(wanted))))


def _conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Draft.is_public]
    if wanted.phase is not None:
        conditions.append(phase_is(wanted.phase, now()))
    if wanted.draft_id is not None:
        conditions.append(Draft.id == wanted.draft_id)
    if wanted.body_id is not None:
        conditions.append(Draft.body_id == wanted.body_id)
    if wanted.type_id is not None:
        conditions.append(Draft.type_id == wanted.type_id)
    return conditions


def _ids(candidates: Iterable[Candidate], kind: HitKind, drafts: dict[int, datetime]) -> set[int]:
    references = (candidate.reference for candidate in candidates)
    return {each.object_id for each in references if each.kind is kind and each.draft_id in drafts}


def _drafts(ids: set[int], wanted: Filter) -> dict[int, datetime]:
    if not ids:
        return {}
    rows = db.session.execute(
        db.select(Draft.id, Consultation.announced_at)
        .join(Consultation, Consultation.draft_id == Draft.id)
        .where(Draft.id.in_(ids), *_conditions(wanted))
    )
    return {id_: at for id_, at in rows}


def _comments(ids: set[int]) -> dict[int, datetime]:
    if not ids:
        return {}
    visible = db.select(Comment.id, Comment.created_at).where(Comment.id.in_(ids), is_comment_visible())
    rows = db.session.execute(visible)
    return {id_: at for id_, at in rows}


def _replies(ids: set[int]) -> dict[int, datetime]:
    if not ids:
        return {}
    rows = db.session.execute(
        db.select(Reply.id, Reply.posted_at)
        .join(Comment, Comment.id == Reply.comment_id)
        .where(Reply.id.in_(ids), is_comment_visible())
    )
    return {id_: at for id_, at in rows}


def _is_within(at: datetime, wanted: Filter) -> bool:
    if wanted.since is not None and at < start_of(wanted.since):
        return False
    return wanted.until is None or at < end_of(wanted.until)
