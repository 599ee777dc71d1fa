"""What makes one document answer a query better than another?

Whoever tunes the order of results does it here: the weights of stems, exact forms and headings, and which words must be
there. The engines only compute what a clause says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portal.language.stop_words import spellings
from portal.search.backends.clauses import AllOf, AnyOf, Clause, Field, Phrase, Term
from portal.search.documents import HitKind, family_of
from portal.search.terms import Place, Query, Word

# Measured by `tests/bench/search_relevance.py`: a heading helps to find an article, too much of it hides the text.
HEAD_WEIGHT = 0.5
HEAD_EXACT_WEIGHT = 0.6
EXACT_WEIGHT = 0.2
LOOSE_WEIGHT = 0.2
FAMILY_WEIGHT = 0.8
UNLIKELY_WEIGHT = 0.15  # of a reading in another language than the query's

# A draft is more than one of its provisions, and the law more than what is said about it.
KIND_WEIGHT = {HitKind.draft: 1.3, HitKind.provision: 1.0, HitKind.comment: 0.9, HitKind.reply: 0.9}


def clause_of(query: Query, needs_all: bool = True) -> Clause:
    """All that was asked for, or any of it: of a phrase its words too. Never what must not be there."""
    clauses = tuple(any_form(word) for word in query.words) + tuple(phrase(each) for each in query.phrases)
    if not needs_all:
        clauses += tuple(any_form(word) for word in query.phrased) + tuple(_relatives((*query.words, *query.phrased)))
    without = tuple(_meant(word) for word in query.without) + tuple(phrase(each) for each in query.without_phrases)
    if needs_all and (without or len(clauses) != 1):
        return AllOf(clauses, without)
    any_of = clauses[0] if len(clauses) == 1 else AnyOf(clauses)
    return AllOf((any_of,), without) if without else any_of


def place_clause(place: Place) -> Clause:
    """The heading of a unit with its number and what such units are called, in any language."""
    names = ("статья", "бап", "article") if place.kind == "art" else ("пункт", "тармақ", "point")
    called = AnyOf(tuple(Term(Field.head_exact, name) for name in names))
    return AllOf((Term(Field.head_exact, place.number), called))


def _meant(word: Word) -> Clause:
    """A word not wanted is read as what it likely is: leaving out all it may be would leave out too much."""
    if word.is_stop_word:
        return Term(Field.exact, word.surface)
    return AnyOf(tuple(Term(Field.stems, stem) for stem in sorted(word.likely)))


def any_form(word: Word) -> Clause:
    """A word in any form. Its stem in a head and its very form raise the score; they find nothing new, because all
    words of a head are among `stems`, and equal forms have equal stems.
    """
    if word.is_stop_word:
        return AnyOf(tuple(Term(Field.exact, each) for each in sorted(spellings(word.surface))))
    stems = sorted(word.likely)
    terms = [Term(Field.stems, stem) for stem in stems]
    terms += [Term(Field.stems, stem, UNLIKELY_WEIGHT) for stem in sorted(word.wanted.stems - word.likely)]
    terms += [Term(Field.loose, stem, LOOSE_WEIGHT) for stem in sorted(word.wanted.loose)]
    terms += [Term(Field.head, stem, HEAD_WEIGHT) for stem in stems]
    terms += [Term(Field.head_exact, word.surface, HEAD_EXACT_WEIGHT), Term(Field.exact, word.surface, EXACT_WEIGHT)]
    return AnyOf(tuple(terms))


def _relatives(words: Iterable[Word]) -> Iterator[Clause]:
    """Words of one root with those asked for; where not all words are asked for, they tell good texts from chance."""
    families = {family_of(stem) for word in words for stem in word.likely} - {""}
    return (Term(Field.family, family, FAMILY_WEIGHT) for family in sorted(families))


def phrase(surfaces: tuple[str, ...]) -> Clause:
    """These forms, one after another."""
    return Term(Field.exact, surfaces[0]) if len(surfaces) == 1 else Phrase(surfaces)
