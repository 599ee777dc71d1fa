"""How do many entries become one hash, and how is one of them, or their growth, proved? (RFC 9162, section 2.1)

Pure. The tree over `size` leaves is kept as its complete subtrees: the node (level, position) covers the leaves
from `position * 2**level` up to, not including, `(position + 1) * 2**level`. A complete subtree never changes
again, so appending only adds nodes, and a root or a proof needs a handful of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

EMPTY_ROOT = sha256(b"").digest()


class Place(NamedTuple):
    """Where a complete subtree stands."""

    level: int
    position: int


class Span(NamedTuple):
    """The leaves from `first` up to, not including, `last`."""

    first: int
    last: int


def leaf_hash(data: bytes) -> bytes:
    """Hash of one entry's data."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of two subtrees side by side."""
    return sha256(b"\x01" + left + right).digest()


def split(count: int) -> int:
    """The largest power of two smaller than `count` (which is at least 2)."""
    return 1 << (count - 1).bit_length() - 1


def places(span: Span) -> list[Place]:
    """The complete subtrees of a span, left to right, largest first.

    `span.first` is a multiple of a power of two not smaller than the span, as in every root and proof.
    """
    found, first = [], span.first
    for level in range((span.last - span.first).bit_length() - 1, -1, -1):
        if (span.last - span.first) >> level & 1:
            found.append(Place(level, first >> level))
            first += 1 << level
    return found


def fold(hashes: Sequence[bytes]) -> bytes:
    """The root above complete subtrees given left to right; the empty root when there are none."""
    if not hashes:
        return EMPTY_ROOT
    root = hashes[-1]
    for left in reversed(hashes[:-1]):
        root = node_hash(left, root)
    return root


def span_hash(span: Span, nodes: Mapping[Place, bytes]) -> bytes:
    """The hash over a span of leaves from its complete subtrees."""
    return fold([nodes[place] for place in places(span)])


def root(leaves: Iterable[bytes]) -> bytes:
    """The root over leaf hashes."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


class Frontier:
    """The right edge of a growing tree: its size and the hashes of its complete subtrees, largest first."""

    def __init__(self, size: int = 0, peaks: Sequence[bytes] = ()) -> None:
        if size.bit_count() != len(peaks):
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} complete subtrees, not {len(peaks)}")
        self.size = size
        self.peaks = list(peaks)

    def append(self, leaf: bytes) -> list[tuple[Place, bytes]]:
        """Add a leaf hash; the complete subtrees that this finished, the leaf itself first."""
        finished = [(Place(0, self.size), leaf)]
        current = leaf
        for level in range((self.size ^ (self.size + 1)).bit_length() - 1):
            current = node_hash(self.peaks.pop(), current)
            finished.append((Place(level + 1, self.size >> level + 1), current))
        self.peaks.append(current)
        self.size += 1
        return finished

    def root(self) -> bytes:
        """The root of the tree as it stands."""
        return fold(self.peaks)


def inclusion_spans(index: int, size: int) -> list[Span]:
    """The spans whose hashes prove that leaf `index` is in the tree of `size`, lowest first (section 2.1.3.1)."""
    if not 0 <= index < size:
        raise ValueError("the leaf is not in the tree")
    first, last, path = 0, size, []
    while last - first > 1:
        middle = first + split(last - first)
        if index < middle:
            path.append(Span(middle, last))
            last = middle
        else:
            path.append(Span(first, middle))
            first = middle
    return path[::-1]


def consistency_spans(old: int, new: int) -> list[Span]:
    """The spans whose hashes prove that the tree of `new` continues that of `old` (section 2.1.4.1)."""
    if not 0 < old <= new:
        raise ValueError("the old tree is empty or larger than the new one")
    first, last, path, untouched = 0, new, [], True
    while last != old:
        middle = first + split(last - first)
        if old <= middle:
            path.append(Span(middle, last))
            last = middle
        else:
            path.append(Span(first, middle))
            first = middle
            untouched = False
    return ([] if untouched else [Span(first, last)]) + path[::-1]


def proves_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], tree_root: bytes) -> bool:
    """Does the path lead from the leaf to the root? (section 2.1.3.2)"""
    if not 0 <= index < size:
        return False
    node, last, current = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if node & 1 or node == last:
            current = node_hash(sibling, current)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            current = node_hash(current, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and current == tree_root


def proves_consistency(old: int, new: int, path: Sequence[bytes], old_root: bytes, new_root: bytes) -> bool:
    """Does the tree of `new` leaves begin with the tree of `old` leaves? (section 2.1.4.2)

    Every tree continues the empty one; equal sizes need equal roots; both take an empty path.
    """
    if old == 0 or old == new:
        return not path and (old_root == EMPTY_ROOT if old == 0 else old_root == new_root)
    if not 0 < old < new or not path:
        return False
    hashes = list(path) if old & (old - 1) else [old_root, *path]
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    old_side = new_side = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            old_side, new_side = node_hash(sibling, old_side), node_hash(sibling, new_side)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            new_side = node_hash(new_side, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and old_side == old_root and new_side == new_root
