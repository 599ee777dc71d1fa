"""Which number does an entry get, and how does the tree grow by it?

Numbers follow the order of commits. On SQLite a writer holds the only write lock from BEGIN to COMMIT, so the
entry is numbered where it is recorded. On PostgreSQL writers commit side by side and one worker numbers what they
committed, under an advisory lock, so that no writer ever waits for another.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, func, insert, or_, select, text
from sqlalchemy.orm import Session

from portal.kernel.db import db
from portal.ledger.merkle import Frontier, Place, Span, places
from portal.ledger.models import Entry, Node

BATCH = 1000
NUMBERING_LOCK = 0x7461_6C71_79  # “talqy”


def numbers_inline(session: Session) -> bool:
    """Does a writer number its own entries on this database?"""
    return session.get_bind().dialect.name == "sqlite"


def tree_size(session: Session) -> int:
    """How many entries have a number."""
    last = session.scalar(select(func.max(Node.position)).where(Node.level == 0))
    return 0 if last is None else last + 1


def load_nodes(session: Session, wanted: Sequence[Place]) -> dict[Place, bytes]:
    """The hashes of complete subtrees, in one query; places that are not stored are left out."""
    if not wanted:
        return {}
    # not a tuple IN (...): SQLite would scan the whole table for it
    any_of = or_(*(and_(Node.level == place.level, Node.position == place.position) for place in wanted))
    rows = session.execute(select(Node.level, Node.position, Node.hash).where(any_of))
    return {Place(level, position): node for level, position, node in rows}


def append(session: Session, entries: Sequence[Entry]) -> None:
    """Give the entries the next numbers, in order, and store the subtrees they complete.

    The caller alone may be numbering: on SQLite the write lock is held, on PostgreSQL the advisory lock.
    """
    size = tree_size(session)
    edge = places(Span(0, size))
    nodes = load_nodes(session, edge)
    frontier = Frontier(size, [nodes[place] for place in edge])
    finished: list[dict[str, object]] = []
    for entry in entries:
        entry.number = frontier.size
        finished += [
            {"level": place.level, "position": place.position, "hash": node}
            for place, node in frontier.append(entry.leaf)
        ]
    if finished:
        session.execute(insert(Node), finished)


def number_waiting() -> int:
    """Number what writers have committed without a number; how many there were. Never commits."""
    session = db.session()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": NUMBERING_LOCK})
    numbered = 0
    while waiting := session.scalars(
        select(Entry).where(Entry.number.is_(None)).order_by(Entry.id).limit(BATCH)
    ).all():
        append(session, waiting)
        session.flush()
        numbered += len(waiting)
    return numbered
