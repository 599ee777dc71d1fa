"""What did a person mean who typed with the wrong keyboard or a slip of the finger?

Only words that the public texts have are proposed; nothing is replaced unasked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from portal.kernel.db import db
from portal.language.analysis import analyse, meets, wanted
from portal.language.tokens import Token, tokens
from portal.search.models import CorpusWord
from portal.search.terms import LONGEST_QUERY

MOST_MISTYPED = 5  # words of a query that are looked into
MOST_LIKE = 3000  # words each is compared with, the commonest
SHORTEST = 4  # letters of a word that may be mistyped
_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбюё"
_FIGURES, _KAZAKH = "234589" + "0-=", "әіңғүұ" + "қөһ"
_LAYOUTS = (
    str.maketrans(_LATIN + _LATIN[:10].upper() + _LATIN[12:21].upper() + "ZXCVBNM{}:\"<>~",
                  _RUSSIAN + _RUSSIAN[:10] + _RUSSIAN[12:21] + "ячсмить" + "хъжэбюё"),
    str.maketrans(_RUSSIAN, _LATIN),
)  # fmt: skip
_TO_KAZAKH = str.maketrans(_FIGURES, _KAZAKH)


def propose(typed: str) -> str | None:
    """The query as it may have been meant; None where there is nothing better. At most six statements, bounded."""
    typed = typed[:LONGEST_QUERY]
    words = _words(typed)
    variants = list(dict.fromkeys(_variants(typed)))
    known = _known({word.text for word in words} | {word.text for variant in variants for word in _words(variant)})
    unknown = [word for word in words if word.text not in known]
    if not unknown:
        return None
    if len(unknown) == len(words):
        for variant in variants:
            meant = _words(variant)
            if meant and all(word.text in known for word in meant):
                return variant
    return _corrected(typed, unknown[:MOST_MISTYPED])


def _words(text: str) -> list[Token]:
    return [token for token in tokens(text) if not token.is_number and len(token.text) > 2]


def _variants(typed: str) -> Iterator[str]:
    """The keys pressed, read as those of another keyboard."""
    for layout in _LAYOUTS:
        other = typed.lower().translate(layout)
        if other != typed.lower():
            yield other
    kazakh = " ".join(_kazakh(chunk) for chunk in typed.lower().split())
    if kazakh != typed.lower():
        yield kazakh


def _kazakh(chunk: str) -> str:
    """On the Kazakh keyboard the upper row has letters; a chunk of figures alone is a number."""
    if not any(letter.isalpha() for letter in chunk):
        return chunk
    return chunk.translate(_LAYOUTS[0]).translate(_TO_KAZAKH)


def _known(words: Iterable[str]) -> set[str]:
    query = db.select(CorpusWord.text).where(CorpusWord.text.in_(sorted(words)[:200]))
    return set(db.session.scalars(query))


def _corrected(typed: str, unknown: Iterable[Token]) -> str | None:
    """The text with every unknown word that is like a known one replaced by it."""
    changed = typed
    for word in sorted(unknown, key=lambda each: -each.start):
        if len(word.text) >= SHORTEST and (better := _nearest(word.text)):
            changed = changed[: word.start] + better + changed[word.end :]
    return changed if changed != typed else None


def _nearest(word: str) -> str | None:
    """The word with the fewest slips from this one, the commonest of equals; None for another form of a known word."""
    slips = 1 if len(word) < 6 else 2
    rows = db.session.execute(
        db.select(CorpusWord.text, CorpusWord.count)
        .where(
            CorpusWord.initial.in_({word[0], word[1]}), CorpusWord.size.between(len(word) - slips, len(word) + slips)
        )
        .order_by(CorpusWord.count.desc())
        .limit(MOST_LIKE)
    )  # fmt: skip
    counts = {text: count for text, count in rows}
    near = extract(word, list(counts), scorer=OSA.distance, score_cutoff=slips, limit=20)
    if not near or any(_is_form_of(word, text) for text, *_ in near):
        return None
    return min(near, key=lambda each: (each[1], -counts[each[0]]))[0]


def _is_form_of(word: str, known: str) -> bool:
    """Does a search for the word find the other too?"""
    return any(meets(wanted(term), other) for term in analyse(word) for other in analyse(known))
