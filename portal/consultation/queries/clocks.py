"""Which days of which drafts did something move, and what would a change of a rule or of the calendar move?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from portal.consultation.clock_rules import GROUNDS, Move, Period, Window, moves_of, opinion_move
from portal.consultation.models import ClockMove, Consultation, Opinion
from portal.consultation.terms import period_of, window_of
from portal.drafts.calendar import WorkCalendar
from portal.drafts.models import ActType, Draft, TransferredDay
from portal.drafts.queries.reference import list_types
from portal.kernel.clock import now, today
from portal.kernel.db import db

SHOWN = 50


@dataclass(frozen=True, slots=True)
class DraftMoves:
    """What moves in one draft. `opinions` are (id of the opinion, its move)."""

    draft_id: int
    number: str
    titles: tuple[str, str, str]  # kk, ru, en
    moves: tuple[Move, ...]
    opinions: tuple[tuple[int, Move], ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would move: of so many drafts that run, so many would move; the first of them."""

    running: int
    total: int
    drafts: tuple[DraftMoves, ...]


@dataclass(frozen=True, slots=True)
class PeriodChange:
    """Another period for an act type, in working days; None leaves what is set."""

    type_code: str
    discussion_days: int | None = None
    answer_days: int | None = None
    report_days: int | None = None


@dataclass(frozen=True, slots=True)
class ChannelChange:
    """Another period for a channel of opinions, in working days; None leaves what is set."""

    channel_id: int
    days: int | None = None


def list_moves(draft_id: int) -> list[ClockMove]:
    """Every move of a draft's days, oldest first."""
    return list(db.session.scalars(
        db.select(ClockMove).where(ClockMove.draft_id == draft_id).order_by(ClockMove.id).limit(200)
    ))  # fmt: skip


def has_moves_and_opinions(draft_id: int) -> tuple[bool, bool]:
    """Did a day of the draft move, and was an opinion on it asked for? One query; most drafts have neither."""
    moved = db.select(ClockMove.id).where(ClockMove.draft_id == draft_id).exists()
    asked = db.select(Opinion.id).where(Opinion.draft_id == draft_id).exists()
    row = db.session.execute(db.select(moved, asked)).one()
    return bool(row[0]), bool(row[1])


def list_would_move(
    *, change: PeriodChange | None = None, channel: ChannelChange | None = None,
    transfers: Mapping[date, bool | None] | None = None, limit: int = SHOWN,
) -> Preview:  # fmt: skip
    """What saving `change` or `channel`, or entering `transfers` (day → is it worked; None takes the entry back), would move.

    Reads every running window: three queries, and half a second for each thousand that differ. Raises Invalid for a calendar that
    leaves no working day.
    """
    found = find_opinion_moves(channel=channel) if channel else find_moves(change=change, transfers=transfers)
    return Preview(count_running(channel.channel_id if channel else None), len(found), tuple(found[:limit]))


def count_running(channel_id: int | None = None) -> int:
    """How many drafts have a clock that runs, or wait for an opinion of a channel."""
    waiting = db.select(Opinion.draft_id).join(Draft, Draft.id == Opinion.draft_id).where(*_waiting(channel_id))
    if channel_id is None:
        waiting = waiting.union(db.select(Draft.id).join(Consultation, Consultation.draft_id == Draft.id).where(*_running()))
    return db.session.scalar(db.select(db.func.count(waiting.subquery().c[0].distinct()))) or 0


def find_moves(
    *, type_id: int | None = None, change: PeriodChange | None = None,
    transfers: Mapping[date, bool | None] | None = None,
) -> list[DraftMoves]:  # fmt: skip
    """All that the rules and the calendar as they are, with what is given laid over them, move now.

    `type_id` looks at drafts alone that run by this act type, or by it as the ground of a shorter period.
    """
    types = {each.id: each for each in list_types()}
    calendar, by_code = calendar_with(transfers or {}), {each.code: each for each in types.values()}
    windows: dict[tuple[Window, Period], tuple[Move, ...]] = {}
    found: dict[int, DraftMoves] = {}
    for draft_id, number, kk, ru, en, of_type, consultation in db.session.execute(_windows()):
        ground_type = by_code.get(GROUNDS.get(consultation.ground, ""))
        if type_id is not None and type_id not in {of_type, ground_type.id if ground_type else None}:
            continue
        window, period = window_of(consultation, now()), _changed(types[of_type], ground_type, change)
        if window is None:
            continue
        if (window, period) not in windows:  # thousands of drafts share a few days
            windows[window, period] = moves_of(window, period, calendar, today())
        if windows[window, period]:
            found[draft_id] = DraftMoves(draft_id, number, (kk, ru, en), windows[window, period])
    if type_id is None:
        _add_opinions(found, calendar)
    return [found[draft_id] for draft_id in sorted(found)]


def find_opinion_moves(*, channel: ChannelChange) -> list[DraftMoves]:
    """All that the period of a channel, as it is or with what is given laid over it, moves now."""
    found: dict[int, DraftMoves] = {}
    _add_opinions(found, calendar_with({}), channel)
    return [found[draft_id] for draft_id in sorted(found)]


def calendar_with(changes: Mapping[date, bool | None]) -> WorkCalendar:
    """The calendar with the transfers entered so far and others laid over them."""
    rows = db.session.execute(db.select(TransferredDay.on, TransferredDay.is_working)).all()
    laid: dict[date, bool | None] = {**dict(rows), **changes}
    return WorkCalendar({day: is_working for day, is_working in laid.items() if is_working is not None})


def _running() -> tuple[object, ...]:
    return (
        Draft.is_public, Draft.withdrawn_at.is_(None), Draft.adopted_on.is_(None), Consultation.reported_at.is_(None),
        Consultation.report_due_at > now(),
    )  # fmt: skip


def _windows() -> object:
    return (
        db.select(Draft.id, Draft.number, Draft.title_kk, Draft.title_ru, Draft.title_en, Draft.type_id, Consultation)
        .join(Consultation, Consultation.draft_id == Draft.id)
        .where(*_running())
    )


def _changed(act_type: ActType, ground_type: ActType | None, change: PeriodChange | None) -> Period:
    period = period_of(act_type, ground_type)
    if change is None:
        return period
    if (ground_type or act_type).code == change.type_code:
        period = replace(period, discussion=change.discussion_days or period.discussion)
    if act_type.code == change.type_code:
        period = replace(
            period, answers=change.answer_days or period.answers, report=change.report_days or period.report
        )
    return period


def _waiting(channel_id: int | None) -> tuple[Any, ...]:
    of_channel = () if channel_id is None else (Opinion.channel_id == channel_id,)
    return (Opinion.received_on.is_(None), Opinion.due_at > now(), Draft.withdrawn_at.is_(None), *of_channel)


def _add_opinions(found: dict[int, DraftMoves], calendar: WorkCalendar, channel: ChannelChange | None = None) -> None:
    """What moves in opinions waited for, of one channel or of all; the type of the draft moves none."""
    another = channel.days if channel else None
    rows: Iterable[tuple[Opinion, str, str, str, str]] = db.session.execute(
        db.select(Opinion, Draft.number, Draft.title_kk, Draft.title_ru, Draft.title_en)
        .join(Draft, Draft.id == Opinion.draft_id)
        .where(*_waiting(channel.channel_id if channel else None))
        .limit(50_000)
    )  # type: ignore[assignment]
    for opinion, number, *titles in rows:
        move = opinion_move(opinion.sent_on, opinion.due_on, another or opinion.days, calendar, today())
        if move is not None:
            known = found.get(opinion.draft_id) or DraftMoves(opinion.draft_id, number, tuple(titles), ())
            found[opinion.draft_id] = replace(known, opinions=(*known.opinions, (opinion.id, move)))
