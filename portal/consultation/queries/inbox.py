"""Which comments have come to an agency's desk, which still wait for an answer, and which of them first?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, tuple_

from portal.accounts.queries import acted_for
from portal.consultation.models import Comment, Consultation, DecisionKind, Reply, Stance, Tally
from portal.consultation.phases import Dates, Phase, phase_at, phase_is
from portal.consultation.policy import LONGEST_COMMENT
from portal.consultation.similar import Letter
from portal.drafts.models import ActType, Body, Draft
from portal.kernel.clock import now
from portal.kernel.db import db

PAGE = 25
EXCERPT = 200  # characters of a comment that a list needs
MOST_COMPARED = 2_000
MOST_DRAFTS = 50
MOST_CHOICES = 300


class Standing(StrEnum):
    """Has the comment its answer?"""

    unanswered = "unanswered"
    answered = "answered"
    all = "all"


class InboxOrder(StrEnum):
    """In which order comments stand; `due` is for several drafts: those whose answers are due first."""

    due = "due"
    oldest = "oldest"
    supported = "supported"
    newest = "newest"


@dataclass(frozen=True, slots=True)
class InboxFilter:
    """Which comments; None and "" leave a condition out, `provision` "" is the whole draft.

    Over several drafts the unanswered ones are those that can still be answered. `without` are comments that stand
    behind another one in their group, `only` are the groups' own.
    """

    body_id: int | None = None
    draft_id: int | None = None
    standing: Standing = Standing.unanswered
    decision: DecisionKind | None = None
    provision: str | None = None
    stance: Stance | None = None
    language: str = ""
    without: tuple[int, ...] = ()
    only: tuple[int, ...] | None = None

    @property
    def is_narrowed(self) -> bool:
        """Is anything but body, draft and standing asked for?"""
        chosen = (self.decision, self.provision, self.stance, self.language or None)
        return any(choice is not None for choice in chosen)


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A comment in a list of the desk, by its first words."""

    id: int
    draft_id: int
    provision_key: str
    parent_id: int | None
    author_name: str
    organisation: str
    language: str
    stance: Stance | None
    excerpt: str
    created_at: datetime
    agree: int
    decision: DecisionKind | None
    titles: tuple[str, str, str]
    answers_due_on: date
    is_waiting: bool


@dataclass(frozen=True, slots=True)
class DeskDraft:
    """A draft whose comments can be answered now."""

    id: int
    number: str
    titles: tuple[str, str, str]  # kk, ru, en
    body: Body
    rule: str
    phase: Phase
    closes_on: date
    answers_due_on: date
    comments: int
    answered: int

    @property
    def unanswered(self) -> int:
        return self.comments - self.answered


@dataclass(frozen=True, slots=True)
class GroupLetter:
    """One of several similar comments."""

    id: int
    author_name: str
    organisation: str
    language: str
    text: str
    created_at: datetime


_visible = ~Comment.is_gone
_unanswered = ~Comment.is_answered


def list_desk_drafts(body_id: int | None, limit: int = MOST_DRAFTS) -> list[DeskDraft]:
    """Drafts that take answers and have unanswered comments, those due first at the head. One query."""
    instant = now()
    rows = db.session.execute(
        db.select(
            Draft.id, Draft.number, Draft.title_kk, Draft.title_ru, Draft.title_en, Body, ActType.answer_rule,
            Consultation.opens_at, Consultation.closes_at, Consultation.closes_on, Consultation.answers_due_on,
            Tally.comments, Tally.answered,
        )
        .join(Consultation, Consultation.draft_id == Draft.id)
        .join(Tally, Tally.draft_id == Draft.id)
        .join(Body, Body.id == Draft.body_id)
        .join(ActType, ActType.id == Draft.type_id)
        .where(_takes_answers(instant), ~Consultation.is_archived, Tally.comments > Tally.answered, *_of_body(body_id))
        .order_by(Consultation.answers_due_on, Draft.id)
        .limit(limit)
    )  # fmt: skip
    return [
        DeskDraft(
            row[0], row[1], tuple(row[2:5]), row[5], row[6],
            phase_at(Dates(True, opens_at=row[7], closes_at=row[8]), instant), *row[9:],
        )
        for row in rows
    ]  # fmt: skip


def list_draft_choices(body_id: int | None) -> list[tuple[int, str, tuple[str, str, str]]]:
    """(id, number, titles) of the latest drafts that have comments, newest first."""
    rows = db.session.execute(
        db.select(Draft.id, Draft.number, Draft.title_kk, Draft.title_ru, Draft.title_en)
        .join(Tally, Tally.draft_id == Draft.id)
        .where(Draft.is_public, Tally.comments > 0, *_of_body(body_id))
        .order_by(Draft.id.desc())
        .limit(MOST_CHOICES)
    )
    return [(row[0], row[1], tuple(row[2:5])) for row in rows]


def count_inbox(wanted: InboxFilter) -> int:
    """How many comments pass a filter, by the counts kept for each draft where these tell."""
    if not wanted.is_narrowed and wanted.only is None:
        return max(0, _count_by_tally(wanted) - len(wanted.without))
    return db.session.scalar(_chosen(db.select(func.count()), wanted)) or 0


def list_inbox(wanted: InboxFilter, order: InboxOrder, *, offset: int = 0, limit: int = PAGE) -> list[InboxRow]:
    """Comments readers can see that pass a filter. One query, which reads the words of those only that it returns."""
    ids = _chosen(db.select(Comment.id), wanted, order).order_by(*_ordering(order)).offset(offset).limit(limit)
    rows = db.session.execute(
        db.select(
            Comment.id, Comment.draft_id, Comment.provision_key, Comment.parent_id, Comment.author_name,
            Comment.organisation, Comment.language, Comment.stance, func.substr(Comment.text, 1, EXCERPT),
            Comment.created_at, Comment.agree, Reply.decision,
            Draft.title_kk, Draft.title_ru, Draft.title_en, Consultation.answers_due_on,
            and_(_takes_answers(now()), ~Consultation.is_archived),
        )
        .select_from(Comment)
        .join(Draft, Draft.id == Comment.draft_id)
        .join(Consultation, Consultation.draft_id == Comment.draft_id)
        .outerjoin(Reply, Reply.comment_id == Comment.id)
        .where(Comment.id.in_(ids))
        .order_by(*_ordering(order))
    )  # fmt: skip
    return [InboxRow(*row[:12], tuple(row[12:15]), row[15], bool(row[16])) for row in rows]


def find_next(wanted: InboxFilter, order: InboxOrder, *, after: Comment) -> int | None:
    """The comment that stands after one in a list of one draft, or the first of the list where it was the last."""
    query = _chosen(db.select(Comment.id), wanted, order).where(Comment.id != after.id)
    query = query.order_by(*_ordering(order)).limit(1)
    following = db.session.scalar(query.where(_stands_after(order, after)))
    return following if following is not None else db.session.scalar(query)


def list_letters(draft_id: int, limit: int = MOST_COMPARED) -> list[Letter]:
    """The oldest unanswered comments of a draft as they are compared with one another."""
    rows = db.session.execute(
        db.select(Comment.id, Comment.provision_key, func.substr(Comment.text, 1, LONGEST_COMMENT))
        .where(Comment.draft_id == draft_id, _visible, _unanswered)
        .order_by(Comment.created_at, Comment.id)
        .limit(limit)
    )
    return [Letter(*row) for row in rows]


def list_group_letters(ids: Sequence[int]) -> list[GroupLetter]:
    """The comments with these ids, in the order of the ids."""
    rows = db.session.execute(
        db.select(
            Comment.id, Comment.author_name, Comment.organisation, Comment.language,
            func.substr(Comment.text, 1, LONGEST_COMMENT), Comment.created_at,
        ).where(Comment.id.in_(ids))
    )  # fmt: skip
    found = {row[0]: GroupLetter(*row) for row in rows}
    return [found[id_] for id_ in ids if id_ in found]


def list_to_answer(draft_id: int, ids: Collection[int]) -> list[Comment]:
    """Of these comments those of the draft that readers see and nobody has answered, oldest first."""
    return list(
        db.session.scalars(
            db.select(Comment)
            .where(Comment.id.in_(ids), Comment.draft_id == draft_id, _visible, _unanswered)
            .order_by(Comment.id)
        )
    )


def list_answered_alike(reply: Reply) -> list[Comment]:
    """The other comments of the draft that have the very same answer, oldest first; at most 500."""
    return list(
        db.session.scalars(
            db.select(Comment)
            .join(Reply, Reply.comment_id == Comment.id)
            .where(
                Reply.draft_id == reply.draft_id, Reply.text == reply.text, Reply.decision == reply.decision,
                Reply.id != reply.id, _visible,
            )
            .order_by(Comment.id)
            .limit(499)
        )
    )  # fmt: skip


def find_reply(comment_id: int) -> Reply | None:
    """The agency's answer to a comment."""
    return db.session.scalar(db.select(Reply).where(Reply.comment_id == comment_id))


def find_last_unit(user_id: int, body_id: int) -> str:
    """The responsible unit named in this person's latest reply for the body; "" for none."""
    unit = db.session.scalar(
        db.select(Reply.unit)
        .where(Reply.body_id == body_id, Reply.author_id == user_id)
        .order_by(Reply.posted_at.desc(), Reply.id.desc())
        .limit(1)
    )
    return unit or ""


def count_same_reason(body_id: int, text: str, besides: Collection[int] = ()) -> int:
    """Under how many comments the body gave this very reason, `besides` some comments. One query."""
    if not text:
        return 0
    query = db.select(func.count()).where(Reply.body_id == body_id, Reply.text == text)
    return db.session.scalar(query.where(Reply.comment_id.not_in(besides))) or 0


def _count_by_tally(wanted: InboxFilter) -> int:
    counted = {
        Standing.all: Tally.comments, Standing.answered: Tally.answered,
    }.get(wanted.standing, Tally.comments - Tally.answered)  # fmt: skip
    query = db.select(func.sum(counted)).select_from(Tally)
    only_answerable = wanted.draft_id is None and wanted.standing is Standing.unanswered
    if wanted.draft_id is not None:
        query = query.where(Tally.draft_id == wanted.draft_id)
    if only_answerable:
        query = query.join(Consultation, Consultation.draft_id == Tally.draft_id).where(_takes_answers(now()))
    if only_answerable or wanted.body_id is not None:
        query = query.join(Draft, Draft.id == Tally.draft_id).where(*_of_body(wanted.body_id))
    return db.session.scalar(query) or 0


def _chosen(query: Select[Any], wanted: InboxFilter, order: InboxOrder = InboxOrder.oldest) -> Select[Any]:
    """The comments that pass a filter, with no table joined that is not asked: a draft has them by the thousand."""
    query, over_drafts = query.select_from(Comment), wanted.draft_id is None
    if over_drafts or wanted.body_id is not None:
        query = query.join(Draft, Draft.id == Comment.draft_id).where(Draft.is_public, *_of_body(wanted.body_id))
    if over_drafts or order is InboxOrder.due:
        query = query.join(Consultation, Consultation.draft_id == Comment.draft_id)
    if wanted.decision is not None:
        query = query.join(Reply, Reply.comment_id == Comment.id).where(Reply.decision == wanted.decision)
    if over_drafts and wanted.standing is Standing.unanswered:
        query = query.where(_takes_answers(now()))
    return query.where(*_conditions(wanted))


def _conditions(wanted: InboxFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [_visible]
    if wanted.standing is not Standing.all:
        conditions.append(Comment.is_answered if wanted.standing is Standing.answered else _unanswered)
    if wanted.draft_id is not None:
        conditions.append(Comment.draft_id == wanted.draft_id)
    if wanted.provision is not None:
        conditions.append(Comment.provision_key == wanted.provision)
    if wanted.stance is not None:
        conditions.append(Comment.stance == wanted.stance)
    if wanted.language:
        conditions.append(Comment.language == wanted.language)
    if wanted.without:
        conditions.append(Comment.id.not_in(wanted.without))
    if wanted.only is not None:
        conditions.append(Comment.id.in_(wanted.only))
    return conditions


def _of_body(body_id: int | None) -> list[ColumnElement[bool]]:
    return [] if body_id is None else [Draft.body_id.in_(acted_for(body_id))]


def _takes_answers(instant: datetime) -> ColumnElement[bool]:
    return or_(phase_is(Phase.open, instant), phase_is(Phase.answering, instant))


def _ordering(order: InboxOrder) -> tuple[ColumnElement[Any], ...]:
    if order is InboxOrder.due:
        return (Consultation.answers_due_on.asc(), Comment.created_at.asc(), Comment.id.asc())
    if order is InboxOrder.supported:
        return (Comment.agree.desc(), Comment.id.asc())
    if order is InboxOrder.newest:
        return (Comment.created_at.desc(), Comment.id.desc())
    return (Comment.created_at.asc(), Comment.id.asc())


def _stands_after(order: InboxOrder, comment: Comment) -> ColumnElement[bool]:
    if order is InboxOrder.supported:
        return or_(Comment.agree < comment.agree, and_(Comment.agree == comment.agree, Comment.id > comment.id))
    place, here = tuple_(Comment.created_at, Comment.id), (comment.created_at, comment.id)
    return place < here if order is InboxOrder.newest else place > here
