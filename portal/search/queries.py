"""What is found for these words, and how much of it?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from portal.kernel.clock import end_of, now, start_of
from portal.kernel.db import db, transaction_mode
from portal.search.backends import Candidate, Found, Wish
from portal.search.backends.clauses import Clause
from portal.search.backends.engine import IndexEngine
from portal.search.browsing import newest
from portal.search.documents import HitKind, Reference
from portal.search.fields import FieldName
from portal.search.hits import Hit, load_hits, load_units
from portal.search.index import BATCH, engine, entries_behind
from portal.search.narrowing import understand
from portal.search.places import find_places
from portal.search.ranking import KIND_WEIGHT, clause_of
from portal.search.terms import Query
from portal.search.visible import Filter, Seen, list_draft_ids, list_things, see

PAGE = 20
MOST_CANDIDATES = 1000  # the best of what the index finds; more are counted, not shown
ENOUGH = 200  # of these that a reader may see; below that the next best are looked at
MOST_LOOKED_AT = 30_000
UNITS = 2_000  # results of a file whose provisions are held at once
AT_ONCE = 10_000  # candidates the database is asked about in one statement
FEW = 10  # texts with all the words; below that, texts with some of them follow
MOST_ALSO = 200
ALL_WORDS = 1.2  # how much more a text counts for a question by having all its words


class SearchOrder(StrEnum):
    """In which order the hits stand."""

    best = "best"
    newest = "newest"
    closing = "closing"
    discussed = "discussed"


@dataclass(frozen=True, slots=True)
class Results:
    """What was found and may be seen.

    `total` holds for the best MOST_CANDIDATES documents; `is_at_least` says that the index has more. `counts`: by kind,
    whatever the kind asked for, of the kinds that are known wholly. `is_any`: no text has all the words, or few have
    those of a question, so these are the best of what has some. `is_partial`: time ran out.
    """

    query: Query
    hits: tuple[Hit, ...] = ()
    total: int = 0
    counts: Mapping[HitKind, int] | None = None
    is_any: bool = False
    is_at_least: bool = False
    is_partial: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """Everything found, before a page of it is read from the database.

    `also` are texts with some of the words, where few have all. `wanted` is what was narrowed down to, typed conditions
    included. `languages` counts the texts of each language before a thing in two is shown once. `is_behind`: the index
    is being filled still; `is_browsing`: there are no words, so it is the newest.
    """

    query: Query
    seen: tuple[Seen, ...]
    counts: Mapping[HitKind, int]
    is_any: bool
    is_at_least: bool
    is_partial: bool
    is_behind: bool = False
    also: tuple[Seen, ...] = ()
    wanted: Filter = Filter()
    languages: Mapping[str, int] | None = None
    is_browsing: bool = False

    @property
    def shown(self) -> tuple[Seen, ...]:
        """What has all the words, then what has some."""
        return self.seen + self.also

    def page(self, offset: int, limit: int) -> Results:
        """Some of what has all the words, as it is shown. At most four SQL queries."""
        hits = load_hits(self.seen[offset : offset + limit], self.query.marked)
        return Results(
            self.query, tuple(hits), len(self.seen), self.counts, self.is_any, self.is_at_least, self.is_partial
        )

    def batches(self, size: int) -> Iterator[list[Hit]]:
        """All of what has all the words, each batch read in a transaction of its own that ends before it is given.

        A text is read once for UNITS results, however many of its provisions were found: one SQL query for these, and
        three a batch.
        """
        for begin in range(0, len(self.seen), UNITS):
            some = self.seen[begin : begin + UNITS]
            with transaction_mode("read"):
                provisions = load_units(each.candidate.reference for each in some)
                db.session.rollback()
            for first in range(0, len(some), size):
                with transaction_mode("read"):
                    hits = load_hits(some[first : first + size], self.query.marked, provisions)
                    db.session.expunge_all()  # else each row would be read again after the transaction
                    db.session.rollback()
                yield hits


def search(
    text: str, wanted: Filter = Filter(), order: SearchOrder = SearchOrder.best, language: str = "kk",
    fields: Collection[FieldName] = frozenset(FieldName), needs_all: bool = False,
) -> Search:  # fmt: skip
    """Everything found for the words of a text; `language` is the reader's. At most six SQL queries, and one for each
    body, type, area and draft the text names; conditions on other than these `fields` are words. What has only some of
    the words is not among it where it `needs_all`.

    Raises IndexUnusable.
    """
    query, wanted = understand(text, wanted, fields)
    if query.is_empty:
        return _browse(query, wanted, order, language)
    wish, asked = _wish(wanted, order), replace(wanted, kind=None)
    found, some = _find(engine(), query, wish, asked, wanted.kind)
    first = find_places(engine(), query, wish)
    is_any = not first and not needs_all and (found.total == 0 or query.is_question) and bool(some.candidates)
    if is_any:
        found, some = _favouring(some, {each.reference for each in found.candidates}), Found((), 0)
    both = _see((*first, *found.candidates, *some.candidates), asked)
    names = {each.reference for each in (*first, *found.candidates)}
    seen = [each for each in both if each.candidate.reference in names]
    answering = found.total if wanted.kind is None else found.kinds.get(wanted.kind, 0)
    is_at_least = answering > sum(_is_of(each, wanted.kind) for each in found.candidates)
    languages = Counter(each.candidate.reference.language for each in seen if _is_kind(each, wanted.kind))
    seen = _once(seen, language)
    counts = _counts(seen, found)
    chosen = sorted((each for each in seen if _is_kind(each, wanted.kind)), key=_key(order))
    return Search(
        query, tuple(chosen), counts, is_any, is_at_least,
        found.is_partial or some.is_partial or is_at_least and not chosen,
        is_behind=entries_behind() > BATCH,  # what was posted this second is no reason to speak of
        also=_also(both, chosen, wanted, order, language) if len(chosen) < FEW and not needs_all else (),
        wanted=wanted, languages=languages,
    )  # fmt: skip


def _browse(query: Query, wanted: Filter, order: SearchOrder, language: str) -> Search:
    if not wanted.is_any:
        return Search(query, (), {}, False, False, False)
    candidates = newest(wanted, language, MOST_CANDIDATES + 1)
    seen = see(candidates[:MOST_CANDIDATES], replace(wanted, language="") if wanted.kind is None else wanted)
    if order in {SearchOrder.closing, SearchOrder.discussed}:
        seen.sort(key=_key(order))
    languages = Counter(each.candidate.reference.language for each in seen)
    return Search(
        query, tuple(seen), {}, False, len(candidates) > MOST_CANDIDATES, False,
        wanted=wanted, languages=languages, is_browsing=True,
    )  # fmt: skip


def _wish(wanted: Filter, order: SearchOrder) -> Wish:
    """The engine narrows down, so that what is returned are the best of what is wanted."""
    since, until = wanted.days
    return Wish(
        language=wanted.language,
        drafts=list_draft_ids(wanted),
        things=list_things(wanted),
        since=start_of(since) if since else None,
        until=end_of(until) if until else None,
        is_newest=order is SearchOrder.newest,
        limit=MOST_CANDIDATES,
    )


def _find(
    engine: IndexEngine, query: Query, wish: Wish, asked: Filter, kind: HitKind | None
) -> tuple[Found, Found]:
    """What has all the words; where few have, what has some of them. Of all kinds, so that each can be counted; of one
    kind too where that would leave some of it out.
    """
    clause = clause_of(query)
    found = _find_enough(engine, clause, wish, asked)
    some = Found((), 0)
    if found.total < FEW and query.clauses > 1 and not found.is_partial:
        limit = MOST_CANDIDATES if found.total == 0 or query.is_question else MOST_ALSO
        some = _find_enough(engine, clause_of(query, needs_all=False), replace(wish, limit=limit), asked)
    if kind is not None and found.total > len(found.candidates):
        of_kind = _find_enough(engine, clause, replace(wish, kinds=(kind,)), asked)
        others = tuple(each for each in found.candidates if not _is_of(each, kind))
        found = replace(of_kind, candidates=of_kind.candidates + others)
    return _weighed(found), _weighed(some)


def _find_enough(engine: IndexEngine, clause: Clause, wish: Wish, asked: Filter) -> Found:
    """The best that answer, and the next best as long as readers may see few of them: a filter that leaves very many
    drafts or comments is not the engine's to apply.
    """
    found = engine.search(clause, wish)
    if found.total <= len(found.candidates) or _is_narrowed_by(wish, asked):
        return found
    if len(_see(found.candidates, asked)) >= ENOUGH:
        return found
    return engine.search(clause, replace(wish, limit=MOST_LOOKED_AT))


def _is_narrowed_by(wish: Wish, asked: Filter) -> bool:
    """Does the engine know all that is asked of drafts and answers, and all that is to be left out?"""
    if any(each.asks_drafts for each in (asked, *asked.without)) and wish.drafts is None:
        return False
    return all(each.asks_drafts for each in asked.without) and not (asked.asks_answers and wish.things is None)


def _see(candidates: Sequence[Candidate], asked: Filter) -> list[Seen]:
    """`see` for any number of candidates."""
    batches = (candidates[start : start + AT_ONCE] for start in range(0, len(candidates), AT_ONCE))
    return [each for batch in batches for each in see(batch, asked)]


def _is_of(candidate: Candidate, kind: HitKind | None) -> bool:
    return kind is None or candidate.reference.kind is kind


def _is_kind(seen: Seen, kind: HitKind | None) -> bool:
    return _is_of(seen.candidate, kind)


def _counts(seen: Iterable[Seen], found: Found) -> dict[HitKind, int]:
    """Of each kind how many readers may see, in how many languages ever; of a kind the index has more of, nothing."""
    returned = Counter(each.reference.kind for each in found.candidates)
    counts = Counter(each.candidate.reference.kind for each in seen)
    return {kind: counts[kind] for kind in HitKind if returned[kind] >= found.kinds.get(kind, 0)}


def _also(
    both: Iterable[Seen], chosen: Iterable[Seen], wanted: Filter, order: SearchOrder, language: str
) -> tuple[Seen, ...]:
    """Each thing with some of the words that is not among those with all."""
    known = {_name(each) for each in chosen}
    others = [each for each in both if _name(each) not in known and _is_kind(each, wanted.kind)]
    return tuple(sorted(_once(others, language), key=_key(order)))[:MOST_ALSO]


def _once(seen: Iterable[Seen], language: str) -> list[Seen]:
    """Each thing in one language: the reader's if it was found in that, else the one it was found best in."""
    kept: dict[tuple[HitKind, int, str], Seen] = {}
    for each in seen:
        name = _name(each)
        if name not in kept or (each.candidate.reference.language == language != kept[name].candidate.reference.language):
            kept[name] = each
    return list(kept.values())


def _name(seen: Seen) -> tuple[HitKind, int, str]:
    reference = seen.candidate.reference
    return reference.kind, reference.object_id, reference.provision


def _key(order: SearchOrder) -> Callable[[Seen], Any]:
    """Discussions that are open come before those that ended, the next to close first."""
    instant = now()
    keys: dict[SearchOrder, Callable[[Seen], Any]] = {
        SearchOrder.best: lambda each: -each.candidate.score,
        SearchOrder.newest: lambda each: -each.at.timestamp(),
        SearchOrder.closing: lambda each: (
            each.of.closes_at <= instant, abs(each.of.closes_at.timestamp() - instant.timestamp()), -each.candidate.score
        ),
        SearchOrder.discussed: lambda each: (-each.of.comments, each.candidate.reference.draft_id, -each.candidate.score),
    }  # fmt: skip
    return keys[order]


def _favouring(found: Found, with_all: Collection[Reference]) -> Found:
    """What has all the words counts for more by ALL_WORDS."""
    candidates = tuple(
        replace(each, score=each.score * ALL_WORDS) if each.reference in with_all else each for each in found.candidates
    )
    return replace(found, candidates=candidates)


def _weighed(found: Found) -> Found:
    candidates = tuple(
        Candidate(each.reference, each.score * KIND_WEIGHT[each.reference.kind]) for each in found.candidates
    )
    return Found(candidates, found.total, found.is_partial, found.kinds)
