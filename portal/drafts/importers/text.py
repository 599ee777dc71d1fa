"""What does a plain text file say, line by line?"""

from __future__ import annotations

from portal.drafts.importers.blocks import Block, Line
from portal.kernel.files import Unreadable

MAX_LINES = 80_000


def lines_of(text: str) -> list[Block]:
    """The lines of a text, without empty ones; Unreadable when there are too many."""
    # Not splitlines: form feeds and line separators inside a paragraph part nothing in law.
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) > MAX_LINES:
        raise Unreadable(
            "The document has more than %(limit)s paragraphs. Divide it.", code="too_many_paragraphs", limit=MAX_LINES
        )
    blocks: list[Block] = []
    gap = False
    for line in lines:
        if not line.strip():
            gap = True
            continue
        blocks.append(Line(line.strip(), gap=gap))
        gap = False
    return blocks
