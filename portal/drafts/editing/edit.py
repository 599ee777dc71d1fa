"""What becomes of a text when steps are taken, and which unit does each leave in view?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from portal.drafts.editing.lines import Line, flatten, nest, settle
from portal.drafts.editing.operations import Merge, Note, Operation, Split
from portal.drafts.editing.steps import STEPS
from portal.drafts.structure import Outline, Warning_, assign_keys, walk
from portal.kernel.errors import Invalid

# made anew with the keys
_KEY_WARNINGS = frozenset({"number_repeated", "number_skipped", "more_warnings"})


@dataclass(frozen=True, slots=True)
class Edited:
    """The text after the steps; `key` is that of the unit the last step leaves in view, "" when there was no step."""

    outline: Outline
    key: str


def edit_outline(outline: Outline, operations: Iterable[Operation]) -> Edited:
    """Take the steps one after another and give every unit its key again.

    Raises Invalid for a step that does not fit the text; then nothing is changed.
    """
    lines, view = flatten(outline), None
    for operation in operations:
        if not 0 <= operation.place < len(lines):
            raise Invalid("There is no such unit.")
        lines = settle(STEPS[type(operation)](lines, operation, outline.language))
        view = _view(operation)
    if view is None:
        return Edited(outline, "")
    keyed = assign_keys(replace(outline, provisions=nest(_unplaced(lines)), warnings=()))
    units = tuple(unit for unit, _, _ in walk(keyed.provisions))
    kept = _kept(outline.warnings, lines, tuple(unit.key for unit in units))
    return Edited(replace(keyed, warnings=(*kept, *keyed.warnings)), units[view].key)


def find_place(outline: Outline, key: str) -> int:
    """The place of a unit in the reading order; raises Invalid when the text has none with this key."""
    for place, (unit, _, _) in enumerate(walk(outline.provisions)):
        if unit.key == key:
            return place
    raise Invalid("There is no such unit.")


def _unplaced(lines: Sequence[Line]) -> list[Line]:
    """The lines without the places that went with keys of an earlier version: their own places are new."""
    return [replace(line, unit=replace(line.unit, address="")) if line.unit.address else line for line in lines]


def _view(operation: Operation) -> int:
    if isinstance(operation, Merge | Note):
        return operation.place - 1
    return operation.place + 1 if isinstance(operation, Split) else operation.place


def _kept(warnings: Iterable[Warning_], lines: Sequence[Line], keys: Sequence[str]) -> tuple[Warning_, ...]:
    """What the importer said of units that are still there, under the keys they have now."""
    now = {line.unit.key: key for line, key in zip(lines, keys, strict=True) if line.unit.key}
    return tuple(
        replace(warning, key=now.get(warning.key, ""))
        for warning in warnings
        if warning.code not in _KEY_WARNINGS and (not warning.key or warning.key in now)
    )
