"""What is stored about long work?"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Enum, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Instant, db


class JobState(StrEnum):
    """How far it is. `waiting`: asked for, and nobody has begun."""

    waiting = "waiting"
    running = "running"
    done = "done"
    failed = "failed"


class JobProgress(db.Model):
    """The last run of a job of one name; `changed_at` moves while it runs, so that one which died shows."""

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    state: Mapped[JobState] = mapped_column(
        Enum(JobState, native_enum=False, length=10, values_callable=lambda states: [s.value for s in states])
    )
    done: Mapped[int] = mapped_column(default=0, server_default="0")
    total: Mapped[int] = mapped_column(default=0, server_default="0")
    started_at: Mapped[datetime | None] = mapped_column(Instant)
    changed_at: Mapped[datetime] = mapped_column(Instant)
    error: Mapped[str] = mapped_column(Text, default="", server_default="")
