"""What happens after an act, and how far has each follower come?

A follower reads the ledger from its own cursor, in order, a batch at a time; the cursor moves in the transaction
in which the follower writes. So each entry is followed at least once, and a follower must bear to see one twice.
A follower that fails keeps its place and holds up nobody else.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from flask import Flask
from sqlalchemy import select

from portal.kernel.db import db, transaction_mode
from portal.ledger import sequence
from portal.ledger.entries import EntryView
from portal.ledger.models import Cursor, Entry

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Follower:
    """`follow` gets at most `batch` entries in order, within an application context and a transaction of its own.

    It neither commits nor rolls back; whatever it raises leaves its cursor where it was. One that writes nothing to
    the database (`writes` is False) follows in a reading transaction, so that slow work elsewhere holds up no writer.
    """

    name: str
    follow: Callable[[Sequence[EntryView]], None]
    batch: int = 500
    writes: bool = True


@dataclass(frozen=True)
class FollowerSet:
    """All followers of the portal, in the order in which they run."""

    followers: tuple[Follower, ...]

    def __post_init__(self) -> None:
        names = [follower.name for follower in self.followers]
        if len(set(names)) < len(names):
            raise ValueError(f"two followers share a name: {', '.join(sorted(names))}")


@dataclass
class Patience:
    """Lets what failed rest before its next try: 1, 2, 4 ... at most 60 seconds."""

    clock: Callable[[], float] = time.monotonic
    longest: float = 60.0
    _failures: dict[str, int] = field(default_factory=dict)
    _rests_until: dict[str, float] = field(default_factory=dict)

    def rests(self, name: str) -> bool:
        """Is it too early to try again?"""
        return self.clock() < self._rests_until.get(name, 0.0)

    def failed(self, name: str) -> None:
        """It failed once more."""
        count = self._failures[name] = self._failures.get(name, 0) + 1
        self._rests_until[name] = self.clock() + min(self.longest, 2.0 ** min(count - 1, 10))

    def recovered(self, name: str) -> None:
        """It worked."""
        self._failures.pop(name, None)
        self._rests_until.pop(name, None)


def run_followers(app: Flask, patience: Patience | None = None) -> int:
    """Let every follower read what is new; how many entries were handled, over all of them.

    With `patience` a follower that failed lately is passed over until it has rested. Never raises what a follower
    raises.
    """
    patience = patience or Patience()
    return sum(
        _follow_up(app, follower, patience)
        for follower in app.extensions["followers"].followers
        if not patience.rests(follower.name)
    )


def lag(name: str) -> int:
    """How many entries a follower has not read yet."""
    return sequence.tree_size(db.session()) - position(name)


def position(name: str) -> int:
    """The number of the entry a follower reads next."""
    return db.session.scalar(select(Cursor.number).where(Cursor.follower == name)) or 0


def rewind(name: str, number: int = 0) -> None:
    """Let a follower read again from an entry on, for instance to rebuild an index. Never commits."""
    db.session.merge(Cursor(follower=name, number=number))


def _follow_up(app: Flask, follower: Follower, patience: Patience) -> int:
    handled = 0
    try:
        while count := _handle_batch(app, follower):
            handled += count
        patience.recovered(follower.name)
    except Exception:
        patience.failed(follower.name)
        log.exception("the follower “%s” failed and keeps its place", follower.name)
    return handled


def _handle_batch(app: Flask, follower: Follower) -> int:
    """One batch in one transaction. Looks without the write lock first, so that idle followers block nobody."""
    with app.app_context():
        with transaction_mode("read"):
            nothing_new = lag(follower.name) <= 0
            db.session.rollback()
        if nothing_new:
            return 0
        if not follower.writes:
            return _handle_reading(follower)
        with transaction_mode("write"):
            entries = _next_entries(follower)
            if entries:
                follower.follow(entries)
                rewind(follower.name, entries[-1].number + 1)
            db.session.commit()
        return len(entries)


def _handle_reading(follower: Follower) -> int:
    """One batch for a follower that only reads; the cursor moves in a short transaction of its own afterwards."""
    with transaction_mode("read"):
        entries = _entries_from(position(follower.name), follower.batch)
        follower.follow(entries)
        db.session.rollback()
    with transaction_mode("write"):
        rewind(follower.name, entries[-1].number + 1)
        db.session.commit()
    return len(entries)


def _next_entries(follower: Follower) -> list[EntryView]:
    place = db.session.scalar(select(Cursor.number).where(Cursor.follower == follower.name).with_for_update()) or 0
    return _entries_from(place, follower.batch)


def _entries_from(place: int, most: int) -> list[EntryView]:
    rows = db.session.scalars(select(Entry).where(Entry.number >= place).order_by(Entry.number).limit(most))
    return [entry.view() for entry in rows]
