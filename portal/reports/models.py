"""What is stored about reports on completed discussions?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.clock import now
from portal.kernel.db import Instant, db


class Report(db.Model):
    """One edition of the report on completion of a public discussion.

    `document` is all that the report says, frozen when it was generated, so that an edition never changes;
    `ledger_size` and `ledger_root` name the state of the ledger it was made from.
    """

    __table_args__ = (UniqueConstraint("draft_id", "edition"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), index=True)
    edition: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256 of the canonical document
    ledger_size: Mapped[int]
    ledger_root: Mapped[str] = mapped_column(String(64))
    generated_at: Mapped[datetime] = mapped_column(Instant, default=now)
    generated_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    published_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)  # last, for it is long
