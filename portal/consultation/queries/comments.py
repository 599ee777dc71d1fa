"""What was said about a draft, in which order, and what became of it?

Lists select columns into frozen rows; what belongs to several comments (answers, decisions, reasons, votes) is
fetched once for the whole page, so that a page costs the same with twenty comments as with twenty thousand. Which
comments make up a page is read from an index alone; the words are fetched for these only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func

from portal.consultation.models import (
    Comment,
    CommentVote,
    DecisionKind,
    ModerationEvent,
    ProvisionTally,
    Reply,
    Stance,
)
from portal.drafts.models import Draft
from portal.kernel.db import db
from portal.kernel.errors import NotFound

PAGE = 20
LARGEST_PAGE = 500


class Order(StrEnum):
    """In which order comments stand."""

    supported = "supported"
    newest = "newest"
    answered = "answered"


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A comment as readers may see it; whoever shows it leaves out the words of one that is gone."""

    id: int
    draft_id: int
    provision_key: str
    parent_id: int | None
    root_id: int | None
    author_id: int | None
    author_name: str
    organisation: str
    language: str
    stance: Stance | None
    text: str
    proposed_text: str
    created_at: datetime
    edited_at: datetime | None
    withdrawn_at: datetime | None
    hidden_at: datetime | None
    agree: int
    disagree: int
    passes: int
    replies: int
    entry_number: int | None

    @property
    def is_gone(self) -> bool:
        """Is it hidden or withdrawn?"""
        return self.hidden_at is not None or self.withdrawn_at is not None


COLUMNS = tuple(getattr(Comment, name) for name in CommentRow.__slots__)


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """The agency's answer to a comment."""

    comment_id: int
    decision: DecisionKind
    text: str
    language: str
    unit: str
    changed_provision: str
    posted_at: datetime


@dataclass(frozen=True, slots=True)
class HiddenReason:
    """Why a comment is hidden: the point of the rules of conduct and the moderator's words."""

    rule: int
    reason: str
    language: str


@dataclass(frozen=True, slots=True)
class KeyCount:
    """What stands under one provision: comments readers see, and threads with those that are gone."""

    comments: int
    threads: int


@dataclass(frozen=True, slots=True)
class CommentFilter:
    """Which comments of a draft; None and "" leave a condition out, `provision` "" is the whole draft."""

    provision: str | None = None
    stance: str = ""
    answered: bool | None = None
    language: str = ""


    @property
    def is_of_words(self) -> bool:
        """Is anything asked that the counts of places do not tell?"""
        return bool(self.stance or self.language) or self.answered is not None


Ordering = tuple[ColumnElement[Any], ...]
_ORDERINGS: dict[Order, Ordering] = {
    Order.supported: (Comment.rank.asc(), Comment.id.asc()),
    Order.newest: (Comment.created_at.desc(), Comment.id.desc()),
    Order.answered: (Comment.is_answered.desc(), Comment.rank.asc(), Comment.id.asc()),
}


def count_by_provision(draft_id: int) -> dict[str, KeyCount]:
    """Provision key → counts; the whole draft stands under ""."""
    rows = db.session.execute(
        db.select(ProvisionTally.provision_key, ProvisionTally.comments, ProvisionTally.threads).where(
            ProvisionTally.draft_id == draft_id
        )
    )
    return {key: KeyCount(comments, threads) for key, comments, threads in rows}


def list_thread(
    draft_id: int, provision_key: str, order: Order, *, offset: int = 0, limit: int = PAGE
) -> list[CommentRow]:
    """First comments on one provision ("" = on the whole draft), hidden and withdrawn ones last."""
    here = (Comment.draft_id == draft_id, Comment.provision_key == provision_key, Comment.root_id.is_(None))
    return _rows(here, (Comment.is_gone.asc(), *_ORDERINGS[order]), offset, limit)


def list_first_answers(parent_ids: Collection[int], each: int) -> list[CommentRow]:
    """Of every parent its first public answers, at most `each`, oldest first."""
    if not parent_ids:
        return []
    place = func.row_number().over(partition_by=Comment.parent_id, order_by=Comment.id).label("place")
    numbered = (
        db.select(Comment.id, place).where(Comment.parent_id.in_(parent_ids), ~Comment.is_gone).subquery()
    )
    query = db.select(*COLUMNS).join(numbered, numbered.c.id == Comment.id).where(numbered.c.place <= each)
    return [CommentRow(*row) for row in db.session.execute(query.order_by(Comment.id).limit(LARGEST_PAGE))]


def list_descendants(root_id: int) -> list[tuple[int, int]]:
    """(id, parent id) of every comment under a first comment, hidden and withdrawn ones too, oldest first."""
    rows = db.session.execute(
        db.select(Comment.id, Comment.parent_id).where(Comment.root_id == root_id).order_by(Comment.id)
    )
    return [(id_, parent_id or root_id) for id_, parent_id in rows]


def list_by_id(ids: Sequence[int]) -> list[CommentRow]:
    """The comments with these ids, in the order of the ids."""
    if not ids:
        return []
    rows = db.session.execute(db.select(*COLUMNS).where(Comment.id.in_(ids[:LARGEST_PAGE])))
    found = {row[0]: CommentRow(*row) for row in rows}
    return [found[id_] for id_ in ids if id_ in found]


def count_comments(draft_id: int, wanted: CommentFilter) -> int:
    """How many comments of a draft that readers see pass a filter."""
    if wanted.is_of_words:
        query = db.select(func.count()).select_from(Comment).where(*_conditions(draft_id, wanted))
    else:
        query = db.select(func.sum(ProvisionTally.comments)).where(ProvisionTally.draft_id == draft_id)
        if wanted.provision is not None:
            query = query.where(ProvisionTally.provision_key == wanted.provision)
    return db.session.scalar(query) or 0


def list_comments(
    draft_id: int, wanted: CommentFilter, order: Order, *, offset: int = 0, limit: int = PAGE
) -> list[CommentRow]:
    """Comments of a draft and answers to them, without those that are hidden or withdrawn."""
    return _rows(_conditions(draft_id, wanted), _ORDERINGS[order], offset, limit)


def get_comment(comment_id: int) -> Comment:
    """A comment on a public draft, whatever its state; raises NotFound."""
    comment = db.session.scalar(
        db.select(Comment).join(Draft, Draft.id == Comment.draft_id).where(Comment.id == comment_id, Draft.is_public)
    )
    if comment is None:
        raise NotFound("There is no such comment.")
    return comment


def row_of(comment: Comment) -> CommentRow:
    """The row of a loaded comment."""
    return CommentRow(*(getattr(comment, name) for name in CommentRow.__slots__))


def map_replies_and_votes(
    comment_ids: Collection[int], user_id: int | None
) -> tuple[dict[int, ReplyRow], dict[int, int]]:
    """Comment id → the agency's answer, and comment id → how this person voted on it, if there is one. One query."""
    if not comment_ids:
        return {}, {}
    columns = [getattr(Reply, name) for name in ReplyRow.__slots__]
    rows = db.session.execute(
        db.select(Comment.id, CommentVote.value, *columns)
        .outerjoin(Reply, Reply.comment_id == Comment.id)
        .outerjoin(CommentVote, (CommentVote.comment_id == Comment.id) & (CommentVote.user_id == user_id))
        .where(Comment.id.in_(comment_ids))
    ).all()
    replies = {row[0]: ReplyRow(*row[2:]) for row in rows if row[2] is not None}
    return replies, {row[0]: row[1] for row in rows if row[1] is not None}


def map_hidden_reasons(comment_ids: Collection[int]) -> dict[int, HiddenReason]:
    """Comment id → why it was hidden last."""
    if not comment_ids:
        return {}
    rows = db.session.execute(
        db.select(ModerationEvent.comment_id, ModerationEvent.rule, ModerationEvent.reason, ModerationEvent.language)
        .where(ModerationEvent.comment_id.in_(comment_ids), ModerationEvent.action == "hidden")
        .order_by(ModerationEvent.id)
    )
    return {comment_id: HiddenReason(*rest) for comment_id, *rest in rows}


def _conditions(draft_id: int, wanted: CommentFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Comment.draft_id == draft_id, ~Comment.is_gone]
    if wanted.provision is not None:
        conditions.append(Comment.provision_key == wanted.provision)
    if wanted.stance:
        conditions.append(Comment.stance == Stance(wanted.stance))
    if wanted.language:
        conditions.append(Comment.language == wanted.language)
    if wanted.answered is not None:
        conditions.append(Comment.is_answered if wanted.answered else ~Comment.is_answered)
    return conditions


def _rows(conditions: Iterable[ColumnElement[bool]], ordering: Ordering, offset: int, limit: int) -> list[CommentRow]:
    ids = db.select(Comment.id).where(*conditions).order_by(*ordering).offset(offset).limit(min(limit, LARGEST_PAGE))
    rows = db.session.execute(db.select(*COLUMNS).where(Comment.id.in_(ids)).order_by(*ordering))
    return [CommentRow(*row) for row in rows]
