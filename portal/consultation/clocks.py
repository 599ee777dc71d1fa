"""What is due in the procedure of a draft, when, by which rule, and how does it stand?

A clock is never stored: it follows from days that were announced, from what was done, and from the present instant, so
that a clock that jumps can neither lose nor repeat anything. Days are legal days of Kazakhstan, both ends included.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from portal.drafts.calendar import WorkCalendar, closing_date, working_days_left
from portal.kernel.clock import end_of, legal_day

A_YEAR = 366  # days; beyond it nobody counts working days


class What(StrEnum):
    """What a clock counts down to."""

    opening = "opening"
    discussion = "discussion"
    answers = "answers"
    report = "report"
    opinion = "opinion"


class State(StrEnum):
    """How a clock stands. `agreed`: a notified council kept silent until its day (arts. 19, 20); `archived`: its day had
    passed before the draft came to this portal, so nothing was due here."""

    ahead = "ahead"
    running = "running"
    on_time = "on_time"
    late = "late"
    overdue = "overdue"
    agreed = "agreed"
    stopped = "stopped"
    archived = "archived"


DUTIES = (What.answers, What.report)  # what a body owes the public
OVER = frozenset({State.on_time, State.late, State.agreed, State.stopped, State.archived})


@dataclass(frozen=True, slots=True)
class Term:
    """All that decides how a clock stands.

    It runs from `starts_at`; `days` working days of `rule` after that day end with `due_on`. `ends_by_itself`: a discussion
    needs nobody to end it. `stopped_at`: the draft was withdrawn. `known_at`: the draft came to this portal.
    """

    what: What
    starts_at: datetime
    due_on: date
    rule: str = ""
    days: int | None = None
    done_at: datetime | None = None
    stopped_at: datetime | None = None
    silence_agrees: bool = False
    ends_by_itself: bool = False
    known_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """A term at one instant.

    `working_days` are those left while it runs, and those it is late by or overdue by; None when it is more than a year.
    """

    term: Term
    state: State
    done_on: date | None = None
    working_days: int | None = 0

    @property
    def is_running(self) -> bool:
        return self.state is State.running

    @property
    def is_over(self) -> bool:
        """Does nothing more come of it?"""
        return self.state in OVER


def clock_at(term: Term, instant: datetime, calendar: WorkCalendar) -> Clock:
    """How a term stands at an instant. The last instant of the last day still counts."""
    due_at, day = end_of(term.due_on), legal_day(instant)
    if term.known_at is not None and due_at <= term.known_at:
        return Clock(term, State.archived)
    if term.done_at is not None:
        done_on = legal_day(term.done_at)
        if term.done_at < due_at:
            return Clock(term, State.on_time, done_on)
        return Clock(term, State.late, done_on, _between(term.due_on, done_on, calendar))
    if term.stopped_at is not None and term.stopped_at < due_at:
        return Clock(term, State.stopped, legal_day(term.stopped_at))
    if instant >= due_at:
        if term.ends_by_itself:
            return Clock(term, State.on_time, term.due_on)
        if term.silence_agrees:
            return Clock(term, State.agreed, term.due_on)
        if term.stopped_at is not None:
            return Clock(term, State.stopped, legal_day(term.stopped_at))
        return Clock(term, State.overdue, None, _between(term.due_on, day, calendar))
    if instant < term.starts_at:
        return Clock(term, State.ahead)
    return Clock(term, State.running, None, _between(day, term.due_on, calendar))


def next_due(clocks: tuple[Clock, ...]) -> Clock | None:
    """The clock to look at first: what is overdue longest, then what is due soonest."""
    waiting = [clock for clock in clocks if not clock.is_over]
    return min(waiting, key=lambda clock: clock.term.due_on, default=None)


def roll_forward(day: date, calendar: WorkCalendar) -> date:
    """The day itself if it is worked, else the next working day (Law "On legal acts", art. 14)."""
    return closing_date(day - timedelta(days=1), 1, calendar).closes_on


def _between(first: date, last: date, calendar: WorkCalendar) -> int | None:
    return working_days_left(first, last, calendar) if (last - first).days <= A_YEAR else None
