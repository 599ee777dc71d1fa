"""In which fields does Whoosh keep a document, and how does it weigh a word in them?"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from whoosh.columns import NumericColumn
from whoosh.fields import COLUMN, ID, STORED, FieldType, Schema
from whoosh.formats import Frequency, Positions
from whoosh.scoring import BM25F, BM25FScorer
from whoosh.searching import Searcher
from whoosh.system import pack_uint
from whoosh.util.text import utf8encode

from portal.search.backends.clauses import HEADS


class Tokens(FieldType):
    """A field of words that are analysed already: counted, or with their places for phrases."""

    def __init__(self, has_places: bool = False) -> None:
        self.format = Positions() if has_places else Frequency()
        self.has_places = has_places
        self.analyzer = None
        self.scorable = True
        self.stored = False
        self.unique = False
        self.vector = None
        self.column_type = None
        self.spelling = False

    def index(self, value: Any, **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        if not self.has_places:
            for word, count in Counter(value).items():
                yield utf8encode(word)[0], count, float(count), pack_uint(count)
            return
        places: defaultdict[str, list[int]] = defaultdict(list)
        for place, word in value:
            places[word].append(place)
        for word, found in places.items():
            yield utf8encode(word)[0], len(found), float(len(found)), self.format.encode(found)


SCHEMA = Schema(
    reference=ID(stored=True),
    print=STORED(),
    group=ID(),
    language=ID(),
    kind=COLUMN(NumericColumn("B")),
    draft=COLUMN(NumericColumn("Q")),
    object=COLUMN(NumericColumn("Q")),
    at=COLUMN(NumericColumn("Q")),
    head=Tokens(),
    stems=Tokens(),
    loose=Tokens(),
    family=Tokens(),
    head_exact=Tokens(),
    exact=Tokens(has_places=True),
)


class Weighting(BM25F):
    """The formula of `clauses`."""

    def scorer(self, searcher: Searcher, fieldname: str, text: bytes, qf: int = 1) -> Any:
        if fieldname in HEADS:
            return _HeadScorer(searcher, fieldname, text)
        return super().scorer(searcher, fieldname, text, qf)

    def idf(self, searcher: Searcher, fieldname: str, text: bytes) -> float:
        parent = searcher.get_parent()
        having = parent.doc_frequency(fieldname, text)
        return math.log(1 + (parent.doc_count_all() - having + 0.5) / (having + 0.5))


class _HeadScorer(BM25FScorer):
    """A word in a heading counts once, however long the heading is."""

    def __init__(self, searcher: Searcher, fieldname: str, text: bytes) -> None:
        super().__init__(searcher, fieldname, text, 0.0, 1.2)

    def _score(self, weight: float, length: float) -> float:
        return float(self.idf)


WEIGHTING = Weighting()
