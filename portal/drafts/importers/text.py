"""What does a plain text file say, line by line?"""

from __future__ import annotations

from portal.drafts.importers.blocks import Block, Line
from portal.kernel.files import Unreadable

MAX_LINES = 80_000

_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_text(data: bytes) -> list[Block]:
    """The lines of a text in UTF-8, UTF-16 with its mark, or Windows-1251; Unreadable when it is none of them."""
    # Not splitlines: form feeds and line separators inside a paragraph part nothing in law.
    lines = _decode(data).replace("\r\n", "\n").replace("\r", "\n").split("\n")
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


def _decode(data: bytes) -> str:
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), "utf-8")
    for attempt in (encoding, "cp1251"):
        try:
            return data.decode(attempt)
        except UnicodeDecodeError:
            continue
    raise Unreadable("The letters of this text cannot be read. Save it in UTF-8.", code="unknown_encoding")
