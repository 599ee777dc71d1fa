"""What is there to find in a text, and where does a query meet it?

One analyser reads documents and queries. A word written with letters only Kazakh has is Kazakh, a Latin one is
English; any other Cyrillic word may be either and keeps both stems, unless its text is known to be Russian. Words of the
Latin alphabet of 2021 are Kazakh ones; beside one that can be nothing else, its Latin neighbours may be either.

Beside its stems a Kazakh word has *loose* stems: its stem as it would be typed with Russian letters, and the stem of the
word so typed, which the rules may cut elsewhere (үй-де, уйде). Two words of one loose stem may be different words (түр, тұр): loose stems are compared only where one side was typed without Kazakh letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from portal.language import stem_en, stem_kk, stem_ru
from portal.language.scripts import from_latin, has_own_letters, is_cyrillic, is_latin_kazakh, loosen
from portal.language.tokens import Token, tokens

_LEAST_LOOSE = 2
_LATIN_KAZAKH = "kk-Latn"  # BCP 47; of a text whose language is Kazakh or not known


class Term(NamedTuple):
    """One word or number of a text.

    `start`, `end`: its place in the text as written. `surface`: its folded form. `stems`: what its forms share, the
    likelier reading first. `loose`: the same without Kazakh letters. `language`: kk, ru, en, or "" for numbers and
    other scripts.
    """

    start: int
    end: int
    surface: str
    stems: tuple[str, ...]
    loose: tuple[str, ...]
    language: str


class Wanted(NamedTuple):
    """What a document's term must have in common with a query's: a stem, a loose stem, or the very form."""

    stems: frozenset[str] = frozenset()
    loose: frozenset[str] = frozenset()
    surfaces: frozenset[str] = frozenset()


def analyse(text: str, language: str | None = None) -> Iterator[Term]:
    """The terms of a text in order; `language` is that of the text where it is known (kk, ru, en)."""
    if language in (None, "kk") and is_latin_kazakh(text):
        language = _LATIN_KAZAKH
    for token in tokens(text):
        yield _term(token, language)


def _term(token: Token, language: str | None) -> Term:
    start, end, folded, is_number = token
    if is_number:
        return Term(start, end, folded, _numbers(folded), (), "")
    stems, loose, spoken = _readings(folded, language)
    return Term(start, end, folded, stems, loose, spoken)


@lru_cache(maxsize=65_536)
def _readings(folded: str, language: str | None) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """Stems, loose stems and language of one folded word."""
    if not is_cyrillic(folded):
        if folded.isascii():
            english = stem_en.stem(folded)
            if language == _LATIN_KAZAKH and (kazakh := stem_kk.stem(from_latin(folded))):
                return (kazakh, english), _loose(kazakh), "kk"
            return (english,), (), "en"
        return (folded,), (), ""
    folded = folded.replace("'", "")
    if has_own_letters(folded):
        stem = stem_kk.stem(folded)
        return (stem,), _loose(stem, stem_kk.stem(loosen(folded))), "kk"
    russian = stem_ru.stem(folded)
    if language == "ru":
        return (russian,), (), "ru"
    kazakh = stem_kk.stem(folded)
    is_kazakh = language in ("kk", _LATIN_KAZAKH)
    both = (kazakh, russian) if is_kazakh else (russian, kazakh)
    return tuple(dict.fromkeys(both)), _loose(kazakh), "kk" if is_kazakh else "ru"


def _loose(*stems: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(loosen(stem) for stem in stems if len(stem) >= _LEAST_LOOSE))


def _numbers(folded: str) -> tuple[str, ...]:
    """A range (2020-2025, 15-20) holds its ends too; 12-1 is the number of one article."""
    first, dash, last = folded.partition("-")
    if dash and first.isdecimal() and last.isdecimal() and len(first) <= len(last) <= 9 and int(first) < int(last):
        return folded, first, last
    return (folded,)


def wanted(term: Term) -> Wanted:
    """What a term of a query asks of the documents.

    Typed with Kazakh letters it means itself, in its proper spelling or as somebody typed it without them; typed
    without, it may mean any word that looks like it then.
    """
    if has_own_letters(term.surface):
        return Wanted(frozenset(term.stems + term.loose))
    return Wanted(frozenset(term.stems), frozenset(term.loose))


def meets(query: Wanted, term: Term) -> bool:
    """Whether a document's term answers a query's."""
    return (
        not query.stems.isdisjoint(term.stems)
        or not query.loose.isdisjoint(term.loose)
        or term.surface in query.surfaces
    )


def highlight(text: str, query: Iterable[Wanted], language: str | None = None) -> tuple[tuple[int, int], ...]:
    """Where in the text, as it was written, the words of a query stand: spans in order, none overlapping."""
    asked = tuple(query)
    all_asked = Wanted(
        frozenset(stem for each in asked for stem in each.stems),
        frozenset(stem for each in asked for stem in each.loose),
        frozenset(surface for each in asked for surface in each.surfaces),
    )
    return tuple((term.start, term.end) for term in analyse(text, language) if meets(all_asked, term))
