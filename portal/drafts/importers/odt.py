"""What does an OpenDocument text (.odt) say, line by line, with the numbers a word processor would print?

Tracked changes are settled first; text boxes follow the paragraph they hang on; foot- and endnotes become notes of
the paragraph that calls them; hidden text, comments and tables of contents are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from portal.drafts.importers.blocks import Block, Changes, Grid, Line, Reading, marking_gaps, tracked
from portal.drafts.importers.odt_changes import PARAGRAPHS, TEXT, settle
from portal.drafts.importers.odt_styles import OUTLINE, Counters, OdtLists, OdtStyles, natural
from portal.drafts.importers.package import MAX_CELLS, MAX_PARAGRAPHS, Parts
from portal.kernel.files import Unreadable

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_STYLE_NAME = TEXT + "style-name"
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SPACES = re.compile(r"[ \t\r\n]+")
_INDEXES = re.compile(r".*\}(?:table-of-content|(?:\w+-)?index|bibliography)$")
_UNREAD = {
    TEXT + name for name in (
        "note", "ruby-text", "tracked-changes", "placeholder", "index-title-template", "sequence-decls",
        "variable-decls", "user-field-decls", "script",
    )
} | {_OFFICE + "annotation", _OFFICE + "forms"}  # fmt: skip
_DEEPEST = 60  # lists, tables and boxes within one another
_MOST_REPEATED = 64
_FRAGMENTS = {TEXT + "tab": "\t", TEXT + "line-break": "\n"}


def read_odt(data: bytes, changes: Changes = "accepted") -> Reading:
    """The lines and tables of an .odt in reading order; Unreadable when it is not one or is too long."""
    parts = Parts(data)
    try:
        if b"encryption-data" in (parts.raw("META-INF/manifest.xml") or b""):
            raise Unreadable("The file is protected by a password. Save it without one.", code="encrypted")
        content, styles = parts.part("content.xml"), parts.part("styles.xml")
    finally:
        parts.close()
    body = content.find(f"{_OFFICE}body/{_OFFICE}text") if content is not None else None
    if body is None:
        raise Unreadable("The file is not a text document.", code="not_text_document")
    if sum(1 for _ in body.iter(*PARAGRAPHS)) > MAX_PARAGRAPHS:
        raise Unreadable(
            "The document has more than %(limit)s paragraphs. Divide it.", code="too_many_paragraphs",
            limit=MAX_PARAGRAPHS,
        )
    is_tracked = settle(body, changes)
    reader = _Reader(OdtStyles(styles, content), OdtLists(styles, content))
    return Reading(tuple(marking_gaps(reader.blocks(body))), (tracked(changes),) if is_tracked else ())


@dataclass(frozen=True, slots=True)
class _Item:
    """The place in a list where a paragraph stands; `start` is the number it is told to begin with."""

    counters: Counters
    style: str
    index: int
    start: str | None = None


class _Reader:
    def __init__(self, styles: OdtStyles, lists: OdtLists) -> None:
        self.styles = styles
        self._lists = lists

    def blocks(self, container: etree._Element, depth: int = 0) -> Iterator[Block]:
        if depth > _DEEPEST:
            return
        for element in container:
            tag = element.tag
            if not isinstance(tag, str) or tag in _UNREAD or _INDEXES.match(tag):
                continue
            if tag in PARAGRAPHS:
                yield from self._paragraph(element, None, depth)
            elif tag == TEXT + "list":
                style = element.get(_STYLE_NAME) or self._style_of_first(element)
                yield from self._list(element, _Item(self._lists.begin(element, style), style, 0), depth)
            elif tag == TEXT + "numbered-paragraph":
                yield from self._numbered(element, depth)
            elif tag == _TABLE + "table":
                yield from self._table(element, depth)
            elif tag == TEXT + "section" and element.get(TEXT + "display") == "none":
                continue
            else:
                yield from self.blocks(element, depth + 1)

    def _style_of_first(self, element: etree._Element) -> str:
        """A list without a style of its own is numbered as the style of its first paragraph says."""
        first = next(element.iter(*PARAGRAPHS), None)
        return self.styles.find("paragraph", first.get(_STYLE_NAME)).list_style if first is not None else ""

    def _list(self, element: etree._Element, at: _Item, depth: int) -> Iterator[Block]:
        if depth > _DEEPEST:
            return
        for item in element:
            if item.tag not in (TEXT + "list-item", TEXT + "list-header"):
                continue
            place = _Item(at.counters, at.style, at.index, item.get(TEXT + "start-value"))
            is_first = item.tag == TEXT + "list-item"
            for child in item:
                if child.tag in PARAGRAPHS:
                    yield from self._paragraph(child, place if is_first else None, depth, is_in_list=True)
                    is_first = False
                elif child.tag == TEXT + "list":
                    style = child.get(_STYLE_NAME) or at.style
                    yield from self._list(child, _Item(at.counters, style, at.index + 1), depth + 1)
                elif child.tag == _TABLE + "table":
                    yield from self._table(child, depth)

    def _numbered(self, element: etree._Element, depth: int) -> Iterator[Block]:
        style = element.get(_STYLE_NAME, "")
        index = natural(element.get(TEXT + "level"), 1, 10) - 1
        at = _Item(self._lists.begin(element, style), style, index, element.get(TEXT + "start-value"))
        for child in element:
            if child.tag in PARAGRAPHS:
                yield from self._paragraph(child, at, depth, is_in_list=True)

    def _paragraph(
        self, element: etree._Element, item: _Item | None, depth: int, *, is_in_list: bool = False
    ) -> Iterator[Block]:
        style = self.styles.find("paragraph", element.get(_STYLE_NAME))
        level = natural(element.get(TEXT + "outline-level"), style.level, 10)
        if element.tag == TEXT + "h" and not is_in_list and element.get(TEXT + "is-list-header") != "true":
            start = element.get(TEXT + "start-value") if element.get(TEXT + "restart-numbering") == "true" else None
            item = _Item(self._lists.outline, OUTLINE, level - 1, start)
        text = _Text(self)
        text.read(element, style.bold, style.hidden, False, depth)
        label = self._lists.label(item.counters, item.style, item.index, item.start) if item is not None else ""
        written = text.text().strip(" ")
        yield Line(
            text=written,
            label=label if written.strip() else "",
            style=style.name,
            align=style.align,
            bold=text.is_bold(),
            level=level if element.tag == TEXT + "h" else style.level,
            hint="contents" if style.name.startswith("contents") else "",
            notes=tuple(filter(None, text.notes)),
        )
        for box in text.boxes:
            yield from self.blocks(box, depth + 1)

    def note(self, element: etree._Element, depth: int) -> str:
        """The words of a foot- or endnote on one line."""
        body = element.find(TEXT + "note-body")
        blocks = self.blocks(body, depth + 1) if body is not None else ()
        return " ".join(filter(None, (_cell_text(block) for block in blocks)))

    def _table(self, element: etree._Element, depth: int) -> Iterator[Block]:
        rows: list[list[str]] = []
        notes: list[str] = []
        widest = 0
        for row in _parts(element, _TABLE + "table-row"):
            cells: list[str] = []
            for cell in _parts(row, _TABLE + "table-cell", _TABLE + "covered-table-cell"):
                blocks = list(self.blocks(cell, depth + 1))
                words = "\n".join(filter(None, (_cell_text(block) for block in blocks)))
                notes.extend(note for block in blocks for note in block.notes)
                times = natural(cell.get(_TABLE + "number-columns-repeated"), 1, _MOST_REPEATED)
                cells.extend([words if cell.tag == _TABLE + "table-cell" else ""] * max(times, 1))
            widest = max(widest, len(cells))
            times = natural(row.get(_TABLE + "number-rows-repeated"), 1, _MOST_REPEATED) if any(cells) else 1
            if widest * (len(rows) + times) > MAX_CELLS:
                raise Unreadable("A table in the document is too large. Divide it.", code="too_large_table")
            rows.extend([cells] * max(times, 1))
        yield Grid(tuple(tuple(row + [""] * (widest - len(row))) for row in rows), tuple(filter(None, notes)))


class _Text:
    """The words of one paragraph, and what hangs on them."""

    def __init__(self, reader: _Reader) -> None:
        self._reader = reader
        self._parts: list[str] = []
        self._bold = self._light = 0
        self.notes: list[str] = []
        self.boxes: list[etree._Element] = []

    def text(self) -> str:
        return "".join(self._parts)

    def is_bold(self) -> bool:
        return self._bold > 0 and self._light == 0

    def read(self, element: etree._Element, bold: bool, hidden: bool, raised: bool, depth: int) -> None:
        self._write(element.text, bold, hidden, raised)
        for child in element:
            self._child(child, bold, hidden, raised, depth + 1)
            self._write(child.tail, bold, hidden, raised)

    def _child(self, child: etree._Element, bold: bool, hidden: bool, raised: bool, depth: int) -> None:
        tag = child.tag
        if not isinstance(tag, str) or depth > _DEEPEST * 2:
            return
        if tag == TEXT + "note" and not hidden:
            self.notes.append(self._reader.note(child, depth))
        elif tag.startswith(_DRAW):
            self._hang(child)
        elif tag == TEXT + "s":
            self._parts.append(" " * max(1, natural(child.get(TEXT + "c"), 1, 100)))
        elif tag in _FRAGMENTS:
            self._parts.append(_FRAGMENTS[tag])
        elif tag in (TEXT + "hidden-text", TEXT + "hidden-paragraph") or tag in _UNREAD:
            return
        elif tag == TEXT + "span":
            style = self._reader.styles.find("text", child.get(_STYLE_NAME))
            self.read(child, bold or style.bold, hidden or style.hidden, raised or style.raised, depth)
        else:
            self.read(child, bold, hidden, raised, depth)

    def _write(self, text: str | None, bold: bool, hidden: bool, raised: bool) -> None:
        if not text or hidden:
            return
        if text.strip():
            self._bold += bold
            self._light += not bold
        words = _SPACES.sub(" ", text)
        self._parts.append(words.translate(_SUPERSCRIPT) if raised and words.strip().isdigit() else words)

    def _hang(self, element: etree._Element) -> None:
        """Keep the outermost text boxes and the shapes that hold paragraphs."""
        if element.tag == _DRAW + "text-box" or element.find(TEXT + "p") is not None:
            self.boxes.append(element)
            return
        for child in element:
            if isinstance(child.tag, str) and child.tag.startswith(_DRAW):
                self._hang(child)


def _parts(element: etree._Element, *wanted: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, also those in groups of header rows; those of tables within are not."""
    for child in element:
        if child.tag in wanted:
            yield child
        elif child.tag in (_TABLE + "table-header-rows", _TABLE + "table-rows", _TABLE + "table-row-group"):
            yield from _parts(child, *wanted)


def _cell_text(block: Block) -> str:
    if isinstance(block, Grid):
        return "\n".join(" | ".join(filter(None, row)) for row in block.rows)
    return f"{block.label} {block.text}".strip()
