"""Do words typed without Kazakh letters find their proper spelling, and back? Prints one JSON line.

200 pairs are picked by rule from the Kazakh texts as people type them (`comments/kk-kazsandra`): a form with a letter only
Kazakh has, and the same form with Russian letters in place of those, both typed at least twice; of several forms that
become one, the commonest; the pairs whose rarer spelling is the commonest first. Each is tried in the analyser, and in
both engines with one document for each spelling: the query typed, the document proper, and back. The figures are shares
of the pairs.

    python -m tests.bench.language_typed [--show]
"""

from __future__ import annotations

import argparse
import csv
import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from portal.language.analysis import analyse, meets, wanted
from portal.language.scripts import has_own_letters, loosen
from portal.language.tokens import tokens
from portal.search.backends import Store, Wish
from portal.search.backends.engine import IndexEngine
from portal.search.backends.tantivy import TantivyStore
from portal.search.backends.whoosh import WhooshStore
from portal.search.documents import HitKind, Reference, Text, comment_group, document_of
from portal.search.ranking import clause_of
from portal.search.terms import parse
from tests.shared_data import SHARED

PAIRS = 200
LEAST_LETTERS, LEAST_TIMES = 3, 2

Pair = tuple[str, str]  # proper, typed


def main() -> None:
    """Pick, try, print; with --show every pair and what failed."""
    options = argparse.ArgumentParser()
    options.add_argument("--show", action="store_true")
    show = options.parse_args().show
    pairs, there = _picked()
    tried = {
        "analyser": _in_analyser(pairs),
        **{store.name: _in_engine(pairs, store) for store in (WhooshStore(), TantivyStore())},
    }
    figures = {
        name: {"typed_finds_proper": _share(forth), "proper_finds_typed": _share(back)}
        for name, (forth, back) in tried.items()
    }
    print(json.dumps({"bench": "language_typed", "pairs": len(pairs), "pairs_there_are": there, **figures}))
    if show:
        for number, (proper, typed) in enumerate(pairs):
            failed = [
                f"{name}: {way}"
                for name, found in tried.items()
                for way, answers in zip(("typed does not find", "is not found"), found, strict=True)
                if not answers[number]
            ]
            print(proper, typed, *failed, sep="\t")


def _picked() -> tuple[list[Pair], int]:
    """The pairs, and how many the rule allows."""
    with (SHARED / "data/comments/kk-kazsandra/04_pc_valid.csv").open(encoding="utf-8") as file:
        texts = [row["text"] for row in csv.DictReader(file)]
    counts = Counter(token.text for text in texts for token in tokens(text) if not token.is_number)
    best: dict[str, str] = {}
    for form in counts:
        typed = loosen(form)
        if has_own_letters(form) and len(form) >= LEAST_LETTERS and min(counts[form], counts[typed]) >= LEAST_TIMES:
            best[typed] = max(best.get(typed, form), form, key=lambda each: (counts[each], each))
    pairs = [(proper, typed) for typed, proper in best.items()]
    pairs.sort(key=lambda pair: (-min(counts[pair[0]], counts[pair[1]]), pair))
    return pairs[:PAIRS], len(pairs)


def _in_analyser(pairs: list[Pair]) -> tuple[list[bool], list[bool]]:
    return [_meets(typed, proper) for proper, typed in pairs], [_meets(proper, typed) for proper, typed in pairs]


def _meets(query: str, text: str) -> bool:
    (asked,), (there,) = analyse(query), analyse(text)
    return meets(wanted(asked), there)


def _in_engine(pairs: list[Pair], store: Store) -> tuple[list[bool], list[bool]]:
    with tempfile.TemporaryDirectory() as folder:
        engine = IndexEngine(Path(folder), store)
        engine.rebuild(_documents(pairs), lambda count: None, 1)
        forth = [2 * number in _found(engine, typed) for number, (_, typed) in enumerate(pairs)]
        back = [2 * number + 1 in _found(engine, proper) for number, (proper, _) in enumerate(pairs)]
        return forth, back


def _documents(pairs: list[Pair]) -> Iterator:
    """Proper spellings have even numbers, typed ones the next odd."""
    for number, word in enumerate(word for pair in pairs for word in pair):
        reference = Reference(HitKind.comment, number, 1, "kk")
        yield document_of(Text(reference, comment_group(number), "", word, None))


def _found(engine: IndexEngine, text: str) -> set[int]:
    return {each.reference.object_id for each in engine.search(clause_of(parse(text)), Wish()).candidates}


def _share(answers: list[bool]) -> float:
    return round(sum(answers) / len(answers), 4)


if __name__ == "__main__":
    main()
