"""How does a text become a PDF for people and machines: tagged, PDF/UA-1, in our own typefaces, without system libraries?

As an electronic invoice does (Factur-X), the file carries the same text for programs: its Akoma Ntoso, as an attachment.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typst

from portal.drafts.exporters.akn import to_akn
from portal.drafts.exporters.docx import WORDED, prefix_of
from portal.drafts.exporters.facts import facts, line
from portal.drafts.exporters.publication import Publication, printable
from portal.drafts.structure import Outline, Provision
from portal.kernel.settings import ROOT

FONTS = ROOT / "static" / "fonts" / "print"
_TEMPLATE = Path(__file__).with_name("act.typ")
CARRIED = "act.akn.xml"  # the name of the attachment
MARGINS = {"left": 25, "right": 18, "top": 24, "bottom": 22}  # of the page, an A4, in millimetres
_DEEPEST = 6
SYMBOL_BULLET = ("\uf0b7", "•")  # Word's bullet of the font Symbol, in the private use area
# Letter and accent in two, soft hyphens, joiners: printed by a detour (ActualText) that not all readers know.
_UNSEEN = re.compile("[\u00ad\u2060\ufeff]")
# No word, and near the width of the page; typst stops short at one that fills more than 64 KB.
_ENDLESS = re.compile(r"[^\s\u200b]{60}(?=\S)")


def to_pdf(publication: Publication, language: str) -> bytes:
    """The bytes of the PDF; a code of 850 articles takes some seconds."""
    day, outline = publication.published_on, publication.texts[language]
    title = publication.title(language) or publication.number
    data = {
        "title": title,
        "heading": _breakable(outline.title or title),
        "author": publication.bodies.get(language) or publication.body_code,
        "language": language,
        "day": [day.year, day.month, day.day],
        "facts": [list(fact) for fact in facts(publication, language)],
        "line": line(publication, language),
        "units": _breakable(list(blocks(outline, language))),
        "carried": CARRIED,
        **MARGINS,
    }
    words = _UNSEEN.sub("", unicodedata.normalize("NFC", printable(json.dumps(data, ensure_ascii=False))))
    files = {
        "act.json": words.replace(*SYMBOL_BULLET).encode(), "main.typ": _TEMPLATE.read_bytes(), CARRIED: to_akn(publication, language),
    }  # fmt: skip
    try:
        return _set(files, ["ua-1"])
    except typst.TypstError:
        # PDF/UA forbids letters that no font has. Rather a file that does not claim it than one with other letters.
        return _set(files, [])


def blocks(outline: Outline, language: str) -> Iterator[dict[str, Any]]:
    """What is printed of the provisions, in order: headings, paragraphs, tables and notes."""
    for unit in outline.provisions:
        yield from _blocks(unit, language, 2)


def _breakable(value: Any) -> Any:
    """What is no word may be broken: it neither runs off the page nor stops the printing."""
    if isinstance(value, str):
        return _ENDLESS.sub("\\g<0>\u200b", value)
    if isinstance(value, list):
        return [_breakable(each) for each in value]
    if isinstance(value, dict):
        return {name: each if name == "key" else _breakable(each) for name, each in value.items()}
    return value


def _set(files: dict[str, bytes], standards: list[str]) -> bytes:
    return bytes(
        typst.compile(files, format="pdf", font_paths=[FONTS], ignore_system_fonts=True, pdf_standards=standards)
    )


def _blocks(unit: Provision, language: str, level: int) -> Iterator[dict[str, Any]]:
    """What is printed of a unit, in order."""
    mark, lines = prefix_of(unit, language), unit.text.split("\n") if unit.text else []
    is_headed = unit.kind in WORDED and bool(unit.heading or (mark and not lines))
    if is_headed:
        heading = " ".join(part for part in (mark, unit.heading) if part)
        yield {"is": "heading", "level": level, "text": heading, "key": unit.key or None}
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
    deeper = min(level + 1, _DEEPEST) if is_headed else level  # PDF/UA allows no level to be left out
    for child in unit.children:
        yield from _blocks(child, language, deeper)
