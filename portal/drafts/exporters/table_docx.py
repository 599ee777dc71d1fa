"""How does a comparative table become a Word file in the official form: landscape, four columns, heads on each page?"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt

from portal.drafts.comparative.document import TableDocument
from portal.drafts.exporters.docx_frame import dress
from portal.drafts.exporters.docx_rows import table_row, valued
from portal.drafts.exporters.publication import printable

_WIDTHS = (Cm(3.7), Cm(8.6), Cm(8.6), Cm(5.4))
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def table_to_docx(table: TableDocument) -> bytes:
    """The bytes of a .docx. Rows are made as elements directly, so that thousands take seconds."""
    document = Document()
    dress(document, title=f"{table.title}: {table.draft_title}", head=f"№ {table.draft_number}", language=table.language)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.7)
    document.styles["Normal"].font.size = Pt(11)
    document.add_paragraph(table.title, style="Title")
    name = document.add_paragraph(printable(table.draft_title))
    name.alignment = WD_ALIGN_PARAGRAPH.CENTER
    grid = document.add_table(rows=0, cols=len(_WIDTHS), style="Table Grid")
    for column, width in zip(grid.columns, _WIDTHS, strict=True):
        column.width = width
    grid._tbl.append(_row(table.heads, is_head=True))
    for cells in table.rows:
        grid._tbl.append(_row(cells))
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _row(cells: Sequence[str], *, is_head: bool = False) -> BaseOxmlElement:
    paragraphs = [[_paragraph(line, is_bold=is_head) for line in printable(text).split("\n")] for text in cells]
    return table_row([width.twips for width in _WIDTHS], paragraphs, is_head=is_head)


def _paragraph(text: str, *, is_bold: bool) -> BaseOxmlElement:
    paragraph, properties = OxmlElement("w:p"), OxmlElement("w:pPr")
    properties.append(valued("w:pStyle", **{"w:val": "Lawcell"}))
    paragraph.append(properties)
    if not text:
        return paragraph
    run, words = OxmlElement("w:r"), OxmlElement("w:t")
    if is_bold:
        bold = OxmlElement("w:rPr")
        bold.append(OxmlElement("w:b"))
        run.append(bold)
    words.text = text.replace("\t", " ")
    words.set(_SPACE, "preserve")
    run.append(words)
    paragraph.append(run)
    return paragraph
