"""How long does a law of 300 articles in a .docx take to become an outline?

    python -m tests.bench.outline_speed

One JSON line: the median of five readings in seconds, with the size of what was read. The law is made by the program.
"""

from __future__ import annotations

import io
import json
import statistics
import time

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH

from portal.drafts.importers import read_outline
from portal.drafts.structure import Kind, walk

ARTICLES = 300
AIM_SECONDS = 1.0
_SENTENCE = (
    "Уполномоченный орган рассматривает предложения граждан и организаций в порядке и сроки, установленные настоящим "
    "Законом, и размещает мотивированный ответ на интернет-портале открытых нормативных правовых актов"
)


def law(articles: int) -> bytes:
    """A .docx with chapters of ten articles, each of four points, the last of them with three subpoints."""
    document = docx.Document()
    document.add_paragraph("О порядке рассмотрения предложений").alignment = WD_ALIGN_PARAGRAPH.CENTER
    for article in range(1, articles + 1):
        if article % 10 == 1:
            heading = document.add_paragraph(f"Глава {article // 10 + 1}. Порядок рассмотрения предложений")
            heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
        document.add_paragraph().add_run(f"Статья {article}. Рассмотрение предложений").bold = True
        for point in range(1, 4):
            document.add_paragraph(f"{point}. {_SENTENCE}.")
        document.add_paragraph(f"4. {_SENTENCE}:")
        for subpoint, end in ((1, ";"), (2, ";"), (3, ".")):
            document.add_paragraph(f"{subpoint}) {_SENTENCE.lower()}{end}")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def main() -> None:
    data = law(ARTICLES)
    seconds: list[float] = []
    for _ in range(5):
        started = time.perf_counter()
        outline = read_outline(data, "law.docx")
        seconds.append(time.perf_counter() - started)
    units = [provision.kind for provision, _, _ in walk(outline.provisions)]
    median = statistics.median(seconds)
    print(
        json.dumps({
            "bench": "outline_speed", "articles": units.count(Kind.article), "units": len(units), "bytes": len(data),
            "seconds": round(median, 3), "aim": AIM_SECONDS, "reached": median < AIM_SECONDS,
        })
    )  # fmt: skip


if __name__ == "__main__":
    main()
