"""Are texts of one act in two or three languages found unit by unit the same?"""

from __future__ import annotations

import io
import re
import time
from collections import Counter
from collections.abc import Iterator

import docx

from portal.drafts.importers import Unreadable, read_outline
from portal.drafts.structure import Kind, Outline, walk
from tests.bench.import_sets.scoring import Units, articles, scored
from tests.shared_data import SHARED

_FOLDER = "data/legal-kk-ru"


def constitution() -> Iterator[dict[str, object]]:
    """The Constitution in Kazakh (mixed scripts and all), English (both as text and in .docx) and Russian (PDF)."""
    outlines: dict[str, Outline] = {}
    for language, pattern in (("kk", r"^\s*(\d+(?:-\d+)?)-бап\s*$"), ("en", r"^\s*Article (\d+(?:-\d+)?)\s*$")):
        data = (SHARED / f"{_FOLDER}/kz-constitution-2022.{language}.txt").read_bytes()
        text = data.decode("utf-8")
        reference = Counter((number,) for number in re.findall(pattern, text, re.MULTILINE))
        outlines[language] = outline = read_outline(data, "constitution.txt")
        yield scored(f"constitution {language} txt articles", reference, articles(outline))
        started = time.perf_counter()
        outline = read_outline(_as_docx(text), "constitution.docx")
        yield scored(f"constitution {language} docx articles", reference, articles(outline),
                     seconds=round(time.perf_counter() - started, 3))  # fmt: skip
    try:
        data = (SHARED / f"{_FOLDER}/kz-constitution-2022.ru.pdf").read_bytes()
        outlines["ru"] = read_outline(data, "constitution.pdf")
        yield scored("constitution ru pdf articles", articles(outlines["kk"]), articles(outlines["ru"]))
    except Unreadable as refusal:
        yield {"bench": "import_accuracy", "set": "constitution ru pdf", "refused": str(refusal)}
    yield from _aligned("constitution", outlines)


def declaration() -> Iterator[dict[str, object]]:
    """The Universal Declaration of Human Rights: thirty articles in each language."""
    outlines = {
        code: read_outline((SHARED / f"{_FOLDER}/udhr_{long}.xml").read_bytes(), "udhr.xml")
        for code, long in (("kk", "kaz"), ("ru", "rus"), ("en", "eng"))
    }
    reference = Counter((str(number),) for number in range(1, 31))
    for code, outline in outlines.items():
        yield scored(f"udhr {code} articles", reference, articles(outline), language=outline.language)
    yield from _aligned("udhr", outlines)


def _aligned(name: str, outlines: dict[str, Outline]) -> Iterator[dict[str, object]]:
    first, *others = outlines
    for other in others:
        for kind in (Kind.article, Kind.point):
            one, two = (_keys(outlines[code], kind) for code in (first, other))
            if one or two:
                yield scored(f"{name} {kind.value}s aligned {first} {other}", one, two)


def _keys(outline: Outline, kind: Kind) -> Units:
    return Counter((unit.key,) for unit, _, _ in walk(outline.provisions) if unit.kind is kind)


def _as_docx(text: str) -> bytes:
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
