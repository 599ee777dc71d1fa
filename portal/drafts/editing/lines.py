"""How is a tree of provisions read as a list of lines, each with its depth, and put together again?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from portal.drafts.labels import label_of, mark_of
from portal.drafts.structure import Kind, Outline, Provision, walk

LEAVES = frozenset({Kind.indent, Kind.table})  # hold nothing
HIGHER = (
    Kind.annex, Kind.part, Kind.section, Kind.subsection, Kind.chapter, Kind.paragraph, Kind.article, Kind.point,
    Kind.subpoint, Kind.indent, Kind.table,
)  # fmt: skip
RANKS = {kind: rank for rank, kind in enumerate(HIGHER)}
_NESTING = frozenset({Kind.annex, Kind.point, Kind.subpoint})  # may hold their own kind: 1.1 in 1, an annex to rules


@dataclass(frozen=True, slots=True)
class Line:
    """A unit without what it holds; `unit.key` is the one it had in the text the steps began from, "" for a new one."""

    depth: int
    unit: Provision


def flatten(outline: Outline) -> tuple[Line, ...]:
    """The units in reading order."""
    return tuple(
        Line(depth, replace(unit, children=()) if unit.children else unit) for unit, depth, _ in walk(outline.provisions)
    )


def settle(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The same lines with the depths they have as a tree.

    Depths are read as indentation: a line belongs to the nearest one before it that stands less deep and can hold others.
    """
    result: list[Line] = []
    open_lines: list[tuple[int, Kind]] = []  # as given, of the units that are open
    for line in lines:
        while open_lines and (open_lines[-1][0] >= line.depth or open_lines[-1][1] in LEAVES):
            open_lines.pop()
        depth = len(open_lines)
        result.append(line if depth == line.depth else replace(line, depth=depth))
        open_lines.append((line.depth, line.unit.kind))
    return tuple(result)


def nest(lines: Sequence[Line]) -> tuple[Provision, ...]:
    """The tree of settled lines."""
    tops: list[Provision] = []
    waiting: list[tuple[int, list[Provision]]] = []  # children by depth, met from the end backwards
    for line in reversed(lines):
        children: list[Provision] = []
        if waiting and waiting[-1][0] == line.depth + 1:
            children = waiting.pop()[1]
        unit = replace(line.unit, children=tuple(reversed(children))) if children else line.unit
        if line.depth == 0:
            tops.append(unit)
        elif waiting and waiting[-1][0] == line.depth:
            waiting[-1][1].append(unit)
        else:
            waiting.append((line.depth, [unit]))
    return tuple(reversed(tops))


def end_of(lines: Sequence[Line], place: int) -> int:
    """The place after the last unit that the one at `place` holds."""
    depth = lines[place].depth
    return next((after for after in range(place + 1, len(lines)) if lines[after].depth <= depth), len(lines))


def shifted(lines: Iterable[Line], by: int) -> list[Line]:
    """The lines so much deeper."""
    return [replace(line, depth=line.depth + by) for line in lines] if by else list(lines)


def chain_of(lines: Sequence[Line], place: int) -> tuple[int, ...]:
    """The places from the top of the text down to this one, itself included."""
    chain, depth = [place], lines[place].depth
    for before in range(place - 1, -1, -1):
        if depth == 0:
            break
        if lines[before].depth < depth:
            chain.append(before)
            depth = lines[before].depth
    return tuple(reversed(chain))


def can_hold(outer: Kind, inner: Kind) -> bool:
    """May a unit of one kind stand in one of another?"""
    if outer in LEAVES or (inner is Kind.annex and outer is not Kind.annex):
        return False
    return RANKS[outer] < RANKS[inner] or (outer is inner and outer in _NESTING)


def holders(lines: Sequence[Line], place: int, kind: Kind) -> tuple[int, ...]:
    """The units that could hold a unit of this kind at this place without any words changing their order, deepest first."""
    if place == 0:
        return ()
    return tuple(outer for outer in reversed(chain_of(lines, place - 1)) if can_hold(lines[outer].unit.kind, kind))


def lead_of(unit: Provision, language: str) -> str:
    """The number as it is printed before the unit's words: "3.", "2)", «Статья 12.»; "" where none is kept apart."""
    if not unit.number:
        return ""
    mark = mark_of(unit) if unit.kind in (Kind.point, Kind.subpoint) else ""
    return mark or f"{label_of(unit, language)}."


def lines_of(unit: Provision, language: str) -> str:
    """All that a reader sees of the unit before its table and notes, as text."""
    first = " ".join(part for part in (lead_of(unit, language), unit.heading) if part)
    if unit.heading or not unit.text:
        return "\n".join(part for part in (first, unit.text) if part)
    return f"{first} {unit.text}" if first else unit.text


def words_of(outline: Outline, *, numbers: bool = True) -> tuple[str, ...]:
    """Every word of the text in reading order, notes and tables included, signs left out; numbers of units if asked for."""
    said = []
    for unit, _, _ in walk(outline.provisions):
        bare = unit if numbers else replace(unit, number="")
        said += [lines_of(bare, outline.language), *(cell for row in unit.rows for cell in row), *unit.notes]
    return tuple(re.findall(r"\w+", "\n".join(said)))
