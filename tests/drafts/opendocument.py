"""How does a test write an OpenDocument text with exactly the marks it wants to try?"""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = {
    "office": "office:1.0", "text": "text:1.0", "style": "style:1.0", "table": "table:1.0", "draw": "drawing:1.0",
    "fo": "xsl-fo-compatible:1.0",
}  # fmt: skip
ODF = " ".join(f'xmlns:{name}="{_OASIS}:{address}"' for name, address in _NAMES.items()) + (
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
)
MIMETYPE = "application/vnd.oasis.opendocument.text"
# Centred, right, bold: the paragraph styles C, R and B.
STYLES = (
    '<style:style style:name="C" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/></style:style>'
    '<style:style style:name="R" style:family="paragraph"><style:paragraph-properties fo:text-align="end"/></style:style>'
    '<style:style style:name="B" style:family="paragraph"><style:text-properties fo:font-weight="bold"/></style:style>'
)


def odt_file(
    body: str, *, automatic: str = "", styles: str = "", manifest: str = "", members: dict[str, str | bytes] | None = None
) -> bytes:
    """An .odt with this inside of <office:text>; `automatic` and `styles` hold further styles."""
    files: dict[str, str | bytes] = {
        "mimetype": MIMETYPE,
        "content.xml": (
            f"<office:document-content {ODF}><office:automatic-styles>{STYLES}{automatic}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
        ),
        "styles.xml": f"<office:document-styles {ODF}><office:styles>{styles}</office:styles></office:document-styles>",
        "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
        **(members or {}),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def para(text: str, style: str = "") -> str:
    """A paragraph; `text` is escaped."""
    return p(escape(text), style)


def p(inside: str, style: str = "") -> str:
    """A paragraph with this markup inside."""
    return f'<text:p text:style-name="{style}">{inside}</text:p>'


def items(*inside: str, style: str = "L", more: str = "") -> str:
    """A list of items, each with this markup."""
    body = "".join(f"<text:list-item>{each}</text:list-item>" for each in inside)
    return f'<text:list text:style-name="{style}" {more}>{body}</text:list>'


def list_style(*levels: tuple[str, str], name: str = "L", display: int = 1) -> str:
    """A list style of numbered levels, each (format, suffix)."""
    inside = "".join(
        f'<text:list-level-style-number text:level="{place}" style:num-format="{format}" style:num-suffix="{suffix}"'
        f' text:display-levels="{min(display, place)}"/>'
        for place, (format, suffix) in enumerate(levels, 1)
    )
    return f'<text:list-style style:name="{name}">{inside}</text:list-style>'
