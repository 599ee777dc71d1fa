"""Which kind of text does a file without a signature hold: a page, Akoma Ntoso, USLM, other XML, Markdown or lines?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from portal.drafts.importers.akn import read_akn
from portal.drafts.importers.blocks import Block
from portal.drafts.importers.html import read_html_text
from portal.drafts.importers.letters import decode
from portal.drafts.importers.markdown import is_markdown, read_markdown
from portal.drafts.importers.text import lines_of
from portal.drafts.importers.uslm import read_uslm
from portal.drafts.importers.xml_lines import read_xml_lines
from portal.drafts.importers.xml_source import local_name, read_xml
from portal.drafts.structure import Outline
from portal.kernel import files

WRITTEN = frozenset({files.HTML, files.XML, files.TEXT})

_AHEAD = re.compile(r"\s*(?:<\?xml[^>]{0,400}\?>\s*|<!--(?:[^-]|-(?!->)){0,4000}-->\s*)*")
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|title|div|p|span|table|h[1-6]|article|main|section|center|font|style)\b",
                   re.IGNORECASE)  # fmt: skip
_ELEMENT = re.compile(r"<(?:!DOCTYPE\s+)?([A-Za-z_][\w.-]{0,60}:)?([A-Za-z_][\w.-]{0,60})[\s/>\[]")
# An element that names its vocabulary is XML, even where the file breaks off before its end.
_SPACE = re.compile(r"<[^<>]{1,1000}?\sxmlns(?::[\w.-]+)?\s*=|<akomaNtoso\b")
_USLM = "/uslm"


def read_written(data: bytes, language: str | None = None) -> Outline | Sequence[Block]:
    """The outline, where the file itself tells the structure; else the lines to recognise it from. Unreadable."""
    text = decode(data)
    start = text.lstrip("\ufeff")
    start = start[(ahead.end() if (ahead := _AHEAD.match(start[:20_000])) else 0):][:2_000]
    if _PAGE.match(start):
        return read_html_text(text)
    if _ELEMENT.match(start) and (text.lstrip("\ufeff \r\n\t").startswith("<?xml") or _SPACE.match(start) or _closes(start, text)):
        root = read_xml(text)
        if local_name(root) == "akomaNtoso":
            return read_akn(root, language)
        if _USLM in root.tag:
            return read_uslm(root, language)
        return read_html_text(text) if local_name(root) == "html" else read_xml_lines(root)
    return read_markdown(text) if is_markdown(text) else lines_of(text)


def _closes(start: str, text: str) -> bool:
    """Does a file that begins with an element end with it, as XML without its declaration does?"""
    name = _ELEMENT.match(start)
    return name is not None and text.rstrip()[-80:].endswith(f"</{name[1] or ''}{name[2]}>")
