"""Which letters do the bytes of a text stand for, when the file may say nothing or the wrong thing about it?"""

from __future__ import annotations

import codecs
import re
from collections import Counter

from portal.kernel.files import Unreadable

_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
)  # fmt: skip
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
# How national sites and old programs wrote Russian and Kazakh; the order decides between equals.
_EIGHT_BIT = ("cp1251", "koi8-r", "kz1048", "cp866", "iso8859-5")
_NEVER_ASKED = {"utf-7", "utf7", "idna", "punycode", "unicode_escape", "raw_unicode_escape"}
_COMMON = frozenset("оеаинтсрвлкмыд")
_RARE = frozenset("ъэюхцщшжфёЪЭЮХЦЩШЖФЁЄєЇїЎўЏџЈјЉљЊњЌќЂђЃѓЋћЅѕҐґ")
_KAZAKH = frozenset("әғқңөұүһіӘҒҚҢӨҰҮҺІ")
_LATIN = bytes(range(0x80))
_SAMPLE = 20_000


def decode(data: bytes) -> str:
    """The text of bytes in UTF-8, UTF-16, UTF-32 or a Cyrillic code page; Unreadable when it is none of them.

    A byte order mark is believed first, then UTF-8 where it fits, then what the head of the file declares, then
    the code page in which the text looks most like words.
    """
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decoded(data, name) or _refuse()
    if (unmarked := _unmarked_utf16(data)) is not None:
        return _decoded(data, unmarked) or _refuse()
    if (text := _decoded(data, "utf-8")) is not None or (text := _mended(data)) is not None:
        return text
    # What tells the code pages apart are the upper bytes, which a long style sheet at the head has none of.
    sample = data.translate(None, _LATIN)[:_SAMPLE]
    declared = _declared(data[:4096])
    if declared is not None and (text := _decoded(data, declared)) is not None and _likeness(_decoded(sample, declared)) >= 0:
        return text
    readings = {name: _decoded(sample, name) for name in _EIGHT_BIT}
    best = max(_EIGHT_BIT, key=lambda name: _likeness(readings[name]))
    return (_likeness(readings[best]) >= 0 and _decoded(data, best)) or _refuse()


def is_unmarked_utf16(data: bytes) -> bool:
    """Is it UTF-16 that does not say so at its beginning?"""
    return _unmarked_utf16(data) is not None


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without its mark shows in zero bytes at every other place of plain markup or Latin text."""
    head = data[:512]
    if len(head) < 8 or b"\0" not in head:
        return None
    # The upper byte is 0 for Latin letters and spaces, 4 for Cyrillic ones.
    if any(byte in head for byte in (b"\1", b"\2", b"\3")):
        return None
    even, odd = (half.count(0) + half.count(4) for half in (head[0::2], head[1::2]))
    if max(even, odd) * 4 < len(head) // 2:
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _declared(head: bytes) -> str | None:
    found = _DECLARED.search(head)
    if found is None:
        return None
    name = found[1].decode("ascii", "replace").lower()
    try:
        known = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    return None if known.name in _NEVER_ASKED or known.name.startswith("utf") else known.name


def _decoded(data: bytes, name: str) -> str | None:
    try:
        text = data.decode(name)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None
    return text if isinstance(text, str) else None


def _mended(data: bytes) -> str | None:
    """UTF-8 with a few damaged bytes, each shown as one missing letter; None for anything else."""
    text = data.decode("utf-8", "replace")
    # A letter of several bytes makes the text shorter than the data; a damaged byte does not.
    return text if len(data) - len(text) > 20 * text.count("\ufffd") else None


def _likeness(text: str | None) -> int:
    """How much a reading looks like Russian or Kazakh: common letters, most of them small, few that texts seldom have."""
    if text is None:
        return -1_000_000
    letters = Counter(text)
    likeness = 0
    for letter, times in letters.items():
        if letter in _COMMON or letter in _KAZAKH:
            likeness += 2 * times
        elif letter.lower() in _COMMON:
            likeness += times
        elif letter in _RARE or "\x80" <= letter < "\xa0" or "\u2500" <= letter < "\u2600":
            likeness -= 3 * times
    return likeness - 3 * len(re.findall(r"[а-я][А-Я]{2}", text))


def _refuse() -> str:
    raise Unreadable("The letters of this text cannot be read. Save it in UTF-8.", code="unknown_encoding")
