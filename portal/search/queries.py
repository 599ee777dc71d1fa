"""What is found for these words, and how much of it?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from portal.kernel.clock import end_of, start_of
from portal.search.backends import Candidate, Found, Wish
from portal.search.backends.engine import IndexEngine
from portal.search.documents import HitKind
from portal.search.hits import Hit, load_hits
from portal.search.index import BATCH, engine, entries_behind
from portal.search.ranking import KIND_WEIGHT, clause_of
from portal.search.terms import Query, parse
from portal.search.visible import Filter, Seen, list_draft_ids, see

PAGE = 20
MOST_CANDIDATES = 1000  # the best of what the index finds; more are counted, not shown


class SearchOrder(StrEnum):
    """In which order the hits stand."""

    best = "best"
    newest = "newest"


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
    """Everything found, before a page of it is read from the database. `is_behind`: the index is being filled still."""

    query: Query
    seen: tuple[Seen, ...]
    counts: Mapping[HitKind, int]
    is_any: bool
    is_at_least: bool
    is_partial: bool
    is_behind: bool = False

    def page(self, offset: int, limit: int) -> Results:
        """Some of what was found, as it is shown. At most four SQL queries."""
        hits = load_hits(self.seen[offset : offset + limit], self.query.marked)
        return Results(
            self.query, tuple(hits), len(self.seen), self.counts, self.is_any, self.is_at_least, self.is_partial
        )


def search(text: str, wanted: Filter = Filter(), order: SearchOrder = SearchOrder.best, language: str = "kk") -> Search:
    """Everything found for the words of a text; `language` is the reader's. At most five SQL queries.

    Raises IndexUnusable.
    """
    query = parse(text)
    found, is_any = _find(engine(), query, _wish(wanted, order), wanted.kind)
    seen = _once(see(found.candidates, wanted), language)
    counts = Counter(each.candidate.reference.kind for each in seen)
    is_at_least = found.total > len(found.candidates)
    if wanted.kind is not None:
        seen = [each for each in seen if each.candidate.reference.kind is wanted.kind]
    if sum(found.kinds.values()) > len(found.candidates):  # what was not returned is counted all the same
        counts.update({kind: max(0, count - counts[kind]) for kind, count in found.kinds.items()})
    if order is SearchOrder.newest:
        seen.sort(key=lambda each: each.at, reverse=True)
    else:
        seen.sort(key=lambda each: each.candidate.score, reverse=True)
    is_behind = entries_behind() > BATCH  # what was posted this second is no reason to speak of
    return Search(query, tuple(seen), counts, is_any, is_at_least, found.is_partial, is_behind)


def _wish(wanted: Filter, order: SearchOrder) -> Wish:
    """The engine narrows down, so that what is returned are the best of what is wanted."""
    return Wish(
        language=wanted.language,
        drafts=list_draft_ids(wanted),
        since=start_of(wanted.since) if wanted.since else None,
        until=end_of(wanted.until) if wanted.until else None,
        is_newest=order is SearchOrder.newest,
        limit=MOST_CANDIDATES,
    )


def _find(engine: IndexEngine, query: Query, wish: Wish, kind: HitKind | None) -> tuple[Found, bool]:
    """What has all the words; where nothing has, what has any of them. Of all kinds, so that things in two languages
    are counted once; of one kind only where that would leave some of it out.
    """
    clause = clause_of(query)
    found = engine.search(clause, wish)
    is_any = found.total == 0 and query.clauses > 1 and not found.is_partial
    if is_any:
        clause = clause_of(query, needs_all=False)
        found = engine.search(clause, wish)
    if kind is not None and found.total > len(found.candidates):
        found = engine.search(clause, replace(wish, kinds=(kind,)))
    return _weighed(found), is_any and bool(found.kinds)


def _once(seen: Iterable[Seen], language: str) -> list[Seen]:
    """Each thing in one language: the reader's if it was found in that, else the one it was found best in."""
    kept: dict[tuple[HitKind, int, str], Seen] = {}
    for each in seen:
        reference = each.candidate.reference
        name = (reference.kind, reference.object_id, reference.provision)
        if name not in kept or reference.language == language:
            kept[name] = each
    return list(kept.values())


def _weighed(found: Found) -> Found:
    candidates = tuple(
        Candidate(each.reference, each.score * KIND_WEIGHT[each.reference.kind]) for each in found.candidates
    )
    return Found(candidates, found.total, found.is_partial, found.kinds)
