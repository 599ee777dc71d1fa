"""How fast does the ledger take entries, and how fast does it prove and verify them at 100,000?

    python -m tests.bench.ledger_append [ENTRIES]
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from flask import Flask

from portal.kernel.db import db, transaction_mode
from portal.ledger.follow import FOLLOWERS
from portal.ledger.followers import FollowerSet, run_followers
from portal.ledger.heads import find_public_key, key_path
from portal.ledger.kinds import Kind
from portal.ledger.queries import consistency, proof_of_inclusion
from portal.ledger.record import Act, record, record_many
from portal.ledger.verify import verify

BATCH = 5000
SINGLE = 300
PROOFS = 500


def per_second(count: int, work: Callable[[], object]) -> int:
    """How often a second, over one run of the work."""
    start = time.perf_counter()
    work()
    return round(count / (time.perf_counter() - start))


def fill(entries: int) -> None:
    """Entries with two secrets each, a transaction for each batch."""
    for first in range(0, entries, BATCH):
        last = min(first + BATCH, entries)
        record_many(
            Act(Kind.COMMENT_IMPORTED, f"comment:{n}", {"draft": 1}, {"author": n, "text": f"Пікір {n} " * 40})
            for n in range(first, last)
        )
        db.session.commit()
        db.session.expunge_all()


def record_singly() -> None:
    """One entry, one commit to the disk, as a citizen's comment makes."""
    for number in range(SINGLE):
        record(Kind.COMMENT_POSTED, f"comment:{number}", {"draft": 1}, secrets={"author": 1, "text": "Пікір"})
        db.session.commit()


def prove(entries: int) -> None:
    """Inclusion of one entry and growth from one size, at random."""
    chance = random.Random(7)
    for _ in range(PROOFS):
        assert proof_of_inclusion(chance.randrange(entries)).holds
        assert consistency(chance.randrange(1, entries), entries).holds


def measure(entries: int, folder: Path) -> dict[str, object]:
    """The figures, on a ledger of its own."""
    app = Flask("ledger", instance_path=str(folder))
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder / 'log.sqlite3'}"
    app.extensions["followers"] = FollowerSet(FOLLOWERS)
    db.init_app(app)
    with app.app_context(), transaction_mode("write"):
        db.create_all()
        db.session.commit()
        bulk = per_second(entries, lambda: fill(entries))
        single = per_second(SINGLE, record_singly)
        run_followers(app)
        with transaction_mode("read"):
            proofs = per_second(2 * PROOFS, lambda: prove(entries))
            key, start = find_public_key(key_path(folder)), time.perf_counter()
            verdict = verify(key)
            seconds = round(time.perf_counter() - start, 2)
            db.session.rollback()
    return {
        "bench": "ledger_append", "entries": entries, "bulk_entries_per_second": bulk,
        "single_commits_per_second": single, "proofs_per_second": proofs, "verify_seconds": seconds,
        "valid": verdict.valid,
    }  # fmt: skip


def main() -> None:
    """Print one line of JSON."""
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(entries, Path(folder))))


if __name__ == "__main__":
    main()
