"""How does long work get done beside the web server?

A job is a function a feature registers by name; `enqueue` puts its name and plain arguments in huey's queue and the
worker process runs it. Arguments are ids, never objects; a job may run twice and must bear it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from huey import Huey, MemoryHuey, SqliteHuey

from portal.kernel.settings import Settings

Job = Callable[..., None]


class Jobs:
    """The queue and the jobs known by name."""

    def __init__(self, settings: Settings) -> None:
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
        """Ask for a job to be run; raises KeyError for one nobody registered."""
        if name not in self.known:
            raise KeyError(name)
        self._run(name, list(arguments))

    def waiting(self) -> int:
        """How many jobs wait."""
        return int(self.huey.pending_count())

    def _perform(self, name: str, arguments: list[Any]) -> None:
        self.known[name](*arguments)
