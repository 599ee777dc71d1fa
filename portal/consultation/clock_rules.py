"""Where does each clock of a draft end by the rules and the calendar as they are now, and what may a change of them move?

Only a clock that has not run out moves. The last day of a discussion was promised to the public, so it moves later and
never earlier, and a period once announced is not shortened by a later rule. A duty of the body (answers, report) and an
opinion follow the rule both ways, but never to a day before the one on which the rule changed: nobody is made late by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.consultation.clocks import What, roll_forward
from portal.drafts.calendar import WorkCalendar, closing_date

# ground of a shorter period → the act type whose period and rule it takes: both are data, editable like every type
GROUNDS = {"emergency": "emergency-bill", "trade": "trade-restriction"}


@dataclass(frozen=True, slots=True)
class Period:
    """The rules of an act type, in working days; `discussion` is that of the ground where there is one."""

    discussion: int
    answers: int
    report: int


@dataclass(frozen=True, slots=True)
class Window:
    """The days a draft's clocks run by now. `least_days` None: another portal set the window, and no rule moves it."""

    opens_on: date
    closes_on: date
    answers_due_on: date
    report_due_on: date
    least_days: int | None
    discussion_runs: bool
    answers_run: bool
    report_runs: bool


@dataclass(frozen=True, slots=True)
class Move:
    """A clock whose day becomes another."""

    what: What
    from_on: date
    to_on: date


def article_of(rule: str) -> str:
    """The article alone: "19" of "art. 19(4)"."""
    return rule.removeprefix("arts. ").removeprefix("art. ").partition("(")[0].strip()


def grounds_for(type_code: str, type_rule: str, ground_rules: dict[str, str]) -> tuple[str, ...]:
    """The grounds a draft may name: those whose period stands in the same article as the period of its own type.

    `ground_rules` is act type code → rule. A type that is urgent by itself needs no ground.
    """
    if type_code in GROUNDS.values():
        return ()
    return tuple(
        ground
        for ground, code in GROUNDS.items()
        if code in ground_rules and article_of(ground_rules[code]) == article_of(type_rule) != ""
    )


def lawful_window(opens_on: date, days: int, calendar: WorkCalendar) -> date:
    """The earliest last day of a discussion: so many working days from the day after the first (art. 14)."""
    return closing_date(opens_on, days, calendar).closes_on


def after(day: date, days: int, calendar: WorkCalendar) -> date:
    """The last of so many working days after a day."""
    return closing_date(day, days, calendar).closes_on


def moves_of(window: Window, period: Period, calendar: WorkCalendar, today: date) -> tuple[Move, ...]:
    """What the rules move in one draft; nothing when they say what is announced already."""
    closes_on, answers_on, report_on = window.closes_on, window.answers_due_on, window.report_due_on
    if window.discussion_runs and window.least_days is not None:
        least = lawful_window(window.opens_on, max(window.least_days, period.discussion), calendar)
        closes_on = roll_forward(max(closes_on, least), calendar)
    if window.answers_run:
        answers_on = _not_before(today, answers_on, after(closes_on, period.answers, calendar))
    if window.report_runs:
        report_on = _not_before(today, report_on, after(answers_on, period.report, calendar))
    days = (
        Move(What.discussion, window.closes_on, closes_on),
        Move(What.answers, window.answers_due_on, answers_on),
        Move(What.report, window.report_due_on, report_on),
    )
    return tuple(move for move in days if move.from_on != move.to_on)


def opinion_move(sent_on: date, due_on: date, days: int, calendar: WorkCalendar, today: date) -> Move | None:
    """What another calendar moves in an opinion that is waited for."""
    due = _not_before(today, due_on, after(sent_on, days, calendar))
    return Move(What.opinion, due_on, due) if due != due_on else None


def _not_before(today: date, present: date, computed: date) -> date:
    """A running duty may come nearer, but not to a day that has passed already."""
    return computed if computed >= present else max(computed, min(today, present))
