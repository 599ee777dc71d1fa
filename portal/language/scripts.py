"""Which letters are the same letter, in which scripts, and how are they written when compared?

Texts are matched, never rewritten: what is folded here goes into keys, tokens and fingerprints only.
Sources of the look-alikes: pages of state bodies and old font encodings, listed in the glossary under "Letters".
"""

from __future__ import annotations

import re
import unicodedata

OWN_LETTERS = frozenset("әғқңөұүһі")
"""Letters that Kazakh has and Russian has not, lower case."""

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
)
"""Characters without a shape, as the inside of a regular expression class: soft hyphen, zero width, direction."""

_INVISIBLE = re.compile(f"[{INVISIBLE}]+")
_MARKS = re.compile("[\u0300-\u036f]+")
_LATIN = re.compile("[a-z]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_ROMAN = re.compile("[ivxlcdmіхсм]+")

# One shape, two scripts. Case matters: Latin Y stands for Ү, Latin y for у.
_SHAPES = {
    "A": "А", "B": "В", "C": "С", "E": "Е", "H": "Н", "I": "І", "K": "К", "M": "М", "O": "О", "P": "Р", "T": "Т",
    "X": "Х", "Y": "Ү", "a": "а", "c": "с", "e": "е", "h": "һ", "i": "і", "k": "к", "o": "о", "p": "р", "x": "х",
    "y": "у", "ə": "ә", "Ə": "Ә", "ǝ": "ә", "Ǝ": "Ә", "ɵ": "ө", "Ɵ": "Ө", "ı": "і", "ö": "ө", "Ö": "Ө", "ü": "ү",
    "Ü": "Ү", "ë": "ё", "Ë": "Ё", "ï": "і", "Ï": "І",
}
# Letters of old encodings and of neighbours' alphabets, met in place of Kazakh ones.
_STRAYS = {
    "ӛ": "ө", "Ӛ": "Ө", "њ": "ң", "Њ": "Ң", "ѓ": "ғ", "Ѓ": "Ғ", "є": "ә", "Є": "Ә", "ќ": "қ", "Ќ": "Қ", "ӊ": "ң",
    "Ӊ": "Ң", "ӈ": "ң", "Ӈ": "Ң", "ҥ": "ң", "Ҥ": "Ң", "ҝ": "қ", "Ҝ": "Қ", "ҡ": "қ", "Ҡ": "Қ", "ӄ": "қ", "Ӄ": "Қ",
    "ҕ": "ғ", "Ҕ": "Ғ", "ӷ": "ғ", "Ӷ": "Ғ", "ї": "і", "Ї": "І", "ӏ": "і", "Ӏ": "І", "ѐ": "е", "Ѐ": "Е", "ѝ": "и",
    "Ѝ": "И", "ё": "е", "Ё": "Е",
}
_TO_CYRILLIC = str.maketrans({**_SHAPES, **_STRAYS, "ë": "е", "Ë": "Е"})
_STRAYS_ONLY = str.maketrans(_STRAYS)
_SHAPES_ONLY = str.maketrans({**_SHAPES, **{stray: letter for stray, letter in _STRAYS.items() if stray not in "ёЁ"}})
_TO_LATIN = str.maketrans({cyrillic: latin for latin, cyrillic in _SHAPES.items() if latin.isascii()})
_TELLING_LATIN = re.compile("[bdfgjlmnqrstuvwzBDFGJLNQRSUVWZ]")
_TELLING_CYRILLIC = re.compile("[бгғдёжзийқлмнңпөтұүфцчшщъыьэюяБГҒДЁЖЗИЙҚЛҢӨПҰФЦЧШЩЪЫЬЭЮЯ]")

# The Latin alphabet of 2021. A word is Kazakh in it when it has a letter that neither English nor Russian in Latin has,
# or a q without its u: zañ, jürgizu, talqylau.
_LATIN_KAZAKH = re.compile("[äğıñöşūüÄĞİÑÖŞŪÜ]|[qQ](?![uU])")
_LATIN_LETTERS = re.compile("[a-zäğıñöşūüi̇]+")
_FROM_LATIN = str.maketrans(
    "aäbdefgğhıjklmnñoöpqrsştuūüvyzcwx", "аәбдефгғхіжклмнңоөпқрсштуұүвызцвх"
)
_SHORT_I = re.compile("(?<=[aäeıoöuūüy])i")

_LOOSE = str.maketrans("әғқңөұүһіё", "агкноуухие")


def fold(word: str) -> str:
    """One word as it is compared: one script, lower case, composed, nothing invisible, no accents, ё as е.

    A word that mixes scripts becomes the script whose letters cannot be mistaken in it, Cyrillic where none can tell.
    """
    if word.isascii() and "q" not in word and "Q" not in word:
        return word.lower()
    word = unicodedata.normalize("NFC", _INVISIBLE.sub("", word))
    lowered = word.casefold()
    if _ROMAN.fullmatch(lowered) and _CYRILLIC.search(lowered):
        return _fold_roman(word, lowered)
    if _CYRILLIC.search(lowered):
        if _TELLING_LATIN.search(word) and not _TELLING_CYRILLIC.search(word):
            return _plain(word.translate(_TO_LATIN))
        return _plain(word.translate(_TO_CYRILLIC))
    if lowered.isascii() and not _LATIN_KAZAKH.search(word):
        return lowered
    if _LATIN_KAZAKH.search(word) and (kazakh := from_latin(word)):
        return kazakh
    if "ə" in lowered or "ɵ" in lowered:
        return _plain(word.translate(_TO_CYRILLIC))
    return _plain(word)


def is_latin_kazakh(text: str) -> bool:
    """Whether some word of a text can only be Kazakh in the Latin alphabet of 2021."""
    return _LATIN_KAZAKH.search(text) is not None


def from_latin(word: str) -> str:
    """A Kazakh word of the Latin alphabet of 2021 in Cyrillic letters; "" if it has others. i after a vowel is й."""
    lowered = word.replace("İ", "i").replace("I", "ı").lower()
    if not _LATIN_LETTERS.fullmatch(lowered):
        return ""
    return _SHORT_I.sub("й", lowered).replace("i", "и").translate(_FROM_LATIN)


def shape(word: str) -> str:
    """A word by the look of its letters: look-alikes of two scripts are one, case and «ё» stay as they are."""
    return word.translate(_SHAPES_ONLY)


def _fold_roman(word: str, lowered: str) -> str:
    """A Roman numeral typed with Cyrillic letters, or a Cyrillic word made of such letters alone."""
    if len(lowered) == 1 and lowered in "см":
        return lowered
    if _LATIN.search(lowered) or set(lowered) <= set("іх"):
        return lowered.translate(str.maketrans("іхсм", "ixcm"))
    return _plain(word.translate(_TO_CYRILLIC))


def _plain(word: str) -> str:
    """Lower case without accents; й and ї are letters, not accents, and stay."""
    lowered = word.translate(_STRAYS_ONLY).casefold()
    if lowered.isascii():
        return lowered
    if not _CYRILLIC.search(lowered):
        lowered = unicodedata.normalize("NFD", lowered)
    return unicodedata.normalize("NFC", _MARKS.sub("", lowered))


def loosen(folded: str) -> str:
    """A folded word as somebody without a Kazakh keyboard types it: қ as к, ә as а, і as и.

    Coarse: it merges түр "kind" and тұр "stand", so it stands beside the exact form, never in its place.
    """
    return folded.translate(_LOOSE)


def has_own_letters(folded: str) -> bool:
    """Whether a folded word can only be Kazakh."""
    return not OWN_LETTERS.isdisjoint(folded)


def is_cyrillic(folded: str) -> bool:
    """Whether a folded word is written in Cyrillic letters, at least in part."""
    return _CYRILLIC.search(folded) is not None
