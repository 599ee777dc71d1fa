"""What can become of a part of a text in another version of it?"""

from __future__ import annotations

from enum import StrEnum


class Change(StrEnum):
    """What became of a unit or of the row of a table; `reworded` stands for one that was moved as well."""

    same = "same"
    reworded = "reworded"
    moved = "moved"
    added = "added"
    removed = "removed"
