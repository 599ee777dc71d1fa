"""How is each step taken: which lines stand in place of which?"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from portal.drafts.editing.lines import LEAVES, Line, can_hold, chain_of, end_of, holders, lines_of, shifted
from portal.drafts.editing.marks import HEADED, begin_unit
from portal.drafts.editing.operations import Annex, Heading, Merge, Note, Relevel, Rename, Split, Unnote
from portal.drafts.structure import Kind, Provision
from portal.kernel.errors import Invalid
from portal.kernel.text import ensure_length

LONGEST_NUMBER = 20
LONGEST_HEADING = 2_000
JOINTS = {"line": " ", "new-line": "\n"}
_NUMBER = re.compile(r"[\w.\-/]*")

_Lines = Sequence[Line]


def _merge(lines: _Lines, step: Merge, language: str) -> list[Line]:
    into, unit = _before(lines, step.place), lines[step.place].unit
    if into.rows or unit.rows:
        raise Invalid("A table cannot be merged with text.")
    if into.notes and lines_of(unit, language):
        raise Invalid("The unit before has a note after its words. Take the note out first.")
    words = lines_of(unit, language)
    if step.joint == "heading":
        if into.text or not (into.heading or into.kind in HEADED):
            raise Invalid("The unit before has no heading that could go on.")
        merged = replace(into, heading=" ".join((*into.heading.split(), *words.split())), notes=unit.notes)
    elif step.joint in JOINTS:
        text = JOINTS[step.joint].join(part for part in (into.text, words) if part)
        merged = replace(into, text=text, notes=(*into.notes, *unit.notes))
    else:
        raise Invalid("Choose how the words are joined.", field="joint")
    depth, end = lines[step.place - 1].depth, end_of(lines, step.place)
    inner = shifted(lines[step.place + 1 : end], depth - lines[step.place].depth)
    return [*lines[: step.place - 1], Line(depth, merged), *inner, *lines[end:]]


def _split(lines: _Lines, step: Split, language: str) -> list[Line]:
    line = lines[step.place]
    head, tail = line.unit.text[: step.at].rstrip(), line.unit.text[step.at :].strip()
    if not 0 < step.at < len(line.unit.text) or not tail or not (head or line.unit.heading or line.unit.number):
        raise Invalid("Choose where the new unit begins.", field="at")
    if line.unit.text[step.at - 1].isalnum() and line.unit.text[step.at].isalnum():
        raise Invalid("A unit begins with a whole word.", field="at")
    if line.unit.rows:
        raise Invalid("A table cannot be split.")
    if step.kind is Kind.table:
        raise Invalid("Choose the kind of unit from the list.", field="as_kind")
    made = begin_unit(tail, step.kind, language)
    first = replace(line.unit, text=head, notes=())
    second = replace(made, notes=line.unit.notes)
    place, rest = step.place, shifted(lines[step.place + 1 : end_of(lines, step.place)], 0)
    before = [*lines[:place], Line(line.depth, first)]
    chain = [each for each in chain_of(before, place) if each != place or made.kind is not line.unit.kind]
    outer = next((each for each in reversed(chain) if can_hold(before[each].unit.kind, made.kind)), None)
    depth = 0 if outer is None else before[outer].depth + 1
    # what the unit held follows the new one: beside it when it stands inside the unit, else within it
    rest = shifted(rest, min(depth, line.depth) - line.depth)
    return [*before, Line(depth, second), *rest, *lines[end_of(lines, place) :]]


def _relevel(lines: _Lines, step: Relevel, language: str) -> list[Line]:
    line = lines[step.place]
    if (step.kind is Kind.table) is not bool(line.unit.rows):
        raise Invalid("A table stays a table, and no text becomes one.", field="kind")
    if step.depth:
        allowed = {lines[outer].depth + 1 for outer in holders(lines, step.place, step.kind)}
        if step.depth not in allowed:
            raise Invalid("A unit of this kind cannot stand there.", field="inside")
    end = end_of(lines, step.place)
    inner = shifted(lines[step.place + 1 : end], step.depth - line.depth)
    unit = replace(line.unit, kind=step.kind)
    return [*lines[: step.place], Line(step.depth, unit), *inner, *lines[end:]]


def _rename(lines: _Lines, step: Rename, language: str) -> list[Line]:
    if len(step.number) > LONGEST_NUMBER or not _NUMBER.fullmatch(step.number):
        raise Invalid("A number has letters, digits, hyphens and dots, %(max)s at most.", field="number", max=LONGEST_NUMBER)
    ensure_length(step.heading, LONGEST_HEADING, "heading")
    if "\n" in step.heading:
        raise Invalid("A heading is one line.", field="heading")
    return _with(lines, step.place, number=step.number, heading=step.heading)


def _heading(lines: _Lines, step: Heading, language: str) -> list[Line]:
    unit = lines[step.place].unit
    if step.is_heading:
        first, _, rest = unit.text.partition("\n")
        if unit.heading or not first.strip() or unit.kind in LEAVES:
            raise Invalid("This unit has no line that could be its heading.")
        return _with(lines, step.place, heading=" ".join(first.split()), text=rest.strip("\n"))
    if not unit.heading:
        raise Invalid("This unit has no heading.")
    return _with(lines, step.place, heading="", text="\n".join(part for part in (unit.heading, unit.text) if part))


def _note(lines: _Lines, step: Note, language: str) -> list[Line]:
    into, unit = _before(lines, step.place), lines[step.place].unit
    if end_of(lines, step.place) > step.place + 1 or unit.rows:
        raise Invalid("A unit that holds others or a table cannot become a note.")
    noted = replace(into, notes=(*into.notes, lines_of(unit, language), *unit.notes))
    return [*lines[: step.place - 1], replace(lines[step.place - 1], unit=noted), *lines[step.place + 1 :]]


def _unnote(lines: _Lines, step: Unnote, language: str) -> list[Line]:
    line = lines[step.place]
    if not line.unit.notes:
        raise Invalid("This unit has no note.")
    rest = replace(line.unit, notes=line.unit.notes[:-1])
    depth = line.depth if line.unit.kind in LEAVES else line.depth + 1
    made = Line(depth, Provision("", Kind.indent, "", "", line.unit.notes[-1]))
    return [*lines[: step.place], replace(line, unit=rest), made, *lines[step.place + 1 :]]


def _annex(lines: _Lines, step: Annex, language: str) -> list[Line]:
    line = lines[step.place]
    if line.unit.rows or line.unit.kind is Kind.annex:
        raise Invalid("An annex begins with words, and this unit is a table or an annex already.")
    unit = line.unit
    if not unit.heading:
        first, _, rest = unit.text.partition("\n")
        unit = replace(unit, heading=" ".join(first.split()), text=rest.strip("\n"))
    own_end = end_of(lines, step.place)
    until = next(
        (each for each in range(own_end, len(lines)) if lines[each].depth == 0 and lines[each].unit.kind is Kind.annex),
        len(lines),
    )
    # the rest of the unit's old surroundings and what stands beside them now stand in the annex
    tops = next((each for each in range(own_end, until) if lines[each].depth == 0), until)
    inner = [*shifted(lines[step.place + 1 : own_end], -line.depth), *lines[own_end:tops], *shifted(lines[tops:until], 1)]
    return [*lines[: step.place], Line(0, replace(unit, kind=Kind.annex)), *inner, *lines[until:]]


def _before(lines: _Lines, place: int) -> Provision:
    if place == 0:
        raise Invalid("There is no unit before this one.")
    return lines[place - 1].unit


def _with(lines: _Lines, place: int, **changes: Any) -> list[Line]:
    changed = replace(lines[place], unit=replace(lines[place].unit, **changes))
    return [*lines[:place], changed, *lines[place + 1 :]]


STEPS: Mapping[type, Callable[[_Lines, Any, str], list[Line]]] = {
    Merge: _merge, Split: _split, Relevel: _relevel, Rename: _rename, Heading: _heading, Note: _note, Unnote: _unnote,
    Annex: _annex,
}  # fmt: skip
