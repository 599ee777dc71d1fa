"""Which outline does an HTML file of the portal hold?"""

from __future__ import annotations

from lxml import etree, html

from portal.drafts.exporters.html import printed_mark
from portal.drafts.importers.marked.units import DEEPEST, Unit, Unmarked, open_unit, outline_of
from portal.drafts.structure import Outline


def read_html(data: bytes, language: str | None) -> Outline:
    """The outline its elements tell; Unmarked for any other file, and for one with something between the units."""
    if b"<main data-act=" not in data:
        raise Unmarked
    try:
        root = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8", no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise Unmarked from None
    main = root.find(".//main[@data-act]")
    if main is None:
        raise Unmarked
    code, title, units = main.get("data-act", ""), "", []
    for child in main:
        if child.tag == "h1" and not units:
            title = "" if child.get("data-title") else _words(child)
        else:
            units.append(_unit(child, code, 0))
    return outline_of(code, title, units)


def _unit(element: html.HtmlElement, language: str, depth: int) -> Unit:
    if depth > DEEPEST or element.tag not in ("section", "div") or _is_loose(element.text):
        raise Unmarked
    unit = open_unit(element.get("id", ""), element.get("data-unit", ""), element.get("data-number", ""))
    seen = ""
    for child in element:
        if _is_loose(child.tail):
            raise Unmarked
        if child.get("data-unit"):
            unit.children.append(_unit(child, language, depth + 1))
        else:
            seen += _part(unit, child)
    if seen != printed_mark(unit.freeze(), language):
        raise Unmarked  # the number was changed by hand
    return unit


def _part(unit: Unit, child: html.HtmlElement) -> str:
    """What one element adds to a unit; returns the number printed in it."""
    if child.tag == "table":
        unit.rows = tuple(tuple(_words(cell) for cell in row if cell.tag in ("td", "th")) for row in child.iter("tr"))
        return ""
    if child.tag == "p" and child.get("class") == "note":
        unit.notes.append(_words(child))
        return ""
    mark = child.find("span[@class='mark']")
    if child.tag == "p":
        words = child.find("span[last()]")
        if words is None:
            raise Unmarked
        if words is not mark:
            unit.lines.append(_words(words))
    elif child.tag in ("h2", "h3", "h4", "h5", "h6"):
        unit.heading = _words(child.find("span[@class='heading']"))
    else:
        raise Unmarked
    return "" if mark is None else _words(mark)


def _words(element: html.HtmlElement | None) -> str:
    if element is None:
        raise Unmarked
    for line_break in element.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    return str(element.text_content())


def _is_loose(text: str | None) -> bool:
    return bool(text and text.strip())
