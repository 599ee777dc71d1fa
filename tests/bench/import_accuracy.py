"""How many of the units of real law does the importer find, and how many of those it finds are there?

    python -m tests.bench.import_accuracy [--misses] [SET ...]

One JSON line for each set of documents: `recall` and `precision` of units, matched by number within a document.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator

from tests.bench.import_sets.aligned import constitution, declaration
from tests.bench.import_sets.british import other_documents, uk_drafts
from tests.bench.import_sets.markup import markup
from tests.bench.import_sets.pairs import version_pairs
from tests.bench.import_sets.russian import nine_codes, three_parses
from tests.bench.import_sets.tax_code import file_by_file, in_every_format
from tests.shared_data import SHARED

SETS: dict[str, Callable[[], Iterator[dict[str, object]]]] = {
    "uk-drafts": uk_drafts,
    "documents": other_documents,
    "tax-code": in_every_format,
    "tax-code-files": file_by_file,
    "russian-codes": nine_codes,
    "russian-parses": three_parses,
    "constitution": constitution,
    "udhr": declaration,
    "markup": markup,
    "pairs": version_pairs,
}


def main() -> None:
    if not (SHARED / "data").exists():
        print(json.dumps({"bench": "import_accuracy", "skipped": "the real data is not on this machine"}))
        return
    chosen = [name for name in sys.argv[1:] if not name.startswith("--")] or list(SETS)
    for name in chosen:
        for line in SETS[name]():
            print(json.dumps(line, ensure_ascii=False))


if __name__ == "__main__":
    main()
