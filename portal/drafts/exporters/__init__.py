"""In which formats does a version leave the portal, and how is each made?

Exporters are pure: a `Publication` in, bytes out. `MADE_BY` changes when the same text would give other bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from portal.drafts.exporters.akn import to_akn
from portal.drafts.exporters.docx import to_docx
from portal.drafts.exporters.html import to_html
from portal.drafts.exporters.json import to_json
from portal.drafts.exporters.pdf import to_pdf
from portal.drafts.exporters.publication import Publication
from portal.kernel.files import DOCX

MADE_BY = "4"

__all__ = ["FORMATS", "MADE_BY", "Format", "Publication", "export"]


@dataclass(frozen=True)
class Format:
    """`suffix` ends a file's name and its address; `holds_all` says whether one file can hold every language."""

    code: str
    name: str
    suffix: str
    media_type: str
    holds_all: bool
    make: Callable[[Publication, str], bytes]


FORMATS: dict[str, Format] = {
    format_.code: format_
    for format_ in (
        Format("docx", "Word (DOCX)", "docx", DOCX, False, to_docx),
        Format("pdf", "PDF", "pdf", "application/pdf", False, to_pdf),
        Format("html", "HTML", "html", "text/html", False, to_html),
        Format("akn", "Akoma Ntoso (XML)", "akn.xml", "application/akn+xml", True, to_akn),
        Format("json", "JSON", "json", "application/json", True, to_json),
    )
}


def export(publication: Publication, format_code: str, language: str | None) -> bytes:
    """A version in a format. Without a language: all of them where the format holds several, else the first."""
    chosen = FORMATS[format_code]
    if language is None and chosen.holds_all:
        return to_akn(publication) if format_code == "akn" else to_json(publication)
    return chosen.make(publication, language or next(iter(publication.texts)))
