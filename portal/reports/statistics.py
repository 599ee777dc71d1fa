"""How well do bodies answer? Counts with what they are out of, never a share alone."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, case, func

from portal.consultation.models import Comment, Consultation, DecisionKind, Reply
from portal.drafts.models import Draft
from portal.kernel.clock import now, start_of, today
from portal.kernel.db import db


@dataclass(frozen=True)
class Record:
    """A body's record of answers, or that of all bodies.

    Counts are of public comments: neither hidden nor withdrawn. `due` are those whose day for an answer has passed or that
    are answered already; `in_time` of `due` were answered by that day.
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
    of_body = [] if body_id is None else [Draft.body_id == body_id]
    in_time = Reply.posted_at < Consultation.answers_due_at
    overdue = and_(Reply.id.is_(None), Consultation.answers_due_at <= now())
    rows = db.session.execute(
        db.select(
            Reply.decision,
            func.count(Comment.id),
            func.sum(case((in_time, 1), else_=0)),
            func.sum(case((overdue, 1), else_=0)),
        )
        .join(Consultation, Consultation.draft_id == Comment.draft_id)
        .join(Draft, Draft.id == Comment.draft_id)
        .outerjoin(Reply, Reply.comment_id == Comment.id)
        .where(Comment.hidden_at.is_(None), Comment.withdrawn_at.is_(None), *of_body)
        .group_by(Reply.decision)
    ).all()
    drafts = db.session.scalar(db.select(func.count()).select_from(Draft).where(Draft.is_public, *of_body)) or 0
    decisions = {decision: count for decision, count, _, _ in rows if decision is not None}
    answered = sum(decisions.values())
    return Record(
        drafts=drafts,
        comments=sum(count for _, count, _, _ in rows),
        answered=answered,
        due=answered + sum(int(late or 0) for decision, _, _, late in rows if decision is None),
        in_time=sum(int(timely or 0) for _, _, timely, _ in rows),
        decisions=decisions,
    )


def comments_this_year() -> int:
    """Public comments posted since the first of January, official time."""
    since = start_of(today().replace(month=1, day=1))
    return (
        db.session.scalar(
            db.select(func.count())
            .select_from(Comment)
            .where(Comment.created_at >= since, Comment.hidden_at.is_(None), Comment.withdrawn_at.is_(None))
        )
        or 0
    )


def open_drafts() -> int:
    """Drafts that take comments now."""
    instant = now()
    return (
        db.session.scalar(
            db.select(func.count())
            .select_from(Consultation)
            .join(Draft, Draft.id == Consultation.draft_id)
            .where(
                Consultation.opens_at <= instant, Consultation.closes_at > instant,
                Draft.withdrawn_at.is_(None), Draft.adopted_on.is_(None),
            )  # fmt: skip
        )
        or 0
    )
