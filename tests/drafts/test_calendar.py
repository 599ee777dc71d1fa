from __future__ import annotations

from datetime import date, timedelta

import pytest

from portal.drafts.calendar import Reason, WorkCalendar, closing_date, working_days_left
from portal.kernel.errors import Invalid


@pytest.fixture
def calendar() -> WorkCalendar:
    return WorkCalendar()


def test_a_period_starts_the_day_after(calendar: WorkCalendar) -> None:
    assert closing_date(date(2026, 11, 23), 1, calendar).closes_on == date(2026, 11, 24)


def test_ten_working_days_pass_over_two_weekends_and_say_so(calendar: WorkCalendar) -> None:
    deadline = closing_date(date(2026, 11, 23), 10, calendar)
    assert deadline.closes_on == date(2026, 12, 7)
    assert [day.on.day for day in deadline.skipped] == [28, 29, 5, 6]
    assert {day.reason for day in deadline.skipped} == {Reason.weekend}


def test_a_last_day_that_is_a_holiday_moves_to_the_next_working_day(calendar: WorkCalendar) -> None:
    deadline = closing_date(date(2026, 12, 15), 1, calendar)
    assert deadline.closes_on == date(2026, 12, 17)
    (holiday,) = deadline.skipped
    assert holiday.reason is Reason.holiday
    assert holiday.name("kk") == "Тәуелсіздік күні"
    assert holiday.name("ru") == "День Независимости"
    assert holiday.name("en") == "Independence Day"


def test_nauryz_is_three_days_and_their_moved_rest(calendar: WorkCalendar) -> None:
    deadline = closing_date(date(2026, 3, 20), 1, calendar)
    assert deadline.closes_on == date(2026, 3, 26)
    assert {day.name("ru") for day in deadline.skipped} == {"Наурыз мейрамы"}


def test_every_holiday_has_a_russian_name(calendar: WorkCalendar) -> None:
    days = (date(2024, 1, 1) + timedelta(days=ahead) for ahead in range(5 * 365))
    names = {off.name("ru") for day in days if (off := calendar.day_off(day)) and off.reason is Reason.holiday}
    assert len(names) >= 11
    assert not [name for name in names if name.isascii()]


def test_transferred_days_overrule_the_calendar() -> None:
    friday, saturday = date(2026, 11, 27), date(2026, 11, 28)
    calendar = WorkCalendar({friday: False, saturday: True})
    deadline = closing_date(date(2026, 11, 26), 1, calendar)
    assert deadline.closes_on == saturday
    assert [(day.on, day.reason) for day in deadline.skipped] == [(friday, Reason.transferred)]


def test_a_decree_known_to_the_package_is_followed(calendar: WorkCalendar) -> None:
    assert not calendar.is_working(date(2025, 1, 3))
    assert calendar.is_working(date(2025, 1, 5))


def test_a_table_without_a_working_day_is_refused() -> None:
    first = date(2026, 11, 23)
    nothing = WorkCalendar({first + timedelta(days=ahead): False for ahead in range(400)})
    with pytest.raises(Invalid) as refusal:
        closing_date(first, 10, nothing)
    assert refusal.value.params["day"] == first


@pytest.mark.parametrize("days", [0, -3])
def test_a_period_without_days_is_refused(calendar: WorkCalendar, days: int) -> None:
    with pytest.raises(Invalid):
        closing_date(date(2026, 11, 23), days, calendar)


def test_days_left_count_down_to_none_on_the_last_day(calendar: WorkCalendar) -> None:
    first = date(2026, 11, 23)
    closes_on = closing_date(first, 10, calendar).closes_on
    assert working_days_left(first, closes_on, calendar) == 10
    assert working_days_left(date(2026, 11, 28), closes_on, calendar) == 6
    assert working_days_left(closes_on, closes_on, calendar) == 0
    assert working_days_left(closes_on + timedelta(days=3), closes_on, calendar) == 0
