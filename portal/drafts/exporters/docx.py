"""How does a text become a Word file: real headings, hanging numbers, tables, and marks to read it back by?

Elements are made directly: python-docx looks the style up anew for each paragraph, which for a code takes half a
minute. A part of custom XML lists what each paragraph is; words and numbers stand in the document alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from portal.drafts.exporters.docx_frame import STYLES, attach_marks, dress
from portal.drafts.exporters.docx_rows import table_row, valued
from portal.drafts.exporters.facts import line
from portal.drafts.exporters.publication import Publication, printable
from portal.drafts.labels import label_of, mark_of
from portal.drafts.structure import Kind, Provision

WORDED = frozenset({
    Kind.part, Kind.section, Kind.subsection, Kind.chapter, Kind.paragraph, Kind.article, Kind.annex,
})  # fmt: skip
LONGEST_BOOKMARK = 40
_DEEPEST = 6
_CELL_WIDTH = 9000  # of a whole table, in twentieths of a point
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def to_docx(publication: Publication, language: str) -> bytes:
    """The bytes of a .docx."""
    document = Document()
    outline = publication.texts[language]
    dress(document, title=publication.title(language), head=line(publication, language), language=language)
    writer = _Writer(document, language)
    if outline.title:
        for part in outline.title.split("\n"):
            writer.add("title", "Title", part)
    for unit in outline.provisions:
        writer.unit(unit, 1, 0)
    attach_marks(document, language, writer.marks)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def prefix_of(unit: Provision, language: str) -> str:
    """The number as printed before a unit's words: "2-тарау.", "3.", "4)"; "" where there is none."""
    if not unit.number:
        return ""
    return f"{label_of(unit, language)}." if unit.kind in WORDED else mark_of(unit)


def bookmark_of(unit: Provision, place: int) -> str:
    """The name by which a place in the file is linked: the unit's key, where Word takes one so long."""
    name = unit.key.replace("-", "_")
    return name if len(name) <= LONGEST_BOOKMARK and name[:1].isalpha() else f"unit_{place}"


class _Writer:
    """Paragraphs go before the last element, which are the properties of the page."""

    def __init__(self, document: DocumentType, language: str) -> None:
        self.marks: list[dict[str, str]] = []
        self._language = language
        self._end = document.element.body[-1]
        self._names: set[str] = set()

    def unit(self, unit: Provision, level: int, depth: int) -> None:
        """A unit with all it holds."""
        self._open(unit, level, depth)
        for note in unit.notes:
            self.add("note", "Law note", note)
        deeper = min(level + 1, _DEEPEST) if unit.heading or unit.kind in WORDED else level
        for child in unit.children:
            self.unit(child, deeper, depth + 1)

    def _open(self, unit: Provision, level: int, depth: int) -> None:
        name = self._bookmark(unit)
        mark = {"u": unit.kind.value, "key": unit.key, "n": unit.number, "d": str(depth), "b": name}
        prefix, lines = prefix_of(unit, self._language), unit.text.split("\n") if unit.text else []
        style = f"Heading {level}" if unit.kind in WORDED and (unit.heading or not lines) else STYLES[unit.kind]
        if unit.heading:
            self.add("head", style, unit.heading, prefix, mark, heading=True)
        elif lines:
            self.add("lead", style, lines.pop(0), prefix, mark, heading=unit.kind in WORDED)
        elif not unit.rows or prefix:
            self.add("bare", style, "", prefix, mark)
        for text in lines:
            self.add("text", STYLES[Kind.indent] if unit.kind in WORDED else "Law continued", text)
        if unit.rows:
            is_first = not (unit.heading or unit.text or prefix)
            self._table(unit.rows, mark if is_first else {}, name if is_first else "")

    def _bookmark(self, unit: Provision) -> str:
        name = bookmark_of(unit, len(self._names))
        if name in self._names:
            name = f"unit_{len(self._names)}"
        self._names.add(name)
        return name

    def add(
        self, role: str, style: str, text: str, prefix: str = "", mark: dict[str, str] | None = None, *,
        heading: bool = False,
    ) -> None:  # fmt: skip
        """One paragraph and what it is; a number is parted from the words by a tab, in a heading by a space."""
        paragraph = _paragraph(style)
        if mark:
            _bookmark(paragraph, len(self._names), mark["b"])
        joint = (" " if heading else "\t") if prefix and text else ""
        _words(paragraph, f"{prefix}{joint}{text}")
        self._end.addprevious(paragraph)
        self.marks.append({"r": role, **(mark or {})})

    def _table(self, rows: Sequence[Sequence[str]], mark: dict[str, str], bookmark: str) -> None:
        table, width = OxmlElement("w:tbl"), max((len(row) for row in rows), default=1) or 1
        table.append(_properties("w:tblPr", ("w:tblStyle", "TableGrid"), ("w:tblW", None)))
        grid = OxmlElement("w:tblGrid")
        for _ in range(width):
            grid.append(valued("w:gridCol", **{"w:w": str(_CELL_WIDTH // width)}))
        table.append(grid)
        for place, row in enumerate(rows):
            cells = [_cell(text) for text in row or ("",)]  # Word refuses a row without cells
            is_head = place == 0 and len(rows) > 1
            table.append(table_row([_CELL_WIDTH // width] * len(cells), cells, is_head=is_head))
        if bookmark:
            _bookmark(next(table.iter(qn("w:p"))), len(self._names), bookmark)
        self._end.addprevious(table)
        self.marks.append({"r": "rows", **mark})
        self._end.addprevious(_paragraph("Law gap"))  # Word joins tables that touch
        self.marks.append({"r": "gap"})


def _cell(text: str) -> list[BaseOxmlElement]:
    paragraphs = []
    for part in text.split("\n"):
        paragraphs.append(_paragraph("Law cell"))
        _words(paragraphs[-1], part)
    return paragraphs


def _paragraph(style: str) -> BaseOxmlElement:
    paragraph = OxmlElement("w:p")
    paragraph.append(_properties("w:pPr", ("w:pStyle", style.replace(" ", ""))))
    return paragraph


def _bookmark(paragraph: BaseOxmlElement, number: int, name: str) -> None:
    start = valued("w:bookmarkStart", **{"w:id": str(number), "w:name": name})
    paragraph.append(start)
    paragraph.append(valued("w:bookmarkEnd", **{"w:id": str(number)}))


def _words(paragraph: BaseOxmlElement, text: str) -> None:
    """A run; tabs and line breaks are elements in Word."""
    if not text:
        return
    run = OxmlElement("w:r")
    for place, tabbed in enumerate(printable(text).split("\n")):
        if place:
            run.append(OxmlElement("w:br"))
        for stop, words in enumerate(tabbed.split("\t")):
            if stop:
                run.append(OxmlElement("w:tab"))
            element = OxmlElement("w:t")
            element.text = words
            element.set(_SPACE, "preserve")
            run.append(element)
    paragraph.append(run)


def _properties(name: str, *values: tuple[str, str | None]) -> BaseOxmlElement:
    element = OxmlElement(name)
    for tag, value in values:
        element.append(valued(tag, **({"w:val": value} if value else {})) if tag != "w:tblW" else _full_width())
    return element


def _full_width() -> BaseOxmlElement:
    return valued("w:tblW", **{"w:w": "5000", "w:type": "pct"})
