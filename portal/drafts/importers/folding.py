"""How does a word of law look once look-alike letters, case and missing Kazakh letters no longer matter?

Only for recognising words such as «1-бөлім» or «Стaтья»: what is shown is always the original.
"""

from __future__ import annotations

import re

# Kazakh letters fall on the Russian ones people type for them; Latin look-alikes and the leavings of old fonts too.
_KAZAKH = dict(zip("әғқңөұүһі", "агкноуухи", strict=True))
_LEGACY = dict(zip("ӛњѓєќӊҝ", "онгакнк", strict=True))
_LATIN = dict(zip("aceopxyhkmtəi", "асеорхухкмтаи", strict=True)) | {"B": "в", "H": "н", "ё": "е"}
_DASHES = dict.fromkeys("‐‑‒–—―−", "-")
_SPACES = dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u202f\t", " ")

INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)


def _table() -> dict[int, str]:
    table: dict[str, str] = {}
    for lower in "абвгдежзийклмнопрстуфхцчшщъыьэюя":
        table[lower.upper()] = lower
    for letters in (_KAZAKH, _LEGACY, _LATIN):
        for letter, plain in letters.items():
            table[letter] = plain
            table.setdefault(letter.upper(), plain)
    for lower in "bdfgjlnqrsuvwz":
        table.setdefault(lower.upper(), lower)
    table |= _DASHES | _SPACES
    return {ord(letter): plain for letter, plain in table.items()}


_TABLE = _table()


def fold(text: str) -> str:
    """The text in plain lower-case Cyrillic, letter for letter: as long as the original, so that places agree."""
    return text.translate(_TABLE)


def clean(text: str) -> str:
    """The text without characters that show nothing but can hide or turn round what is read."""
    return INVISIBLE.sub("", text)


_ROMAN_WORTH = {"и": 1, "v": 5, "у": 5, "х": 10, "l": 50, "с": 100, "d": 500, "м": 1000}
_ROMAN = re.compile(r"м{0,3}(?:см|сd|d?с{0,3})(?:хс|хl|l?х{0,3})(?:их|и[vу]|[vу]?и{0,3})")


def roman_value(folded: str) -> int | None:
    """The value of Roman numerals in folded letters; None when they are not numerals."""
    if not folded or not _ROMAN.fullmatch(folded):
        return None
    total = 0
    for place, letter in enumerate(folded):
        worth = _ROMAN_WORTH[letter]
        following = _ROMAN_WORTH[folded[place + 1]] if place + 1 < len(folded) else 0
        total += -worth if worth < following else worth
    return total
