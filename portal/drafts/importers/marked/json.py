"""Which outline does a JSON file of the portal hold?"""

from __future__ import annotations

import json
from typing import Any

from portal.drafts.exporters.json import FORMAT
from portal.drafts.importers.marked.units import Unit, Unmarked, open_unit, outline_of
from portal.drafts.structure import Outline


def read_json(data: bytes, language: str | None) -> Outline:
    """The text in the language asked, or the first; Unmarked for any other file."""
    if not data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{") or FORMAT.encode() not in data[:200]:
        raise Unmarked
    try:
        texts = json.loads(data)["texts"]
        code = language or next(iter(texts))
        outline = texts[code]["outline"]
        return outline_of(code, _words(outline["title"]), [_unit(unit, 0) for unit in outline["provisions"]])
    except (ValueError, KeyError, TypeError, AttributeError, StopIteration, RecursionError):
        raise Unmarked from None


def _unit(document: dict[str, Any], depth: int) -> Unit:
    if depth > 30:
        raise Unmarked
    unit = open_unit(_words(document["key"]), _words(document["kind"]), _words(document["number"]))
    unit.address = _words(document.get("address", ""))
    unit.heading, text = _words(document["heading"]), _words(document["text"])
    unit.lines = text.split("\n") if text else []
    unit.rows = tuple(tuple(_words(cell) for cell in row) for row in document.get("rows", ()))
    unit.notes = [_words(note) for note in document.get("notes", ())]
    unit.children = [_unit(child, depth + 1) for child in document["children"]]
    return unit


def _words(value: Any) -> str:
    if not isinstance(value, str):
        raise Unmarked
    return value
