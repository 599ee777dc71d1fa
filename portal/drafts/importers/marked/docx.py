"""Which outline does a Word file of the portal hold?

The marks say what each paragraph of the file is; a bookmark stands where each unit begins. A file in which paragraphs
came, went or changed places, in which a number was changed or changes are tracked, is read like any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from portal.drafts.exporters.docx import prefix_of
from portal.drafts.exporters.docx_frame import MARKS
from portal.drafts.importers.marked.units import Unit, Unmarked, open_unit, outline_of
from portal.drafts.structure import Outline
from portal.kernel.files import Unreadable, open_zip, read_member

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TRACKED = frozenset(f"{_WORD}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
_MOST_PARTS = 20


def read_docx(data: bytes, language: str | None) -> Outline:
    """The outline the marks tell; Unmarked for any other file."""
    try:
        archive = open_zip(data)
        names = [name for name in archive.namelist() if name.startswith("customXml/item")][:_MOST_PARTS]
        found = next((part for part in (read_member(archive, name) for name in names) if _has_marks(part)), None)
        body_part = read_member(archive, "word/document.xml") if found else None
    except Unreadable:
        raise Unmarked from None
    if found is None or body_part is None:
        raise Unmarked
    marks, body = _parsed(found), _parsed(body_part).find(f"{_WORD}body")
    if body is None or any(True for _ in body.iter(*_TRACKED)):
        raise Unmarked
    return _Reader(marks.get("language", "")).read(list(marks), [e for e in body if e.tag != f"{_WORD}sectPr"])


def _has_marks(part: bytes | None) -> bool:
    return part is not None and MARKS.encode() in part[:400]


def _parsed(data: bytes) -> etree._Element:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Unmarked
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except (etree.XMLSyntaxError, ValueError):
        raise Unmarked from None


class _Reader:
    def __init__(self, language: str) -> None:
        self._language = language
        self._title: list[str] = []
        self._tops: list[Unit] = []
        self._open: list[Unit] = []

    def read(self, marks: Sequence[etree._Element], blocks: Sequence[etree._Element]) -> Outline:
        if len(marks) != len(blocks) or not marks:
            raise Unmarked
        for mark, block in zip(marks, blocks, strict=True):
            self._take(mark, block)
        return outline_of(self._language, "\n".join(self._title), self._tops)

    def _take(self, mark: etree._Element, block: etree._Element) -> None:
        role, is_table = mark.get("r", ""), block.tag == f"{_WORD}tbl"
        if is_table != (role == "rows") or (not is_table and block.tag != f"{_WORD}p"):
            raise Unmarked
        if mark.get("u"):
            self._begin(mark, block)
        elif _bookmarks(block):
            raise Unmarked
        if role == "title":
            self._title.append(_text(block))
        elif role == "gap":
            if _text(block):
                raise Unmarked
        else:
            self._add(role, block)

    def _begin(self, mark: etree._Element, block: etree._Element) -> None:
        depth = mark.get("d", "")
        if mark.get("b") not in _bookmarks(block) or not depth.isdecimal() or int(depth) > len(self._open):
            raise Unmarked
        unit = open_unit(mark.get("key", ""), mark.get("u", ""), mark.get("n", ""))
        del self._open[int(depth):]
        (self._open[-1].children if self._open else self._tops).append(unit)
        self._open.append(unit)

    def _add(self, role: str, block: etree._Element) -> None:
        if not self._open:
            raise Unmarked
        unit = self._open[-1]
        match role:
            case "rows":
                unit.rows = tuple(_row(row) for row in block.iterfind(f"{_WORD}tr"))
            case "head":
                unit.heading = self._after_number(unit, _text(block))
            case "lead":
                unit.lines.append(self._after_number(unit, _text(block)))
            case "bare":
                if self._after_number(unit, _text(block)):
                    raise Unmarked
            case "text":
                unit.lines.append(_text(block))
            case "note":
                unit.notes.append(_text(block))
            case _:
                raise Unmarked

    def _after_number(self, unit: Unit, text: str) -> str:
        prefix = prefix_of(unit.freeze(), self._language)
        if not prefix:
            return text
        if not text.startswith(prefix) or text[len(prefix):][:1] not in ("", " ", "\t"):
            raise Unmarked  # the number was changed by hand
        return text[len(prefix) + 1:]


def _row(row: etree._Element) -> tuple[str, ...]:
    return tuple("\n".join(_text(p) for p in cell.iterfind(f"{_WORD}p")) for cell in row.iterfind(f"{_WORD}tc"))


def _bookmarks(block: etree._Element) -> set[str]:
    return {
        name for start in block.iter(f"{_WORD}bookmarkStart")
        if not (name := start.get(f"{_WORD}name", "")).startswith("_")
    }  # fmt: skip


def _text(block: etree._Element) -> str:
    return "".join(_pieces(block))


def _pieces(block: etree._Element) -> Iterator[str]:
    for element in block.iter(f"{_WORD}t", f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr"):
        if element.tag == f"{_WORD}t":
            yield element.text or ""
        elif element.getparent().tag == f"{_WORD}r":  # a tab of a style's stops is no character
            yield "\t" if element.tag == f"{_WORD}tab" else "\n"
