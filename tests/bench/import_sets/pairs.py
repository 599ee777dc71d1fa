"""Do units keep their keys from one edition to the next, and is no change seen where nothing changed?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from portal.drafts.compare import Change, Comparison, compare_texts
from portal.drafts.importers import Unreadable, read_outline
from portal.drafts.structure import Outline, Provision, walk
from tests.shared_data import SHARED

_FOLDERS = {
    "editions of a constitution": ("rf-constitution-editions", "*.txt"),
    "us bills": ("us-bills-uslm/*", "*.XML"),
    "uk drafts and acts akn": ("uk-codes-of-practice-draft-made/*", "*.akn"),
    "uk drafts and acts docx": ("uk-codes-of-practice-draft-made/*", "*.docx"),
    "akn bills": ("akn-versions", "Bill_*.xml"),
    "akn act": ("akn-versions", "ke_act_*.xml"),
}
_Said = tuple[str, str, str]


def version_pairs() -> Iterator[dict[str, object]]:
    """One line for each set of neighbouring editions.

    The reference needs no comparison: units of the same kind and number that say letter for letter the same in both
    editions. `carried` is the share of them that the comparison knows again; `false_changes` are those it calls reworded,
    added or removed although they stand unchanged, and only once, in both.
    """
    for name, (folders, pattern) in _FOLDERS.items():
        shared = carried = changed = pairs = 0
        false: list[str] = []
        for folder in sorted((SHARED / "data/diff-pairs").glob(folders)):
            for old, new in pairwise(_outlines(folder, pattern)):
                pairs += 1
                comparison = compare_texts(old, new)
                both = _said_by(old) & _said_by(new)
                known = Counter(_said(unit.new) for unit in comparison.units if unit.new and _is_kept(unit.change))
                shared += both.total()
                carried += (both & known).total()
                changed += sum(unit.change is not Change.same for unit in comparison.units)
                false += _false_changes(comparison, old, new)
        yield {"bench": "import_accuracy", "set": f"pairs: {name}", "pairs": pairs, "units_in_both": shared,
               "carried": round(carried / max(shared, 1), 5), "changed": changed, "false_changes": len(false),
               "for_example": false[:3]}  # fmt: skip


def _outlines(folder: Path, pattern: str) -> list[Outline]:
    found = []
    for path in sorted(folder.glob(pattern)):
        try:
            found.append(read_outline(path.read_bytes(), path.name))
        except Unreadable:
            continue
    return found


def _is_kept(change: Change) -> bool:
    return change in (Change.same, Change.moved)


def _said(unit: Provision) -> _Said:
    words = " ".join(f"{unit.heading} {unit.text} {' '.join(cell for row in unit.rows for cell in row)}".split())
    return unit.kind.value, unit.number, words


def _said_by(outline: Outline) -> Counter[_Said]:
    return Counter(said for unit, _, _ in walk(outline.provisions) if (said := _said(unit))[2])


def _false_changes(comparison: Comparison, old: Outline, new: Outline) -> list[str]:
    before, after = _said_by(old), _said_by(new)
    return [
        f"{unit.change} {said[0]} {said[1]} {said[2][:60]}" for unit in comparison.units
        if not _is_kept(unit.change) and (side := unit.new or unit.old) is not None
        and before[said := _said(side)] == after[said] == 1
    ]  # fmt: skip
