"""Is the ledger still what was recorded, and if not, which entry was altered first?

Every entry is read again in order; its leaf, every complete subtree, every root under a signed head and every
signature are recomputed. Memory does not grow with the ledger. What a person with the database *and* the key could
still rewrite shows against a head kept elsewhere: give it as `known`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.exc import OperationalError

from portal.kernel.db import db
from portal.ledger.entries import leaf_data
from portal.ledger.heads import PublicKey, SignedHead
from portal.ledger.merkle import Frontier, Place, leaf_hash
from portal.ledger.models import Cursor, Entry, Head, Node
from portal.ledger.sequence import numbers_inline

BATCH = 4096
HEADS = "heads"  # the follower that signs


@dataclass(frozen=True)
class Altered:
    """The first entry at fault; with `last`, one of those from `number` to `last`. A missing one has no kind."""

    number: int
    kind: str | None = None
    subject: str | None = None
    last: int | None = None


@dataclass(frozen=True)
class Verdict:
    """What verification found. `root` is the hexadecimal root over all entries of a valid ledger."""

    valid: bool
    entries: int
    root: str = ""
    heads: int = 0
    reason: str = ""
    first_altered: Altered | None = None


class _Fault(Exception):
    """Found the first thing that does not fit."""

    def __init__(self, reason: str, altered: Altered | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.altered = altered


def verify(key: PublicKey | None, known: Sequence[SignedHead] = ()) -> Verdict:
    """Check everything stored against `key` and against heads `known` from elsewhere."""
    entries = db.session.scalar(select(func.count()).where(Entry.number.is_not(None))) or 0
    audit = _Audit(key, known)
    try:
        audit.run()
    except _Fault as fault:
        return Verdict(False, entries, reason=fault.reason, first_altered=fault.altered)
    return Verdict(True, entries, audit.frontier.root().hex(), audit.heads)


class _Audit:
    """One walk over the ledger."""

    def __init__(self, key: PublicKey | None, known: Sequence[SignedHead]) -> None:
        self.key = key
        self.known = sorted(known, key=lambda head: head.size)
        self.frontier = Frontier()
        self.heads = 0
        self.covered = 0  # the size of the last stored head that was right
        self.agreed = 0  # the size of the last head given that was right

    def run(self) -> None:
        """Raise `_Fault` at the first thing that does not fit."""
        self._check_numbers()
        last = db.session.scalar(select(func.max(Entry.number)))
        size = 0 if last is None else last + 1
        for start in range(0, size, BATCH):
            self._check_batch(start, min(start + BATCH, size))
        self._check_end(size)

    def _check_numbers(self) -> None:
        outside = Entry.number < 0
        if numbers_inline(db.session()):
            outside = or_(outside, Entry.number.is_(None))
        stray = db.session.execute(select(Entry.number, Entry.kind, Entry.subject).where(outside).limit(1)).first()
        if stray is not None:
            number = -1 if stray.number is None else stray.number
            raise _Fault("An entry stands outside the sequence.", Altered(number, stray.kind, stray.subject))

    def _check_batch(self, start: int, end: int) -> None:
        stored = _stored_nodes(start, end)
        heads = {head.size: head for head in self._heads_between(start, end)}
        known = {head.size: head for head in self.known if start < head.size <= end}
        expected = start
        for number, kind, subject, leaf in _read(start, end):
            if number != expected:
                raise _Fault(f"Entry {expected} is missing.", Altered(expected))
            if stored.get(Place(0, number)) != leaf:
                raise _Fault(f"Entry {number} does not match its hash.", Altered(number, kind, subject))
            for place, node in self.frontier.append(leaf)[1:]:
                if stored.get(place) != node:
                    raise _Fault("The hashes above these entries were altered.", _under(place))
            expected += 1
            if expected in heads:
                self._check_head(heads[expected])
            if expected in known:
                self._check_known(known[expected])
        if expected < end:
            raise _Fault(f"Entry {expected} is missing.", Altered(expected))

    def _check_head(self, head: SignedHead) -> None:
        if self.key is None:
            raise _Fault("The heads cannot be checked: the key is missing.")
        if not head.is_signed_by(self.key):
            raise _Fault(f"The signed head over {head.size} entries was altered.")
        if head.root != self.frontier.root():
            raise _Fault(
                f"The entries do not add up to the head signed over {head.size} of them.",
                _between(self.covered, head.size),
            )
        self.heads += 1
        self.covered = head.size

    def _check_known(self, head: SignedHead) -> None:
        if head.root != self.frontier.root():
            raise _Fault("The entries are not those of the head given.", _between(self.agreed, head.size))
        self.agreed = head.size

    def _check_end(self, size: int) -> None:
        """The tail is still there: nothing speaks of entries that are not."""
        missing = Altered(size)
        past = db.session.scalar(select(func.max(Head.size)).where(Head.size > size))
        if past is not None or any(head.size > size for head in self.known):
            raise _Fault("Entries at the end are missing: a signed head covers more of them.", missing)
        if (db.session.scalar(select(func.max(Cursor.number))) or 0) > size:
            raise _Fault("Entries at the end are missing: a follower has read more of them.", missing)
        if (db.session.scalar(select(func.count()).select_from(Node)) or 0) > 2 * size - size.bit_count():
            raise _Fault("Entries at the end are missing: hashes of them are still stored.", missing)
        if db.session.scalar(select(Head.size).where(Head.size < 1).limit(1)) is not None:
            raise _Fault("There is a signed head over no entries.")
        signed = db.session.scalar(select(Cursor.number).where(Cursor.follower == HEADS)) or 0
        if signed and db.session.get(Head, signed) is None:
            raise _Fault(f"The signed head over {signed} entries is missing.")

    def _heads_between(self, start: int, end: int) -> list[SignedHead]:
        try:
            rows = db.session.execute(
                select(Head.size, Head.root, Head.at, Head.signature).where(Head.size > start, Head.size <= end)
            )
            return [SignedHead(*row) for row in rows]
        except (ValueError, TypeError) as error:
            raise _Fault(f"A signed head over {start + 1} to {end} entries cannot be read.") from error


def _stored_nodes(start: int, end: int) -> dict[Place, bytes]:
    """The complete subtrees that the entries from `start` to before `end` finish."""
    finished = [
        (Node.level == level) & (Node.position >= start >> level) & (Node.position < end >> level)
        for level in range(end.bit_length())
    ]
    rows = db.session.execute(select(Node.level, Node.position, Node.hash).where(or_(*finished)))
    return {Place(level, position): node for level, position, node in rows}


def _read(start: int, end: int) -> Iterator[tuple[int, Any, Any, bytes | None]]:
    """Number, kind, subject and recomputed leaf; a row that cannot be read at all has no leaf."""
    try:
        rows = _rows(start, end)
    except (ValueError, TypeError, OperationalError):  # a date that is none; bytes that are not text
        if end - start == 1:
            kind, subject = db.session.execute(select(Entry.kind, Entry.subject).where(Entry.number == start)).one()
            yield start, kind, subject, None
        else:
            middle = (start + end) // 2
            yield from _read(start, middle)
            yield from _read(middle, end)
        return
    for number, kind, subject, at, facts in rows:
        try:
            leaf = leaf_hash(leaf_data(kind, subject, at, facts))
        except (ValueError, TypeError, AttributeError):
            leaf = None
        yield number, kind, subject, leaf


def _rows(start: int, end: int) -> Sequence[Any]:
    return db.session.execute(
        select(Entry.number, Entry.kind, Entry.subject, Entry.at, Entry.facts)
        .where(Entry.number >= start, Entry.number < end)
        .order_by(Entry.number)
    ).all()


def _under(place: Place) -> Altered:
    first = place.position << place.level
    return _between(first, first + (1 << place.level))


def _between(first: int, end: int) -> Altered:
    """The first of the entries among which the altered one is."""
    row = db.session.execute(select(Entry.kind, Entry.subject).where(Entry.number == first)).first()
    kind, subject = row if row else (None, None)
    return Altered(first, kind, subject, end - 1 if end - 1 > first else None)
