"""What is the text of an act made of: which provisions, in what order, under which stable keys?"""

from __future__ import annotations

from portal.drafts.structure.documents import outline_from_json, outline_to_json
from portal.drafts.structure.keys import assign_keys
from portal.drafts.structure.languages import compare_languages
from portal.drafts.structure.units import CONTAINERS, WARNINGS, Kind, Outline, Provision, Warning_, find, walk

__all__ = [
    "CONTAINERS",
    "WARNINGS",
    "Kind",
    "Outline",
    "Provision",
    "Warning_",
    "assign_keys",
    "compare_languages",
    "find",
    "outline_from_json",
    "outline_to_json",
    "walk",
]
