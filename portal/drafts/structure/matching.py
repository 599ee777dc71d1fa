"""Which unit of the previous version is each unit of the next one?

Three things tell: the words, the number and the place. What says exactly the same as a whole is found first, wherever
it stands; then what holds such units; then, among the units left over under the same parent, those with the same number or
like words; at last what was reworded and carried to another place. A unit follows one unit: its larger part when it was
split.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.distance import Indel

from portal.drafts.structure.forest import Unit, counts, plant, settle
from portal.drafts.structure.units import Outline
from portal.drafts.structure.wording import Cipher, tokens

TELLING = 40  # characters: what is shorter may stand twice by chance
LIKE = 0.5  # words in common that make one unit of two under the same parent
LIKE_WITH_NUMBER = 0.3
LIKE_ELSEWHERE = 0.6
NUMBER_ALONE = 0.0  # at last: the same number under the same parent, which nothing else has claimed, is redrafted
HOLDS = 0.4  # of the words of both that two containers must share in matched units
CERTAIN = 0.9
MOST_PAIRS = 4_000  # pairs of children compared word by word under one parent
LONG = 128  # words: of longer texts the words are counted before they are laid side by side in their order
SHINGLES, CROWD, CANDIDATES = 96, 24, 5
NONE = -1


class Matching:
    """Which units belong together, by their places in the two forests."""

    def __init__(self, previous: Sequence[Outline], following: Sequence[Outline]) -> None:
        languages = [o.language for o in following if any(o.language == other.language for other in previous)]
        self.old, self.new = plant(previous, languages), plant(following, languages)
        settle(self.old, self.new)
        self.new_of = [NONE] * len(self.old)
        self.old_of = [NONE] * len(self.new)
        self._cipher = Cipher()
        self._written: dict[tuple[bool, int, bool], str] = {}
        self._counted: dict[tuple[bool, int], Counter[str]] = {}
        self._match(0, 0)
        if languages:
            self._run()

    def _run(self) -> None:
        self._same_words_anywhere()
        self._same_words_in_place()
        self._holders()
        self._under_one_parent(LIKE, LIKE_WITH_NUMBER)
        self._elsewhere()
        self._holders()
        self._under_one_parent(LIKE, NUMBER_ALONE)

    # exactly the same

    def _same_words_anywhere(self) -> None:
        here, there = counts(self.new), counts(self.old)
        places = {unit.whole: place for place, unit in enumerate(self.old)}
        place = 1
        while place < len(self.new):
            unit = self.new[place]
            if here[unit.whole] == 1 == there[unit.whole] and unit.weight >= TELLING:
                self._match_whole(places[unit.whole], place)
                place = unit.end
            else:
                place += 1

    def _same_words_in_place(self) -> None:
        places = {unit.address: place for place, unit in enumerate(self.old)}
        for place in range(1, len(self.new)):
            other = places.get(self.new[place].address, NONE)
            if other == NONE or not self._are_free(other, place) or self.old[other].whole != self.new[place].whole:
                continue
            parent = self.old_of[self.new[place].parent]
            if parent in (NONE, self.old[other].parent):
                self._match_whole(other, place)

    # what holds matched units

    def _holders(self) -> None:
        for place in range(len(self.new) - 1, 0, -1):
            if self.old_of[place] != NONE or not self.new[place].children:
                continue
            votes: Counter[int] = Counter()
            for child in self.new[place].children:
                if (other := self.old_of[child]) != NONE:
                    votes[self.old[other].parent] += self.new[child].weight + 1
            for holder, weight in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
                if self._holds(holder, place, weight):
                    self._match(holder, place)
                    break

    def _holds(self, holder: int, place: int, weight: int) -> bool:
        if holder == 0 or self.new_of[holder] != NONE:
            return False
        old, new = self.old[holder], self.new[place]
        share = 2 * weight / (old.weight + new.weight + 2)
        is_named = bool(old.heading) and old.heading == new.heading
        return share >= HOLDS or (share >= HOLDS / 2 and (is_named or _is_numbered_alike(old, new)))

    # reworded

    def _under_one_parent(self, like: float, like_with_number: float) -> None:
        for place in range(len(self.new)):
            other = self.old_of[place]
            if other == NONE:
                continue
            free = [child for child in self.new[place].children if self.old_of[child] == NONE]
            left = [child for child in self.old[other].children if self.new_of[child] == NONE] if free else []
            if left:
                self._take_best(self._pairs(left, free, like, like_with_number))

    def _pairs(
        self, left: list[int], free: list[int], like: float, like_with_number: float
    ) -> Iterator[tuple[float, int, int, int]]:
        are_many = len(left) * len(free) > MOST_PAIRS
        by_number: dict[str, list[int]] = defaultdict(list)
        for other in left:
            by_number[self.old[other].number].append(other)
        turns = {other: turn for turn, other in enumerate(left)}
        for turn, place in enumerate(free):
            unit = self.new[place]
            near = left[max(0, turn - 8) : turn + 9] if are_many else left
            numbered = by_number[unit.number][:8] if are_many and unit.number else []
            for other in dict.fromkeys([*numbered, *near]):
                has_number = _is_numbered_alike(self.old[other], unit)
                least = like_with_number if has_number else like
                share = self._likeness(other, place, least)
                if share >= least:
                    yield -share - has_number / 4, abs(turns[other] - turn), other, place

    def _elsewhere(self) -> None:
        """What stands under another parent now, found by the runs of words it shares with what was lost."""
        lost = [at for at in range(1, len(self.old)) if self.new_of[at] == NONE and self.old[at].weight >= TELLING]
        free = [at for at in range(1, len(self.new)) if self.old_of[at] == NONE and self.new[at].weight >= TELLING]
        if not lost or not free:
            return
        found = [
            (-share, abs(other - place), other, place)
            for place, others in self._sharing(lost, free)
            for other in others
            if (share := self._likeness(other, place, LIKE_ELSEWHERE)) >= LIKE_ELSEWHERE
        ]
        self._take_best(found)

    def _sharing(self, lost: list[int], free: list[int]) -> Iterator[tuple[int, list[int]]]:
        holders: dict[int, list[int]] = defaultdict(list)
        for other in lost:
            for shingle in _shingles(self._write(True, other, True)):
                holders[shingle].append(other)
        for place in free:
            shared: Counter[int] = Counter()
            for shingle in _shingles(self._write(False, place, True)):
                if len(found := holders.get(shingle, ())) <= CROWD:
                    shared.update(found)
            yield place, [other for other, _ in sorted(shared.items(), key=lambda x: (-x[1], x[0]))[:CANDIDATES]]

    def _take_best(self, pairs: Iterable[tuple[float, int, int, int]]) -> None:
        for _, _, other, place in sorted(pairs):
            if self._are_free(other, place):
                self._match(other, place)

    # how alike two units are

    def _likeness(self, other: int, place: int, least: float) -> float:
        """By their own words or with all that is in them, whichever says more; a kept heading says much.

        Below `least` it decides nothing and need not be exact.
        """
        old, new = self.old[other], self.new[place]
        best = 0.0
        if (old.children or new.children) and self._may_be_alike(other, place, least):
            best = _share(self._write(True, other, True), self._write(False, place, True))
        if best < CERTAIN and old.own and new.own:
            best = max(best, _share(self._write(True, other, False), self._write(False, place, False)))
            if old.heading and old.heading == new.heading:
                best = max(best, LIKE_ELSEWHERE)
        return best

    def _may_be_alike(self, other: int, place: int, least: float) -> bool:
        """Can that many words be common to both, in whatever order they stand?"""
        sizes = len(self._write(True, other, True)), len(self._write(False, place, True))
        if min(sizes) < LONG:
            return True
        old, new = self._count(True, other), self._count(False, place)
        shared = sum(min(old[word], new[word]) for word in old.keys() & new.keys())
        return 2 * shared >= least * sum(sizes)

    def _count(self, is_old: bool, place: int) -> Counter[str]:
        if (is_old, place) not in self._counted:
            self._counted[is_old, place] = Counter(self._write(is_old, place, True))
        return self._counted[is_old, place]

    def _write(self, is_old: bool, place: int, is_whole: bool) -> str:
        known = self._written.get((is_old, place, is_whole))
        if known is None:
            forest = self.old if is_old else self.new
            unit = forest[place]
            if is_whole:
                known = "".join([self._write(is_old, at, False) for at in range(place, unit.end)])
            else:
                known = self._cipher.write(tokens(unit.own) if unit.words is None else unit.words)
            self._written[is_old, place, is_whole] = known
        return known

    def _are_free(self, other: int, place: int) -> bool:
        return self.new_of[other] == NONE == self.old_of[place]

    def _match(self, other: int, place: int) -> None:
        self.new_of[other], self.old_of[place] = place, other

    def _match_whole(self, other: int, place: int) -> None:
        """Two units that say the same as a whole are built the same."""
        for step in range(self.new[place].end - place):
            if self._are_free(other + step, place + step):
                self._match(other + step, place + step)


def _share(one: str, other: str) -> float:
    """The words in common, in their order; 0.0 below what would decide anything."""
    return Indel.normalized_similarity(one, other, score_cutoff=LIKE_WITH_NUMBER)


def _is_numbered_alike(one: Unit, other: Unit) -> bool:
    return bool(one.number) and one.number == other.number and one.kind is other.kind


def _shingles(written: str) -> list[int]:
    """Runs of words, as many as tell a text from others: the same ones for the same text in every process."""
    signs = [ord(sign) for sign in written]
    runs = set(map(hash, zip(signs, signs[1:], signs[2:], strict=False)))  # of numbers, so nothing chance decides
    return sorted(runs or {hash(tuple(signs))})[:SHINGLES]

