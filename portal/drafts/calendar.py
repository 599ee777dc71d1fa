"""On which day does a period counted in working days end, and why not earlier?

A period starts the day after the event it runs from; if its last day is a day off it ends on the next working day
(Law "On legal acts", art. 14). Public holidays come from the `holidays` package, which does not know the yearly
decrees that transfer days off: those are given by the caller.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

import holidays

from portal.kernel.errors import Invalid

# The longest run without a working day that can still be a calendar rather than a mistake in it.
_LONGEST_BREAK = 60
# The years of which the `holidays` package knows the holidays of Kazakhstan; outside of them every weekday would seem worked.
FIRST_YEAR, LAST_YEAR = 1991, 2100
_SATURDAY = 5

_RUSSIAN_NAMES = {
    "New Year's Day": "Новый год",
    "Orthodox Christmas": "Православное Рождество",
    "International Women's Day": "Международный женский день",
    "Nowruz Holiday": "Наурыз мейрамы",
    "Kazakhstan's People Solidarity Holiday": "Праздник единства народа Казахстана",
    "Defender of the Fatherland Day": "День защитника Отечества",
    "Victory Day": "День Победы",
    "Capital Day": "День столицы",
    "Constitution Day": "День Конституции",
    "Republic Day": "День Республики",
    "Independence Day": "День Независимости",
    "Eid al-Adha": "Курбан айт",
}


# The names of the law on holidays, where the package has others.
_KAZAKH_NAMES = {"Отан Қорғаушы күні": "Отан қорғаушы күні", "Қазақстан Республикасы күні": "Республика күні"}


class Reason(StrEnum):
    """Why a day is off: the week, a holiday (or the day it was moved to), or a decree on transferred days."""

    weekend = "weekend"
    holiday = "holiday"
    transferred = "transferred"


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day on which a period does not run; `names` holds the holiday's name by locale, empty for other reasons."""

    on: date
    reason: Reason
    names: tuple[tuple[str, str], ...] = ()

    def name(self, locale: str) -> str:
        """The holiday's name in kk, ru or en; "" when the day is no holiday."""
        return dict(self.names).get(locale, "")


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a period, and the days off it passed over, in order."""

    closes_on: date
    skipped: tuple[DayOff, ...]


@cache
def _holidays(language: str) -> holidays.HolidayBase:
    return holidays.country_holidays("KZ", language=language)


def _holiday_name(day: date, language: str) -> str:
    # Only the holiday's own name: "(observed)" and "(estimated)" are remarks of the package.
    name = _holidays(language).get(day) or ""
    return name.partition(" (")[0].partition("; ")[0]


class WorkCalendar:
    """Which days are worked in Kazakhstan; `transfers` (day → is it worked?) overrule week and holidays."""

    def __init__(self, transfers: Mapping[date, bool] | None = None) -> None:
        self._transfers = dict(transfers or {})

    def is_working(self, day: date) -> bool:
        """Is this a working day?"""
        return self.day_off(day) is None

    def day_off(self, day: date) -> DayOff | None:
        """Why this day is off; None for a working day."""
        if day in self._transfers:
            return None if self._transfers[day] else DayOff(day, Reason.transferred)
        english = _holiday_name(day, "en_US")
        if english.startswith("Day off"):
            return DayOff(day, Reason.transferred)
        if english:
            kazakh = _holiday_name(day, "kk")
            names = {"kk": _KAZAKH_NAMES.get(kazakh, kazakh), "ru": _RUSSIAN_NAMES.get(english, english), "en": english}
            return DayOff(day, Reason.holiday, tuple(names.items()))
        if day.weekday() >= _SATURDAY and day not in _holidays("en_US").weekend_workdays:
            return DayOff(day, Reason.weekend)
        return None


def closing_date(first_day: date, working_days: int, calendar: WorkCalendar) -> Deadline:
    """The last day of a period of so many working days that runs from `first_day`, which itself does not count.

    Raises Invalid for a period shorter than a day, for a calendar that leaves no working day, and for a period that runs
    beyond the years whose holidays are known.
    """
    if working_days < 1:
        raise Invalid("A period has at least one working day.")
    _ensure_known(first_day)
    day, left, skipped, run = first_day, working_days, [], 0
    while left:
        day += timedelta(days=1)
        _ensure_known(day)
        off = calendar.day_off(day)
        if off is None:
            left, run = left - 1, 0
            continue
        skipped.append(off)
        run += 1
        if run > _LONGEST_BREAK:
            raise Invalid(
                "The calendar has no working day in the %(days)s days after %(day)s. Check the transferred days.",
                days=_LONGEST_BREAK, day=first_day,
            )
    return Deadline(day, tuple(skipped))


def _ensure_known(day: date) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Invalid(
            "The calendar of working days is known from %(first)s to %(last)s; this period does not lie in these years.",
            first=str(FIRST_YEAR), last=str(LAST_YEAR),
        )  # fmt: skip


def working_days_left(today: date, closes_on: date, calendar: WorkCalendar) -> int:
    """How many working days follow today up to and including the last one: 0 on the last day and after it."""
    days = (closes_on - today).days
    return sum(calendar.is_working(today + timedelta(days=ahead)) for ahead in range(1, days + 1))
