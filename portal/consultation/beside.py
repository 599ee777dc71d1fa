"""Which units of two languages stand beside each other?"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from portal.consultation.anchors import Block, Layout


@dataclass(frozen=True, slots=True)
class Pair:
    """A unit in both languages; one is None where its language lacks the unit."""

    one: Block | None
    other: Block | None


@dataclass(frozen=True, slots=True)
class Side:
    """How one block of a pair is printed: in which language, before what its id stands, and which ends of the pair it makes."""

    lang: str
    prefix: str
    is_second: bool
    opens: bool
    closes: bool


def in_turn(pairs: Sequence[Pair], lang: str, other: str) -> tuple[tuple[Block, ...], tuple[Side, ...]]:
    """The blocks of pairs one after another with the side each stands on. Ids of the second language begin with its code."""
    blocks: list[Block] = []
    sides: list[Side] = []
    for pair in pairs:
        if pair.one is not None:
            blocks.append(pair.one)
            sides.append(Side(lang, "", False, True, pair.other is None))
        if pair.other is not None:
            blocks.append(pair.other)
            sides.append(Side(other, f"{other}-" if pair.one else "", True, pair.one is None, True))
    return tuple(blocks), tuple(sides)


def pair_up(blocks: Sequence[Block], layout: Layout, other: Layout, *, is_first: bool) -> tuple[Pair, ...]:
    """The blocks of a page of `layout` with those of the other language by key, in the order of the first.

    What only the other language has follows the unit it follows there; `is_first` says that the page is the first, so
    that it begins with what the other text has before all.
    """
    places, own = other.places, layout.places
    pairs: list[Pair] = []
    if is_first:
        pairs += _lonely(other, 0, own)
    for block in blocks:
        place = places.get(block.key)
        pairs.append(Pair(block, other.blocks[place] if place is not None else None))
        if place is not None:
            pairs += _lonely(other, place + 1, own)
    return tuple(pairs)


def _lonely(other: Layout, start: int, own: Container[str]) -> list[Pair]:
    end = start
    while end < len(other.blocks) and other.blocks[end].key not in own:
        end += 1
    return [Pair(None, block) for block in other.blocks[start:end]]
