"""What can be done to the structure of a text, one step at a time?

A `place` is that of a unit in the reading order, from 0, in the text as the steps before left it: it needs no keys, so
that a long list of steps is replayed without making keys in between.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from portal.drafts.structure import Kind


@dataclass(frozen=True, slots=True)
class Merge:
    """The unit goes into the one before it: on the same `line`, on a `new-line`, or into its `heading`."""

    place: int
    joint: str = "line"


@dataclass(frozen=True, slots=True)
class Split:
    """The words of the unit from the character `at` on become a unit of their own.

    Without a `kind` the words say it ("4. ..." begins a point), else they are an unnumbered part.
    """

    place: int
    at: int
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Relevel:
    """The unit, with all it holds, is of this kind and stands this deep (0 is the top)."""

    place: int
    kind: Kind
    depth: int


@dataclass(frozen=True, slots=True)
class Rename:
    """The unit's number and heading are these."""

    place: int
    number: str
    heading: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The first line of the unit's text is its heading, or (`is_heading` false) the heading is the first line of its text."""

    place: int
    is_heading: bool = True


@dataclass(frozen=True, slots=True)
class Note:
    """The unit is an editorial note of the one before it."""

    place: int


@dataclass(frozen=True, slots=True)
class Unnote:
    """The last note of the unit is an unnumbered part after all."""

    place: int


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex begins at the unit and holds all that follows, up to the next one."""

    place: int


Operation = Merge | Split | Relevel | Rename | Heading | Note | Unnote | Annex
NAMES: dict[str, type[Operation]] = {
    "merge": Merge, "split": Split, "relevel": Relevel, "rename": Rename, "heading": Heading, "note": Note,
    "unnote": Unnote, "annex": Annex,
}  # fmt: skip


def name_of(operation: Operation) -> str:
    """The name of a step as documents and forms know it."""
    return type(operation).__name__.lower()


def operation_to_json(operation: Operation) -> dict[str, Any]:
    """A plain document: `{"operation": "merge", "place": 4, "joint": "line"}`."""
    return {"operation": name_of(operation), **asdict(operation)}


def operation_from_json(document: Mapping[str, Any]) -> Operation:
    """The step that `operation_to_json` wrote; KeyError, TypeError or ValueError when the document is none."""
    values = dict(document)
    kind = NAMES[values.pop("operation")]
    if values.get("kind") is not None:
        values["kind"] = Kind(values["kind"])
    return kind(**values)
