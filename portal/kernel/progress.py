"""How far has long work come, and how did it end? Said in transactions of its own, so that a page can show it meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from portal.kernel.clock import now
from portal.kernel.db import db, transaction_mode
from portal.kernel.models import JobProgress, JobState

EVERY = 1.0  # seconds between two notes
SILENCE = timedelta(minutes=5)  # after which running work is taken for dead

Advance = Callable[[int], None]


def find_progress(name: str) -> JobProgress | None:
    """The last run of a job; None where it never ran."""
    progress: JobProgress | None = db.session.get(JobProgress, name, populate_existing=True)
    return progress


def is_under_way(progress: JobProgress | None) -> bool:
    """Does it wait or run? Not if nothing was heard of it for `SILENCE`."""
    if progress is None or progress.state not in {JobState.waiting, JobState.running}:
        return False
    return now() - progress.changed_at < SILENCE


def note_waiting(name: str) -> None:
    """It was asked for; in the present transaction."""
    db.session.execute(delete(JobProgress).where(JobProgress.name == name))
    db.session.add(JobProgress(name=name, state=JobState.waiting, done=0, total=0, changed_at=now(), error=""))
    db.session.flush()


def claim(name: str, *, forget: tuple[str, datetime] | None = None) -> bool:
    """Note that it is waiting, unless it is under way: of two who ask at once only one is told True.

    Written beside the present session, which may be one that only reads. `forget` is how names begin, and since when
    notes under them are kept: older ones are taken out.
    """
    try:
        with transaction_mode("write"), db.engine.begin() as connection:
            states = (JobState.waiting, JobState.running)
            live = select(JobProgress.name).where(JobProgress.name == name, JobProgress.state.in_(states))
            if connection.execute(live.where(JobProgress.changed_at > now() - SILENCE)).first():
                return False
            connection.execute(delete(JobProgress).where(JobProgress.name == name))
            if forget is not None:
                old = (JobProgress.name.startswith(forget[0], autoescape=True), JobProgress.changed_at < forget[1])
                connection.execute(delete(JobProgress).where(*old))
            fresh = {"name": name, "state": JobState.waiting, "done": 0, "total": 0, "error": ""}
            connection.execute(insert(JobProgress).values(**fresh, changed_at=now()))
    except IntegrityError:  # another process was quicker
        return False
    return True


@contextmanager
def reported(name: str, total: int) -> Iterator[Advance]:
    """While the block runs, what it hands to `advance` is noted once a second; then that it is done, or its error.

    The present session must hold no write transaction: notes are written beside it.
    """
    _begin(name, total)
    noted, last = time.monotonic(), 0

    def advance(done: int) -> None:
        nonlocal noted, last
        last = done
        if time.monotonic() - noted >= EVERY:
            noted = time.monotonic()
            _note(name, done=done)

    try:
        yield advance
    except BaseException as error:
        _note(name, state=JobState.failed, done=last, error=f"{type(error).__name__}: {error}"[:2000])
        raise
    _note(name, state=JobState.done, done=last)


def _begin(name: str, total: int) -> None:
    fresh = {"name": name, "state": JobState.running, "done": 0, "total": total, "error": ""}
    with transaction_mode("write"), db.engine.begin() as connection:
        connection.execute(delete(JobProgress).where(JobProgress.name == name))
        connection.execute(insert(JobProgress).values(**fresh, started_at=now(), changed_at=now()))


def _note(name: str, **values: Any) -> None:
    with transaction_mode("write"), db.engine.begin() as connection:
        connection.execute(update(JobProgress).where(JobProgress.name == name).values(**values, changed_at=now()))
