"""Which drafts are there, and what has one person said and voted?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_

from portal.consultation.models import Comment, Consultation, DecisionKind, DraftVote, Family, Reply, Tally
from portal.consultation.phases import Dates, Phase, phase_at, phase_is
from portal.drafts.models import ActType, Body, Draft
from portal.kernel.clock import now
from portal.kernel.db import db
from portal.kernel.remembered import count_remembered

PAGE = 20
EXCERPT = 400  # characters of a comment that a list needs


class ListOrder(StrEnum):
    """In which order drafts stand."""

    closing = "closing"
    newest = "newest"
    discussed = "discussed"


@dataclass(frozen=True, slots=True)
class DraftFilter:
    """Which public drafts; None leaves a condition out.

    `is_folded` leaves of each family of near-identical drafts only the latest that passes the other conditions.
    """

    phase: Phase | None = None
    body_id: int | None = None
    type_id: int | None = None
    area_id: int | None = None
    family_id: int | None = None
    is_folded: bool = False


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft in a list."""

    id: int
    number: str
    titles: tuple[str, str, str]  # kk, ru, en
    summaries: tuple[str, str, str]
    body: Body
    act_type: ActType
    phase: Phase
    opens_on: date
    closes_on: date
    answers_due_on: date
    comments: int
    answered: int
    votes: int
    family: int | None  # how many near-identical drafts there are, with this one
    is_archived: bool

    def title(self, language: str) -> str:
        """The title in a language, or in the first one there is."""
        return self.titles[_place(language)] or next((title for title in self.titles if title), self.number)

    def title_language(self, language: str) -> str:
        """The language `title` answers in."""
        if self.titles[_place(language)]:
            return language
        return next((code for code, title in zip(("kk", "ru", "en"), self.titles, strict=True) if title), "kk")

    def summary(self, language: str) -> str:
        return self.summaries[_place(language)]


@dataclass(frozen=True, slots=True)
class OwnComment:
    """A comment of the person who asks, with what became of it."""

    id: int
    draft_id: int
    titles: tuple[str, str, str]
    excerpt: str
    language: str
    created_at: datetime
    withdrawn_at: datetime | None
    hidden_at: datetime | None
    replies: int
    entry_number: int | None
    decision: DecisionKind | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwnVote:
    """A vote of the person who asks: 1 for, -1 against."""

    draft_id: int
    titles: tuple[str, str, str]
    value: int
    voted_at: datetime


def count_drafts(wanted: DraftFilter) -> int:
    """How many public drafts pass a filter; many thousands may be counted a while ago."""
    query = _chosen(db.select(func.count()), wanted)
    return count_remembered(wanted, lambda: db.session.scalar(query) or 0)


def list_drafts(wanted: DraftFilter, order: ListOrder, *, offset: int = 0, limit: int = PAGE) -> list[DraftRow]:
    """Public drafts that pass a filter. One query, which reads the titles of those only that it returns."""
    chosen = _chosen(db.select(Consultation.id), wanted)
    if order is ListOrder.discussed:
        chosen = chosen.join(Tally, Tally.draft_id == Consultation.draft_id)
    chosen = chosen.order_by(*_ORDERINGS[order]).offset(offset).limit(min(limit, 100))
    query = (
        db.select(
            Draft.id, Draft.number, Draft.title_kk, Draft.title_ru, Draft.title_en,
            Draft.summary_kk, Draft.summary_ru, Draft.summary_en, Draft.is_public, Draft.withdrawn_at, Draft.adopted_on,
            Body, ActType,
            Consultation.opens_at, Consultation.closes_at, Consultation.reported_at,
            Consultation.opens_on, Consultation.closes_on, Consultation.answers_due_on,
            Tally.comments, Tally.answered, Tally.votes_for + Tally.votes_against, Family.size, Consultation.is_archived,
        )
        .join(Consultation, Consultation.draft_id == Draft.id)
        .join(Tally, Tally.draft_id == Draft.id)
        .join(Body, Body.id == Draft.body_id)
        .join(ActType, ActType.id == Draft.type_id)
        .outerjoin(Family, Family.id == Consultation.family_id)
        .where(Consultation.id.in_(chosen))
        .order_by(*_ORDERINGS[order])
    )  # fmt: skip
    return [_draft_row(row) for row in db.session.execute(query)]


def count_own_comments(user_id: int) -> int:
    """How many comments this person has posted, hidden and withdrawn ones too."""
    return db.session.scalar(db.select(func.count()).select_from(Comment).where(Comment.author_id == user_id)) or 0


def list_own_comments(user_id: int, *, offset: int = 0, limit: int = PAGE) -> list[OwnComment]:
    """This person's comments, newest first."""
    rows = db.session.execute(
        db.select(
            Comment.id, Comment.draft_id, Draft.title_kk, Draft.title_ru, Draft.title_en,
            func.substr(Comment.text, 1, EXCERPT), Comment.language, Comment.created_at,
            Comment.withdrawn_at, Comment.hidden_at, Comment.replies, Comment.entry_number,
            Reply.decision, Reply.posted_at,
        )
        .join(Draft, Draft.id == Comment.draft_id)
        .outerjoin(Reply, Reply.comment_id == Comment.id)
        .where(Comment.author_id == user_id)
        .order_by(Comment.id.desc())
        .offset(offset)
        .limit(min(limit, 100))
    )  # fmt: skip
    return [OwnComment(*row[:2], tuple(row[2:5]), *row[5:]) for row in rows]


def count_own_votes(user_id: int) -> int:
    """On how many drafts this person's vote stands."""
    return db.session.scalar(db.select(func.count()).select_from(DraftVote).where(DraftVote.user_id == user_id)) or 0


def list_own_votes(user_id: int, *, offset: int = 0, limit: int = PAGE) -> list[OwnVote]:
    """This person's votes on drafts, newest first."""
    rows = db.session.execute(
        db.select(
            DraftVote.draft_id, Draft.title_kk, Draft.title_ru, Draft.title_en, DraftVote.value, DraftVote.voted_at
        )
        .join(Draft, Draft.id == DraftVote.draft_id)
        .where(DraftVote.user_id == user_id)
        .order_by(DraftVote.voted_at.desc(), DraftVote.draft_id.desc())
        .offset(offset)
        .limit(min(limit, 100))
    )
    return [OwnVote(row[0], tuple(row[1:4]), *row[4:]) for row in rows]


def _chosen(query: Select[Any], wanted: DraftFilter) -> Select[Any]:
    """From the windows, which only public drafts have; the drafts are long rows and joined where they are asked for."""
    conditions = _conditions(wanted)
    chosen = query.select_from(Consultation)
    if conditions:
        chosen = chosen.join(Draft, Draft.id == Consultation.draft_id).where(*conditions)
    if not wanted.is_folded:
        return chosen
    latest = db.select(func.max(Consultation.id)).select_from(Consultation)
    if conditions:
        latest = latest.join(Draft, Draft.id == Consultation.draft_id).where(*conditions)
    latest = latest.where(Consultation.family_id.is_not(None)).group_by(Consultation.family_id).correlate(None)
    return chosen.where(or_(Consultation.family_id.is_(None), Consultation.id.in_(latest)))


def _conditions(wanted: DraftFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.phase is not None:
        conditions.append(phase_is(wanted.phase, now()))
    for column, value in (
        (Draft.body_id, wanted.body_id), (Draft.type_id, wanted.type_id), (Draft.area_id, wanted.area_id),
        (Consultation.family_id, wanted.family_id),
    ):  # fmt: skip
        if value is not None:
            conditions.append(column == value)
    return conditions


_ORDERINGS: dict[ListOrder, tuple[ColumnElement[Any], ...]] = {
    ListOrder.closing: (Consultation.closes_at.asc(), Consultation.id.asc()),
    ListOrder.newest: (Consultation.id.desc(),),  # windows are announced one after another
    ListOrder.discussed: (Tally.comments.desc(), Consultation.id.desc()),
}


def _draft_row(row: Any) -> DraftRow:
    dates = Dates(row[8], row[9], row[10], row[13], row[14], row[15])
    return DraftRow(
        row[0], row[1], tuple(row[2:5]), tuple(row[5:8]), row[11], row[12], phase_at(dates, now()), *row[16:]
    )


def _place(language: str) -> int:
    return ("kk", "ru", "en").index(language)
