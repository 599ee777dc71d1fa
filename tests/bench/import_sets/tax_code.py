"""Which units has the Tax Code of 2025, and does every format tell the same tree?"""

from __future__ import annotations

import importlib
import io
import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH

from portal.drafts.importers import Unreadable, read_outline
from portal.drafts.structure import Kind, Outline, walk
from tests.bench.import_sets.scoring import Units, articles, chapters, inner_units, scored
from tests.shared_data import SHARED

FOLDER = "data/legal-kk-ru/kz-tax-code-2025"
_WORDS = (("razdel", "Раздел"), ("glava", "Глава"), ("paragraf", "Параграф"))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the code; `level` is 1 for sections, 2 for chapters and paragraphs, 3 for articles, 0 for text."""

    text: str
    level: int = 0


@dataclass(slots=True)
class TaxCode:
    """The lines of the whole code with what the heads of its files and its numbering say is in it."""

    lines: list[Paragraph] = field(default_factory=list)
    articles: Units = field(default_factory=Counter)
    chapters: Units = field(default_factory=Counter)
    points: Units = field(default_factory=Counter)
    subpoints: Units = field(default_factory=Counter)


@cache
def tax_code() -> TaxCode:
    """The code, read from one file for each article."""
    code = TaxCode()
    seen: dict[str, object] = {}
    for path in files_in_order():
        head, lines = parse_markdown(path)
        for level, printed in _new_headings(head, seen):
            code.lines.append(Paragraph(printed, 1 if level == "razdel" else 2))
            code.chapters[(level, printed.split(".")[0].split()[-1])] += 1
        code.lines.append(Paragraph(f"Статья {head['article']}. {head['heading']}", 3))
        code.articles[(str(head["article"]),)] += 1
        _count(code, str(head["article"]), lines)
    return code


def _count(code: TaxCode, article: str, lines: list[str]) -> None:
    point: tuple[str, ...] = (article,)
    for line in lines:
        # The source's own anchors miss points that were re-numbered or set without a space.
        text = re.sub(r'^<a id="[^"]*"></a>', "", line)
        code.lines.append(Paragraph(text))
        if pointed := re.match(r"(\d+(?:-\d+)?)\.\s*[^\W\d]", text):
            point = (article, pointed[1])
            code.points[point] += 1
        elif numbered := re.match(r"(\d+(?:-\d+)?)\)\s", text):
            code.subpoints[(*point, numbered[1])] += 1


def files_in_order() -> list[Path]:
    """The files of articles in the order of the code."""
    def place(path: Path) -> tuple[int, ...]:
        return tuple(int(number) for number in re.findall(r"\d+", path.stem))

    return sorted((SHARED / FOLDER).rglob("st-*.md"), key=place)


def parse_markdown(path: Path) -> tuple[dict[str, object], list[str]]:
    """The values at the head of a file and the lines of its text."""
    _, head, body = path.read_text("utf-8").split("---\n", 2)
    lines = [line.strip() for line in body.rsplit("\n---\n", 1)[0].splitlines()]
    pairs = (line.partition(": ")[::2] for line in head.splitlines() if re.match(r"\w+: \S", line))
    # The values at the head of these files are written as JSON writes them.
    values = {key: json.loads(value) for key, value in pairs}
    return values, [line for line in lines if line and not line.startswith(("#", ">"))]


def _new_headings(head: dict[str, object], seen: dict[str, object]) -> Iterator[tuple[str, str]]:
    for level, word in _WORDS:
        here = (head.get("razdel"), head.get("glava"), head.get(level))
        if head.get(level) is not None and seen.get(level) != here:
            seen[level] = here
            if level == "glava":
                seen.pop("paragraf", None)
            yield level, f"{word} {head[level]}. {head[f'{level}_title']}"


def as_markdown(lines: list[Paragraph]) -> bytes:
    """The code as one Markdown file with a head."""
    parts = ["#" * line.level + " " + line.text if line.level else line.text for line in lines]
    return ('---\ntitle: "Налоговый кодекс"\nlang: "ru"\n---\n\n' + "\n\n".join(parts)).encode()


def as_docx(lines: list[Paragraph]) -> bytes:
    """The code as an agency would write it, with centred headings of sections and chapters."""
    document = docx.Document()
    document.add_paragraph("Налоговый кодекс").alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in lines:
        paragraph = document.add_paragraph()
        paragraph.add_run(line.text).bold = line.level == 3
        if line.level in (1, 2):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def as_text(lines: list[Paragraph]) -> bytes:
    """The code as plain text, with an empty line between paragraphs."""
    return ("Налоговый кодекс\n\n" + "\n\n".join(line.text for line in lines)).encode()


def in_every_format() -> Iterator[dict[str, object]]:
    """One line for each measure and format; `same_tree` compares kinds, numbers and words with the .docx."""
    code = tax_code()
    written = {"docx": as_docx(code.lines), "md": as_markdown(code.lines), "txt": as_text(code.lines)}
    written |= _by_the_writer(code.lines)
    first: list[tuple[str, str, str]] | None = None
    for name, data in written.items():
        started = time.perf_counter()
        try:
            outline = read_outline(data, f"code.{name}")
        except Unreadable as refusal:
            yield {"bench": "import_accuracy", "set": f"tax code {name}", "refused": str(refusal)}
            continue
        seconds = round(time.perf_counter() - started, 3)
        tree = _tree(outline)
        first = first or tree
        yield scored(f"tax code {name} articles", code.articles, articles(outline), seconds=seconds, bytes=len(data),
                     same_tree=_shared_part(first, tree))  # fmt: skip
        yield scored(f"tax code {name} chapters", code.chapters, chapters(outline))
        yield scored(f"tax code {name} points", code.points, inner_units(outline, Kind.point))
        yield scored(f"tax code {name} subpoints", code.subpoints, inner_units(outline, Kind.subpoint))


def _by_the_writer(lines: list[Paragraph]) -> dict[str, bytes]:
    """The formats that tests/bench/write_formats.py can write."""
    try:
        writer = importlib.import_module("tests.bench.write_formats")
    except ModuleNotFoundError:
        return {}
    return {name: bytes(data) for name, data in writer.write_formats(lines).items()}


def file_by_file() -> Iterator[dict[str, object]]:
    """Each file of the set on its own, as it is, with its head, its boxes and its links."""
    found, points, subpoints = Counter(), Counter(), Counter()
    for path in files_in_order():
        outline = read_outline(path.read_bytes(), path.name)
        found.update(articles(outline))
        points.update(inner_units(outline, Kind.point))
        subpoints.update(inner_units(outline, Kind.subpoint))
    code = tax_code()
    yield scored("tax code files articles", code.articles, found)
    yield scored("tax code files points", code.points, points)
    yield scored("tax code files subpoints", code.subpoints, subpoints)


def _tree(outline: Outline) -> list[tuple[str, str, str]]:
    return [
        (unit.kind.value, unit.number, "".join(f"{unit.heading} {unit.text}".split())) for unit, _, _ in walk(outline.provisions)
    ]


def _shared_part(one: list[tuple[str, str, str]], other: list[tuple[str, str, str]]) -> float:
    shared = (Counter(one) & Counter(other)).total()
    return round(shared / max(len(one), len(other), 1), 4)
