"""How does a test write a Word file with exactly the marks it wants to try?"""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>'
)
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _relationships(targets: dict[str, str]) -> str:
    links = "".join(
        f'<Relationship Id="rId{place}" Type="{_RELATIONSHIPS}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(targets.items(), 1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'


def word_file(body: str, *, members: dict[str, str | bytes] | None = None, **parts: str) -> bytes:
    """A .docx with this inside of <w:body>; `parts` (styles, numbering, footnotes) hold the inside of their root."""
    roots = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes"}
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relationships({"officeDocument": "word/document.xml"}),
        "word/_rels/document.xml.rels": _relationships({name: f"{name}.xml" for name in parts}),
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        **{f"word/{name}.xml": f"<w:{roots[name]} {W}>{inside}</w:{roots[name]}>" for name, inside in parts.items()},
        **(members or {}),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def para(text: str, *, align: str = "", bold: bool = False, style: str = "", numbered: tuple[int, int] | None = None) -> str:
    """A paragraph; `numbered` is (id of the list, level)."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if numbered is not None:
        properties += f'<w:numPr><w:ilvl w:val="{numbered[1]}"/><w:numId w:val="{numbered[0]}"/></w:numPr>'
    properties += f'<w:jc w:val="{align}"/>' if align else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text, bold=bold)}</w:p>"


def run(text: str, *, bold: bool = False, properties: str = "") -> str:
    """A run; a newline becomes a soft break."""
    inside = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\n"))
    return f"<w:r><w:rPr>{'<w:b/>' if bold else ''}{properties}</w:rPr>{inside}</w:r>"


def table(*rows: tuple[str, ...]) -> str:
    """A table of plain cells; a line break in a cell parts paragraphs."""

    def cell(text: str) -> str:
        return f"<w:tc><w:tcPr/>{''.join(para(part) for part in text.split(chr(10)))}</w:tc>"

    return f"<w:tbl>{''.join(f'<w:tr>{chr(0).join(map(cell, row))}</w:tr>'.replace(chr(0), '') for row in rows)}</w:tbl>"


def level(index: int, text: str, format: str = "decimal", *, start: int = 1, style: str = "") -> str:
    """One level of a list for `numbering`."""
    bound = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{format}"/>{bound}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels: str, lists: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    """One abstract list (id 0) with the lists made from it."""
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{lists}'
