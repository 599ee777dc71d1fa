"""How does a report become a Word file in the official form?"""

from __future__ import annotations

import re
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt
from flask_babel import gettext as _

from portal.drafts.exporters.docx_rows import table_row, valued
from portal.reports.presentation import PresentedReport, ReportedComment, Rows

FONT = "Times New Roman"
LOCALES = {"kk": "kk-KZ", "ru": "ru-RU", "en": "en-GB"}
WIDTHS = (Cm(1.6), Cm(4.2), Cm(9.2), Cm(3.2), Cm(8.0))
# XML 1.0 has no place for these, not even escaped
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def render_docx(report: PresentedReport) -> bytes:
    """The whole report as a .docx file, landscape, with repeated table heads and page numbers."""
    document = Document()
    _prepare(document, report.language)
    heading = document.add_heading(report.title, level=1)
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title = document.add_paragraph(_printable(f"«{report.draft_title}»"))
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add_rows(document, report.facts)
    document.add_heading(_("Numbers"), level=2)
    _add_rows(document, report.numbers)
    document.add_heading(_("Results of consideration"), level=2)
    _add_rows(document, report.decisions)
    document.add_heading(_("Table of comments and results of their consideration"), level=2)
    _add_comments(document, report)
    if report.hidden:
        document.add_heading(_("Comments hidden by a moderator"), level=2)
        _add_rows(document, report.hidden)
    document.add_heading(_("What this report can be checked by"), level=2)
    _add_rows(document, report.proof)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _prepare(document: DocumentType, language: str) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.7)
    section.top_margin = section.bottom_margin = Cm(1.7)
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
        style = document.styles[name]
        style.font.name = FONT
        properties = style.element.get_or_add_rPr()
        fonts = properties.find(qn("w:rFonts"))
        for attribute in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(attribute), FONT)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(theme), None)
        properties.append(valued("w:lang", **{"w:val": LOCALES[language]}))
    document.styles["Normal"].font.size = Pt(11)
    document.core_properties.language = LOCALES[language]
    _add_page_number(section.footer.paragraphs[0]._p)


def _add_rows(document: DocumentType, rows: Rows) -> None:
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for name, value in rows:
        table._tbl.append(_row((Cm(9), Cm(17.2)), [[(name, True)], [(value, False)]]))


def _add_comments(document: DocumentType, report: PresentedReport) -> None:
    if not report.provisions:
        document.add_paragraph(_("No comments were received."))
        return
    for unit in report.provisions:
        document.add_heading(_printable(unit.label), level=3)
        table = document.add_table(rows=0, cols=len(WIDTHS), style="Table Grid")
        heads = ("№", _("Author, date, stance"), _("Comment"), _("Result"), _("Reason, responsible unit, date"))
        table._tbl.append(_row(WIDTHS, [[(head, True)] for head in heads], is_head=True))
        for comment in unit.comments:
            table._tbl.append(_row(WIDTHS, _cells(comment)))


def _cells(comment: ReportedComment) -> list[list[tuple[str, bool]]]:
    text = [(line, False) for line in comment.text.splitlines() if line.strip()]
    if comment.proposed:
        text.append((_("Proposed wording: %(text)s", text=" ".join(comment.proposed.split())), False))
    return [
        [(str(comment.id), False)],
        [(comment.author, True), (comment.posted, False), (comment.stance, False), (comment.support, False)],
        text,
        [(comment.decision, True)],
        [*((line, False) for line in comment.reason.splitlines() if line.strip()), (comment.answered, False)],
    ]


def _row(widths: tuple[Cm, ...], cells: list[list[tuple[str, bool]]], is_head: bool = False) -> BaseOxmlElement:
    shown = [[(text, bold) for text, bold in paragraphs if text] or [("", False)] for paragraphs in cells]
    paragraphs = [[_paragraph(text, bold) for text, bold in cell] for cell in shown]
    return table_row([width.twips for width in widths], paragraphs, is_head=is_head)


def _paragraph(text: str, bold: bool) -> BaseOxmlElement:
    paragraph, run = OxmlElement("w:p"), OxmlElement("w:r")
    properties = OxmlElement("w:pPr")
    properties.append(valued("w:spacing", **{"w:after": "40"}))
    paragraph.append(properties)
    if bold:
        run_properties = OxmlElement("w:rPr")
        run_properties.append(OxmlElement("w:b"))
        run.append(run_properties)
    words = OxmlElement("w:t")
    words.text = _printable(text)
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(words)
    paragraph.append(run)
    return paragraph


def _add_page_number(paragraph: BaseOxmlElement) -> None:
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = OxmlElement("w:r")
        if kind:
            run.append(valued("w:fldChar", **{"w:fldCharType": kind}))
        else:
            instruction = OxmlElement("w:instrText")
            instruction.text = text
            run.append(instruction)
        paragraph.append(run)


def _printable(text: str) -> str:
    return UNPRINTABLE.sub("", text)
