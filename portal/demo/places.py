"""Which provision does the demonstration mean by "article 12 / point 2"?"""

from __future__ import annotations

from collections.abc import Iterable

from portal.drafts.structure import Outline, Provision, walk


def key_of(outline: Outline, place: str) -> str:
    """The key of a provision named by kinds and numbers from the whole to the part; "" for the whole draft.

    Raises LookupError when there is none, so that a slip in the content is found at once.
    """
    candidates: Iterable[Provision] = outline.provisions
    found: Provision | None = None
    for step in filter(None, (part.strip() for part in place.split("/"))):
        kind, _, number = step.partition(" ")
        found = next((unit for unit, _, _ in walk(candidates) if unit.kind == kind and unit.number == number), None)
        if found is None:
            raise LookupError(f"{place!r} is not in the text")
        candidates = found.children
    return found.key if found else ""
