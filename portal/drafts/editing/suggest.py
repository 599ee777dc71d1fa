"""Which step raises or lowers a unit, or makes it like its other language?"""

from __future__ import annotations

from collections.abc import Sequence

from portal.drafts.editing.lines import LEAVES, Line, can_hold, chain_of, holders
from portal.drafts.editing.operations import Operation, Relevel, Rename
from portal.drafts.structure import CONTAINERS, Kind, Provision

# what stands within a unit when its own kind cannot
LOWER = {
    Kind.part: Kind.section, Kind.section: Kind.subsection, Kind.subsection: Kind.chapter, Kind.chapter: Kind.paragraph,
    Kind.paragraph: Kind.article, Kind.article: Kind.point, Kind.point: Kind.subpoint, Kind.subpoint: Kind.indent,
}  # fmt: skip


def raising(lines: Sequence[Line], place: int) -> Relevel | None:
    """The step that puts a unit beside the one it stands in; a numbered one becomes of that one's kind, chapters aside."""
    line = lines[place]
    if line.depth == 0 or line.unit.rows:
        return None
    *above, outer, _ = chain_of(lines, place)
    kind, outer_kind = line.unit.kind, lines[outer].unit.kind
    if line.unit.number and (kind in CONTAINERS) is (outer_kind in CONTAINERS):
        kind = outer_kind
    if outer_kind is Kind.annex or (above and not can_hold(lines[above[-1]].unit.kind, kind)):
        return None
    return Relevel(place, kind, line.depth - 1)


def lowering(lines: Sequence[Line], place: int) -> Relevel | None:
    """The step that puts a unit into the one before it on its level, as the highest kind that can stand there."""
    line = lines[place]
    beside = next((each for each in chain_of(lines, place - 1) if lines[each].depth == line.depth), None) if place else None
    if beside is None or line.unit.rows or line.unit.kind is Kind.annex:
        return None
    outer, kind = lines[beside].unit.kind, line.unit.kind
    if outer in LEAVES:
        return None
    # "2." that was read beside "1." is to be its subpoint, though a point may hold points
    if kind not in LEAVES and (kind is outer or not can_hold(outer, kind)):
        kind = LOWER.get(outer, Kind.indent) if kind is outer else Kind.indent
    return Relevel(place, kind, line.depth + 1) if can_hold(outer, kind) else None


def likening(lines: Sequence[Line], place: int, twin: Provision) -> Operation | None:
    """The step that gives a unit the kind, or else the number, that its other language has; None when they agree."""
    unit = lines[place].unit
    if unit.kind is not twin.kind:
        if unit.rows or twin.rows or Kind.annex in (unit.kind, twin.kind):
            return None
        outer = holders(lines, place, twin.kind)
        own = chain_of(lines, place)[:-1]
        fitting = next((each for each in outer if each in own[-1:]), next(iter(outer), None))
        return Relevel(place, twin.kind, 0 if fitting is None else lines[fitting].depth + 1)
    if unit.number != twin.number and twin.number:
        return Rename(place, twin.number, unit.heading)
    return None
