"""Which outline does an Akoma Ntoso file of the portal hold?"""

from __future__ import annotations

from lxml import etree

from portal.drafts.exporters.akn import ELEMENTS, NAMESPACE
from portal.drafts.exporters.akn_meta import PORTAL_ADDRESS
from portal.drafts.exporters.publication import LANGUAGE_CODES
from portal.drafts.importers.marked.units import DEEPEST, Unit, Unmarked, open_unit, outline_of
from portal.drafts.structure import Kind, Outline

_LANGUAGES = {long: short for short, long in LANGUAGE_CODES.items()}
_KINDS = {name: kind for kind, name in ELEMENTS.items() if name != "hcontainer"}
_EMPTY = "body__empty"


def read_akn(data: bytes, language: str | None) -> Outline:
    """The text in the language asked, or the first; Unmarked for any other file."""
    if PORTAL_ADDRESS.encode() not in data[:20_000] or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Unmarked
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Unmarked from None
    bills = {_language(bill): bill for bill in root.iter(_tag("bill"))}
    code = language if language in bills else next(iter(bills), "")
    if code not in bills:
        raise Unmarked
    return _outline(bills[code], code)


def _language(bill: etree._Element) -> str:
    found = bill.find(f".//{_tag('FRBRlanguage')}")
    return _LANGUAGES.get("" if found is None else found.get("language", ""), "")


def _outline(bill: etree._Element, language: str) -> Outline:
    title = "\n".join(_text(part) for part in bill.iterfind(f"{_tag('preface')}//{_tag('docTitle')}"))
    body = bill.find(_tag("body"))
    if body is None:
        raise Unmarked
    units = [_unit(child, 0) for child in body if child.get("eId") != _EMPTY]
    for attachment in bill.iterfind(f"{_tag('attachments')}/{_tag('attachment')}"):
        units.append(_attachment(attachment))
    return outline_of(language, title, units)


def _attachment(element: etree._Element) -> Unit:
    annex = open_unit(element.get("eId", ""), Kind.annex.value, "")
    _name(annex, element)
    main = element.find(f"{_tag('doc')}/{_tag('mainBody')}")
    if main is None:
        raise Unmarked
    for child in main:
        if _name_of(child) == "p":
            _line(annex, child)
        else:
            annex.children.append(_unit(child, 1))
    return annex


def _unit(element: etree._Element, depth: int) -> Unit:
    name = _name_of(element)
    kind = element.get("name", "") if name == "hcontainer" else _KINDS.get(name, Kind.indent).value
    if depth > DEEPEST or (name not in _KINDS and name != "hcontainer"):
        raise Unmarked
    unit = open_unit(element.get("eId", ""), kind, "")
    _name(unit, element)
    for child in element:
        name = _name_of(child)
        if name in ("content", "intro"):
            for block in child:
                _block(unit, block)
        elif name not in ("num", "heading"):
            unit.children.append(_unit(child, depth + 1))
    return unit


def _name(unit: Unit, element: etree._Element) -> None:
    """Number and heading with their notes."""
    for child in element:
        name = _name_of(child)
        if name == "num":
            unit.number = child.get("title", "")
            if unit.number not in _text(child):
                raise Unmarked  # the printed number was changed
        elif name == "heading":
            unit.heading = _text(child)
        else:
            continue
        _take_notes(unit, child)


def _block(unit: Unit, block: etree._Element) -> None:
    name = _name_of(block)
    if name == "table":
        unit.rows = tuple(
            tuple("\n".join(_text(part) for part in cell) for cell in row) for row in block.iter(_tag("tr"))
        )
    elif name == "p":
        _line(unit, block)
    else:
        raise Unmarked


def _line(unit: Unit, paragraph: etree._Element) -> None:
    """A line of words, unless the paragraph is there for its notes alone."""
    text = _text(paragraph)
    if text or (not len(paragraph) and (unit.lines or paragraph.getnext() is not None)):
        unit.lines.append(text)
    _take_notes(unit, paragraph)


def _take_notes(unit: Unit, element: etree._Element) -> None:
    for note in element.iterfind(_tag("authorialNote")):
        unit.notes.append("\n".join(_text(part) for part in note))


def _text(element: etree._Element) -> str:
    """Its words without those of its notes."""
    words = [element.text or ""]
    for child in element:
        if _name_of(child) != "authorialNote":
            raise Unmarked
        words.append(child.tail or "")
    return "".join(words)


def _name_of(element: etree._Element) -> str:
    return etree.QName(element).localname


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
