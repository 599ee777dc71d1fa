"""What became of each row, column and cell of a table, and which words of its cells changed?

A row has no number and no key of its own, so it is known by what it says: rows that say the same are the same row,
wherever they stand, and of the others those that are alike meet. So are columns, by their head and what stands under
it in the rows that stayed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest

from rapidfuzz.distance import Indel

from portal.drafts.compare.change import Change
from portal.drafts.compare.marks import Segment, mark
from portal.drafts.structure.wording import likeness, tokens

Row = Sequence[str]
Cells = tuple[tuple[Segment, ...], ...]
ALIKE = 0.4  # of the words of two rows, for one to be the other reworded
SAME_NAME = 0.3  # more for rows that begin with the same cell: a number or a name
TELLING = 60  # rows that tell which column is which
MOST_PAIRS = 10_000  # of rows between two that stayed; past it they meet in their order
_Pair = tuple[int, int]  # places in the old and in the new table from 0, -1 for none


@dataclass(frozen=True, slots=True)
class LineChange:
    """One row or column in both tables. `old` and `new` are its places counted from 1, 0 where it is not."""

    change: Change
    old: int
    new: int


def align_rows(old: Sequence[Row], new: Sequence[Row]) -> tuple[LineChange, ...]:
    """Every row of both tables in the order of the new one; a removed row stands where it stood."""
    said = _said(old), _said(new)
    kept = _kept(*said)
    elsewhere = _elsewhere(*said, kept)
    moved = {after: before for before, after in elsewhere}
    found = []
    for before, after in _in_order(len(old), len(new), kept, elsewhere, said):
        if after in moved:
            found.append(LineChange(Change.moved, moved[after] + 1, after + 1))
        elif before < 0 or after < 0:
            found.append(LineChange(Change.added if before < 0 else Change.removed, before + 1, after + 1))
        else:
            is_same = said[0][before] == said[1][after]
            found.append(LineChange(Change.same if is_same else Change.reworded, before + 1, after + 1))
    return tuple(found)


def align_columns(old: Sequence[Row], new: Sequence[Row], rows: Sequence[LineChange]) -> tuple[LineChange, ...]:
    """Every column of both tables in the order of the new one, by what the rows that stayed say in it."""
    before, after = _width(old), _width(new)
    if not before or not after or (before == after and _said(old[:1]) == _said(new[:1])):
        return _in_their_order(range(1, before + 1), range(1, after + 1))
    kept = [row for row in rows if row.old and row.new][:TELLING]
    columns = align_rows(
        [[_cell(old[row.old - 1], at) for row in kept] for at in range(before)],
        [[_cell(new[row.new - 1], at) for row in kept] for at in range(after)],
    )
    found: list[LineChange] = []
    for is_known, group in groupby(columns, lambda column: bool(column.old and column.new)):
        run = list(group)
        if not is_known and 2 * sum(not column.old for column in run) == len(run):
            run = list(_in_their_order([each.old for each in run if each.old], [each.new for each in run if each.new]))
        found += run
    return tuple(found)


def mark_row(old: Sequence[Row], new: Sequence[Row], row: LineChange, columns: Sequence[LineChange]) -> Cells:
    """The cells of a row with their words marked; one without words is ()."""
    return tuple(mark(*cell_words(old, new, row, column)) for column in columns)


def cell_change(old: Sequence[Row], new: Sequence[Row], row: LineChange, column: LineChange) -> Change:
    """What became of one cell: it goes with its row and its column, and may stay where both changed."""
    if Change.removed in (row.change, column.change):
        return Change.removed
    before, after = cell_words(old, new, row, column)
    if tokens(before) != tokens(after):
        return Change.reworded
    return Change.moved if Change.moved in (row.change, column.change) else Change.same


def cell_words(old: Sequence[Row], new: Sequence[Row], row: LineChange, column: LineChange) -> tuple[str, str]:
    """What a cell said and says."""
    before, after = old[row.old - 1] if row.old else (), new[row.new - 1] if row.new else ()
    return _cell(before, column.old - 1), _cell(after, column.new - 1)


def _in_their_order(lefts: Sequence[int], rights: Sequence[int]) -> tuple[LineChange, ...]:
    """Columns that meet in their order; what one table has more of was added or removed."""
    return tuple(
        LineChange(Change.same if old and new else Change.removed if old else Change.added, old, new)
        for old, new in zip_longest(lefts, rights, fillvalue=0)
    )


def _kept(old: list[str], new: list[str]) -> list[_Pair]:
    """Rows that say the same in the same order."""
    return [
        (step.src_start + turn, step.dest_start + turn)
        for step in Indel.opcodes(old, new)
        if step.tag == "equal"
        for turn in range(step.src_end - step.src_start)
    ]


def _elsewhere(old: list[str], new: list[str], kept: list[_Pair]) -> list[_Pair]:
    """Rows that say the same in another place."""
    waiting: dict[str, list[int]] = {}
    stayed = {before for before, _ in kept}
    for place, words in enumerate(old):
        if place not in stayed and words.strip():
            waiting.setdefault(words, []).append(place)
    settled = {after for _, after in kept}
    return [
        (waiting[words].pop(0), place)
        for place, words in enumerate(new)
        if place not in settled and waiting.get(words)
    ]


def _in_order(
    old: int, new: int, kept: list[_Pair], elsewhere: list[_Pair], said: tuple[list[str], list[str]]
) -> Iterator[_Pair]:
    """All rows; those carried elsewhere are named where they stand now."""
    gone = {before for before, _ in elsewhere}
    come = {after for _, after in elsewhere}
    left = right = 0
    for before, after in [*kept, (old, new)]:
        lefts = [place for place in range(left, before) if place not in gone]
        yield from _met(lefts, range(right, after), come, said)
        if before < old and after < new:
            yield before, after
        left, right = before + 1, after + 1


def _met(
    lefts: Sequence[int], rights: Sequence[int], come: set[int], said: tuple[list[str], list[str]]
) -> Iterator[_Pair]:
    """Rows between two that stayed: those that are alike meet, in their order."""
    free = [place for place in rights if place not in come]
    meeting = _meeting(lefts, free, said)
    at = 0
    for place in rights:
        partner = meeting.get(place)
        while partner is not None and lefts[at] != partner:
            yield lefts[at], -1
            at += 1
        yield (-1 if partner is None else partner), place
        at += partner is not None
    yield from ((place, -1) for place in lefts[at:])


def _meeting(lefts: Sequence[int], rights: Sequence[int], said: tuple[list[str], list[str]]) -> dict[int, int]:
    """New place → old place of the rows that are most alike, none crossing another."""
    if not lefts or not rights:
        return {}
    if len(lefts) * len(rights) > MOST_PAIRS:
        return dict(zip(rights, lefts, strict=False))
    scores = [[_alike(said[0][one], said[1][other]) for other in rights] for one in lefts]
    best = [[0.0] * (len(rights) + 1) for _ in range(len(lefts) + 1)]
    for i in reversed(range(len(lefts))):
        for j in reversed(range(len(rights))):
            together = scores[i][j] + best[i + 1][j + 1] if scores[i][j] else 0.0
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    found, i, j = {}, 0, 0
    while i < len(lefts) and j < len(rights):
        if scores[i][j] and best[i][j] == scores[i][j] + best[i + 1][j + 1]:
            found[rights[j]] = lefts[i]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _alike(one: str, other: str) -> float:
    """0.0 for rows that are not one another."""
    share = likeness(one.split(), other.split())
    name = one.partition("\t")[0]
    share += SAME_NAME if name and name == other.partition("\t")[0] else 0.0
    return share if share >= ALIKE else 0.0


def _said(rows: Sequence[Row]) -> list[str]:
    return ["\t".join(" ".join(tokens(cell)) for cell in row) for row in rows]


def _cell(row: Row, at: int) -> str:
    return row[at] if 0 <= at < len(row) else ""


def _width(rows: Sequence[Row]) -> int:
    return max((len(row) for row in rows), default=0)
