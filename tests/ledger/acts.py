"""How do tests of the ledger get entries into it?"""

from __future__ import annotations

from typing import Any

from flask import Flask

from portal.kernel.db import db
from portal.ledger.followers import run_followers
from portal.ledger.heads import find_public_key, key_path
from portal.ledger.kinds import Kind
from portal.ledger.queries import get_entry
from portal.ledger.receipts import receipt_document
from portal.ledger.record import Act, record_many


def fill(app: Flask, count: int, first: int = 1) -> None:
    """Record comments in one transaction and let the followers read them."""
    with app.app_context():
        record_many(
            [
                Act(Kind.COMMENT_POSTED, f"comment:{n}", {"draft": 7}, {"author": n, "text": f"Пікір {n}"})
                for n in range(first, first + count)
            ]
        )
        db.session.commit()
    run_followers(app)


def document(app: Flask, number: int) -> dict[str, Any]:
    """The receipt file of an entry."""
    with app.app_context():
        key = find_public_key(key_path(app.instance_path))
        assert key is not None
        made = receipt_document(get_entry(number), key)
        assert made is not None
        return made
