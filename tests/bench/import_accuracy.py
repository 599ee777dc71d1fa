"""How many of the units of real law does the importer find, and how many of those it finds are there?

    python -m tests.bench.import_accuracy [--misses]

One JSON line for each set of documents: `recall` and `precision` of units, matched by number within a document.
"""

from __future__ import annotations

import io
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from lxml import etree

from portal.drafts.importers import Unreadable, read_outline
from portal.drafts.structure import Kind, Outline, Provision, walk
from tests.shared_data import SHARED

Units = Counter[tuple[str, ...]]


def articles(outline: Outline) -> Units:
    """Article-level units by number."""
    units = (provision for provision, _, _ in walk(outline.provisions))
    return Counter((unit.number,) for unit in units if unit.kind is Kind.article)


def inner_units(outline: Outline, kind: Kind) -> Units:
    """Units of a kind inside articles, by article number, then the numbers on the way down."""
    found: Units = Counter()

    def visit(provision: Provision, path: tuple[str, ...]) -> None:
        for child in provision.children:
            here = (*path, child.number)
            if child.kind is kind:
                found[here] += 1
            if child.kind in (Kind.point, Kind.subpoint):
                visit(child, here)

    for provision, _, _ in walk(outline.provisions):
        if provision.kind is Kind.article:
            visit(provision, (provision.number,))
    return found


def scored(name: str, reference: Units, found: Units, **more: object) -> dict[str, object]:
    hits = sum((reference & found).values())
    if "--misses" in sys.argv:
        print(name, "missed:", sorted((reference - found).elements())[:60], file=sys.stderr)
        print(name, "invented:", sorted((found - reference).elements())[:60], file=sys.stderr)
    return {
        "bench": "import_accuracy", "set": name, **more,
        "reference": reference.total(), "found": found.total(), "hits": hits,
        "recall": round(hits / max(reference.total(), 1), 4), "precision": round(hits / max(found.total(), 1), 4),
    }  # fmt: skip


def _akn_units(path: Path, suits: Callable[[etree._Element, str], bool]) -> Iterator[str]:
    for element in etree.parse(str(path)).iter(etree.Element):
        name = etree.QName(element).localname
        inside = {etree.QName(parent).localname for parent in element.iterancestors()}
        if "quotedStructure" not in inside and suits(element, name):
            number = element.find("{*}num")
            yield (number.text or "").strip() if _is_schedule(element, name) and number is not None else (
                "".join(number.itertext()).strip() if number is not None else ""
            )


def _is_article(element: etree._Element, name: str) -> bool:
    return name in ("section", "article", "rule") or (name == "hcontainer" and element.get("name") == "regulation")


def _is_schedule(element: etree._Element, name: str) -> bool:
    return name == "hcontainer" and element.get("name") == "schedule"


def _schedule_number(printed: str) -> str:
    found = re.match(r"\s*(?:SCHEDULE|ATODLEN)?\s*(\d+[A-Z]?(?![a-z]))", printed, re.IGNORECASE)
    return found[1] if found else ""


def uk_drafts() -> Iterator[dict[str, object]]:
    """The 47 drafts of UK bills and instruments against the Akoma Ntoso a national archive made of them."""
    reference, found, schedules, annexes = Counter(), Counter(), Counter(), Counter()
    refused: list[str] = []
    files = sorted((SHARED / "data/akn-uslm/uk-lawmaker-docx-akn").glob("*/*.docx"))
    for path in files:
        akn = path.with_suffix(".xml")
        reference.update((path.parent.name, path.stem, number.strip(".")) for number in _akn_units(akn, _is_article))
        schedules.update(
            (path.parent.name, path.stem, _schedule_number(number)) for number in _akn_units(akn, _is_schedule)
        )
        try:
            outline = read_outline(path.read_bytes(), path.name)
        except Unreadable as refusal:
            refused.append(f"{path.parent.name}/{path.name}: {refusal}")
            continue
        found.update({(path.parent.name, path.stem, *unit): count for unit, count in articles(outline).items()})
        annexes.update(
            (path.parent.name, path.stem, _schedule_number(provision.number))
            for provision, _, _ in walk(outline.provisions) if provision.kind is Kind.annex
        )  # fmt: skip
    yield scored("uk-drafts articles", reference, found, files=len(files), refused=refused)
    yield scored("uk-drafts schedules", schedules, annexes, files=len(files))


def other_documents() -> Iterator[dict[str, object]]:
    """Documents without a reference: what is found in them, or the sentence that refuses them."""
    for path in sorted((SHARED / "data/documents").glob("*")):
        line: dict[str, object] = {"bench": "import_accuracy", "set": "documents", "file": path.name}
        try:
            outline = read_outline(path.read_bytes(), path.name)
        except Unreadable as refusal:
            yield {**line, "refused": str(refusal)}
            continue
        counts = Counter(provision.kind.value for provision, _, _ in walk(outline.provisions))
        yield {**line, "title": outline.title, "language": outline.language, "units": dict(counts)}


def tax_code() -> Iterator[dict[str, object]]:
    """The Tax Code, written to a .docx as an agency would, with centred headings of sections and chapters."""
    document = docx.Document()
    reference_articles, points, subpoints, chapters = Counter(), Counter(), Counter(), Counter()
    seen: dict[str, object] = {}
    for path in _by_article(SHARED / "data/legal-kk-ru/kz-tax-code-2025"):
        head, lines = _parse_markdown(path)
        article = str(head["article"])
        for level, printed in _new_headings(head, seen):
            document.add_paragraph(printed).alignment = WD_ALIGN_PARAGRAPH.CENTER
            chapters[(level, printed.split(".")[0].split()[-1])] += 1
        document.add_paragraph().add_run(f"Статья {article}. {head['heading']}").bold = True
        reference_articles[(article,)] += 1
        point: tuple[str, ...] = (article,)
        for line in lines:
            # The source's own anchors miss points that were re-numbered or set without a space.
            text = re.sub(r'^<a id="[^"]*"></a>', "", line)
            document.add_paragraph(text)
            if pointed := re.match(r"(\d+(?:-\d+)?)\.\s*[^\W\d]", text):
                point = (article, pointed[1])
                points[point] += 1
            elif numbered := re.match(r"(\d+(?:-\d+)?)\)\s", text):
                subpoints[(*point, numbered[1])] += 1
    outline, seconds = _timed_outline(document)
    yield scored("tax code articles", reference_articles, articles(outline), seconds=seconds)
    yield scored("tax code chapters", chapters, _chapters(outline))
    yield scored("tax code points", points, inner_units(outline, Kind.point))
    yield scored("tax code subpoints", subpoints, inner_units(outline, Kind.subpoint))


def _by_article(folder: Path) -> list[Path]:
    def place(path: Path) -> tuple[int, ...]:
        return tuple(int(number) for number in re.findall(r"\d+", path.stem))

    return sorted(folder.rglob("st-*.md"), key=place)


def _parse_markdown(path: Path) -> tuple[dict[str, object], list[str]]:
    _, head, body = path.read_text("utf-8").split("---\n", 2)
    lines = [line.strip() for line in body.rsplit("\n---\n", 1)[0].splitlines()]
    pairs = (line.partition(": ")[::2] for line in head.splitlines() if re.match(r"\w+: \S", line))
    # The values at the head of these files are written as JSON writes them.
    values = {key: json.loads(value) for key, value in pairs}
    return values, [line for line in lines if line and not line.startswith(("#", ">"))]


def _new_headings(head: dict[str, object], seen: dict[str, object]) -> Iterator[tuple[str, str]]:
    for level, word in (("razdel", "Раздел"), ("glava", "Глава"), ("paragraf", "Параграф")):
        here = (head.get("razdel"), head.get("glava"), head.get(level))
        if head.get(level) is not None and seen.get(level) != here:
            seen[level] = here
            if level == "glava":
                seen.pop("paragraf", None)
            yield level, f"{word} {head[level]}. {head[f'{level}_title']}"


def _chapters(outline: Outline) -> Units:
    names = {Kind.section: "razdel", Kind.chapter: "glava", Kind.paragraph: "paragraf"}
    units = (provision for provision, _, _ in walk(outline.provisions))
    return Counter((names[unit.kind], unit.number) for unit in units if unit.kind in names)


def constitution() -> Iterator[dict[str, object]]:
    """The Constitution in Kazakh (mixed scripts and all) and in English, written to .docx files."""
    for language, pattern in (("kk", r"^\s*(\d+(?:-\d+)?)-бап\s*$"), ("en", r"^\s*Article (\d+(?:-\d+)?)\s*$")):
        text = (SHARED / f"data/legal-kk-ru/kz-constitution-2022.{language}.txt").read_text("utf-8")
        document = docx.Document()
        for line in text.splitlines():
            document.add_paragraph(line)
        outline, seconds = _timed_outline(document)
        reference = Counter((number,) for number in re.findall(pattern, text, re.MULTILINE))
        yield scored(f"constitution {language} articles", reference, articles(outline), seconds=seconds)


def _timed_outline(document: docx.document.Document) -> tuple[Outline, float]:
    file = io.BytesIO()
    document.save(file)
    started = time.perf_counter()
    outline = read_outline(file.getvalue(), "made.docx")
    return outline, round(time.perf_counter() - started, 3)


def main() -> None:
    if not (SHARED / "data").exists():
        print(json.dumps({"bench": "import_accuracy", "skipped": "the real data is not on this machine"}))
        return
    for measure in (uk_drafts, other_documents, tax_code, constitution):
        for line in measure():
            print(json.dumps(line, ensure_ascii=False))


if __name__ == "__main__":
    main()
