"""Does export → import → export give the same tree and text, for every real file and every format?

    python -m tests.bench.round_trip [SET ...]

One line for each set: files, units, and for each format how many texts came back the same.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from portal.drafts.exporters import FORMATS, Publication, export
from portal.drafts.importers import Unreadable, read_outline
from portal.drafts.structure import Outline, Provision, walk
from tests.bench.import_sets.tax_code import as_docx, as_markdown, tax_code
from tests.shared_data import SHARED

WHOLE = "tax-code"  # not a folder: its 622 files as one code
SETS = {
    WHOLE: ("", ""),
    "tax-code-files": ("data/legal-kk-ru/kz-tax-code-2025", "*.md"),
    "russian-codes": ("data/legal-kk-ru", "rf-*.html"),
    "constitution": ("data/legal-kk-ru", "kz-constitution-2022.*"),
    "udhr": ("data/legal-kk-ru", "udhr_*.xml"),
    "akn": ("data/akn-uslm/akn-oasis", "*.xml"),
    "uslm": ("data/akn-uslm/uslm", "*.XML"),
    "editions": ("data/diff-pairs/rf-constitution-editions", "*.txt"),
    "akn-versions": ("data/diff-pairs/akn-versions", "*.xml"),
    "us-bills": ("data/diff-pairs/us-bills-uslm", "*.XML"),
    "codes-of-practice": ("data/diff-pairs/uk-codes-of-practice-draft-made", "*.akn"),
    "memoranda": ("data/akn-uslm/uk-explanatory-memoranda", "*.akn"),
    "uk-docx": ("data/akn-uslm/uk-lawmaker-docx-akn", "*.docx"),
    "uk-akn": ("data/akn-uslm/uk-lawmaker-docx-akn", "*.xml"),
    "documents": ("data/documents", "*"),
}


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


def outlines(name: str) -> Iterator[tuple[Path, Outline]]:
    """The outlines of a set; files that are refused are left out."""
    for path, data in _files(name):
        try:
            yield path, replace(read_outline(data, path.name), warnings=())
        except Unreadable:
            continue


def _files(name: str) -> Iterator[tuple[Path, bytes]]:
    if name == WHOLE:
        lines = tax_code().lines
        yield Path("tax-code.md"), as_markdown(lines)
        yield Path("tax-code.docx"), as_docx(lines)
        return
    folder, pattern = SETS[name]
    yield from ((path, path.read_bytes()) for path in sorted((SHARED / folder).rglob(pattern)) if path.is_file())


def measure(name: str) -> dict[str, Any]:
    """One set."""
    files, units, same, different = 0, 0, dict.fromkeys(FORMATS, 0), []
    for path, outline in outlines(name):
        files, units = files + 1, units + sum(1 for _ in walk(outline.provisions))
        for code in FORMATS:
            is_whole = comes_back(outline, code)
            same[code] += is_whole
            if not is_whole:
                different.append(f"{path.name}:{code}")
    return {"bench": "round_trip", "set": name, "files": files, "units": units, **same, "different": different[:10]}


if __name__ == "__main__":
    for chosen in sys.argv[1:] or SETS:
        print(json.dumps(measure(chosen), ensure_ascii=False), flush=True)
