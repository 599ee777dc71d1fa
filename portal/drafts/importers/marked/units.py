"""When are the marks of a file to be believed?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from portal.drafts.structure import Kind, Outline, Provision, assign_keys, walk

DEEPEST = 30
MOST_UNITS = 200_000
_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,199}")
_LONGEST_NUMBER = 40


class Unmarked(Exception):
    """The file does not carry the marks, or they do not fit what it says."""


@dataclass(slots=True)
class Unit:
    """A provision while it is read from its marks."""

    key: str
    kind: Kind
    number: str
    heading: str = ""
    lines: list[str] = field(default_factory=list)
    children: list[Unit] = field(default_factory=list)
    rows: tuple[tuple[str, ...], ...] = ()
    notes: list[str] = field(default_factory=list)
    address: str = ""

    def freeze(self, depth: int = 0) -> Provision:
        """The provision; Unmarked when it lies deeper than any act goes."""
        if depth > DEEPEST:
            raise Unmarked
        children = tuple(child.freeze(depth + 1) for child in self.children)
        return Provision(
            self.key, self.kind, self.number, self.heading, "\n".join(self.lines), children, self.rows, tuple(self.notes),
            self.address,
        )  # fmt: skip


def open_unit(key: str, kind: str, number: str) -> Unit:
    """A unit from its marks; Unmarked for a kind, key or number that cannot be."""
    if kind not in set(Kind) or not _KEY.fullmatch(key) or len(number) > _LONGEST_NUMBER:
        raise Unmarked
    return Unit(key, Kind(kind), number)


def outline_of(language: str, title: str, units: Sequence[Unit]) -> Outline:
    """The outline the units make."""
    if not (units or title) or language not in ("kk", "ru", "en"):
        raise Unmarked
    return Outline(language, title, tuple(unit.freeze() for unit in units), ())


def settle(outline: Outline) -> Outline:
    """The outline with its own keys where each names one unit; else, and for the warnings, with new ones."""
    assigned = assign_keys(outline)
    keys = [provision.key for provision, _, _ in walk(outline.provisions)]
    if len(keys) > MOST_UNITS:
        raise Unmarked
    own = [provision.key for provision, _, _ in walk(assigned.provisions)]
    if keys == own or len(set(keys)) != len(keys):
        return assigned
    return replace(outline, warnings=())
