"""How long does a code of 850 articles take to leave in each format, and how much memory?

    python -m tests.bench.export_speed [ARTICLES]

The Tax Code, its articles repeated until there are so many. Medians of three; the PDF is made once.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from dataclasses import replace
from itertools import cycle
from statistics import median

from portal.drafts.exporters import FORMATS, export
from portal.drafts.importers import read_outline
from portal.drafts.structure import Kind, Outline, assign_keys, walk
from tests.bench.import_sets.tax_code import tax_code
from tests.bench.round_trip import publication_of

ARTICLES = 850


def code_of(articles: int) -> Outline:
    """A code of so many articles in chapters of ten, made of those of the Tax Code."""
    text = "Налоговый кодекс\n\n" + "\n\n".join(line.text for line in tax_code().lines)
    outline = read_outline(text.encode(), "code.txt", "ru")
    found = [unit for unit, _, _ in walk(outline.provisions) if unit.kind is Kind.article]
    numbered = [replace(unit, number=str(number)) for number, unit in zip(range(1, articles + 1), cycle(found))]
    chapter = next(unit for unit, _, _ in walk(outline.provisions) if unit.kind is Kind.chapter)
    chapters = tuple(
        replace(chapter, number=str(place // 10 + 1), children=tuple(numbered[place : place + 10]))
        for place in range(0, articles, 10)
    )
    return assign_keys(Outline("ru", outline.title, chapters, ()))


def main(articles: int) -> None:
    """Build, export, print."""
    outline = code_of(articles)
    publication = publication_of(outline)
    line: dict[str, object] = {"bench": "export_speed", "articles": articles}
    line["units"] = sum(1 for _ in walk(outline.provisions))
    for code in FORMATS:
        times = []
        for _ in range(1 if code == "pdf" else 3):
            start = time.perf_counter()
            data = export(publication, code, "ru")
            times.append(time.perf_counter() - start)
        line[f"{code}_s"], line[f"{code}_mb"] = round(median(times), 2), round(len(data) / 1e6, 1)
    line["most_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(line))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES)
