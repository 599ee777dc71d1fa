"""Which cells of a table does a new version change?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rapidfuzz.distance import Indel

from portal.drafts.compare.marks import Segment, mark
from portal.drafts.structure.wording import tokens

Row = Sequence[str]


def mark_rows(old: Sequence[Row], new: Sequence[Row]) -> tuple[tuple[tuple[Segment, ...], ...], ...]:
    """The rows of both tables with their words marked, in the order of the new one; a cell without words is ()."""
    width = max((len(row) for row in (*old, *new)), default=0)
    return tuple(
        tuple(mark(_cell(before, at), _cell(after, at)) for at in range(width)) for before, after in _pairs(old, new)
    )


def _pairs(old: Sequence[Row], new: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """Rows that say the same meet; between them struck and new rows meet in their order."""
    kept = [
        (step.src_start + turn, step.dest_start + turn)
        for step in Indel.opcodes(_said(old), _said(new))
        if step.tag == "equal"
        for turn in range(step.src_end - step.src_start)
    ]
    left = right = 0
    for old_at, new_at in [*kept, (len(old), len(new))]:
        yield from zip_longest(old[left:old_at], new[right:new_at], fillvalue=())
        if old_at < len(old) and new_at < len(new):
            yield old[old_at], new[new_at]
        left, right = old_at + 1, new_at + 1


def _said(rows: Sequence[Row]) -> list[str]:
    return ["\t".join(" ".join(tokens(cell)) for cell in row) for row in rows]


def _cell(row: Row, at: int) -> str:
    return row[at] if at < len(row) else ""
