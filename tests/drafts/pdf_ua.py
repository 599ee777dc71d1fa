"""What does a PDF lack of PDF/UA-1 (ISO 14289-1)? The conditions of the Matterhorn Protocol 1.1 that a program can check.

Left out is what our files never hold: forms, actions, media, formulas, optional content, scripts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from tests.drafts.pdf_objects import Objects, Operator, tokens

_GROUPING = {"Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct", "Private"}
_BLOCK = {"H", "H1", "H2", "H3", "H4", "H5", "H6", "P", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot"}
_INLINE = {"Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Figure", "Formula", "Form"}
STANDARD = _GROUPING | _BLOCK | _INLINE
_PARENTS = {
    "TR": {"Table", "THead", "TBody", "TFoot"}, "TH": {"TR"}, "TD": {"TR"}, "THead": {"Table"}, "TBody": {"Table"},
    "TFoot": {"Table"}, "LI": {"L"}, "Lbl": {"LI", "Note", "TOCI"}, "LBody": {"LI"},
}  # fmt: skip
_PAINTS = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "BI"}


def faults(data: bytes) -> list[str]:
    """Every condition that fails, with its number in the protocol; none for a file that keeps them all."""
    pdf = Objects(data)
    checks: tuple[Callable[[Objects], Iterator[str]], ...] = (_document, _metadata, _structure, _content, _fonts, _attached)
    return [fault for check in checks for fault in check(pdf)]


def elements(pdf: Objects) -> Iterator[tuple[str, dict[str, Any], str]]:
    """(type, element, type of its parent) of the structure tree in reading order."""
    root = pdf.get(pdf.catalog.get("/StructTreeRoot")) or {}
    roles = pdf.get(root.get("/RoleMap")) or {}

    def below(node: dict[str, Any], name: str) -> Iterator[tuple[str, dict[str, Any], str]]:
        for kid in _kids(pdf, node):
            if isinstance(kid, dict) and "/S" in kid:
                own = str(roles.get(kid["/S"], kid["/S"]))[1:]
                yield own, kid, name
                yield from below(kid, own)

    yield from below(root, "")


def _kids(pdf: Objects, node: dict[str, Any]) -> list[Any]:
    kids = pdf.get(node.get("/K", []))
    return [pdf.get(kid) for kid in (kids if isinstance(kids, list) else [kids])]


def _document(pdf: Objects) -> Iterator[str]:
    marked = pdf.get(pdf.catalog.get("/MarkInfo")) or {}
    if marked.get("/Marked") is not True:
        yield "06-001 the file is not marked as tagged"
    if marked.get("/Suspects"):
        yield "01-007 the tags are suspect"
    if "/StructTreeRoot" not in pdf.catalog:
        yield "01-006 there is no structure tree"
    if (pdf.get(pdf.catalog.get("/ViewerPreferences")) or {}).get("/DisplayDocTitle") is not True:
        yield "07-001 the window shows the file's name instead of its title"
    if not re.fullmatch(rb"[a-z]{2}(?:-[A-Z]{2})?", pdf.catalog.get("/Lang", b"")):
        yield "11-006 the language is not told"
    if len(pdf.pages()) > 20 and "/Outlines" not in pdf.catalog:
        yield "a long file has no outline"
    for number, page in enumerate(pdf.pages(), 1):
        if page.get("/Annots") and page.get("/Tabs") != "/S":
            yield f"28-011 page {number}: the tab order is not that of the structure"


def _metadata(pdf: Objects) -> Iterator[str]:
    found = pdf.get(pdf.catalog.get("/Metadata"))
    text = found["stream"].decode() if found else ""
    if not re.search(r"<pdfuaid:part>1</pdfuaid:part>|pdfuaid:part=['\"]1['\"]", text):
        yield "06-002 the metadata do not claim PDF/UA-1"
    if not re.search(r"<dc:title>.*?<rdf:li[^>]*>[^<]*\S[^<]*</rdf:li>", text, re.DOTALL):
        yield "06-003 the metadata have no title"


def _structure(pdf: Objects) -> Iterator[str]:
    level = 0
    for name, element, parent in elements(pdf):
        if name not in STANDARD:
            yield f"02-001 {name} is no type of the standard and not mapped to one"
        if parent not in _PARENTS.get(name, {parent}):
            yield f"09-004 {name} stands in {parent}"
        if re.fullmatch(r"H[1-6]", name):
            if not level and name != "H1":
                yield f"14-002 the first heading is {name}"
            if int(name[1]) > level + 1:
                yield f"14-003 {name} follows H{level}"
            level = int(name[1])
        if name == "TH" and not any("/Scope" in kind for kind in _attributes(pdf, element)):
            yield "15-003 a head cell has no scope"
        if name == "Figure" and not (element.get("/Alt") or element.get("/ActualText")):
            yield "13-004 a figure has no words for it"
        if name == "Note" and "/ID" not in element:
            yield "19-003 a note has no identifier"
    if not level:
        yield "14-002 there is no heading"


def _attributes(pdf: Objects, element: dict[str, Any]) -> list[dict[str, Any]]:
    found = pdf.get(element.get("/A", []))
    return [pdf.get(one) for one in (found if isinstance(found, list) else [found])]


def _content(pdf: Objects) -> Iterator[str]:
    """Everything on a page is either of the structure or an artifact, never both, and the tree knows it."""
    known: dict[int, list[int]] = {}
    for _, element, _ in elements(pdf):
        for kid in _kids(pdf, element):
            page, place = (kid.get("/Pg", element.get("/Pg")), kid.get("/MCID")) if isinstance(kid, dict) else (element.get("/Pg"), kid)
            if isinstance(place, int):
                known.setdefault(id(pdf.get(page)), []).append(place)
    for number, page in enumerate(pdf.pages(), 1):
        marked: list[int] = []
        yield from (f"{fault} (page {number})" for fault in _marks(pdf, page, marked))
        if sorted(marked) != sorted(known.get(id(page), [])):
            yield f"01-005 page {number}: what is marked there is not what the structure names"
        if marked and "/StructParents" not in page:
            yield f"page {number} does not lead to the structure"


def _marks(pdf: Objects, page: dict[str, Any], marked: list[int]) -> Iterator[str]:
    contents = pdf.get(page.get("/Contents", []))
    streams = contents if isinstance(contents, list) else [contents]
    opened: list[str] = []
    values: list[Any] = []
    for value, _ in tokens(b"\n".join(pdf.get(stream)["stream"] for stream in streams)):
        if not isinstance(value, Operator):
            values.append(value)
            continue
        if value in ("BDC", "BMC"):
            place = values[1].get("/MCID") if value == "BDC" and isinstance(values[1], dict) else None
            kind = "artifact" if values[0] == "/Artifact" else "tagged" if place is not None else ""
            if kind and {"artifact": "tagged", "tagged": "artifact"}[kind] in opened:
                yield "01-003 an artifact and tagged content lie in one another"
            marked += [place] * (place is not None)
            opened.append(kind)
        elif value == "EMC":
            opened.pop()
        elif value in _PAINTS and not any(opened):
            yield f"01-005 {value} paints what is neither tagged nor an artifact"
        values = []


def _fonts(pdf: Objects) -> Iterator[str]:
    for font in pdf.of_type("/Font"):
        name = font.get("/BaseFont")
        if font["/Subtype"] == "/Type0" and "/ToUnicode" not in font:
            yield f"10-001 {name} does not tell its letters"
        if font["/Subtype"] in ("/CIDFontType0", "/CIDFontType2", "/TrueType", "/Type1"):
            described = pdf.get(font.get("/FontDescriptor")) or {}
            if not described.keys() & {"/FontFile", "/FontFile2", "/FontFile3"}:
                yield f"31-009 {name} is not embedded"
        if font["/Subtype"] == "/CIDFontType2" and "/CIDToGIDMap" not in font:
            yield f"31-006 {name} does not lead from its codes to its glyphs"


def _attached(pdf: Objects) -> Iterator[str]:
    for file in pdf.of_type("/Filespec"):
        if not (file.get("/F") and file.get("/UF")):
            yield "21-001 an attachment has no name in both forms"
        if not file.get("/Desc"):
            yield "an attachment does not say what it is"
