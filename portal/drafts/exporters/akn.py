"""How does a version read in Akoma Ntoso 3.0 (OASIS LegalDocML 1.0)?

A text is a `bill`, or the `act` it became, whose eIds are the keys of provisions and of rows and cells of tables. Several languages are expressions of one work: components of a
`documentCollection`. Annexes at the end are attachments. An eId is unique in its document; the keys of a text are.
Numbers stand in `num` as they are printed; amending quotations are words of their unit and stay text.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from portal.drafts.exporters.akn_meta import collection_meta, expression_meta, work_of
from portal.drafts.exporters.publication import Publication, printable
from portal.drafts.cells import TablePlace, cell_keys
from portal.drafts.labels import label_of, mark_of
from portal.drafts.structure import Kind, Outline, Provision

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
# Kind → element; what the standard has no word for is an hcontainer of that name.
ELEMENTS = {
    Kind.part: "part", Kind.section: "section", Kind.subsection: "subsection", Kind.chapter: "chapter",
    Kind.paragraph: "paragraph", Kind.article: "article", Kind.point: "point", Kind.subpoint: "subparagraph",
    Kind.indent: "indent", Kind.annex: "hcontainer", Kind.table: "hcontainer",
}  # fmt: skip
_WORDED = frozenset({
    Kind.part, Kind.section, Kind.subsection, Kind.chapter, Kind.paragraph, Kind.article, Kind.annex,
})  # fmt: skip


def to_akn(publication: Publication, language: str | None = None) -> bytes:
    """The XML of one language, or of all as components of a collection."""
    root = etree.Element(f"{{{NAMESPACE}}}akomaNtoso", nsmap={None: NAMESPACE})
    languages = [language] if language else list(publication.texts)
    if len(languages) == 1:
        _bill(root, publication, languages[0])
    else:
        _collection(root, publication, languages)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _collection(root: etree._Element, publication: Publication, languages: Sequence[str]) -> None:
    collection = _add(root, "documentCollection", name="version")
    collection_meta(_add(collection, "meta"), publication)
    body = _add(collection, "collectionBody")
    for code in languages:
        component = _add(body, "component", eId=f"cmp_{code}")
        _add(component, "documentRef", href=f"#{code}", showAs=publication.title(code))
    components = _add(root, "components", eId="components")
    for code in languages:
        _bill(_add(components, "component", eId=code), publication, code)


def _bill(parent: etree._Element, publication: Publication, language: str) -> None:
    outline = publication.texts[language]
    bill = _add(parent, work_of(publication)[0], name=publication.type_code or "draft", contains="originalVersion")
    expression_meta(_add(bill, "meta"), publication, language)
    if outline.title:
        preface = _add(bill, "preface")
        for line in outline.title.split("\n"):
            _add(_add(_add(preface, "longTitle"), "p"), "docTitle").text = printable(line)
    units, annexes = _parted(outline)
    body = _add(bill, "body")
    for unit in units:
        _unit(body, unit, language)
    if not units:  # the standard asks for something in a body
        _add(_add(_add(body, "hcontainer", name="empty", eId="body__empty"), "content"), "p")
    if annexes:
        attachments = _add(bill, "attachments")
        for annex in annexes:
            _attachment(attachments, annex, publication, language)


def _parted(outline: Outline) -> tuple[tuple[Provision, ...], tuple[Provision, ...]]:
    """The text and the annexes at its end."""
    end = len(outline.provisions)
    while end and outline.provisions[end - 1].kind is Kind.annex:
        end -= 1
    return outline.provisions[:end], outline.provisions[end:]


def _attachment(parent: etree._Element, annex: Provision, publication: Publication, language: str) -> None:
    element = _add(parent, "attachment", eId=annex.key)
    notes = _name(element, annex, language, annex.notes if not annex.text else ())
    document = _add(element, "doc", name="annex")
    expression_meta(_add(document, "meta"), publication, language, component=annex.key)
    main = _add(document, "mainBody")
    if annex.text:
        _paragraphs(main, annex.text, annex.notes)
    elif notes:
        _note(_add(main, "p"), notes)
    for child in annex.children:
        _unit(main, child, language)
    if not len(main):
        _add(main, "p")


def _unit(parent: etree._Element, unit: Provision, language: str) -> None:
    attributes = {"name": unit.kind.value} if ELEMENTS[unit.kind] == "hcontainer" else {}
    element = _add(parent, ELEMENTS[unit.kind], eId=unit.key, **attributes)
    has_body = bool(unit.text or unit.rows)
    left = _name(element, unit, language, () if has_body else unit.notes)
    if has_body or left:
        body = _add(element, "intro" if unit.children else "content")
        if unit.text or not unit.rows:
            _paragraphs(body, unit.text, unit.notes if not unit.rows else ())
        if unit.rows:
            _table(body, unit)
    for child in unit.children:
        _unit(element, child, language)
    if not unit.children and not has_body and not left:
        _add(_add(element, "content"), "p")


def _name(
    element: etree._Element, unit: Provision, language: str, notes: tuple[str, ...]
) -> tuple[str, ...]:
    """Number and heading, with the notes of a unit that has no words; returns the notes that found no place."""
    named = None
    if unit.number:
        named = _add(element, "num")
        named.text = printable(label_of(unit, language) if unit.kind in _WORDED else mark_of(unit) or unit.number)
        named.set("title", printable(unit.number))
    if unit.heading:
        named = _add(element, "heading")
        named.text = printable(unit.heading)
    if named is None:
        return notes
    _note(named, notes)
    return ()


def _paragraphs(parent: etree._Element, text: str, notes: tuple[str, ...]) -> None:
    for line in text.split("\n"):
        last = _add(parent, "p")
        last.text = printable(line)
    _note(last, notes)


def _note(parent: etree._Element, notes: tuple[str, ...]) -> None:
    for note in notes:
        element = _add(parent, "authorialNote", placement="bottom")
        for line in note.split("\n"):
            _add(element, "p").text = printable(line)


def _table(parent: etree._Element, unit: Provision) -> None:
    """The grid as it is: rows and cells with words have their keys; the standard asks for a cell in every row."""
    table, tag = _add(parent, "table"), "th" if len(unit.rows) > 1 else "td"
    for place, (row, keys) in enumerate(zip(unit.rows, cell_keys(unit.key, unit.rows), strict=True), start=1):
        line = _add(table, "tr", eId=TablePlace(unit.key, place).key)
        for cell, key in zip(row or ("",), keys or (None,), strict=True):
            element = _add(line, tag, {"eId": key} if key else {})
            for part in cell.split("\n"):
                _add(element, "p").text = printable(part)
        tag = "td"
    if unit.notes:
        _note(_add(parent, "p", {"class": "notes"}), unit.notes)


def _add(
    parent: etree._Element, tag: str, given: dict[str, str] | None = None, /, **attributes: str
) -> etree._Element:
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", {**(given or {}), **attributes})
