"""Under which keys do people speak of the rows and cells of a table: `art_5__tbl_1__row_3__cell_2`?

Neither is a provision of the tree: versions and languages carry the table, and a row or a cell is known by its place in
the grid of its table, counted from 1, the head included. A merged cell stands where it begins; the places it covers
are empty, and an empty cell is no place to speak of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_PLACE = re.compile(r"(.+)__row_([1-9][0-9]{0,5})(?:__cell_([1-9][0-9]{0,5}))?")
BETWEEN = " | "  # the cells of a row told in one line
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class TablePlace:
    """A row of a table or, with `column`, one of its cells; `table` is the key of the table."""

    table: str
    row: int
    column: int = 0

    @property
    def key(self) -> str:
        """The key it is known by."""
        row = f"{self.table}__row_{self.row}"
        return f"{row}__cell_{self.column}" if self.column else row

    @property
    def whole_row(self) -> TablePlace:
        """The row it is, or stands in."""
        return TablePlace(self.table, self.row)

    def words(self, rows: Rows) -> str | None:
        """What the table says there; None where it has no such row, and no words in such a cell."""
        if self.row > len(rows):
            return None
        cells = rows[self.row - 1]
        if not self.column:
            return BETWEEN.join(cells)
        return (cells[self.column - 1].strip() or None) if self.column <= len(cells) else None


def place_in(key: str) -> TablePlace | None:
    """The row or cell a key names; None for the key of anything else."""
    found = _PLACE.fullmatch(key)
    return TablePlace(found[1], int(found[2]), int(found[3] or 0)) if found else None


def unit_of(key: str) -> str:
    """The provision a place belongs to: rows and cells go where their table goes."""
    place = place_in(key)
    return place.table if place else key


def places_of(table: str, rows: Rows) -> Iterator[TablePlace]:
    """Every row of a table, each followed by its cells that have words."""
    for row, cells in enumerate(rows, start=1):
        yield TablePlace(table, row)
        yield from (TablePlace(table, row, column) for column, cell in enumerate(cells, start=1) if cell.strip())


def cell_keys(table: str, rows: Rows) -> list[list[str | None]]:
    """The key of each cell in the shape of the table; None for a cell without words."""
    return [
        [TablePlace(table, row, column).key if cell.strip() else None for column, cell in enumerate(cells, start=1)]
        for row, cells in enumerate(rows, start=1)
    ]
