"""How fast is a search engine fed and asked, beside SQLite's FTS5 on the same documents in the same run?

Prints one JSON line. `--engine tantivy|whoosh|fts5` (fts5: it alone), `--documents N`, `--words N` in each on average.
Times are milliseconds by the clock; `cpu95` is the 95th percentile of what the processor spent, which does not depend on
who else uses the machine. `page` is the whole results page through the portal. Memory is what the process holds itself,
without the files of the index mapped into it.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from portal.kernel.db import db, transaction_mode
from portal.search import sources
from portal.search.backends import Changes, Wish
from portal.search.documents import HitKind, Reference, Text, comment_group, document_of
from portal.search.index import engine, rebuild
from portal.search.ranking import clause_of
from portal.search.terms import parse
from tests.bench.search_corpus import SHARED, Corpus, portal_in
from tests.bench.search_fts5 import ask, of_documents
from tests.bench.search_memory import Memory

ROUNDS = 200


def main() -> None:
    """Fill, build, ask, change."""
    options = argparse.ArgumentParser()
    options.add_argument("--engine", choices=("tantivy", "whoosh", "fts5"), default="tantivy")
    options.add_argument("--documents", type=int, default=10_000)
    options.add_argument("--words", type=int, default=262)
    options.add_argument("--without-fts5", action="store_true")
    asked = options.parse_args()
    figures: dict[str, Any] = {"bench": "search_engines", **vars(asked), "real_texts": SHARED.exists()}
    with tempfile.TemporaryDirectory() as name:
        corpus = Corpus(asked.documents, asked.words)
        app = portal_in(Path(name), asked.engine if asked.engine != "fts5" else "tantivy")
        with app.app_context(), transaction_mode("write"):
            corpus.fill()
            queries = corpus.queries(ROUNDS)
            del corpus
            if asked.engine != "fts5":
                figures |= _engine_figures(queries)
                figures["page"] = _page_figures(app.test_client(), queries["word"] + queries["and"] + queries["phrase"])
            if asked.engine == "fts5" or not asked.without_fts5:
                figures["fts5"] = _fts5_figures(Path(name) / "fts5.sqlite3", queries)
            db.session.remove()
            db.engine.dispose()
    print(json.dumps(figures, ensure_ascii=False))


def _engine_figures(queries: dict[str, list[str]]) -> dict[str, Any]:
    with Memory() as memory:
        started, spent = time.perf_counter(), time.process_time()
        count = rebuild()
        seconds, spent = time.perf_counter() - started, time.process_time() - spent
    return {
        "indexed": count,
        "build_seconds": round(seconds, 1),
        "build_cpu_seconds": round(spent, 1),
        "documents_per_second": round(count / seconds),
        "index_megabytes": round(engine().size() / 1e6),
        "build_peak_megabytes": memory.peak,
        **{kind: _milliseconds(_ask, texts) for kind, texts in queries.items()},
        "change_and_find": _milliseconds(_change, [str(number) for number in range(20)]),
    }


def _ask(text: str) -> None:
    engine().search(clause_of(parse(text)), Wish())


def _change(number: str) -> None:
    """One more comment, found."""
    id_ = 900_000_000 + int(number)
    text = Text(Reference(HitKind.comment, id_, 1, "ru"), comment_group(id_), "", f"Небывальщина {number}", "ru")
    engine().feed(lambda fed: Changes([comment_group(id_)], [document_of(text)], fed + 1))
    assert engine().search(clause_of(parse("небывальщина")), Wish()).total == int(number) + 1


def _page_figures(client: Any, texts: list[str]) -> dict[str, float]:
    def open_page(text: str) -> None:
        assert client.get("/search", query_string={"q": text}).status_code == 200

    for text in texts[:5]:
        open_page(text)
    return _milliseconds(open_page, texts)


def _fts5_figures(path: Path, queries: dict[str, list[str]]) -> dict[str, Any]:
    with Memory() as memory:
        started, spent = time.perf_counter(), time.process_time()
        fts5 = of_documents(path, map(document_of, sources.all_texts()))
        seconds, spent = time.perf_counter() - started, time.process_time() - spent
    return {
        "build_seconds": round(seconds, 1),
        "build_cpu_seconds": round(spent, 1),
        "index_megabytes": round(path.stat().st_size / 1e6),
        "build_peak_megabytes": memory.peak,
        **{kind: _milliseconds(partial(ask, fts5), texts) for kind, texts in queries.items()},
    }


def _milliseconds(act: Callable[[str], None], texts: list[str]) -> dict[str, float]:
    times, spent = [], []
    for text in texts:
        started, worked = time.perf_counter(), time.process_time()
        act(text)
        times.append((time.perf_counter() - started) * 1000)
        spent.append((time.process_time() - worked) * 1000)
    p95, cpu95 = (statistics.quantiles(each, n=20)[18] for each in (times, spent))
    return {"p50": round(statistics.median(times), 1), "p95": round(p95, 1), "cpu95": round(cpu95, 1)}


if __name__ == "__main__":
    main()
