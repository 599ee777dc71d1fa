"""What changed between two texts that do not share keys yet, and how is that written down for programs?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from portal.drafts.compare.units import Comparison, compare
from portal.drafts.structure import Outline, carry_keys, place_of


def compare_texts(old: Outline, new: Outline) -> Comparison:
    """Two texts of an act, such as two files: the units of the new one go by the keys of the old one where they go on.

    The texts are taken to be in the same language, whatever they say of themselves.
    """
    (carried,) = carry_keys([old], [replace(new, language=old.language)])
    return compare(old, carried)


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
