"""Are units known again in the next edition of real acts, and is no change seen where nothing changed?

    python -m tests.bench.compare_accuracy

One JSON line for each set of neighbouring editions, judged against exact equality of texts: see `import_sets.pairs`. Then
the share of keys carried between the first and the last of thirteen editions of a constitution, one after another.
"""

from __future__ import annotations

import json

from portal.drafts.importers import read_outline
from portal.drafts.structure import assign_keys, walk
from tests.bench.import_sets.pairs import version_pairs
from tests.shared_data import SHARED


def chain() -> dict[str, object]:
    """How many keys of the first edition are still there in the last, when each is carried from the one before."""
    paths = sorted((SHARED / "data/diff-pairs/rf-constitution-editions").glob("*.txt"))
    outlines = [read_outline(path.read_bytes(), path.name, "ru") for path in paths]
    first = keyed = outlines[0]
    for following in outlines[1:]:
        keyed = assign_keys(keyed, following)
    before = {unit.key for unit, _, _ in walk(first.provisions)}
    after = {unit.key for unit, _, _ in walk(keyed.provisions)}
    return {"editions": len(outlines), "keys": len(before), "carried": round(len(before & after) / len(before), 5)}


def main() -> None:
    for line in version_pairs():
        print(json.dumps({**line, "bench": "compare_accuracy"}, ensure_ascii=False))
    print(json.dumps({"bench": "compare_accuracy", "set": "a constitution through all its editions", **chain()}))


if __name__ == "__main__":
    main()
