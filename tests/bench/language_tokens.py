"""How many tokens a second does the analyser read on one core, and what does it hold in memory?

Prints one JSON line. `analyser_megabytes` is what the process grew by beyond the imported portal (web framework and all). Reads the real texts in ../shared where they are, otherwise a text of its own.
"""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Iterator
from pathlib import Path

from portal.language.analysis import analyse

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
OWN_TEXT = "Қазақстан Республикасының заңнамасы. Налогоплательщики обязаны платить налоги. The draft is open. " * 2000


def main() -> None:
    """Read each text once cold and again warm; the texts come from the disk one by one, and their reading is not timed."""
    before = _peak()
    cold, cold_seconds = _read()
    passes = [_read() for _ in range(3)]
    warm, warm_seconds = sum(count for count, _ in passes), sum(seconds for _, seconds in passes)
    print(
        json.dumps(
            {
                "bench": "language_tokens",
                "tokens": cold,
                "cold_per_second": round(cold / cold_seconds),
                "warm_per_second": round(warm / warm_seconds),
                "analyser_megabytes": round(_peak() - before),
                "peak_megabytes": round(_peak()),
                "real_texts": SHARED.exists(),
            }
        )
    )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _read() -> tuple[int, float]:
    count, seconds = 0, 0.0
    for language, text in _texts():
        started = time.perf_counter()
        count += sum(1 for _ in analyse(text, language))
        seconds += time.perf_counter() - started
    return count, seconds


def _texts() -> Iterator[tuple[str | None, str]]:
    if not SHARED.exists():
        yield None, OWN_TEXT
        return
    yield "kk", (SHARED / "legal-kk-ru/kz-constitution-2022.kk.txt").read_text(encoding="utf-8")
    for language in ("ru", None):
        for path in sorted((SHARED / "legal-kk-ru/kz-tax-code-2025").rglob("st-*.md")):
            yield language, path.read_text(encoding="utf-8")
    with (SHARED / "search/kazqad-validation/passages.jsonl").open(encoding="utf-8") as lines:
        yield from (("kk", line) for line in lines)


if __name__ == "__main__":
    main()
