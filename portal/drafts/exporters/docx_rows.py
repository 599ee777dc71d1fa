"""How is a row of a Word table made?

Of elements, directly: python-docx looks a cell up anew for each access, which for thousands of rows takes minutes.
"""

from __future__ import annotations

from collections.abc import Sequence

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement


def table_row(
    widths: Sequence[int], cells: Sequence[Sequence[BaseOxmlElement]], *, is_head: bool = False
) -> BaseOxmlElement:
    """A row of cells of paragraphs; widths in twentieths of a point. A head is repeated on each page."""
    row = OxmlElement("w:tr")
    if is_head:
        properties = OxmlElement("w:trPr")
        properties.append(OxmlElement("w:tblHeader"))
        row.append(properties)
    for width, paragraphs in zip(widths, cells, strict=True):
        cell, properties = OxmlElement("w:tc"), OxmlElement("w:tcPr")
        properties.append(valued("w:tcW", **{"w:w": str(width), "w:type": "dxa"}))
        cell.append(properties)
        cell.extend(paragraphs)
        row.append(cell)
    return row


def valued(name: str, **attributes: str) -> BaseOxmlElement:
    """An element with attributes, all names with their prefixes."""
    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(attribute), value)
    return element
