"""Which days of a year are off or worked against the week, and how many are worked in each month?"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from portal.drafts.calendar import DayOff, Reason, WorkCalendar

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Special:
    """A day that is not what the week makes of it: off (`off` says why), or worked at a weekend."""

    on: date
    off: DayOff | None


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the calendar: working days, days off, and the days to look at."""

    first: date
    working: int
    off: int
    specials: tuple[Special, ...]


def months_of(year: int, calendar: WorkCalendar) -> tuple[Month, ...]:
    """The twelve months of a year."""
    return tuple(_month(date(year, number, 1), calendar) for number in range(1, 13))


def _month(first: date, calendar: WorkCalendar) -> Month:
    days = [first + timedelta(days=ahead) for ahead in range(monthrange(first.year, first.month)[1])]
    offs = {day: calendar.day_off(day) for day in days}
    working = sum(off is None for off in offs.values())
    specials = tuple(Special(day, off) for day, off in offs.items() if _is_special(day, off))
    return Month(first, working, len(days) - working, specials)


def _is_special(day: date, off: DayOff | None) -> bool:
    return day.weekday() >= _SATURDAY if off is None else off.reason is not Reason.weekend
