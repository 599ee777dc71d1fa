"""In which order do names stand in a Kazakh, a Russian or an English list?

One alphabet serves both Cyrillic languages: the Kazakh one holds every Russian letter in its Russian place. Only two
things depend on the reader: ё is a letter of its own in Kazakh and a shade of е in Russian, and a list puts the
reader's script first. Letters of another script that stand in for Kazakh ones are sorted as what they stand for.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from portal.language.scripts import fold

KAZAKH = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_PLACES = {letter: place for place, letter in enumerate(KAZAKH)}
_OPENERS = "«»„“”\"'()[]‘’"  # a name is found by its letters, not by the quotes round it

Key = tuple[tuple[tuple[int, int], ...], str]


@lru_cache(maxsize=32_768)
def sort_key(text: str, language: str) -> Key:
    """A key to sort names by in kk, ru or en; words first, then what sets equal words apart."""
    composed = unicodedata.normalize("NFC", text).casefold()
    letters: list[tuple[int, int]] = []
    for word in composed.split():
        letters.extend(_weight(letter, language) for letter in _readable(word))
        letters.append((0, 0))  # a shorter word stands before a longer one that begins with it
    return tuple(letters), composed


def _readable(word: str) -> str:
    bare = word.strip(_OPENERS)
    return _unmixed(bare) if any(letter in _PLACES for letter in bare) and not _is_pure(bare) else bare


def _is_pure(word: str) -> bool:
    return all(letter in _PLACES or not letter.isalpha() for letter in word)


def _unmixed(word: str) -> str:
    folded = fold(word)
    return folded if len(folded) == len(word) else word


def _weight(letter: str, language: str) -> tuple[int, int]:
    """(what sort of sign, its place in it): signs, digits, the reader's script, other scripts."""
    if letter == "ё" and language != "kk":
        letter = "е"
    if letter in _PLACES:
        return (4 if language == "en" else 3), _PLACES[letter]
    if letter.isdigit():
        return 2, ord(letter)
    if letter.isalpha():
        plain = unicodedata.normalize("NFD", letter)[0]
        return (3 if language == "en" else 4), ord(plain)
    return 1, ord(letter)
