"""Does each clock stand as the days and the instant say, whatever way the clock jumps?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.consultation.clock_rules import Period, Window, grounds_for, lawful_window, moves_of, opinion_move
from portal.consultation.clocks import Clock, State, Term, What, clock_at, next_due, roll_forward
from portal.drafts.calendar import WorkCalendar
from portal.kernel.clock import end_of, start_of
from portal.kernel.errors import Invalid

CALENDAR = WorkCalendar()
MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)
ORDER = Period(discussion=10, answers=10, report=5)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
SECOND = timedelta(microseconds=1)


def term(**more: object) -> Term:
    values: dict[str, object] = {"what": What.answers, "starts_at": start_of(MONDAY), "due_on": FRIDAY}
    return Term(**{**values, **more})  # type: ignore[arg-type]


def stands(at: datetime, **more: object) -> Clock:
    return clock_at(term(**more), at, CALENDAR)


def test_the_last_instant_of_the_last_day_still_counts() -> None:
    midnight = end_of(FRIDAY)
    assert midnight == datetime(2026, 11, 27, 19, 0, tzinfo=UTC)  # in Almaty it is midnight
    assert stands(midnight - SECOND).state is State.running
    assert stands(midnight - SECOND).working_days == 0
    assert stands(midnight).state is State.overdue
    assert stands(midnight, done_at=midnight - SECOND).state is State.on_time
    assert stands(midnight, done_at=midnight).state is State.late


def test_how_late_is_counted_in_working_days() -> None:
    assert stands(start_of(date(2026, 11, 29))).working_days == 0  # Sunday: overdue, by no working day yet
    assert stands(start_of(date(2026, 12, 1))).working_days == 2
    late = stands(start_of(date(2026, 12, 8)), done_at=start_of(date(2026, 12, 1)))
    assert (late.state, late.working_days, late.done_on) == (State.late, 2, date(2026, 12, 1))
    assert stands(start_of(date(2028, 12, 1))).working_days is None


def test_before_its_event_a_clock_has_not_begun() -> None:
    assert stands(start_of(MONDAY) - SECOND).state is State.ahead
    assert stands(start_of(MONDAY)).state is State.running


def test_a_withdrawn_draft_stops_its_clocks() -> None:
    stopped = start_of(date(2026, 11, 25))
    assert stands(end_of(FRIDAY), stopped_at=stopped).state is State.stopped
    # what was done before stays done, what was silence before stays agreement
    assert stands(end_of(FRIDAY), done_at=start_of(MONDAY), stopped_at=stopped).state is State.on_time
    after = end_of(FRIDAY) + timedelta(days=3)
    assert stands(after, silence_agrees=True, stopped_at=after).state is State.agreed
    assert stands(after, stopped_at=after).state is State.stopped


def test_silence_is_agreement_from_the_first_instant_after_the_day() -> None:
    assert stands(end_of(FRIDAY) - SECOND, silence_agrees=True).state is State.running
    assert stands(end_of(FRIDAY), silence_agrees=True).state is State.agreed
    assert stands(end_of(FRIDAY), silence_agrees=False).state is State.overdue


def test_a_discussion_ends_by_itself() -> None:
    assert stands(end_of(FRIDAY), what=What.discussion, ends_by_itself=True).state is State.on_time


def test_what_is_due_next() -> None:
    at = start_of(date(2026, 11, 25))
    done = clock_at(term(done_at=start_of(MONDAY)), at, CALENDAR)
    later = clock_at(term(what=What.report, due_on=date(2026, 12, 7)), at, CALENDAR)
    overdue = clock_at(term(what=What.opinion, due_on=date(2026, 11, 24)), at, CALENDAR)
    assert next_due((done, later, overdue)) is overdue
    assert next_due((done, later)) is later
    assert next_due((done,)) is None


@given(due_on=DAYS, done=st.none() | DAYS, jumps=st.lists(DAYS, min_size=2, max_size=6))
def test_a_clock_that_jumps_loses_nothing(due_on: date, done: date | None, jumps: list[date]) -> None:
    """The state at an instant does not depend on which instants were looked at before it."""
    each = term(due_on=due_on, done_at=start_of(done) if done else None)
    first = [clock_at(each, start_of(day), CALENDAR) for day in jumps]
    again = [clock_at(each, start_of(day), CALENDAR) for day in reversed(jumps)]
    assert first == again[::-1]
    if done is not None:
        assert {clock.state for clock in first} == {State.on_time if done <= due_on else State.late}


@given(DAYS)
def test_rolling_forward_gives_a_working_day_and_keeps_one(day: date) -> None:
    rolled = roll_forward(day, CALENDAR)
    assert CALENDAR.is_working(rolled) and rolled >= day
    assert rolled == day or not CALENDAR.is_working(day)


def window(**more: object) -> Window:
    values: dict[str, object] = {
        "opens_on": MONDAY, "closes_on": date(2026, 12, 7), "answers_due_on": date(2026, 12, 22),
        "report_due_on": date(2026, 12, 29), "least_days": 10, "discussion_runs": True, "answers_run": True,
        "report_runs": True,
    }  # fmt: skip
    return Window(**{**values, **more})  # type: ignore[arg-type]


def moved(found: Window, period: Period = ORDER, calendar: WorkCalendar = CALENDAR, today: date = MONDAY) -> dict[str, date]:
    return {move.what.value: move.to_on for move in moves_of(found, period, calendar, today)}


def test_the_same_rules_move_nothing() -> None:
    assert lawful_window(MONDAY, 10, CALENDAR) == date(2026, 12, 7)
    assert moved(window()) == {}


def test_a_day_off_moves_all_that_follows() -> None:
    off = WorkCalendar({date(2026, 12, 1): False})
    assert moved(window(), calendar=off) == {
        "discussion": date(2026, 12, 8), "answers": date(2026, 12, 23), "report": date(2026, 12, 30),
    }  # fmt: skip


def test_a_promised_last_day_never_moves_earlier() -> None:
    worked = WorkCalendar({date(2026, 11, 28): True})
    assert "discussion" not in moved(window(), calendar=worked)
    assert moved(window(), Period(5, 10, 5)) == {}
    assert moved(window(), Period(15, 10, 5))["discussion"] == date(2026, 12, 14)


def test_a_longer_window_moves_only_off_a_day_off() -> None:
    longer = window(closes_on=date(2026, 12, 10), answers_due_on=date(2026, 12, 25), report_due_on=date(2027, 1, 5))
    assert "discussion" not in moved(longer, calendar=WorkCalendar({date(2026, 12, 1): False}))
    assert moved(longer, calendar=WorkCalendar({date(2026, 12, 10): False}))["discussion"] == date(2026, 12, 11)


def test_what_has_run_out_stays() -> None:
    closed = window(discussion_runs=False)
    assert moved(closed, Period(15, 10, 5)) == {}
    assert moved(closed, Period(10, 12, 5)) == {"answers": date(2026, 12, 24), "report": date(2026, 12, 31)}
    assert moved(window(discussion_runs=False, answers_run=False), Period(15, 12, 7)) == {"report": date(2026, 12, 31)}
    assert moved(window(discussion_runs=False, answers_run=False, report_runs=False), Period(15, 12, 9)) == {}


def test_nobody_is_made_late_by_a_rule() -> None:
    today = date(2026, 12, 18)
    assert moved(window(discussion_runs=False), Period(10, 3, 5), today=today)["answers"] == today


def test_a_window_of_another_portal_is_not_lengthened() -> None:
    assert "discussion" not in moved(window(least_days=None), Period(30, 10, 5))


def test_the_calendar_moves_an_opinion() -> None:
    assert opinion_move(MONDAY, date(2026, 12, 7), 10, CALENDAR, MONDAY) is None
    move = opinion_move(MONDAY, date(2026, 12, 7), 10, WorkCalendar({date(2026, 12, 1): False}), MONDAY)
    assert move is not None and move.to_on == date(2026, 12, 8)


def test_a_calendar_without_working_days_is_refused() -> None:
    nothing = WorkCalendar({MONDAY + timedelta(days=ahead): False for ahead in range(90)})
    with pytest.raises(Invalid):
        moves_of(window(), ORDER, nothing, MONDAY)


@given(
    days=st.integers(1, 40), answers=st.integers(1, 40), report=st.integers(1, 40),
    off=st.sets(st.dates(date(2026, 11, 1), date(2027, 6, 1)), max_size=10), today=st.dates(MONDAY, date(2026, 12, 7)),
)  # fmt: skip
def test_moving_is_done_at_once_and_keeps_the_order(
    days: int, answers: int, report: int, off: set[date], today: date
) -> None:
    """A second look finds nothing to move, the last day is a working one and not earlier, duties follow one another."""
    calendar, period = WorkCalendar(dict.fromkeys(off, False)), Period(days, answers, report)
    before, to = window(), moved(window(), period, calendar, today)
    closes_on, answers_on = to.get("discussion", before.closes_on), to.get("answers", before.answers_due_on)
    report_on = to.get("report", before.report_due_on)
    assert closes_on >= before.closes_on and calendar.is_working(closes_on)
    assert closes_on < answers_on < report_on or today >= answers_on
    again = window(closes_on=closes_on, answers_due_on=answers_on, report_due_on=report_on)
    assert moved(again, period, calendar, today) == {}


def test_grounds_stand_in_the_same_article() -> None:
    rules = {"emergency-bill": "art. 19", "trade-restriction": "art. 20(1)"}
    assert grounds_for("law", "art. 19", rules) == ("emergency",)
    assert grounds_for("order", "art. 20", rules) == ("trade",)
    assert grounds_for("kdrp", "art. 17-1", rules) == ()
    assert grounds_for("emergency-bill", "art. 19", rules) == ()
    assert grounds_for("memo", "", {"emergency-bill": ""}) == ()
