"""What was hidden and shown again, and what waits for a moderator's eye?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func

from portal.consultation.models import Comment, CommentFlag, ModerationEvent
from portal.drafts.models import Draft
from portal.kernel.db import db

PAGE = 25
MOST_CHOICES = 300
LOGGED = ("hidden", "restored")
Titles = tuple[str, str, str]  # kk, ru, en


@dataclass(frozen=True, slots=True)
class LogRow:
    """One line of the public log; it holds neither the comment's words nor the moderator."""

    at: datetime
    action: str  # hidden | restored
    rule: int
    reason: str
    language: str
    comment_id: int
    draft_id: int
    titles: Titles


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A comment readers can see, as a moderator looks at it. `flags` counts the reports nobody has settled yet."""

    id: int
    draft_id: int
    author_name: str
    organisation: str
    language: str
    text: str
    proposed_text: str
    created_at: datetime
    titles: Titles
    flags: int = 0


def count_log(draft_id: int | None = None) -> int:
    """How many lines the public log has."""
    return db.session.scalar(_of_log(db.select(func.count()), draft_id)) or 0


def list_log(draft_id: int | None = None, *, offset: int = 0, limit: int = PAGE) -> list[LogRow]:
    """Lines of the public log, newest first."""
    event = ModerationEvent
    query = _of_log(
        db.select(
            event.at, event.action, event.rule, event.reason, event.language, Comment.id, Draft.id,
            Draft.title_kk, Draft.title_ru, Draft.title_en,
        ),
        draft_id,
    )  # fmt: skip
    rows = db.session.execute(query.order_by(event.id.desc()).offset(offset).limit(limit))
    return [LogRow(*row[:7], tuple(row[7:])) for row in rows]


def list_log_drafts() -> list[tuple[int, str, Titles]]:
    """(id, number, titles) of the latest drafts of which the log speaks."""
    query = _of_log(db.select(Draft.id, Draft.number, Draft.title_kk, Draft.title_ru, Draft.title_en).distinct(), None)
    rows = db.session.execute(query.order_by(Draft.id.desc()).limit(MOST_CHOICES))
    return [(row[0], row[1], tuple(row[2:])) for row in rows]


def count_flagged() -> int:
    """How many comments have reports that nobody has settled."""
    waiting = _unsettled().subquery()
    query = db.select(func.count()).select_from(Comment).join(waiting, waiting.c.comment_id == Comment.id)
    return db.session.scalar(query.where(_visible)) or 0


def list_flagged(*, offset: int = 0, limit: int = PAGE) -> list[QueueRow]:
    """Reported comments, those reported by most people first."""
    waiting = _unsettled().subquery()
    query = _queue(waiting.c.flags).join(waiting, waiting.c.comment_id == Comment.id).where(_visible)
    rows = db.session.execute(query.order_by(waiting.c.flags.desc(), Comment.id).offset(offset).limit(limit))
    return [_queue_row(row) for row in rows]


def list_newest(limit: int = PAGE) -> list[QueueRow]:
    """The latest comments on all drafts."""
    rows = db.session.execute(_queue(db.literal(0)).where(_visible).order_by(Comment.id.desc()).limit(limit))
    return [_queue_row(row) for row in rows]


def map_flag_reasons(comment_ids: Collection[int]) -> dict[int, list[str]]:
    """Comment id → what its readers say is wrong with it, oldest first; settled reports left out."""
    reasons: dict[int, list[str]] = {}
    if comment_ids:
        rows = db.session.execute(
            db.select(CommentFlag.comment_id, CommentFlag.reason)
            .where(CommentFlag.comment_id.in_(comment_ids), ~_settled())
            .order_by(CommentFlag.at)
        )
        for comment_id, reason in rows:
            reasons.setdefault(comment_id, []).append(reason)
    return reasons


def find_last_event(comment_id: int) -> ModerationEvent | None:
    """How the comment was hidden or shown again last."""
    return db.session.scalar(
        db.select(ModerationEvent)
        .where(ModerationEvent.comment_id == comment_id, ModerationEvent.action.in_(LOGGED))
        .order_by(ModerationEvent.id.desc())
        .limit(1)
    )


_visible = and_(Comment.hidden_at.is_(None), Comment.withdrawn_at.is_(None))


def _of_log(query: Select[Any], draft_id: int | None) -> Select[Any]:
    query = (
        query.select_from(ModerationEvent)
        .join(Comment, Comment.id == ModerationEvent.comment_id)
        .join(Draft, Draft.id == Comment.draft_id)
        .where(ModerationEvent.action.in_(LOGGED), Draft.is_public)
    )
    return query if draft_id is None else query.where(Draft.id == draft_id)


def _settled() -> ColumnElement[bool]:
    """Whatever a moderator decided after a report settles it: hiding, showing again, finding nothing wrong."""
    return (
        db.select(ModerationEvent.id)
        .where(ModerationEvent.comment_id == CommentFlag.comment_id, ModerationEvent.at >= CommentFlag.at)
        .exists()
    )


def _unsettled() -> Select[Any]:
    return (
        db.select(CommentFlag.comment_id, func.count().label("flags"))
        .where(~_settled())
        .group_by(CommentFlag.comment_id)
    )


def _queue(flags: Any) -> Select[Any]:
    return (
        db.select(
            Comment.id, Comment.draft_id, Comment.author_name, Comment.organisation, Comment.language, Comment.text,
            Comment.proposed_text, Comment.created_at, Draft.title_kk, Draft.title_ru, Draft.title_en, flags,
        )
        .select_from(Comment)
        .join(Draft, Draft.id == Comment.draft_id)
    )  # fmt: skip


def _queue_row(row: Any) -> QueueRow:
    return QueueRow(*row[:8], tuple(row[8:11]), row[11])
