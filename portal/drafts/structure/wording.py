"""Do two pieces of legal text say the same words, whatever hands and programs did to spaces, quotes and letters?

Only what nobody reads as a change is levelled: white space, characters without a shape, the style of quotation marks
and dashes, and letters of another script with the same shape. Case, punctuation and «ё» stay: they are the author's.
"""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz.distance import Indel

from portal.language.scripts import INVISIBLE, shape

TOKEN = re.compile(r"\w+|\.\.\.|…|[^\w\s]")
_WITHOUT_SHAPE = re.compile(f"[{INVISIBLE}\u0000-\u0008\u000e-\u001f\u007f]+")
_STYLES = str.maketrans(
    dict.fromkeys("«»“”„‟″❝❞〝〞＂", '"')
    | dict.fromkeys("‘’‚‛′‹›`´ʼ＇", "'")
    | dict.fromkeys("‐‑‒–—―−﹣－", "-")
    | {"…": "...", "\u2116": "№"}
)
_MOST_LEVELS = 200_000
_SURROGATES, _AFTER_SURROGATES, _FIRST_SIGN = 0xD800, 0xE000, 0x100


def tokens(text: str) -> list[str]:
    """The words and signs of a text as they are compared, in order."""
    levels = _LEVELS
    return [levels[token] for token in TOKEN.findall(visible(text))]


def likeness(one: list[str], other: list[str]) -> float:
    """How much of two texts is common, word by word: 0.0 to 1.0; two empty ones are the same."""
    return float(Indel.normalized_similarity(one, other))


def visible(text: str) -> str:
    """The text without characters that have no shape, its letters composed."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _WITHOUT_SHAPE.sub("", text))


class _Levels(dict[str, str]):
    """Each token as it is compared, worked out once: a law uses the same words over and over."""

    def __missing__(self, token: str) -> str:
        if len(self) > _MOST_LEVELS:
            self.clear()
        self[token] = level = shape(token.translate(_STYLES))
        return level


_LEVELS = _Levels()


class Cipher:
    """Writes each word as one character, so that texts are compared word by word as fast as letter by letter."""

    def __init__(self) -> None:
        self._signs: dict[str, str] = {}

    def write(self, found: list[str]) -> str:
        """One character for each word among the tokens; signs count only in a text without words."""
        signs = self._signs
        words = [token for token in found if len(token) > 1 or token.isalnum()] or found
        return "".join([signs.get(word) or self._sign(word) for word in words])

    def _sign(self, token: str) -> str:
        number = _FIRST_SIGN + len(self._signs)
        if number >= _SURROGATES:
            number += _AFTER_SURROGATES - _SURROGATES
        # a million different words are more than any language has; what is beyond them shares one sign
        self._signs[token] = sign = chr(min(number, 0x10FFFF))
        return sign
