"""How may a query go on, judged by the words of the public texts?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from portal.kernel.db import db
from portal.language.analysis import analyse
from portal.language.tokens import tokens
from portal.search.models import CorpusWord
from portal.search.terms import LONGEST_QUERY

MOST = 7
FORMS = 8  # of a word, read beside it
SHORTEST = 2  # letters typed


def suggest(typed: str) -> list[str]:
    """The text with its last word completed, the commonest word first; of the forms of a word, which are all found
    alike, the commonest alone. One statement.
    """
    typed = typed[:LONGEST_QUERY]
    last = None
    for last in tokens(typed):
        pass
    if last is None or last.is_number or len(last.text) < SHORTEST or last.end != len(typed):
        return []
    rows = db.session.scalars(
        db.select(CorpusWord.text)
        .where(CorpusWord.text > last.text, CorpusWord.text < f"{last.text}\U0010ffff")
        .order_by(CorpusWord.count.desc(), CorpusWord.text)
        .limit(MOST * FORMS)
    )
    return [f"{typed[: last.start]}{word}" for word in islice(_one_of_each(rows), MOST)]


def _one_of_each(words: Iterable[str]) -> Iterator[str]:
    """The first form of each word."""
    known: set[str] = set()
    for word in words:
        stems = {stem for term in analyse(word) for stem in term.stems}
        if known.isdisjoint(stems):
            yield word
        known |= stems
