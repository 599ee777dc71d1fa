"""How long does a code of 850 articles (3 MB of text) in a .docx take to become an outline, and how much memory?

    python -m tests.bench.outline_speed

One JSON line: the median of five readings in seconds, the memory the first of them added at its height, and the size
of what was read. The law is made by the program.
"""

from __future__ import annotations

import io
import json
import multiprocessing
import resource
import statistics
import time

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH

from portal.drafts.importers import read_outline
from portal.drafts.structure import Kind, walk

ARTICLES = 850
AIM_SECONDS = 3.0
AIM_MEGABYTES = 300
_SENTENCE = (
    "Уполномоченный орган рассматривает предложения граждан и организаций в порядке и сроки, установленные настоящим "
    "Законом, и размещает мотивированный ответ на интернет-портале открытых нормативных правовых актов"
)


def law(articles: int) -> bytes:
    """A .docx with chapters of ten articles, each of six points, the last of them with four subpoints."""
    document = docx.Document()
    document.add_paragraph("О порядке рассмотрения предложений").alignment = WD_ALIGN_PARAGRAPH.CENTER
    for article in range(1, articles + 1):
        if article % 10 == 1:
            heading = document.add_paragraph(f"Глава {article // 10 + 1}. Порядок рассмотрения предложений")
            heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
        document.add_paragraph().add_run(f"Статья {article}. Рассмотрение предложений").bold = True
        for point in range(1, 6):
            document.add_paragraph(f"{point}. {_SENTENCE}.")
        document.add_paragraph(f"6. {_SENTENCE}:")
        for subpoint, end in ((1, ";"), (2, ";"), (3, ";"), (4, ".")):
            document.add_paragraph(f"{subpoint}) {_SENTENCE.lower()}{end}")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def main() -> None:
    # Made in a process of its own, so that the memory it takes is not counted.
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        data = pool.apply(law, (ARTICLES,))
    seconds: list[float] = []
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(5):
        started = time.perf_counter()
        outline = read_outline(data, "law.docx")
        seconds.append(time.perf_counter() - started)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    units = [provision.kind for provision, _, _ in walk(outline.provisions)]
    letters = sum(len(provision.heading) + len(provision.text) for provision, _, _ in walk(outline.provisions))
    median = statistics.median(seconds)
    print(
        json.dumps({
            "bench": "outline_speed", "articles": units.count(Kind.article), "units": len(units), "bytes": len(data),
            "text_megabytes": round(2 * letters / 1e6, 2), "seconds": round(median, 3), "aim_seconds": AIM_SECONDS,
            "megabytes": megabytes, "of_them_before": before // 1024, "aim_megabytes": AIM_MEGABYTES,
            "reached": median < AIM_SECONDS and megabytes < AIM_MEGABYTES,
        })
    )  # fmt: skip


if __name__ == "__main__":
    main()
