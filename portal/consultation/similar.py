"""Which comments on the same provision say nearly the same words?

Two texts are similar when the pairs of neighbouring words they share are at least 60 % of those either has (Jaccard).
A group is gathered round its oldest comment and everybody in it is that similar to the comment shown for all: chains
of ever less similar texts cannot form. Letters that only look alike, case and missing Kazakh letters do not count.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import ceil

from portal.language.scripts import fold, loosen

LEAST = 0.6
_WORD = re.compile(r"\w+")

Words = tuple[str, ...]
Pairs = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Letter:
    """A comment as it is compared; `place` is the key of its provision."""

    id: int
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """Similar comments on one provision, by id.

    `first` is the oldest and the one shown; `same` say the same words; `near` differ a little, the least alike first.
    """

    first: int
    same: tuple[int, ...]
    near: tuple[int, ...]

    @property
    def ids(self) -> tuple[int, ...]:
        return (self.first, *self.same, *self.near)

    @property
    def others(self) -> tuple[int, ...]:
        return (*self.same, *self.near)

    @property
    def count(self) -> int:
        return 1 + len(self.same) + len(self.near)


def group_similar(letters: Sequence[Letter]) -> tuple[Group, ...]:
    """Groups of two and more, the largest first. The same letters are compared once and then remembered."""
    return _grouped(tuple(sorted(letters, key=lambda letter: letter.id)))


@lru_cache(maxsize=16)
def _grouped(letters: tuple[Letter, ...]) -> tuple[Group, ...]:
    by_place: dict[str, list[Letter]] = defaultdict(list)
    for letter in letters:
        by_place[letter.place].append(letter)
    groups = [group for here in by_place.values() for group in _groups_of_place(here)]
    return tuple(sorted(groups, key=lambda group: (-group.count, group.first)))


def _groups_of_place(letters: Sequence[Letter]) -> Iterable[Group]:
    copies: dict[Words, list[int]] = defaultdict(list)
    for letter in letters:
        copies[words_of(letter.text)].append(letter.id)
    texts = list(copies)
    leaders = _leaders([_pairs(words) for words in texts])
    followers: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for number, (leader, likeness) in enumerate(leaders):
        if leader != number:
            followers[leader] += [(likeness, id_) for id_ in copies[texts[number]]]
    for number, (leader, _) in enumerate(leaders):
        first, *same = copies[texts[number]]
        if leader == number and (same or followers[number]):
            yield Group(first, tuple(same), tuple(id_ for _, id_ in sorted(followers[number])))


def words_of(text: str) -> Words:
    """The words as they are compared."""
    return tuple(loosen(fold(word)) for word in _WORD.findall(text))


def likeness(one: Pairs, other: Pairs) -> float:
    """Shared pairs out of all pairs: 0 to 1."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def _pairs(words: Words) -> Pairs:
    return frozenset(pairwise(words)) or frozenset({words})


def _leaders(sets: Sequence[Pairs]) -> list[tuple[int, float]]:
    """For each set (the number of its leader, likeness to it); a leader is its own.

    Sets of which 60 % are shared have a pair in common among the rarest 40 % of each, so that only leaders with such a
    pair need be compared (prefix filter: Chaudhuri, Ganti, Kaushik 2006).
    """
    frequency = Counter(pair for pairs in sets for pair in pairs)
    leaders_by_pair: dict[tuple[str, ...], list[int]] = defaultdict(list)
    found: list[tuple[int, float]] = []
    for number, pairs in enumerate(sets):
        rarest = sorted(pairs, key=lambda pair: (frequency[pair], pair))[: len(pairs) - ceil(LEAST * len(pairs)) + 1]
        candidates = sorted({leader for pair in rarest for leader in leaders_by_pair[pair]})
        alike = [(likeness(sets[leader], pairs), -leader) for leader in candidates if _could_be(sets[leader], pairs)]
        best, nearest = max(alike, default=(0.0, 0))
        if best >= LEAST:
            found.append((-nearest, best))
            continue
        found.append((number, 1.0))
        for pair in rarest:
            leaders_by_pair[pair].append(number)
    return found


def _could_be(one: Pairs, other: Pairs) -> bool:
    fewer, more = sorted((len(one), len(other)))
    return fewer >= LEAST * more
