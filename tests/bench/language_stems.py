"""How many forms of one word meet in one stem, and how many different words are merged? Prints one JSON line a set.

Sets: UniMorph's Kazakh nouns, with the stemmer's word list and without it; content words of Kazakh-KTB; content words of
the Russian treebanks GSD and Taiga. Each by part of speech. `met`: of the pairs (form, lemma) those with a stem in
common; `merged`: of the lemmas those that share their stem with another lemma of the same part of speech and set, every
one of them counted; `wrongly`: the same where the verbs of one Russian root that differ in -ся or in aspect alone (купить,
покупать do not; получить, получать, получаться do) are one word, as they are for whoever searches.

    python -m tests.bench.language_stems
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from portal.language import stem_kk, stem_ru
from portal.language.scripts import fold
from tests.shared_data import SHARED

Pair = tuple[str, str, str]  # form, lemma, part of speech
_ASPECT = re.compile(r"[аяеиыу]?ть$")
CONTENT = {"NOUN": "noun", "PROPN": "name", "ADJ": "adjective", "VERB": "verb", "ADV": "adverb"}


def main() -> None:
    """Measure every set."""
    unimorph = list(_unimorph(SHARED / "data/morphology/kk_unimorph/kaz.noun-70.tsv"))
    _print("UniMorph kk nouns", unimorph, stem_kk.stem)
    listed, stem_kk._WHOLE = stem_kk._WHOLE, frozenset()
    _print("UniMorph kk nouns, without the word list", unimorph, stem_kk.stem)
    stem_kk._WHOLE = listed
    _print("KTB kk test", _treebank(SHARED / "data/morphology/kk_ktb/kk_ktb-test-70.conllu"), stem_kk.stem)
    for name in ("gsd", "taiga"):
        _print(name, _treebank(SHARED / f"data/morphology/ru_{name}/ru_{name}-ud-dev.conllu"), stem_ru.stem)


def _unimorph(path: Path) -> Iterable[Pair]:
    for line in path.read_text(encoding="utf-8").splitlines():
        lemma, form, _ = line.split("\t")
        yield fold(form), fold(lemma), "noun"


def _treebank(path: Path) -> list[Pair]:
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    words = (row for row in rows if len(row) == 10 and row[3] in CONTENT and row[2] != "_")
    return [(fold(row[1]), fold(row[2]), CONTENT[row[3]]) for row in words if row[1].isalpha()]


def _print(name: str, pairs: Iterable[Pair], stem: Callable[[str], str]) -> None:
    pairs = list(pairs)
    by_part: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_part[pair[2]].append(pair)
    print(json.dumps({"bench": "language_stems", "set": name, **_figures(pairs, stem),
                      "parts": {part: _figures(some, stem) for part, some in sorted(by_part.items())}}))  # fmt: skip


def _figures(pairs: list[Pair], stem: Callable[[str], str]) -> dict[str, float]:
    lemmas = {lemma for _, lemma, _ in pairs}
    stems = defaultdict(set)
    for lemma in lemmas:
        stems[stem(lemma)].add(lemma)
    merged = sum(len(some) for some in stems.values() if len(some) > 1)
    wrongly = sum(len(words) for some in stems.values() if len(words := set(map(_of_all_aspects, some))) > 1)
    met = sum(stem(form) == stem(lemma) for form, lemma, _ in pairs)
    return {"pairs": len(pairs), "met": round(met / len(pairs), 4), "lemmas": len(lemmas),
            "merged": round(merged / len(lemmas), 4), "wrongly": round(wrongly / len(lemmas), 4)}  # fmt: skip


def _of_all_aspects(lemma: str) -> str:
    """получить, получать and получаться as one; other words as they are."""
    return _ASPECT.sub("ть", re.sub("ть(ся|сь)$", "ть", lemma))


if __name__ == "__main__":
    main()
