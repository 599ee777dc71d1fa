"""What does an XML file of an unknown kind say, line by line?"""

from __future__ import annotations

from lxml import etree

from portal.drafts.importers.blocks import Block, Line
from portal.drafts.importers.text import MAX_LINES
from portal.drafts.importers.xml_source import local_name
from portal.kernel.files import Unreadable

_HEADINGS = frozenset({"title", "heading", "head", "name", "label", "caption", "subtitle"})


def read_xml_lines(root: etree._Element) -> list[Block]:
    """Each run of text as a line: an element of words alone, or the words between elements."""
    blocks: list[Block] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if len(blocks) > MAX_LINES:
            raise Unreadable(
                "The document has more than %(limit)s paragraphs. Divide it.", code="too_many_paragraphs", limit=MAX_LINES
            )
        text = element.text if event == "start" else element.tail
        words = " ".join((text or "").split())
        if not words:
            continue
        named = local_name(element).lower() if event == "start" else ""
        is_title = named in _HEADINGS and not blocks
        blocks.append(Line(words, style="title" if is_title else "", level=1 if named in _HEADINGS else 0))
    return blocks
