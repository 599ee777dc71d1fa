"""What did a person ask for with the words they typed?

- Plain words must all be there, in any form; words in quotation marks ("..." «...» “...” „...“) must follow one another
  exactly so.
- A word or phrase with a minus before it must not be there. Where nothing else is asked for, the minus is nothing.
- `field:value` of `portal.search.fields` narrows down, `-field:value` leaves out; an unknown field or value is just words.
- "статья 57", "57-бап", "article 57", "пункт 3" name a place of a text.

Nothing typed is an error: a quotation mark without its pair is no mark, other signs are nothing, and a text longer than
`LONGEST_QUERY` characters or `MOST_WORDS` words is cut there, which the query says.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from portal.kernel.text import clean_line
from portal.language.analysis import Term, Wanted, analyse, wanted
from portal.language.stop_words import STOP_WORDS, spellings
from portal.search.fields import Condition, FieldName, read_condition

LONGEST_QUERY = 300
MOST_WORDS = 32
QUESTION = 6  # words that are a sentence rather than a list

_MARKED = r"\"([^\"]*)\"|«([^«»]*)»|“([^“”]*)”|„([^„“”]*)[“”]"
_PHRASE = re.compile(_MARKED)
_CONDITION = re.compile(rf"(?<!\S)(-?)([^\W\d_]{{2,12}}):(?:{_MARKED}|([^\s\"«»“”„]+))(?!\S)")
_WITHOUT = re.compile(rf"(?<!\S)-+(?:{_MARKED}|([^\W_][^\s\"«»“”„]*))")

_BEFORE = {"статья": "art", "статьи": "art", "статье": "art", "статью": "art", "ст": "art", "article": "art",
           "art": "art", "пункт": "pnt", "пункта": "pnt", "пункте": "pnt", "point": "pnt"}  # fmt: skip
_AFTER = {"бап": "art", "бабы": "art", "баптың": "art", "бабын": "art", "бабының": "art", "бабында": "art",
          "бапта": "art", "тармақ": "pnt", "тармағы": "pnt", "тармақтың": "pnt", "тармағының": "pnt"}  # fmt: skip
_SHORT = {"ст", "art"}  # stand for a word that texts write in full
_PLACE_NUMBER = re.compile(r"[0-9]{1,4}(-[0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class Word:
    """A word asked for in any form; a stop word only as it is. `likely` are the stems of its likely reading."""

    surface: str
    wanted: Wanted
    is_stop_word: bool = False
    likely: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of a text: `kind` as its key begins (art, pnt), `number` as it is printed; `names` the words it was named
    by.
    """

    kind: str
    number: str
    names: frozenset[str]

    def is_of(self, key: str) -> bool:
        """Is a provision's key that of such a unit?"""
        return key.rpartition("__")[2] == f"{self.kind}_{self.number}"


@dataclass(frozen=True, slots=True)
class Query:
    """`phrases` holds the folded words of each phrase, `phrased` the same words one by one without stop words.

    `typed` is the text as far as it was read; `without` and `without_phrases` must not be there.
    """

    typed: str
    words: tuple[Word, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    phrased: tuple[Word, ...] = ()
    was_cut: bool = False
    without: tuple[Word, ...] = ()
    without_phrases: tuple[tuple[str, ...], ...] = ()
    conditions: tuple[Condition, ...] = ()
    place: Place | None = None

    @property
    def is_empty(self) -> bool:
        """Is there nothing to look for?"""
        return not self.words and not self.phrases

    @property
    def clauses(self) -> int:
        """How many things are asked for."""
        return len(self.words) + len(self.phrases)

    @property
    def is_question(self) -> bool:
        """Is an answer wanted, rather than texts with all the words the question is made of?"""
        return "?" in self.typed or self.clauses >= QUESTION

    @property
    def marked(self) -> tuple[Wanted, ...]:
        """What is to be marked in the texts found."""
        phrased = {surface for phrase in self.phrases for surface in phrase}
        exact = tuple(Wanted(surfaces=frozenset({surface})) for surface in phrased)
        return tuple(word.wanted for word in self.words) + exact

    @property
    def rest(self) -> Query:
        """What is asked for beside the place: words that name the act it is in."""
        names = self.place.names if self.place else frozenset()
        return replace(self, words=tuple(word for word in self.words if word.surface not in names), place=None)


def parse(text: str, fields: Collection[FieldName] = frozenset(FieldName)) -> Query:
    """The query in a text; never raises. Conditions on other than these `fields` are words."""
    typed = clean_line(text[: LONGEST_QUERY * 4])
    was_cut = len(typed) > LONGEST_QUERY or len(text) > LONGEST_QUERY * 4
    typed = typed[:LONGEST_QUERY]
    plain, conditions = _conditions(typed, fields)
    asked, refused = _parted(plain)
    query = _asked(asked, typed)
    if query.is_empty and refused:
        query, refused = _asked(" ".join([asked, *refused]), typed), []
    unwanted = [each for each in (_asked(each, typed) for each in refused) if not each.is_empty]
    return replace(
        query,
        was_cut=was_cut or query.was_cut,
        without=tuple(chain.from_iterable(each.words for each in unwanted))[:MOST_WORDS],
        without_phrases=tuple(chain.from_iterable(each.phrases for each in unwanted))[:MOST_WORDS],
        conditions=conditions,
    )


def _conditions(typed: str, fields: Collection[FieldName]) -> tuple[str, tuple[Condition, ...]]:
    """The text without its conditions, and these; of those that narrow down by one name the last one typed counts."""
    found: dict[tuple[FieldName, str], Condition] = {}

    def take(match: re.Match[str]) -> str:
        minus, name, *values = match.groups()
        condition = read_condition(name, next(filter(None, values), "").strip())
        if condition is None or condition.name not in fields:
            return match.group()
        key = condition.name, condition.value if minus else ""
        found[key] = replace(condition, is_without=bool(minus), typed=match.group())
        return " "

    return _CONDITION.sub(take, typed), tuple(found.values())


def _parted(text: str) -> tuple[str, list[str]]:
    """What should be there, and each thing that should not, in its quotation marks if it had any."""
    return _WITHOUT.sub(" ", text), [match.group().lstrip("-") for match in _WITHOUT.finditer(text)]


def _asked(text: str, typed: str) -> Query:
    """Words and phrases of a text without minus and conditions."""
    phrases = tuple(
        phrase
        for match in _PHRASE.finditer(text)
        if (phrase := tuple(term.surface for term in analyse(next(filter(None, match.groups()), ""))))
    )
    terms = _terms(_PHRASE.sub(" ", text))
    place = _place(terms)
    words = _words([term for term in terms if not (place and term.surface in place.names & _SHORT)])
    if phrases or not all(word.is_stop_word for word in words):
        words = [word for word in words if not word.is_stop_word]
    phrased = [word for word in _words(_terms(" ".join(chain.from_iterable(phrases)))) if not word.is_stop_word]
    was_cut = len(words) > MOST_WORDS
    return Query(typed, tuple(words[:MOST_WORDS]), phrases, tuple(phrased[:MOST_WORDS]), was_cut, place=place)


def _terms(text: str) -> list[Term]:
    """One word that can only be Kazakh tells how its neighbours are likely read."""
    terms = list(analyse(text))
    return list(analyse(text, "kk")) if any(term.language == "kk" for term in terms) else terms


def _place(terms: Sequence[Term]) -> Place | None:
    """The first unit named by its number."""
    for first, second in zip(terms, terms[1:], strict=False):
        kind, number = _BEFORE.get(first.surface), second.surface
        if kind is None:
            kind, number = _AFTER.get(second.surface), first.surface
        if kind is not None and _PLACE_NUMBER.fullmatch(number):
            return Place(kind, number, frozenset({first.surface, second.surface}))
    return None


def _words(terms: Sequence[Term]) -> list[Word]:
    """Each word once, in the order typed."""
    found: dict[Wanted | str, Word] = {}
    for term in terms:
        if term.surface in STOP_WORDS:
            found.setdefault(term.surface, _stop_word(term))
        else:
            asked = wanted(term)
            likely = term.stems[:1] if term.language == "kk" else term.stems
            found.setdefault(asked, Word(term.surface, asked, likely=frozenset(likely)))
    return list(found.values())


def _stop_word(term: Term) -> Word:
    exact = Wanted(surfaces=spellings(term.surface))
    return Word(term.surface, exact, is_stop_word=True)
