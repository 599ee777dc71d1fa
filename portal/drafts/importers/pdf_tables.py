"""Which tables do the ruled lines of a PDF page draw, and which words stand in which of their cells?"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.drafts.importers.pdf_process import Page, Piece

_NEAR = 3.0  # points within which two lines are one, or touch
_MOST_CROSSINGS = 10_000  # upright times level lines: a page with more is a drawing
_BEGINS = re.compile(r"(?:\d{1,3}(?:-\d+)?[.)]|[-–•])\s")

_Segment = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table: the places of its columns and rows, and the words of its cells."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    pieces: frozenset[Piece]


def tables_of(page: Page) -> list[Table]:
    """The ruled tables of a page that have two columns or more and words in them."""
    upright = _merged([each for each in page.segments if each[2] - each[0] < 1.5])
    level = [_turned(each) for each in _merged([_turned(each) for each in page.segments if each[3] - each[1] < 1.5])]
    if len(upright) < 3 or len(level) < 2 or len(upright) * len(level) > _MOST_CROSSINGS:
        return []
    tables = [_table(page, *group) for group in _connected(upright, level)]
    return [table for table in tables if table is not None]


def _turned(segment: _Segment) -> _Segment:
    x0, y0, x1, y1 = segment
    return y0, x0, y1, x1


def _merged(upright: list[_Segment]) -> list[_Segment]:
    """Upright lines with those that continue or double one another in one: borders are drawn cell by cell."""
    merged: list[_Segment] = []
    places = _places(each[0] for each in upright)
    columns: dict[float, list[_Segment]] = {}
    for each in upright:
        columns.setdefault(places[bisect_right(places, each[0]) - 1], []).append(each)
    for x, own in columns.items():
        top = bottom = None
        for _, y0, _, y1 in sorted(own, key=lambda each: each[1]):
            if bottom is not None and top is not None and y0 <= bottom + _NEAR:
                bottom = max(bottom, y1)
                continue
            if bottom is not None and top is not None:
                merged.append((x, top, x, bottom))
            top, bottom = y0, y1
        if bottom is not None and top is not None:
            merged.append((x, top, x, bottom))
    return merged


def _connected(upright: list[_Segment], level: list[_Segment]) -> list[tuple[list[_Segment], list[_Segment]]]:
    """Groups of lines that touch one another."""
    owner = list(range(len(upright) + len(level)))

    def root(place: int) -> int:
        while owner[place] != place:
            owner[place] = owner[owner[place]]
            place = owner[place]
        return place

    for one, (x, top, _, bottom) in enumerate(upright):
        for other, (left, y, right, _) in enumerate(level):
            if left - _NEAR <= x <= right + _NEAR and top - _NEAR <= y <= bottom + _NEAR:
                owner[root(one)] = root(len(upright) + other)
    groups: dict[int, tuple[list[_Segment], list[_Segment]]] = {}
    for place, segment in enumerate([*upright, *level]):
        groups.setdefault(root(place), ([], []))[0 if place < len(upright) else 1].append(segment)
    return list(groups.values())


def _table(page: Page, upright: list[_Segment], level: list[_Segment]) -> Table | None:
    xs, ys = _places(each[0] for each in upright), _places(each[1] for each in level)
    if len(xs) < 3 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > 20_000:
        return None
    cells: dict[tuple[int, int], list[Piece]] = {}
    for piece in page.pieces:
        middle = piece.y - piece.height * 0.3
        if xs[0] - _NEAR <= piece.x0 <= xs[-1] and ys[0] - _NEAR <= middle <= ys[-1] + _NEAR:
            column = _interval(xs, min(piece.x0 + 2, piece.x1))
            row = _interval(ys, middle)
            # Words in a merged cell belong to its first column and row: no line parts it from those.
            while column and not any(abs(x - xs[column]) < _NEAR and a <= middle <= b for x, a, _, b in upright):
                column -= 1
            while row and not any(abs(y - ys[row]) < _NEAR and a <= piece.x0 + 2 <= b for a, y, b, _ in level):
                row -= 1
            cells.setdefault((row, column), []).append(piece)
    if len({column for _, column in cells}) < 2:
        return None
    rows = tuple(
        tuple(_words(cells.get((row, column), ())) for column in range(len(xs) - 1)) for row in range(len(ys) - 1)
    )
    return Table(xs, ys, tuple(row for row in rows if any(row)), frozenset(each for own in cells.values() for each in own))


def _places(values: Iterable[float]) -> tuple[float, ...]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return tuple(found)


def _interval(places: Sequence[float], value: float) -> int:
    return min(max(bisect_right(places, value) - 1, 0), len(places) - 2)


def _words(pieces: Sequence[Piece]) -> str:
    """The words of a cell: lines that the cell's width broke are one again."""
    text = ""
    last: Piece | None = None
    for piece in pieces:
        if last is None:
            text = piece.text
        elif text.endswith((".", ";", ":")) and _BEGINS.match(piece.text):
            text += "\n" + piece.text
        elif text.endswith("-") and piece.text[:1].islower() and abs(piece.y - last.y) > 1:
            text = text[:-1] + piece.text
        else:
            text += " " + piece.text
        last = piece
    return text
