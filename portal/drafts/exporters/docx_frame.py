"""What does an exported Word file look like round its text: styles, page, head and foot, properties, marks?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from docx.document import Document as DocumentType
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from lxml import etree

from portal.drafts.structure import Kind

MARKS = "urn:talqy:marks:1"
# Kind → paragraph style of a unit's words
STYLES = {
    Kind.point: "Law point", Kind.subpoint: "Law subpoint", Kind.indent: "Law indent", Kind.table: "Law indent",
    **dict.fromkeys(
        (Kind.part, Kind.section, Kind.subsection, Kind.chapter, Kind.paragraph, Kind.article, Kind.annex), "Law article"
    ),
}  # fmt: skip
# style → (left edge, edge of the first line) in centimetres: the number hangs in between
_EDGES = {
    "Law article": (0.0, 0.0), "Law point": (1.0, -1.0), "Law subpoint": (2.0, -1.0), "Law indent": (1.0, 0.0),
    "Law continued": (1.0, 0.0), "Law note": (1.0, 0.0), "Law cell": (0.0, 0.0), "Law gap": (0.0, 0.0),
}  # fmt: skip
_BCP47 = {"kk": "kk-KZ", "ru": "ru-RU", "en": "en-GB"}
# python-docx writes the moment of making into the file; without it the same text gives the same bytes
_MADE = datetime(2026, 1, 1)


def dress(document: DocumentType, *, title: str, head: str, language: str) -> None:
    """Styles, language, A4, the facts of the draft at the head of each page and its number at the foot."""
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(12)
    normal.element.rPr.append(_element("w:lang", **{"w:val": _BCP47[language]}))
    for level in range(1, 7):
        _plain_heading(document, f"Heading {level}", 16 - level)
    _plain_heading(document, "Title", 16)
    document.styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for name, (left, first) in _EDGES.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.paragraph_format.left_indent, style.paragraph_format.first_line_indent = Cm(left), Cm(first)
        style.paragraph_format.space_after = Pt(0 if name in ("Law cell", "Law gap") else 4)
        if name == "Law note":
            style.font.italic = True
    _frame(document, title, head, language)


def _plain_heading(document: DocumentType, name: str, size: int) -> None:
    style = document.styles[name]
    style.font.name, style.font.size, style.font.bold = "Times New Roman", Pt(size), True
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{attribute}"), None)


def _frame(document: DocumentType, title: str, head: str, language: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(2)
    section.header.paragraphs[0].text = head
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = _element("w:fldSimple", **{"w:instr": "PAGE"})
    foot._p.append(field)
    properties = document.core_properties
    properties.title, properties.language, properties.author = title[:255], _BCP47[language], "Talqy"
    properties.comments = ""
    properties.created = properties.modified = _MADE


def attach_marks(document: DocumentType, language: str, marks: Sequence[dict[str, str]]) -> None:
    """The list of what each paragraph is, as a part of custom XML that Word keeps untouched."""
    root = etree.Element(f"{{{MARKS}}}marks", {"language": language}, nsmap={None: MARKS})
    for mark in marks:
        etree.SubElement(root, f"{{{MARKS}}}m", mark)
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    part = Part(PackURI("/customXml/item9.xml"), "application/xml", data, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def _element(name: str, **attributes: str) -> etree._Element:
    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(attribute), value)
    return element
