"""What changed between two texts that do not share keys yet, and how is that written down for programs?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from portal.drafts.compare.units import Comparison, compare
from portal.drafts.structure import Outline, carry_keys, place_of, walk
from portal.drafts.structure.wording import tokens


def compare_texts(old: Outline, new: Outline) -> Comparison:
    """Two texts of an act, such as two files: the units of the new one go by the keys of the old one where they go on.

    The texts are taken to be in the same language, whatever they say of themselves.
    """
    (carried,) = carry_keys([old], [replace(new, language=old.language)])
    return compare(old, carried)


def say_the_same(old: Sequence[Outline], new: Sequence[Outline]) -> bool:
    """Are two versions, whose units share keys, the same text in the same languages, whatever files they came in?"""
    before, after = ({outline.language: outline for outline in version} for version in (old, new))
    return before.keys() == after.keys() and all(_is_same(before[language], after[language]) for language in before)


def _is_same(old: Outline, new: Outline) -> bool:
    return (
        old.provisions == new.provisions or (_notes(old) == _notes(new) and not compare(old, new).changed)
    ) and tokens(old.title) == tokens(new.title)


def _notes(outline: Outline) -> list[tuple[str, list[str]]]:
    """Notes of editors are no units, so a comparison passes over them."""
    return [(unit.key, tokens(note)) for unit, _, _ in walk(outline.provisions) for note in unit.notes]


def comparison_to_json(comparison: Comparison) -> dict[str, Any]:
    """What `flask drafts compare --json` prints.

    `key` is the unit's key in the new text by its own place, `old_key` its key in the old one; null where it is not
    there. `changed` counts the units that are not the same.
    """
    return {
        "units": [
            {
                "key": place_of(unit.new) if unit.new else None,
                "old_key": unit.old.key if unit.old else None,
                "change": unit.change.value,
                "similarity": unit.similarity,
            }
            for unit in comparison.units
        ],
        "changed": comparison.changed,
    }
