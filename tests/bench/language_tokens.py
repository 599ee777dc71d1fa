"""How many tokens a second does the analyser read on one core, and what does it hold in memory?

Prints one JSON line. Reads the real texts in ../shared where they are, otherwise a text of its own.
"""

from __future__ import annotations

import json
import resource
import time
from pathlib import Path

from portal.language.analysis import analyse

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
OWN_TEXT = "Қазақстан Республикасының заңнамасы. Налогоплательщики обязаны платить налоги. The draft is open. " * 2000


def main() -> None:
    """Read each text once cold and again warm."""
    texts = _texts()
    started = time.perf_counter()
    cold = sum(1 for language, text in texts for _ in analyse(text, language))
    cold_seconds = time.perf_counter() - started
    started = time.perf_counter()
    warm = sum(1 for _ in range(3) for language, text in texts for _ in analyse(text, language))
    warm_seconds = time.perf_counter() - started
    print(
        json.dumps(
            {
                "bench": "language_tokens",
                "tokens": cold,
                "cold_per_second": round(cold / cold_seconds),
                "warm_per_second": round(warm / warm_seconds),
                "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
                "real_texts": SHARED.exists(),
            }
        )
    )


def _texts() -> list[tuple[str | None, str]]:
    if not SHARED.exists():
        return [(None, OWN_TEXT)]
    constitution = (SHARED / "legal-kk-ru/kz-constitution-2022.kk.txt").read_text(encoding="utf-8")
    articles = sorted((SHARED / "legal-kk-ru/kz-tax-code-2025").rglob("st-*.md"))
    code = "\n".join(path.read_text(encoding="utf-8") for path in articles)
    passages = (SHARED / "search/kazqad-validation/passages.jsonl").read_text(encoding="utf-8")
    return [("kk", constitution), ("ru", code), (None, code), ("kk", passages)]


if __name__ == "__main__":
    main()
