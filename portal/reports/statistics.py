"""How well do bodies answer? Counts with what they are out of, never a share alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, case, func, not_

from portal.consultation.models import Comment, Consultation, DecisionKind, Reply, Tally
from portal.consultation.phases import Phase, phase_is
from portal.drafts.models import Draft
from portal.kernel.clock import now, start_of, today
from portal.kernel.db import db


@dataclass(frozen=True)
class Record:
    """A body's record of answers, or that of all bodies.

    Counts are of public comments: neither hidden nor withdrawn. `due` are those whose day for an answer has passed or that
    are answered already; `in_time` of `due` were answered by that day. Nothing is due of what came from an archive.
    """

    drafts: int
    comments: int
    answered: int
    due: int
    in_time: int
    decisions: dict[DecisionKind, int]

    @property
    def changed_text(self) -> int:
        """Comments accepted wholly or in part."""
        return self.decisions.get(DecisionKind.accepted, 0) + self.decisions.get(DecisionKind.partly_accepted, 0)

    @property
    def share_in_time(self) -> float | None:
        """0 to 1, or None while nothing was due."""
        return self.in_time / self.due if self.due else None


def record_of(body_id: int | None = None) -> Record:
    """The record of a body, or of all. Two queries."""
    is_overdue = and_(not_(Consultation.is_archived), Consultation.answers_due_at <= now())
    in_time = and_(not_(Consultation.is_archived), Reply.posted_at < Consultation.answers_due_at)
    counted = db.select(
        func.count(),
        func.sum(Tally.comments),
        func.sum(case((is_overdue, Tally.comments - Tally.answered), else_=0)),
    ).join_from(Consultation, Tally, Tally.draft_id == Consultation.draft_id)
    decided = (
        db.select(
            Reply.decision, func.count(), func.sum(case((Consultation.is_archived, 0), else_=1)),
            func.sum(case((in_time, 1), else_=0)),
        )
        .join_from(Reply, Comment, Comment.id == Reply.comment_id)
        .join(Consultation, Consultation.draft_id == Reply.draft_id)
        .where(~Comment.is_gone)
        .group_by(Reply.decision)
    )
    drafts, comments, overdue = db.session.execute(_of_body(counted, body_id)).one()
    rows = db.session.execute(_of_body(decided, body_id)).all()
    decisions = {decision: count for decision, count, _, _ in rows}
    return Record(
        drafts=drafts,
        comments=comments or 0,
        answered=sum(decisions.values()),
        due=sum(due for _, _, due, _ in rows) + (overdue or 0),
        in_time=sum(timely for _, _, _, timely in rows),
        decisions=decisions,
    )


def _of_body(query: Select[Any], body_id: int | None) -> Select[Any]:
    if body_id is None:
        return query
    return query.join(Draft, Draft.id == Consultation.draft_id).where(Draft.body_id == body_id)


def comments_this_year() -> int:
    """Public comments posted since the first of January, official time."""
    since = start_of(today().replace(month=1, day=1))
    return (
        db.session.scalar(
            db.select(func.count())
            .select_from(Comment)
            .where(Comment.created_at >= since, ~Comment.is_gone)
        )
        or 0
    )


def open_drafts() -> int:
    """Drafts that take comments now."""
    return (
        db.session.scalar(
            db.select(func.count())
            .select_from(Consultation)
            .join(Draft, Draft.id == Consultation.draft_id)
            .where(phase_is(Phase.open, now()))
        )
        or 0
    )
