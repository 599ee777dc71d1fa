"""What time is it, and which day is it in Kazakhstan?

Instants are stored in UTC; legal days are days of the official time (UTC+5, whole country since
1 March 2024, Government Resolution No 28 of 19 January 2024). Tests and the demonstration set the time
with `frozen`, so that no rule ever reads the machine's clock itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta, timezone

OFFICIAL_TIME = timezone(timedelta(hours=5), "UTC+5")

_frozen: ContextVar[datetime | None] = ContextVar("frozen_clock", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _frozen.get() or datetime.now(UTC)


def today() -> date:
    """The present legal day."""
    return legal_day(now())


def legal_day(instant: datetime) -> date:
    """The day on which an instant falls in official time."""
    return instant.astimezone(OFFICIAL_TIME).date()


def start_of(day: date) -> datetime:
    """The first instant of a legal day, in UTC."""
    return datetime.combine(day, time.min, OFFICIAL_TIME).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The first instant after a legal day, in UTC."""
    return start_of(day + timedelta(days=1))


@contextmanager
def frozen(instant: datetime) -> Iterator[None]:
    """Hold the clock at an instant within the block."""
    token = _frozen.set(instant)
    try:
        yield
    finally:
        _frozen.reset(token)
