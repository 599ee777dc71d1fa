"""What did a person ask for with the words they typed?

Plain words must all be there, in any form; words in quotation marks ("..." «...» “...” „...“) must follow one another
exactly so. Nothing typed is an error: a quotation mark without its pair is no mark, other signs are nothing, and a text
longer than `LONGEST_QUERY` characters or `MOST_WORDS` words is cut there, which the query says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain

from portal.kernel.text import clean_line
from portal.language.analysis import Term, Wanted, analyse, wanted
from portal.language.stop_words import STOP_WORDS

LONGEST_QUERY = 300
MOST_WORDS = 32

_PHRASE = re.compile(r'"([^"]*)"|«([^«»]*)»|“([^“”]*)”|„([^„“”]*)[“”]')


@dataclass(frozen=True, slots=True)
class Word:
    """A word asked for in any form; a stop word only as it is. `likely` are the stems of its likely reading."""

    surface: str
    wanted: Wanted
    is_stop_word: bool = False
    likely: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Query:
    """`phrases` holds the folded words of each phrase, `phrased` the same words one by one without stop words.

    `typed` is the text as far as it was read.
    """

    typed: str
    words: tuple[Word, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    phrased: tuple[Word, ...] = ()
    was_cut: bool = False

    @property
    def is_empty(self) -> bool:
        """Is there nothing to look for?"""
        return not self.words and not self.phrases

    @property
    def clauses(self) -> int:
        """How many things are asked for."""
        return len(self.words) + len(self.phrases)

    @property
    def marked(self) -> tuple[Wanted, ...]:
        """What is to be marked in the texts found."""
        phrased = {surface for phrase in self.phrases for surface in phrase}
        exact = tuple(Wanted(surfaces=frozenset({surface})) for surface in phrased)
        return tuple(word.wanted for word in self.words) + exact


def parse(text: str) -> Query:
    """The query in a text; never raises."""
    typed = clean_line(text[: LONGEST_QUERY * 4])
    was_cut = len(typed) > LONGEST_QUERY or len(text) > LONGEST_QUERY * 4
    typed = typed[:LONGEST_QUERY]
    phrases = tuple(
        phrase
        for match in _PHRASE.finditer(typed)
        if (phrase := tuple(term.surface for term in analyse(next(filter(None, match.groups()), ""))))
    )
    words = _words(_PHRASE.sub(" ", typed))
    if phrases or not all(word.is_stop_word for word in words):
        words = [word for word in words if not word.is_stop_word]
    phrased = tuple(word for word in _words(" ".join(chain.from_iterable(phrases))) if not word.is_stop_word)
    was_cut = was_cut or len(words) > MOST_WORDS
    return Query(typed, tuple(words[:MOST_WORDS]), phrases, phrased[:MOST_WORDS], was_cut)


def _words(text: str) -> list[Word]:
    """Each word once, in the order typed. One word that can only be Kazakh tells how its neighbours are likely read."""
    found: dict[Wanted | str, Word] = {}
    terms = list(analyse(text))
    if any(term.language == "kk" for term in terms):
        terms = list(analyse(text, "kk"))
    for term in terms:
        if term.surface in STOP_WORDS:
            found.setdefault(term.surface, _stop_word(term))
        else:
            asked = wanted(term)
            likely = term.stems[:1] if term.language == "kk" else term.stems
            found.setdefault(asked, Word(term.surface, asked, likely=frozenset(likely)))
    return list(found.values())


def _stop_word(term: Term) -> Word:
    exact = Wanted(surfaces=frozenset({term.surface}))
    return Word(term.surface, exact, is_stop_word=True)
