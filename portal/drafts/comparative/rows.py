"""What does a row of a comparative table say, and what did the builder leave for the drafter?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

LANGUAGES = ("kk", "ru")  # the authentic ones: the table is made in both


class RowChange(StrEnum):
    """What the draft does with the element; `unclear` where the instruction was not understood."""

    reworded = "reworded"
    added = "added"
    removed = "removed"
    moved = "moved"
    unclear = "unclear"


class Finding(StrEnum):
    """What the drafter should look at: the instruction was not understood, or the base act has no such element or words."""

    none = ""
    unclear = "unclear"
    not_found = "not_found"
    words_not_found = "words_not_found"


@dataclass(frozen=True, slots=True)
class Side:
    """A row in one language. `element` is its name in full, such as «подпункт 2) пункта 3»."""

    element: str = ""
    present: str = ""
    proposed: str = ""
    finding: Finding = Finding.none


@dataclass(frozen=True, slots=True)
class Row:
    """A row in both languages; `unit` is the key of the draft's provision that makes the change, "" for none."""

    change: RowChange
    unit: str
    sides: Mapping[str, Side] = field(default_factory=dict, hash=False)

    def side(self, language: str) -> Side:
        """The row in a language; empty where the texts of that language do not have it."""
        return self.sides.get(language) or Side()

    @property
    def finding(self) -> Finding:
        """The first thing to look at in either language."""
        return next((side.finding for side in self.sides.values() if side.finding), Finding.none)
