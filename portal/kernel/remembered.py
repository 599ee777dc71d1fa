"""Which counts need not be made anew for every visit?

Counting a hundred thousand rows reads them all, and nobody sees whether there are twelve more. What is small is counted
each time; what is large may be a while old. Each process remembers for itself, each database by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from portal.kernel.clock import now
from portal.kernel.db import db

T = TypeVar("T")

LARGE = 10_000
A_WHILE = timedelta(minutes=10)
_MOST = 1_000  # answers kept

_kept: dict[Hashable, tuple[datetime, Any]] = {}


def remembered(key: Hashable, ask: Callable[[], T], keep: Callable[[T], timedelta]) -> T:
    """The answer of `ask`, or the one it gave for this key before; `keep` says how long an answer may be given again."""
    key = (str(db.engine.url), key)
    until, answer = _kept.get(key, (None, None))
    if until is not None and now() < until:
        return answer
    answer = ask()
    if keep(answer):
        if len(_kept) >= _MOST:
            _kept.clear()
        _kept[key] = now() + keep(answer), answer
    return answer


def count_remembered(key: Hashable, count: Callable[[], int]) -> int:
    """A count: exact up to LARGE, at most A_WHILE old beyond."""
    return remembered(key, count, lambda total: A_WHILE if total > LARGE else timedelta())


def forget() -> None:
    """Ask everything anew."""
    _kept.clear()
