"""Which bodies owe the public an answer or a report, since when, and how well do they keep their days?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, not_, or_, union_all

from portal.accounts.queries import acted_for
from portal.consultation.clocks import DUTIES, What
from portal.consultation.models import Consultation, Opinion, Tally
from portal.drafts.models import Body, Draft
from portal.kernel.clock import now
from portal.kernel.db import db
from portal.kernel.remembered import A_WHILE, LARGE, remembered

PAGE = 20


@dataclass(frozen=True, slots=True)
class DutyRecord:
    """How often a duty was done by its day, done after it, and is overdue now; a duty that is not due is in none."""

    on_time: int = 0
    late: int = 0
    overdue: int = 0

    @property
    def due(self) -> int:
        """Out of how many."""
        return self.on_time + self.late + self.overdue


@dataclass(frozen=True, slots=True)
class DueRow:
    """Something due: `due_on` is the last day; comments and answers are those of the draft."""

    draft_id: int
    number: str
    titles: tuple[str, str, str]  # kk, ru, en
    body: Body
    what: What
    due_on: date
    comments: int
    answered: int
    addressee: str = ""  # of an opinion


def count_overdue(body_id: int | None = None, what: What | None = None) -> int:
    """How many duties are overdue now, of a body or of all, of a kind or of both."""
    asked = _overdue(body_id, what).subquery()
    return db.session.scalar(db.select(func.count()).select_from(asked)) or 0


def list_overdue(
    body_id: int | None = None, what: What | None = None, *, offset: int = 0, limit: int = PAGE
) -> list[DueRow]:
    """Overdue duties, the longest overdue first. One query."""
    chosen = _overdue(body_id, what).order_by("due_on", "draft_id", "what").offset(offset).limit(min(limit, 100)).subquery()
    return _rows(chosen)


def records_by_body() -> Mapping[int, Mapping[What, DutyRecord]]:
    """Body → the record of each duty; those of a large portal A_WHILE old. One query."""
    return remembered("duties", _count_records, _as_long_as_is_large)


def record_of_body(body_id: int) -> Mapping[What, DutyRecord]:
    """The record of one body, as it is now. One query."""
    row = db.session.execute(_records().where(Draft.body_id == body_id).group_by(Draft.body_id)).one_or_none()
    return _by_duty(row[1:]) if row else dict.fromkeys(DUTIES, DutyRecord())


def list_next_due(body_id: int | None, *, limit: int = 5) -> list[DueRow]:
    """What is due next of the drafts of a body and of those merged into it, or of all: overdue duties and opinions first.

    Two queries.
    """
    instant = now()
    owes_answers = and_(Tally.answered < Tally.comments, _was_due_here(What.answers))
    what = case(
        (Consultation.opens_at > instant, literal(What.opening.value)),
        (Consultation.closes_at > instant, literal(What.discussion.value)),
        (owes_answers, literal(What.answers.value)),
        else_=literal(What.report.value),
    )
    due_on = case(
        (Consultation.opens_at > instant, Consultation.opens_on),
        (Consultation.closes_at > instant, Consultation.closes_on),
        (owes_answers, Consultation.answers_due_on),
        else_=Consultation.report_due_on,
    )
    windows = _acted_for(
        _standing(db.select(Consultation.draft_id, what.label("what"), due_on.label("due_on"))).where(
            Consultation.reported_at.is_(None), or_(owes_answers, _was_due_here(What.report))
        ),
        body_id,
    )
    rows = _rows(windows.order_by("due_on", Consultation.draft_id).limit(limit).subquery())
    return sorted([*rows, *_opinions(body_id, limit)], key=lambda row: (row.due_on, row.draft_id))[:limit]


def _opinions(body_id: int | None, limit: int) -> list[DueRow]:
    """Opinions waited for; the silence of a council is settled at its day and waited for no longer."""
    query = (
        db.select(Draft, Body, Opinion.due_on, Opinion.addressee)
        .join_from(Opinion, Draft, Draft.id == Opinion.draft_id)
        .join(Body, Body.id == Draft.body_id)
        .where(
            Opinion.received_on.is_(None), Draft.withdrawn_at.is_(None), Draft.adopted_on.is_(None),
            ~and_(Opinion.silence_agrees, Opinion.due_at <= now()),
        )
        .order_by(Opinion.due_at, Opinion.id)
        .limit(limit)
    )  # fmt: skip
    rows = db.session.execute(_acted_for(query, body_id))
    return [
        DueRow(draft.id, draft.number, (draft.title_kk, draft.title_ru, draft.title_en), body, What.opinion, due_on, 0, 0, whom)
        for draft, body, due_on, whom in rows
    ]


def _overdue(body_id: int | None, what: What | None) -> Any:
    wanted = [each for each in DUTIES if what in {None, each}]
    return union_all(*(_of_body(_overdue_of(each), body_id) for each in wanted)) if len(wanted) > 1 else _of_body(
        _overdue_of(wanted[0]), body_id
    )


def _overdue_of(what: What) -> Select[Any]:
    due_on = Consultation.answers_due_on if what is What.answers else Consultation.report_due_on
    query = _standing(db.select(Consultation.draft_id, literal(what.value).label("what"), due_on.label("due_on")))
    return query.where(_is_overdue(what), Consultation.closes_at <= now())


def _is_overdue(what: What) -> ColumnElement[bool]:
    unreported = Consultation.reported_at.is_(None)
    if what is What.answers:
        return and_(unreported, Consultation.answers_due_at <= now(), Tally.answered < Tally.comments, _was_due_here(what))
    return and_(unreported, Consultation.report_due_at <= now(), _was_due_here(what))


def _was_due_here(what: What) -> ColumnElement[bool]:
    """Not where the day had passed before the draft came to this portal: it was imported from an archive."""
    if what is What.answers:
        return not_(Consultation.is_archived)
    return Consultation.report_due_at > Consultation.announced_at


def _standing(query: Select[Any]) -> Select[Any]:
    """Of public drafts neither withdrawn nor adopted."""
    return (
        query.select_from(Consultation)
        .join(Draft, Draft.id == Consultation.draft_id)
        .join(Tally, Tally.draft_id == Consultation.draft_id)
        .where(Draft.is_public, Draft.withdrawn_at.is_(None), Draft.adopted_on.is_(None))
    )


def _of_body(query: Select[Any], body_id: int | None) -> Select[Any]:
    return query if body_id is None else query.where(Draft.body_id == body_id)


def _acted_for(query: Select[Any], body_id: int | None) -> Select[Any]:
    """Of drafts that those who work for the body have to finish, of merged bodies too."""
    return query if body_id is None else query.where(Draft.body_id.in_(acted_for(body_id)))


def _rows(chosen: Any) -> list[DueRow]:
    rows = db.session.execute(
        db.select(
            Draft.id, Draft.number, Draft.title_kk, Draft.title_ru, Draft.title_en, Body, chosen.c.what, chosen.c.due_on,
            Tally.comments, Tally.answered,
        )
        .join_from(chosen, Draft, Draft.id == chosen.c.draft_id)
        .join(Body, Body.id == Draft.body_id)
        .join(Tally, Tally.draft_id == Draft.id)
        .order_by(chosen.c.due_on, Draft.id, chosen.c.what)
    )  # fmt: skip
    return [DueRow(row[0], row[1], tuple(row[2:5]), row[5], What(row[6]), *row[7:]) for row in rows]


def _records() -> Select[Any]:
    """The six counts of each body; a discussion without comments has no answers to give."""
    done_at = func.coalesce(Consultation.answered_at, Consultation.reported_at, now())
    is_done = and_(Consultation.closes_at <= now(), Tally.comments > 0, Tally.answered >= Tally.comments)
    answers, report = _was_due_here(What.answers), _was_due_here(What.report)
    conditions = (
        and_(answers, is_done, done_at < Consultation.answers_due_at),
        and_(answers, is_done, done_at >= Consultation.answers_due_at),
        and_(_is_overdue(What.answers), Draft.adopted_on.is_(None)),
        and_(report, Consultation.reported_at < Consultation.report_due_at),
        and_(report, Consultation.reported_at >= Consultation.report_due_at),
        and_(_is_overdue(What.report), Draft.adopted_on.is_(None)),
    )
    return (
        db.select(Draft.body_id, *(func.sum(case((condition, 1), else_=0)) for condition in conditions))
        .join_from(Consultation, Draft, Draft.id == Consultation.draft_id)
        .join(Tally, Tally.draft_id == Consultation.draft_id)
        .where(Draft.is_public, Draft.withdrawn_at.is_(None))
    )


def _count_records() -> dict[int, Mapping[What, DutyRecord]]:
    rows = db.session.execute(_records().group_by(Draft.body_id))
    return {body_id: _by_duty(counts) for body_id, *counts in rows}


def _by_duty(counts: Any) -> dict[What, DutyRecord]:
    return {What.answers: DutyRecord(*counts[:3]), What.report: DutyRecord(*counts[3:])}


def _as_long_as_is_large(records: Mapping[int, Mapping[What, DutyRecord]]) -> timedelta:
    total = sum(record.due for duties in records.values() for record in duties.values())
    return A_WHILE if total > LARGE else timedelta()
