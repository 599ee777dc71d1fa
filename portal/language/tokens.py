"""Which words and numbers does a text hold, and where?

A number keeps what belongs to it: `12-1` (an inserted article), `480-V` (an act), `22.11.2026`; of `83-1-бап` come
`83-1` and `бап`. An ending hung on a number or on an abbreviation (`5-ке`, `НҚА-ға`, `2-го`) is part of the token and
left out of its text. Otherwise a hyphen parts words. Soft hyphens, zero-width and direction characters inside a word
belong to its span and not to its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from portal.language.scripts import INVISIBLE, fold
from portal.language.suffixes_kk import NOMINAL_ENDINGS

_DASHES = "-\u2010\u2011\u2012\u2013"
_APOSTROPHES = "'\u2019\u02bc"
_TOKEN = re.compile(
    rf"(\d+(?:[{_DASHES}.,:/]\d+)*(?:[{_DASHES}][IVXLCivxlcІХС]{{1,7}}(?![^\W_]))?)"
    rf"|[^\W\d_]+(?:[{_APOSTROPHES}\u0300-\u036f{INVISIBLE}]+[^\W\d_]+)*[\u0300-\u036f]*"
)
_DASH = re.compile(f"[{_DASHES}]")
_TYPOGRAPHIC = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))

_ORDINALS = frozenset("ші шы нші ншы інші ыншы й го му м х я е ю ый ого ая ой ое ые ых th st nd rd".split())
_HUNG_ENDINGS = NOMINAL_ENDINGS | _ORDINALS


class Token(NamedTuple):
    """Where it stands in the text as it was written, and how it is compared."""

    start: int
    end: int
    text: str
    is_number: bool


def tokens(text: str) -> Iterator[Token]:
    """Words and numbers in order."""
    held: Token | None = None
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        raw = match.group()
        is_number = match.lastindex is not None
        folded = _folded_number(raw) if is_number else _folded_word(raw)
        if held is not None:
            if held.end + 1 == start and _hangs_on(held, folded, text):
                yield held._replace(end=end)
                held = None
                continue
            yield held
        held = Token(start, end, folded, is_number)
    if held is not None:
        yield held


def _hangs_on(held: Token, folded: str, text: str) -> bool:
    """Whether a word after one character is an ending of the number or abbreviation before it."""
    if folded not in _HUNG_ENDINGS or text[held.end] not in _DASHES:
        return False
    if held.is_number:
        return True
    return folded not in _ORDINALS and held.end - held.start > 1 and text[held.start : held.end].isupper()


@lru_cache(maxsize=65_536)
def _folded_word(raw: str) -> str:
    return fold(raw.translate(_TYPOGRAPHIC))


def _folded_number(raw: str) -> str:
    """One kind of dash, and a Roman tail in small Latin letters."""
    if raw.isdecimal() and raw.isascii():
        return raw
    number, dash, tail = _DASH.sub("-", raw).rpartition("-")
    if dash and not tail[0].isdecimal():
        return f"{_digits(number)}-{fold(tail)}"
    return _digits(f"{number}{dash}{tail}")


def _digits(text: str) -> str:
    """Decimal digits of any script as the usual ones."""
    if text.isascii():
        return text
    return "".join(str(int(each)) if each.isdecimal() else each for each in text)
