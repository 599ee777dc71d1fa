"""How is the whole log handed over without ever holding it in memory?"""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask

from portal.kernel.db import db, transaction_mode
from portal.ledger import queries

LINES_AT_ONCE = 1000


def read_log(app: Flask, first: int = 0) -> Iterator[bytes]:
    """The lines of the log from an entry on, joined in pieces; line n of the whole is what was hashed for entry n.

    Ends where the ledger ended at the start. Each piece is read in a short transaction of its own, so that a slow
    reader holds up neither writers nor the database's own housekeeping.
    """
    with app.app_context(), transaction_mode("read"):
        size = queries.count_entries()
        db.session.rollback()
    for start in range(first, size, LINES_AT_ONCE):
        with app.app_context(), transaction_mode("read"):
            piece = queries.list_entries_from(start, min(LINES_AT_ONCE, size - start))
            db.session.rollback()
        yield b"".join(entry.data + b"\n" for entry in piece)
