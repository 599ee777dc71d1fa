"""What has to be known to write a letter about a comment, its answer or a report?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, or_

from portal.accounts.models import User
from portal.consultation.clocks import What
from portal.consultation.models import ClockMove, Comment, DraftVote, ModerationEvent, Reply
from portal.drafts.models import Body, Draft
from portal.kernel.db import db
from portal.notifications.models import Message


@dataclass(frozen=True)
class Answered:
    """A comment that was answered, with everybody concerned."""

    comment: Comment
    reply: Reply
    draft: Draft
    body: Body
    author: User


@dataclass(frozen=True)
class Moderated:
    """A comment that was hidden or shown again, with the latest reason."""

    comment: Comment
    event: ModerationEvent
    draft: Draft
    author: User


def find_answered(reply_id: int) -> Answered | None:
    """The reply with its comment; None when the comment has no account behind it."""
    row = db.session.execute(
        db.select(Comment, Reply, Draft, Body, User)
        .join(Reply, Reply.comment_id == Comment.id)
        .join(Draft, Draft.id == Reply.draft_id)
        .join(Body, Body.id == Reply.body_id)
        .join(User, User.id == Comment.author_id)
        .where(Reply.id == reply_id)
    ).one_or_none()
    return Answered(*row) if row else None


def find_moderated(comment_id: int, action: str) -> Moderated | None:
    """The comment with the latest event of an action; None when it has no account behind it."""
    row = db.session.execute(
        db.select(Comment, ModerationEvent, Draft, User)
        .join(ModerationEvent, and_(ModerationEvent.comment_id == Comment.id, ModerationEvent.action == action))
        .join(Draft, Draft.id == Comment.draft_id)
        .join(User, User.id == Comment.author_id)
        .where(Comment.id == comment_id)
        .order_by(ModerationEvent.id.desc())
        .limit(1)
    ).one_or_none()
    return Moderated(*row) if row else None


def reason_of_move(draft_id: int, to_on: date) -> Mapping[str, str]:
    """Why the last day of a discussion was moved to a day: language → text; empty where no person moved it."""
    reason = db.session.scalar(
        db.select(ClockMove.reason)
        .where(ClockMove.draft_id == draft_id, ClockMove.what == What.discussion.value, ClockMove.to_on == to_on)
        .order_by(ClockMove.id.desc())
        .limit(1)
    )
    return reason or {}


def wants_letters() -> ColumnElement[bool]:
    """Does a person get letters about discussions?"""
    return and_(User.wants_letters, User.confirmed_at.is_not(None), User.blocked_at.is_(None))


def participants(draft_id: int) -> ColumnElement[bool]:
    """Did a person comment on a draft, and not take it back, or vote on it?"""
    return or_(
        User.id.in_(
            db.select(Comment.author_id).where(
                Comment.draft_id == draft_id, Comment.author_id.is_not(None), Comment.withdrawn_at.is_(None)
            )
        ),
        User.id.in_(db.select(DraftVote.user_id).where(DraftVote.draft_id == draft_id)),
    )


def list_commented(draft_id: int) -> list[tuple[User, int, str]]:
    """(author, version, key of the provision) of what readers see on a draft, each once, author by author.

    Only of people who get letters; a comment on the draft as a whole has the key "".
    """
    rows = db.session.execute(
        db.select(User, Comment.version_id, Comment.provision_key)
        .join(Comment, Comment.author_id == User.id)
        .where(Comment.draft_id == draft_id, ~Comment.is_gone, wants_letters())
        .order_by(User.id, Comment.version_id, Comment.provision_key)
        .distinct()
    )
    return [(user, version_id, key) for user, version_id, key in rows]


def has_letter(entry_number: int, user_id: int, kind: str) -> bool:
    """Was this letter composed before?"""
    return db.session.scalar(_letters(entry_number, kind).where(Message.user_id == user_id)) is not None


def readers_with_letter(entry_number: int, kind: str) -> Select[tuple[int]]:
    """Who has this letter already, as a subquery."""
    return db.select(Message.user_id).where(Message.entry_number == entry_number, Message.kind == kind)


def _letters(entry_number: int, kind: str) -> Select[tuple[int]]:
    return db.select(Message.id).where(Message.entry_number == entry_number, Message.kind == kind)
