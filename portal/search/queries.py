"""What is found for these words, and how much of it?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from portal.kernel.clock import end_of, now, start_of
from portal.kernel.db import db, transaction_mode
from portal.search.backends import Candidate, Found, Wish
from portal.search.backends.engine import IndexEngine
from portal.search.browsing import newest
from portal.search.documents import HitKind
from portal.search.fields import FieldName
from portal.search.hits import Hit, load_hits
from portal.search.index import BATCH, engine, entries_behind
from portal.search.narrowing import understand
from portal.search.places import find_places
from portal.search.ranking import KIND_WEIGHT, clause_of
from portal.search.terms import Query
from portal.search.visible import Filter, Seen, list_draft_ids, see

PAGE = 20
MOST_CANDIDATES = 1000  # the best of what the index finds; more are counted, not shown
FEW = 10  # texts with all the words; below that, texts with some of them follow
MOST_ALSO = 200


class SearchOrder(StrEnum):
    """In which order the hits stand."""

    best = "best"
    newest = "newest"
    closing = "closing"
    discussed = "discussed"


@dataclass(frozen=True, slots=True)
class Results:
    """What was found and may be seen.

    `total` and `counts` (by kind, whatever the kind asked for) hold for the best MOST_CANDIDATES documents;
    `is_at_least` says that the index has more. `is_any`: no text has all the words, these have some.
    `is_partial`: time ran out.
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
        """All of what has all the words, each batch read in a transaction of its own that ends before it is given."""
        for first in range(0, len(self.seen), size):
            with transaction_mode("read"):
                hits = load_hits(self.seen[first : first + size], self.query.marked)
                db.session.rollback()
            yield hits


def search(
    text: str, wanted: Filter = Filter(), order: SearchOrder = SearchOrder.best, language: str = "kk",
    fields: Collection[FieldName] = frozenset(FieldName),
) -> Search:  # fmt: skip
    """Everything found for the words of a text; `language` is the reader's. At most six SQL queries, and one for each
    body, type, area and draft the text names; conditions on other than these `fields` are words.

    Raises IndexUnusable.
    """
    query, wanted = understand(text, wanted, fields)
    if query.is_empty:
        return _browse(query, wanted, order, language)
    wish = _wish(wanted, order)
    found, some = _find(engine(), query, wish, wanted.kind)
    first = find_places(engine(), query, wish)
    is_any = not first and found.total == 0 and bool(some.candidates)
    if is_any:
        found, some = some, Found((), 0)
    asked = replace(wanted, kind=None)
    both = see((*first, *found.candidates, *some.candidates), asked)
    names = {each.reference for each in (*first, *found.candidates)}
    seen = [each for each in both if each.candidate.reference in names]
    is_at_least = found.total > len(found.candidates)
    languages = Counter(each.candidate.reference.language for each in seen if _is_kind(each, wanted.kind))
    seen = _once(seen, language)
    counts = _counts(seen, found, wanted)
    chosen = sorted((each for each in seen if _is_kind(each, wanted.kind)), key=_key(order))
    return Search(
        query, tuple(chosen), counts, is_any, is_at_least, found.is_partial or some.is_partial,
        is_behind=entries_behind() > BATCH,  # what was posted this second is no reason to speak of
        also=_also(both, chosen, wanted, order, language) if len(chosen) < FEW else (),
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
        since=start_of(since) if since else None,
        until=end_of(until) if until else None,
        is_newest=order is SearchOrder.newest,
        limit=MOST_CANDIDATES,
    )


def _find(engine: IndexEngine, query: Query, wish: Wish, kind: HitKind | None) -> tuple[Found, Found]:
    """What has all the words; where few have, what has some of them. Of all kinds, so that things in two languages
    are counted once; of one kind only where that would leave some of it out.
    """
    clause = clause_of(query)
    found = engine.search(clause, wish)
    some = Found((), 0)
    if found.total < FEW and query.clauses > 1 and not found.is_partial:
        limit = MOST_CANDIDATES if found.total == 0 else MOST_ALSO
        some = engine.search(clause_of(query, needs_all=False), replace(wish, limit=limit))
    if kind is not None and found.total > len(found.candidates):
        found = engine.search(clause, replace(wish, kinds=(kind,)))
    return _weighed(found), _weighed(some)


def _is_kind(seen: Seen, kind: HitKind | None) -> bool:
    return kind is None or seen.candidate.reference.kind is kind


def _counts(seen: Iterable[Seen], found: Found, wanted: Filter) -> Counter[HitKind]:
    """By kind; what was not returned is counted by the index, unless it knows nothing of a condition."""
    counts = Counter(each.candidate.reference.kind for each in seen)
    if sum(found.kinds.values()) > len(found.candidates) and not wanted.asks_comments:
        counts.update({kind: max(0, count - counts[kind]) for kind, count in found.kinds.items()})
    return counts


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


def _weighed(found: Found) -> Found:
    candidates = tuple(
        Candidate(each.reference, each.score * KIND_WEIGHT[each.reference.kind]) for each in found.candidates
    )
    return Found(candidates, found.total, found.is_partial, found.kinds)
