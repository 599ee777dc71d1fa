"""How does long work get done beside the web server?

A job is a function a feature registers by name; `enqueue` puts its name and plain arguments in huey's queue once the
present transaction is committed, and the worker process runs it in a transaction of its own. Arguments are ids, never
objects; a job may run twice and must bear it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from flask import Flask
from huey import Huey, MemoryHuey, SqliteHuey
from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from portal.kernel.db import db, transaction_mode
from portal.kernel.settings import Settings

log = logging.getLogger(__name__)
Job = Callable[..., None]
WAITING = "jobs to enqueue after the commit"


class Jobs:
    """The queue and the jobs known by name."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self.app = app
        self.known: dict[str, Job] = {}
        self.huey: Huey = (
            MemoryHuey("portal", immediate=True)
            if settings.testing
            else SqliteHuey("portal", filename=str(settings.instance / "queue.sqlite3"), fsync=True)
        )
        self._run = self.huey.task(name="job", retries=2, retry_delay=10)(self._perform)

    def register(self, jobs: dict[str, Job]) -> None:
        """Make jobs known; names are "feature.verb"."""
        self.known.update(jobs)

    def enqueue(self, name: str, *arguments: Any) -> None:
        """Ask for a job to be run after the commit; raises KeyError for one nobody registered."""
        if name not in self.known:
            raise KeyError(name)
        session = db.session()
        session.info.setdefault(WAITING, []).append((session.get_nested_transaction(), self, name, list(arguments)))

    def waiting(self) -> int:
        """How many jobs wait for the worker."""
        return int(self.huey.pending_count())

    def send(self, name: str, arguments: list[Any]) -> None:
        """Put a job in the queue now."""
        self._run(name, arguments)

    def _perform(self, name: str, arguments: list[Any]) -> None:
        with self.app.app_context(), transaction_mode("write"):
            self.known[name](*arguments)
            db.session.commit()


@event.listens_for(Session, "after_commit")
def _send_waiting(session: Session) -> None:
    if session.in_nested_transaction():  # a savepoint was released: nothing is stored yet
        return
    for _within, jobs, name, arguments in session.info.pop(WAITING, []):
        jobs.send(name, arguments)


@event.listens_for(Session, "after_soft_rollback")
def _forget_waiting(session: Session, undone: SessionTransaction) -> None:
    waiting = session.info.pop(WAITING, [])
    if undone.nested:  # what was asked for outside of the savepoint still holds
        session.info[WAITING] = [job for job in waiting if job[0] is not undone]
