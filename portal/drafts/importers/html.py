"""What does a web page say, line by line, without the site around it?"""

from __future__ import annotations

import re

from lxml import etree

from portal.drafts.importers.blocks import Block, Grid, Line
from portal.drafts.importers.html_notes import Footnotes
from portal.drafts.importers.html_page import SKIPPED, is_chrome, main_part
from portal.drafts.importers.html_styles import Look, StyleSheet
from portal.drafts.importers.letters import decode
from portal.kernel.files import Unreadable

MAX_LINES = 80_000
_MAX_MARKS = 3_000_000
_MAX_CELLS = 400_000
_MAX_SPAN = 64
# A tag with its attributes; with too many of them the parser, which compares each with all others, would never end.
_TAG = re.compile(
    r"<[A-Za-z][^\s>/]*+"
    r"""(?:[\s/]*+[^\s=>/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+){0,1000}+(?P<more>[\s/]*+[^\s=>/])?"""
)

_SPACE = re.compile(r"[ \t\r\n\f]+")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NUMBER = re.compile(
    r"\s*(?:\d{1,4}[A-Z]{0,3}[.)]?|\(\w{1,5}\)|[\d.]{3,12}|[A-Za-zА-Яа-я][.)]"
    r"|(?:part|chapter|schedule|section|article)\s\w{1,6})\s*",
    re.IGNORECASE,
)
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset({
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li",
    "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
_LETTERS = {"a": "abcdefghijklmnopqrstuvwxyz", "A": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
# A cell of a data table holds words; one with as many paragraphs as this holds a part of the page.
_LAYOUT_PARAGRAPHS = 12


def read_html(data: bytes) -> list[Block]:
    """The lines and tables of a page in reading order; Unreadable when it is too long or nested past reading.

    Nothing outside the data is ever fetched. Tracked and hidden text is left out; a note the page links to becomes
    a note of the line that calls it.
    """
    return read_html_text(decode(data))


def read_html_text(text: str) -> list[Block]:
    """As `read_html`, for text whose letters are known already."""
    if text.count("<") > _MAX_MARKS or any(tag["more"] for tag in _TAG.finditer(text)):
        raise Unreadable("The page is too long. Divide the document.", code="too_long")
    parser = etree.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    body = _DECLARATION.sub("", text, count=1).replace("\0", "")
    try:
        root = etree.fromstring(body.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise Unreadable("The page is nested too deeply or has an endless line: it is no ordinary text.", code="too_deep")
    if root is None:
        return []
    return _Reader(root).blocks()


class _Run:
    """The words of a line that is being read."""

    __slots__ = ("bold", "light", "notes", "parts")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.bold = self.light = 0
        self.notes: list[str] = []

    def add(self, text: str, look: Look) -> None:
        if text.strip():
            if look.bold:
                self.bold += 1
            else:
                self.light += 1
            if look.raised and text.strip().isdigit() and self.parts:
                text = text.strip().translate(_SUPERSCRIPT)
            elif len(self.parts) == 1 and not text[0].isspace() and _NUMBER.fullmatch(self.parts[0]):
                # Sites set the number and the words after it side by side by their style sheets.
                self.parts.append("" if self.parts[0][-1:].isspace() else "\t")
        self.parts.append(text)


class _Reader:
    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._sheet = StyleSheet(root)
        self._notes = Footnotes(root)
        self._run = _Run()
        self._gap = False
        self._lines: list[Block] = []
        self._pending = ""
        self._counted: dict[etree._Element, int] = {}

    def blocks(self) -> list[Block]:
        self._walk(main_part(self._root), Look(), 0, "")
        self._end(Look(), 0, "")
        return self._lines

    def _walk(self, element: etree._Element, outer: Look, level: int, hint: str) -> None:
        look = self._sheet.look(element).over(outer)
        tag = element.tag
        if tag == "table" and not self._is_layout(element):
            self._end(outer, level, hint)
            self._table(element, look)
            return
        is_block = tag in _BLOCKS
        if is_block:
            self._end(outer, level, hint)
        level = _LEVELS.get(tag, level)
        hint = "quote" if tag == "blockquote" else hint
        if tag == "li":
            self._pending = self._item_label(element)
        self._text(element.text, look, tag)
        for child in element:
            self._child(child, look, level, hint)
            self._text(child.tail, look, tag)
        if is_block:
            self._end(look, level, hint)

    def _child(self, child: etree._Element, look: Look, level: int, hint: str) -> None:
        tag = child.tag
        if tag == "br":
            self._run.parts.append("\n")
        elif isinstance(tag, str) and tag not in SKIPPED:
            if (note := self._notes.called_by(child)) is not None:
                self._run.notes.append(note)
            elif not self._notes.is_note(child) and not is_chrome(child) and not self._sheet.look(child).hidden:
                self._walk(child, look, level, hint)

    def _text(self, text: str | None, look: Look, tag: str) -> None:
        if text:
            self._run.add(text if tag == "pre" else _SPACE.sub(" ", text), look)

    def _end(self, look: Look, level: int, hint: str) -> None:
        run, self._run = self._run, _Run()
        text = "".join(run.parts)
        if not text.strip():
            self._gap = self._gap or bool(run.parts)
            if run.notes and self._lines and isinstance(self._lines[-1], Line):
                self._lines[-1] = _noted(self._lines[-1], run.notes)
            return
        label, self._pending = self._pending, ""
        text = text.strip()
        self._add(Line(
            text=text, label="" if _NUMBER.match(text) else label,
            align=look.align if look.align in ("center", "right") else "",
            bold=run.bold > 0 and run.light == 0, level=level, gap=self._gap, hint=hint, notes=tuple(run.notes),
        ))  # fmt: skip

    def _add(self, block: Block) -> None:
        if len(self._lines) >= MAX_LINES:
            raise Unreadable(
                "The document has more than %(limit)s paragraphs. Divide it.", code="too_many_paragraphs", limit=MAX_LINES
            )
        self._lines.append(block)
        self._gap = False

    def _item_label(self, item: etree._Element) -> str:
        """The number a browser prints before an item of a numbered list, as law writes it: «1.», in another list «1)»."""
        lists = item.getparent()
        if lists is None or lists.tag != "ol":
            return ""
        given = (item.get("value") or "").strip()
        place = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else \
            self._counted.get(lists, _first_number(lists) - 1) + 1  # fmt: skip
        self._counted[lists] = place
        if (letters := _LETTERS.get(lists.get("type") or "")) and 0 < place <= len(letters):
            return f"({letters[place - 1]})"
        return f"{place})" if any(parent.tag == "ol" for parent in lists.iterancestors()) else f"{place}."

    def _is_layout(self, table: etree._Element) -> bool:
        if table.get("role") in ("presentation", "none"):
            return True
        if next(table.iterdescendants("table"), None) is not None:
            return True
        cells = [cell for cell in table.iter("td", "th")]
        return any(
            sum(1 for _ in cell.iter("p", "h1", "h2", "h3", "h4", "li", "div")) > _LAYOUT_PARAGRAPHS for cell in cells
        )

    def _table(self, table: etree._Element, look: Look) -> None:
        for caption in table.iter("caption"):
            self._walk(caption, look, 0, "")
        rows: list[list[str]] = []
        notes: list[str] = []
        spans: dict[int, int] = {}
        total = 0
        for row in table.iter("tr"):
            cells, spans = self._row(row, spans, notes)
            total += len(cells)
            if total > _MAX_CELLS:
                raise Unreadable("A table in the document is too large. Divide it.", code="too_large_table")
            rows.append(cells)
        widest = max(map(len, rows), default=0)
        if widest * len(rows) > _MAX_CELLS:
            raise Unreadable("A table in the document is too large. Divide it.", code="too_large_table")
        if widest:
            self._add(Grid(tuple(tuple(row + [""] * (widest - len(row))) for row in rows), tuple(notes)))

    def _row(self, row: etree._Element, above: dict[int, int], notes: list[str]) -> tuple[list[str], dict[int, int]]:
        """The cells of a row, with empty ones where cells from above or from the left reach; and how far down they go."""
        cells: list[str] = []
        below: dict[int, int] = {place: left - 1 for place, left in above.items() if left > 1}
        for cell in row.iterchildren("td", "th"):
            while len(cells) in above:
                cells.append("")
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            if height > 1:
                below.update({len(cells) + place: height - 1 for place in range(width)})
            cells.append(self._cell(cell, notes))
            cells.extend([""] * (width - 1))
        while len(cells) in above:
            cells.append("")
        return cells, below

    def _cell(self, cell: etree._Element, notes: list[str]) -> str:
        """The words of a cell; its lines are read as those of a page are, and set one below the other."""
        kept, self._lines, gap = self._lines, [], self._gap
        self._walk(cell, Look(), 0, "")
        lines, self._lines, self._gap = self._lines, kept, gap
        for line in lines:
            notes.extend(line.notes)
        return "\n".join(f"{line.label} {line.text}".strip() for line in lines if isinstance(line, Line))


def _noted(line: Line, notes: list[str]) -> Line:
    return Line(line.text, line.label, line.style, line.align, line.bold, line.level, line.gap, line.hint,
                (*line.notes, *notes))  # fmt: skip


def _span(cell: etree._Element, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), _MAX_SPAN) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def _first_number(lists: etree._Element) -> int:
    start = (lists.get("start") or "1").strip()
    return int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1
