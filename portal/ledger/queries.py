"""What can be asked of the ledger?"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from portal.kernel.db import db
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.ledger import merkle
from portal.ledger.entries import EntryView
from portal.ledger.heads import SignedHead
from portal.ledger.merkle import Place, Span
from portal.ledger.models import Entry, Head
from portal.ledger.sequence import load_nodes, tree_size

LARGEST = 2**53
LONGEST_LIST = 1000


class Damaged(Conflict):
    """Stored hashes are missing; `flask ledger verify` says where."""


@dataclass(frozen=True)
class InclusionProof:
    """That entry `number`, whose data hashes to `leaf`, is in the tree of `size` entries with this root."""

    number: int
    size: int
    leaf: bytes
    path: tuple[bytes, ...]
    root: bytes

    @property
    def holds(self) -> bool:
        """Does the path lead from the leaf to the root?"""
        return merkle.proves_inclusion(self.leaf, self.number, self.size, self.path, self.root)


@dataclass(frozen=True)
class ConsistencyProof:
    """That the tree of `second` entries begins with that of `first`."""

    first: int
    second: int
    path: tuple[bytes, ...]
    first_root: bytes
    second_root: bytes

    @property
    def holds(self) -> bool:
        """Does the path connect both roots?"""
        return merkle.proves_consistency(self.first, self.second, self.path, self.first_root, self.second_root)


def count_entries() -> int:
    """How many numbered entries there are, which is the size of the tree."""
    return tree_size(db.session())


def find_entry(number: int) -> EntryView | None:
    """The entry with a number."""
    if not 0 <= number < LARGEST:
        return None
    entry = db.session.scalar(select(Entry).where(Entry.number == number))
    return entry.view() if entry else None


def get_entry(number: int) -> EntryView:
    """The entry with a number; raises NotFound."""
    if (entry := find_entry(number)) is None:
        raise NotFound("The public record has no entry with this number.")
    return entry


def list_entries(
    *, kind: str | None = None, subject: str | None = None, below: int | None = None, limit: int = 50
) -> list[EntryView]:
    """Newest first, at most `limit` (up to 1000), with numbers smaller than `below`: a page costs the same anywhere."""
    query = select(Entry).where(Entry.number.is_not(None))
    if kind is not None:
        query = query.where(Entry.kind == kind)
    if subject is not None:
        query = query.where(Entry.subject == subject)
    if below is not None:
        query = query.where(Entry.number < min(below, LARGEST))
    rows = db.session.scalars(query.order_by(Entry.number.desc()).limit(min(limit, LONGEST_LIST)))
    return [entry.view() for entry in rows]


def list_entries_from(number: int, limit: int = LONGEST_LIST) -> list[EntryView]:
    """Oldest first, at most `limit`, from a number on: to read the whole ledger in pieces."""
    rows = db.session.scalars(select(Entry).where(Entry.number >= number).order_by(Entry.number).limit(limit))
    return [entry.view() for entry in rows]


def find_entry_for(subject: str, kind: str) -> EntryView | None:
    """The latest entry of a kind about a subject such as `comment:17`."""
    return next(iter(list_entries(kind=kind, subject=subject, limit=1)), None)


def find_head(size: int | None = None) -> SignedHead | None:
    """The latest signed head, or the one over exactly `size` entries."""
    query = select(Head) if size is None else select(Head).where(Head.size == size)
    head = db.session.scalar(query.order_by(Head.size.desc()).limit(1))
    return SignedHead(head.size, head.root, head.at, head.signature) if head else None


def root_at(size: int) -> bytes:
    """The root over the first `size` entries; raises Invalid beyond the end."""
    _check_size(size)
    span = Span(0, size)
    return merkle.span_hash(span, _nodes([span]))


def proof_of_inclusion(number: int, size: int | None = None) -> InclusionProof:
    """The proof that an entry is in the tree of `size` entries (all, unless told).

    Raises NotFound for no such entry, Invalid for a tree that does not reach it or is larger than the ledger.
    """
    entry = get_entry(number)
    size = count_entries() if size is None else size
    _check_size(size)
    if number >= size:
        raise Invalid("The entry is newer than this state of the record.")
    whole = Span(0, size)
    spans = merkle.inclusion_spans(number, size)
    nodes = _nodes([whole, *spans])
    path = tuple(merkle.span_hash(span, nodes) for span in spans)
    return InclusionProof(number, size, entry.leaf, path, merkle.span_hash(whole, nodes))


def consistency(first: int, second: int) -> ConsistencyProof:
    """The proof that the tree of `second` entries continues that of `first`; raises Invalid for impossible sizes."""
    _check_size(second)
    if not 0 <= first <= second:
        raise Invalid("The first size must not exceed the second.")
    spans = merkle.consistency_spans(first, second) if first else []
    ends = [Span(0, first), Span(0, second)]
    nodes = _nodes([*ends, *spans])
    path = tuple(merkle.span_hash(span, nodes) for span in spans)
    return ConsistencyProof(first, second, path, *(merkle.span_hash(end, nodes) for end in ends))


def _check_size(size: int) -> None:
    if not 0 <= size <= count_entries():
        raise Invalid("The public record is not that long yet.")


def _nodes(spans: list[Span]) -> dict[Place, bytes]:
    wanted = sorted({place for span in spans for place in merkle.places(span)})
    nodes = load_nodes(db.session(), wanted)
    if len(nodes) < len(wanted):
        raise Damaged("The public record is damaged at this place.")
    return nodes
