"""In which fields does tantivy keep a document, and how does a clause become a query of its own?"""

from __future__ import annotations

import math
from collections.abc import Sequence

from tantivy import FieldType, Occur, Query, Schema, SchemaBuilder, Searcher

from portal.search.backends import Wish
from portal.search.backends.clauses import HEADS, MOST_BEGUN, AllOf, AnyOf, Begun, Clause, Phrase, Term
from portal.search.documents import HitKind

TOKENIZER = "words"  # parted by spaces, nothing else

KINDS = tuple(HitKind)
NUMBERS = {kind: number for number, kind in enumerate(KINDS)}
LANGUAGE_NUMBERS = {"kk": 0, "ru": 1, "en": 2}


def make_schema() -> Schema:
    """Words with what finding them needs; numbers for narrowing down and for what is returned."""
    builder = SchemaBuilder()
    for name in ("stems", "loose", "family", "head", "head_exact"):
        builder.add_text_field(name, tokenizer_name=TOKENIZER, index_option="freq")
    builder.add_text_field("exact", tokenizer_name=TOKENIZER, index_option="position")
    builder.add_text_field("group", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("provision", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("kind", "language", "draft", "object"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    for name in ("at", "print"):
        builder.add_unsigned_field(name, fast=True)
    return builder.build()


def narrowed(schema: Schema, query: Query, wish: Wish, with_kinds: bool) -> Query:
    """The query among the documents wished; the conditions have no part in the score."""
    conditions = []
    if with_kinds and wish.kinds:
        conditions.append(Query.term_set_query(schema, "kind", [NUMBERS[kind] for kind in wish.kinds]))
    if wish.language:
        conditions.append(Query.term_query(schema, "language", LANGUAGE_NUMBERS.get(wish.language, 9)))
    if wish.drafts is not None:
        conditions.append(Query.term_set_query(schema, "draft", list(wish.drafts)))
    if wish.things is not None:
        conditions.append(_any([_things(schema, kind, ids) for kind, ids in wish.things.items() if ids]))
    if wish.since is not None or wish.until is not None:
        since = math.ceil(wish.since.timestamp()) if wish.since else 0
        until = math.ceil(wish.until.timestamp()) if wish.until else 2**62
        conditions.append(
            Query.range_query(schema, "at", FieldType.Unsigned, max(0, since), max(0, until), include_upper=False)
        )
    if not conditions:
        return query
    return _all([query, *(Query.const_score_query(condition, 0.0) for condition in conditions)])


def _things(schema: Schema, kind: HitKind, ids: frozenset[int]) -> Query:
    of_kind = Query.term_query(schema, "kind", NUMBERS[kind])
    return _all([of_kind, Query.term_set_query(schema, "object", list(ids))])


class Compiler:
    """`is_cut`: some words were left out."""

    def __init__(self, schema: Schema, searcher: Searcher) -> None:
        self.schema = schema
        self.searcher = searcher
        self.is_cut = False

    def compile(self, clause: Clause) -> Query:
        """The query of a clause."""
        match clause:
            case Term(field, text, weight) if field in HEADS:
                term = Query.term_query(self.schema, field.value, text, "basic")
                return Query.const_score_query(term, weight * self._idf(field.value, text))
            case Term(field, text, weight):
                return _weighed(Query.term_query(self.schema, field.value, text, "freq"), weight)
            case Phrase(words, weight):
                return self._phrase(words, weight)
            case Begun(text, weight):
                terms = [Query.term_query(self.schema, "exact", word, "freq") for word in self._begun(text)]
                return _weighed(_any(terms), weight)
            case AnyOf(clauses):
                return _any([self.compile(each) for each in clauses])
            case AllOf(clauses, without):
                return _all([self.compile(each) for each in clauses], [self.compile(each) for each in without])

    def _phrase(self, words: Sequence[str], weight: float) -> Query:
        if len(words) < 2:
            return _any([Query.term_query(self.schema, "exact", word, "freq") for word in words])
        return _weighed(Query.phrase_query(self.schema, "exact", list(words)), weight)

    def _idf(self, field: str, text: str) -> float:
        having, documents = self.searcher.doc_freq(field, text), self.searcher.num_docs
        return math.log(1 + max(0.0, documents - having + 0.5) / (having + 0.5))

    def _begun(self, text: str) -> list[str]:
        words = [word for word, _ in self.searcher.terms_with_prefix("exact", text, limit=MOST_BEGUN + 1)]
        self.is_cut = self.is_cut or len(words) > MOST_BEGUN
        return words[:MOST_BEGUN]


def _weighed(query: Query, weight: float) -> Query:
    return query if weight == 1.0 else Query.boost_query(query, weight)


def _any(queries: Sequence[Query]) -> Query:
    if not queries:
        return Query.empty_query()
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries])


def _all(queries: Sequence[Query], without: Sequence[Query] = ()) -> Query:
    if not queries:
        return Query.empty_query()
    parts = [(Occur.Must, query) for query in queries] + [(Occur.MustNot, query) for query in without]
    return queries[0] if len(parts) == 1 else Query.boolean_query(parts)
