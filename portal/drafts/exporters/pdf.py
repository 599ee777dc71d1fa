"""How does a text become a PDF for people and machines: tagged, PDF/UA-1, in our own typefaces, without system libraries?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typst

from portal.drafts.exporters.docx import WORDED, prefix_of
from portal.drafts.exporters.facts import facts, line
from portal.drafts.exporters.publication import Publication, printable
from portal.drafts.structure import Provision
from portal.kernel.settings import ROOT

FONTS = ROOT / "static" / "fonts" / "print"
_TEMPLATE = Path(__file__).with_name("act.typ")
_DEEPEST = 6
_SYMBOL_BULLET = ("\uf0b7", "•")  # Word's bullet of the font Symbol, in the private use area
_ENDLESS = re.compile(r"[^\s\u200b]{500}")  # no word; typst stops short at one that fills more than 64 KB


def to_pdf(publication: Publication, language: str) -> bytes:
    """The bytes of the PDF; a code of 850 articles takes some seconds."""
    day = publication.published_on
    data = {
        "title": publication.title(language) or publication.number,
        "author": publication.bodies.get(language) or publication.body_code,
        "language": language,
        "day": [day.year, day.month, day.day],
        "facts": [list(fact) for fact in facts(publication, language)],
        "line": line(publication, language),
        "units": [block for unit in publication.texts[language].provisions for block in _blocks(unit, language, 2)],
    }
    words = printable(json.dumps(_breakable(data), ensure_ascii=False)).replace(*_SYMBOL_BULLET)
    files = {"act.json": words.encode(), "main.typ": _TEMPLATE.read_bytes()}
    try:
        return _set(files, ["ua-1"])
    except typst.TypstError:
        # PDF/UA forbids letters that no font has. Rather a file that does not claim it than one with other letters.
        return _set(files, [])


def _breakable(value: Any) -> Any:
    """What is no word may be broken: it neither runs off the page nor stops the printing."""
    if isinstance(value, str):
        return _ENDLESS.sub("\\g<0>\u200b", value) if len(value) > 500 else value
    if isinstance(value, list):
        return [_breakable(each) for each in value]
    return {name: _breakable(each) for name, each in value.items()} if isinstance(value, dict) else value


def _set(files: dict[str, bytes], standards: list[str]) -> bytes:
    return bytes(
        typst.compile(files, format="pdf", font_paths=[FONTS], ignore_system_fonts=True, pdf_standards=standards)
    )


def _blocks(unit: Provision, language: str, level: int) -> Iterator[dict[str, Any]]:
    """What is printed of a unit, in order."""
    mark, lines = prefix_of(unit, language), unit.text.split("\n") if unit.text else []
    if unit.kind in WORDED and (unit.heading or not lines):
        heading = " ".join(part for part in (mark, unit.heading) if part)
        yield {"is": "heading", "level": level, "text": heading, "key": unit.key}
        mark = ""
    elif unit.heading:
        lines = [unit.heading, *lines]
    if mark and not lines:
        lines = [""]
    for place, text in enumerate(lines):
        yield {"is": "text", "mark": mark if place == 0 else "", "text": text}
    if unit.rows:
        columns = max(len(row) for row in unit.rows) or 1
        yield {"is": "table", "columns": columns, "rows": [[*row, *[""] * (columns - len(row))] for row in unit.rows]}
    for note in unit.notes:
        yield {"is": "note", "text": note}
    deeper = min(level + 1, _DEEPEST) if unit.heading or unit.kind in WORDED else level
    for child in unit.children:
        yield from _blocks(child, language, deeper)
