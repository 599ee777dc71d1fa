"""What is the text of an act made of: which provisions, in what order, under which stable keys?"""

from __future__ import annotations

from portal.drafts.structure.carrying import assign_keys, carry_keys, match_keys, with_keys_of_places
from portal.drafts.structure.documents import outline_from_json, outline_to_json
from portal.drafts.structure.languages import compare_languages
from portal.drafts.structure.units import (
    CONTAINERS,
    REASONS,
    WARNINGS,
    Kind,
    Outline,
    Provision,
    Warning_,
    find,
    place_of,
    walk,
)

__all__ = [
    "CONTAINERS",
    "REASONS",
    "WARNINGS",
    "Kind",
    "Outline",
    "Provision",
    "Warning_",
    "assign_keys",
    "carry_keys",
    "compare_languages",
    "find",
    "match_keys",
    "outline_from_json",
    "outline_to_json",
    "place_of",
    "walk",
    "with_keys_of_places",
]
