"""How does a person correct the structure that was recognised in a text, without touching its words?

Every step works on the text as a list of units in reading order, so that no step can put the words of the law in another
order. What may be changed is where a unit begins and ends, what kind of unit it is, where it belongs, its number and its
heading; the words themselves stay as they were uploaded (a slip in them is corrected in the file).
"""

from __future__ import annotations

from portal.drafts.editing.edit import Edited, edit_outline, find_place
from portal.drafts.editing.lines import words_of
from portal.drafts.editing.operations import (
    Annex,
    Heading,
    Merge,
    Note,
    Operation,
    Relevel,
    Rename,
    Split,
    Unnote,
    name_of,
    operation_from_json,
    operation_to_json,
)

__all__ = [
    "Annex",
    "Edited",
    "Heading",
    "Merge",
    "Note",
    "Operation",
    "Relevel",
    "Rename",
    "Split",
    "Unnote",
    "edit_outline",
    "find_place",
    "name_of",
    "operation_from_json",
    "operation_to_json",
    "words_of",
]
