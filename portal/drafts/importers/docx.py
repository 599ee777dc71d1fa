"""What does a Word file (.docx) say, line by line, with the numbers Word would print?

Tracked changes are settled first; text boxes follow the paragraph they hang on; foot- and endnotes become notes of
the paragraph that calls them; hidden text, prompts of empty controls and tables of contents are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from portal.drafts.importers.blocks import Block, Changes, Grid, Line, Reading, marking_gaps, tracked
from portal.drafts.importers.docx_changes import settle
from portal.drafts.importers.formulas import OFFICE_MATH, spoken
from portal.drafts.importers.numbering import LEVELS, VAL, W, Numbering
from portal.drafts.importers.package import MAX_CELLS, MAX_PARAGRAPHS, WordPackage, is_on
from portal.drafts.importers.styles import Style, Styles, alignment, list_of, outline_level
from portal.kernel.files import Unreadable


_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TRANSPARENT = ("ins", "moveTo", "smartTag", "hyperlink", "fldSimple", "customXml", "sdtContent", "dir", "bdo")
_KEPT = {W + name for name in _TRANSPARENT}
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_CONTENTS_STYLE = re.compile(r"toc(?!short)")
_QUOTE_STYLE = re.compile(r"(?:b?lq|insert_|quoted)")
_LISTNUM = re.compile(r'\s*LISTNUM\b(?:\s+"?(?P<name>[A-Za-z]\w*)"?)?')
_P, _TBL, _SDT, _R, _T = W + "p", W + "tbl", W + "sdt", W + "r", W + "t"
# Signs of the fonts Symbol and Wingdings that law uses, by the last two digits of their code.
_SYMBOLS = {
    "B0": "°", "B1": "±", "B3": "≥", "A3": "≤", "B4": "×", "B7": "•", "D7": "⋅", "E5": "∑", "A7": "▪", "2D": "−", "A8": "☐",
    "FE": "☑", "A5": "∞", "B9": "≠", "BB": "≈", "44": "Δ", "53": "Σ", "61": "α", "62": "β", "67": "γ", "6C": "λ", "72": "ρ",
}
_FRAGMENTS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}


def read_docx(data: bytes, changes: Changes = "accepted") -> Reading:
    """The lines and tables of a .docx in reading order; Unreadable when it is not one or is too long."""
    package = WordPackage(data)
    try:
        notes = {kind: package.related(kind + "s") for kind in ("footnote", "endnote")}
        is_tracked = [settle(root, changes) for root in (package.body, *notes.values())]
        reader = _Reader(package, notes)
        if sum(1 for _ in package.body.iter(_P)) > MAX_PARAGRAPHS:
            raise Unreadable(
                "The document has more than %(limit)s paragraphs. Divide it.", code="too_many_paragraphs",
                limit=MAX_PARAGRAPHS,
            )
        return Reading(
            tuple(marking_gaps(reader.blocks(package.body))), (tracked(changes),) if any(is_tracked) else ()
        )
    finally:
        package.close()


class _Reader:
    def __init__(self, package: WordPackage, notes: Mapping[str, etree._Element | None]) -> None:
        self._styles = Styles(package.related("styles"))
        self._numbering = Numbering(package.related("numbering"))
        self._notes = {kind: _notes_by_id(root, kind) for kind, root in notes.items()}

    def blocks(self, container: etree._Element) -> Iterator[Block]:
        for element in container:
            if element.tag == _P:
                yield from self._paragraph(element)
            elif element.tag == _TBL:
                yield from self._table(element)
            elif element.tag == _SDT:
                content = _content(element)
                if content is not None and not _is_contents(element):
                    yield from self.blocks(content)
            elif element.tag in _KEPT:
                yield from self.blocks(element)

    def _paragraph(self, element: etree._Element) -> Iterator[Block]:
        properties = element.find(W + "pPr")
        named = properties.find(W + "pStyle") if properties is not None else None
        style = self._styles.paragraph(named.get(VAL) if named is not None else None)
        num_id, num_level = self._list_of(properties, style)
        mark = properties.find(W + "rPr") if properties is not None else None
        if is_on(mark, "vanish") and not any(_is_seen(run) for run in element.iter(_R)):
            return
        # Word counts every paragraph of a list, even one without words, and before the fields inside it.
        label = self._numbering.label(num_id, num_level) if num_id else ""
        text = _Text(self, style, (num_id, num_level))
        text.read(element)
        written = text.text()
        align, level = alignment(properties), outline_level(properties)
        yield Line(
            text=written,
            label=label if written.strip() else "",
            style=style.name,
            align=style.align if align is None else align,
            bold=text.is_bold(),
            level=style.level if level is None else level,
            hint=_hint(style.name),
            notes=tuple(self._note(kind, number) for kind, number in text.calls),
        )
        for box in text.boxes:
            yield from self.blocks(box)

    def _list_of(self, properties: etree._Element | None, style: Style) -> tuple[str, int]:
        num_id, level = list_of(properties)
        if num_id is None:
            num_id = style.num_id
            level = style.num_level if level is None else level
            if level is None and num_id:
                level = self._numbering.level_of_style(num_id, style.style_id)
        return num_id, level or 0

    def field_number(self, instruction: str, num_id: str, num_level: int) -> str:
        """What a LISTNUM field prints: the next number of a named list, else one level below the paragraph's own."""
        found = _LISTNUM.match(instruction)
        if found is None:
            return ""
        level, start = (re.search(rf"\\{switch}\s*(\d{{1,3}})", instruction) for switch in "ls")
        wanted = self._numbering.list_named(found["name"].lower()) if found["name"] else num_id
        index = int(level[1]) - 1 if level else num_level + 1
        if not wanted or not 0 <= index < LEVELS:
            return ""
        return self._numbering.label(wanted, index, start=int(start[1]) if start else None)

    def _note(self, kind: str, number: str) -> str:
        return self._notes[kind].get(number, "")

    def _table(self, element: etree._Element) -> Iterator[Block]:
        rows: list[list[str]] = []
        notes: list[str] = []
        for row in _rows(element):
            cells = [""] * _grid_columns(row.find(W + "trPr"), "gridBefore", 0)
            for cell in _cells(row):
                properties = cell.find(W + "tcPr")
                blocks = list(self.blocks(cell))
                cells.append("\n".join(filter(None, (_cell_text(block) for block in blocks))))
                notes.extend(note for block in blocks for note in block.notes)
                cells.extend([""] * (_grid_columns(properties, "gridSpan", 1) - 1))
            rows.append(cells)
        widest = max(map(len, rows), default=0)
        if widest * len(rows) > MAX_CELLS:
            raise Unreadable("A table in the document is too large. Divide it.", code="too_large_table")
        yield Grid(tuple(tuple(row + [""] * (widest - len(row))) for row in rows), tuple(filter(None, notes)))

    def style(self, style_id: str) -> Style:
        return self._styles.find(style_id)


@dataclass(slots=True)
class _Field:
    """A field being read: its instruction first (`is_code`), then its result."""

    instruction: str = ""
    is_code: bool = True


class _Text:
    """The words of one paragraph, and what hangs on them."""

    def __init__(self, reader: _Reader, style: Style, own_list: tuple[str, int]) -> None:
        self._reader = reader
        self._style = style
        self._own_list = own_list
        self._parts: list[str] = []
        self._bold = self._light = 0
        self._fields: list[_Field] = []
        self.calls: list[tuple[str, str]] = []
        self.boxes: list[etree._Element] = []

    def text(self) -> str:
        return "".join(self._parts)

    def is_bold(self) -> bool:
        return self._bold > 0 and self._light == 0

    def read(self, element: etree._Element) -> None:
        for child in element:
            if child.tag == _R:
                self._run(child)
            elif child.tag in _KEPT:
                self.read(child)
            elif child.tag == _SDT:
                if (content := _content(child)) is not None:
                    self.read(content)
            elif child.tag == _MC + "AlternateContent":
                self._hang(child)
            elif child.tag in OFFICE_MATH:
                self._parts.append(spoken(child))

    def _run(self, run: etree._Element) -> None:
        properties = run.find(W + "rPr")
        bold, hidden = self._style.bold, self._style.hidden
        raised = False
        if properties is not None:
            named = properties.find(W + "rStyle")
            if named is not None:
                style = self._reader.style(named.get(VAL, ""))
                bold, hidden = bold or style.bold, hidden or style.hidden
            bold = bold if (own := is_on(properties, "b")) is None else own
            hidden = hidden if (own := is_on(properties, "vanish")) is None else own
            align = properties.find(W + "vertAlign")
            raised = align is not None and align.get(VAL) == "superscript"
        for child in run:
            self._fragment(child, bold, hidden, raised)

    def _fragment(self, child: etree._Element, bold: bool, hidden: bool, raised: bool) -> None:
        tag = child.tag
        if tag == W + "fldChar":
            self._follow_field(child.get(W + "fldCharType"))
        elif tag == W + "instrText" and self._fields:
            self._fields[-1].instruction += child.text or ""
        elif hidden or any(field.is_code for field in self._fields):
            return
        elif tag == _T:
            text = child.text or ""
            if text.strip():
                self._bold += bold
                self._light += not bold
            self._parts.append(text.translate(_SUPERSCRIPT) if raised and text.strip().isdigit() else text)
        elif tag in _FRAGMENTS:
            self._parts.append(_FRAGMENTS[tag])
        elif tag == W + "sym":
            self._parts.append(_SYMBOLS.get(child.get(W + "char", "").upper()[-2:], ""))
        elif tag in (W + "footnoteReference", W + "endnoteReference"):
            self.calls.append((tag.removeprefix(W).removesuffix("Reference"), child.get(W + "id", "")))
        elif tag in (W + "drawing", W + "pict", W + "object", _MC + "AlternateContent"):
            self._hang(child)

    def _follow_field(self, kind: str | None) -> None:
        """A field's instruction is not text; its result, after the separator, is; a LISTNUM has none stored."""
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].is_code = False
        elif kind == "end" and self._fields:
            field = self._fields.pop()
            if field.is_code:
                self._parts.append(self._reader.field_number(field.instruction, *self._own_list))

    def _hang(self, element: etree._Element) -> None:
        """Keep the outermost text boxes; of two alternatives of the same box only the first is read."""
        for child in element:
            if child.tag == W + "txbxContent":
                self.boxes.append(child)
            elif child.tag != _MC + "Fallback" or element.find(_MC + "Choice") is None:
                self._hang(child)


def _notes_by_id(root: etree._Element | None, kind: str) -> dict[str, str]:
    notes: dict[str, str] = {}
    for note in root.findall(W + kind) if root is not None else ():
        if note.get(W + "type") in (None, "normal"):
            text = " ".join("".join(part.itertext(_T)) for part in note.iter(_P))
            notes[note.get(W + "id", "")] = text.strip()
    return notes


def _is_contents(sdt: etree._Element) -> bool:
    gallery = sdt.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and "Contents" in gallery.get(VAL, "")


def _hint(style: str) -> str:
    if _CONTENTS_STYLE.match(style):
        return "contents"
    return "quote" if _QUOTE_STYLE.match(style) else ""


def _content(control: etree._Element) -> etree._Element | None:
    """What a content control holds; None for one that still shows its prompt."""
    properties = control.find(W + "sdtPr")
    return None if is_on(properties, "showingPlcHdr") else control.find(W + "sdtContent")


def _is_seen(run: etree._Element) -> bool:
    return not is_on(run.find(W + "rPr"), "vanish") and run.find(_T) is not None


def _grid_columns(properties: etree._Element | None, name: str, default: int) -> int:
    """How many columns of the grid a cell spans, or a row leaves free before its first cell."""
    found = properties.find(W + name) if properties is not None else None
    value = found.get(VAL, "") if found is not None else ""
    return min(int(value), 64) if value.isdecimal() and len(value) < 6 else default


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == W + "tr":
            yield child
        elif child.tag == _SDT or child.tag in _KEPT:
            yield from _rows(child if child.tag != _SDT else child.find(W + "sdtContent"))


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == W + "tc":
            yield child
        elif child.tag == _SDT or child.tag in _KEPT:
            yield from _cells(child if child.tag != _SDT else child.find(W + "sdtContent"))


def _cell_text(block: Block) -> str:
    if isinstance(block, Grid):
        return "\n".join(" | ".join(filter(None, row)) for row in block.rows)
    return f"{block.label} {block.text}".strip()
