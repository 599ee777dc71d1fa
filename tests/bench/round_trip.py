"""Does export → import → export give the same tree and text, for every real file and every format?

    python -m tests.bench.round_trip [SET ...]

One line for each set: files, units, and for each format how many texts came back the same; of the PDF, how many have all
their words, letter for letter, without spaces.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2

from portal.drafts.exporters import FORMATS, Publication, export
from portal.drafts.importers import Unreadable, read_outline
from portal.drafts.structure import Outline, Provision, walk
from tests.shared_data import SHARED

SETS = {
    "uk-docx": ("data/akn-uslm/uk-lawmaker-docx-akn", "*.docx"),
    "tax-code": ("data/legal-kk-ru/kz-tax-code-2025", "*.md"),
    "constitution": ("data/legal-kk-ru", "kz-constitution-2022.*"),
    "udhr": ("data/legal-kk-ru", "udhr_*.xml"),
    "russian-codes": ("data/legal-kk-ru", "rf-*.html"),
    "akn": ("data/akn-uslm/akn-oasis", "*.xml"),
    "uslm": ("data/akn-uslm/uslm", "*.XML"),
    "documents": ("data/documents", "*"),
}
ROUND = tuple(code for code in FORMATS if code != "pdf")


def publication_of(outline: Outline) -> Publication:
    """The outline as a version of a draft."""
    return Publication(
        address="https://talqy.example/drafts/1", number="2026-00001", version=1, type_code="law", body_code="justice",
        created_on=date(2026, 1, 12), published_on=date(2026, 2, 2), titles={}, types={}, bodies={},
        texts={outline.language: outline},
    )  # fmt: skip


def comes_back(outline: Outline, code: str) -> bool:
    """Is the outline the same after one export and import, and the export after that the same tree again?"""
    data = export(publication_of(outline), code, outline.language)
    again = read_outline(data, f"text.{FORMATS[code].suffix}", outline.language)
    if not is_same(outline, again):
        return False
    second = read_outline(export(publication_of(again), code, outline.language), "text", outline.language)
    return is_same(outline, second)


def is_same(one: Outline, other: Outline) -> bool:
    """Titles, keys, kinds, numbers, headings, words, cells and notes."""
    return one.title == other.title and _flat(one) == _flat(other)


def _flat(outline: Outline) -> list[tuple[Any, ...]]:
    return [(depth, *_said(unit)) for unit, depth, _ in walk(outline.provisions)]


def _said(unit: Provision) -> tuple[Any, ...]:
    return unit.key, unit.kind, unit.number, unit.heading, unit.text, unit.rows, unit.notes


def has_words(outline: Outline) -> bool:
    """Has the PDF every word of the outline, spaces and line ends aside?"""
    pdf = pypdfium2.PdfDocument(export(publication_of(outline), "pdf", outline.language))
    printed = _letters("".join(page.get_textpage().get_text_range() for page in pdf))
    words = "".join(word for unit, _, _ in walk(outline.provisions) for word in (unit.heading, unit.text))
    wanted, held = _counted(_letters(words)), _counted(printed)
    return all(held.get(letter, 0) >= count for letter, count in wanted.items())


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


def _counted(text: str) -> dict[str, int]:
    return {letter: text.count(letter) for letter in set(text)}


def outlines(name: str) -> Iterator[tuple[Path, Outline]]:
    """The outlines of a set; files that are refused are left out."""
    folder, pattern = SETS[name]
    for path in sorted((SHARED / folder).rglob(pattern)):
        try:
            if path.is_file():
                outline = read_outline(path.read_bytes(), path.name)
                yield path, replace(outline, warnings=())
        except Unreadable:
            continue


def measure(name: str) -> dict[str, Any]:
    """One set."""
    files, units, same, odd = 0, 0, dict.fromkeys(FORMATS, 0), []
    for path, outline in outlines(name):
        files, units = files + 1, units + sum(1 for _ in walk(outline.provisions))
        for code in FORMATS:
            is_whole = has_words(outline) if code == "pdf" else comes_back(outline, code)
            same[code] += is_whole
            if not is_whole:
                odd.append(f"{path.name}:{code}")
    return {"bench": "round_trip", "set": name, "files": files, "units": units, **same, "different": odd[:10]}


if __name__ == "__main__":
    for chosen in sys.argv[1:] or SETS:
        print(json.dumps(measure(chosen), ensure_ascii=False), flush=True)
