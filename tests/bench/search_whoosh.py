"""How fast does Whoosh answer, and how fast is it fed?

Prints one JSON line. The corpus is made of words with the frequencies of the real texts in ../shared where they are,
of a text of its own otherwise. `--documents N` (10,000 unless told), `--words N` in each (120).
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from portal.search.backends import Changes, Wish
from portal.search.backends.whoosh import WhooshEngine
from portal.search.documents import Document, HitKind, Reference, comment_group, document_of
from portal.search.terms import parse

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
OWN_TEXT = "Жолаушы жол ақысын көлікке кіргенде төлейді. Пассажир оплачивает проезд при входе в транспорт. " * 50
ROUNDS = 200


def main() -> None:
    """Build, ask and change."""
    options = argparse.ArgumentParser()
    options.add_argument("--documents", type=int, default=10_000)
    options.add_argument("--words", type=int, default=120)
    arguments = options.parse_args()
    random.seed(7)
    frequencies = _frequencies()
    with tempfile.TemporaryDirectory() as folder:
        engine = WhooshEngine(Path(folder))
        started = time.perf_counter()
        engine.rebuild(_documents(frequencies, arguments.documents, arguments.words), lambda count: None, 0)
        seconds = time.perf_counter() - started
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
        figures = {name: _milliseconds(engine, queries) for name, queries in _queries(frequencies).items()}
        started = time.perf_counter()
        engine.feed(lambda fed: Changes([comment_group(1)], [_document(1, "Пассажир", "ru")], fed + 1))
        change = time.perf_counter() - started
    print(
        json.dumps(
            {
                "bench": "search_whoosh",
                "documents": arguments.documents,
                "words_each": arguments.words,
                "documents_per_second": round(arguments.documents / seconds),
                "index_megabytes": round(size / 1e6, 1),
                "change_ms": round(change * 1000, 1),
                "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
                "real_words": SHARED.exists(),
                **figures,
            }
        )
    )


def _frequencies() -> Counter[str]:
    if not SHARED.exists():
        return Counter(re.findall(r"\w+", OWN_TEXT))
    paths = [SHARED / "legal-kk-ru/kz-constitution-2022.kk.txt", SHARED / "search/kazqad-validation/passages.jsonl"]
    paths += sorted((SHARED / "legal-kk-ru/kz-tax-code-2025").rglob("st-*.md"))
    return Counter(re.findall(r"[^\W\d_]+", "\n".join(path.read_text(encoding="utf-8") for path in paths)))


def _documents(frequencies: Counter[str], count: int, words: int) -> Iterator[Document]:
    population, weights = list(frequencies), list(accumulate(frequencies.values()))
    for number in range(count):
        text = " ".join(random.choices(population, cum_weights=weights, k=random.randint(words // 2, words * 3 // 2)))
        yield _document(number, text, random.choice(("kk", "ru")))


def _document(number: int, text: str, language: str) -> Document:
    return document_of(Reference(HitKind.comment, number, 1, language), comment_group(number), text[:60], text, None)


def _queries(frequencies: Counter[str]) -> dict[str, list[str]]:
    """Words as people ask for them: neither the commonest nor the rarest; and pairs that follow one another seldom."""
    asked = [word for word, count in frequencies.most_common(4000)[100:] if len(word) > 3]
    common = [word for word, _ in frequencies.most_common(100)]
    return {
        "one_word": [random.choice(asked) for _ in range(ROUNDS)],
        "two_words": [" ".join(random.sample(asked, 2)) for _ in range(ROUNDS)],
        "phrase": [f'"{random.choice(asked)} {random.choice(asked)}"' for _ in range(ROUNDS)],
        "common_phrase": [f'"{random.choice(common)} {random.choice(common)}"' for _ in range(ROUNDS)],
    }


def _milliseconds(engine: WhooshEngine, queries: list[str]) -> dict[str, float]:
    times = []
    for text in queries:
        started = time.perf_counter()
        engine.search(parse(text), Wish())
        times.append((time.perf_counter() - started) * 1000)
    cuts = statistics.quantiles(times, n=20)
    return {"p50_ms": round(statistics.median(times), 1), "p95_ms": round(cuts[18], 1)}


if __name__ == "__main__":
    main()
