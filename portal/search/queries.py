"""What is found for these words, and how much of it?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.search.backends import Candidate, Engine, Found, Wish
from portal.search.documents import HitKind
from portal.search.hits import Hit, load_hits
from portal.search.index import engine
from portal.search.terms import Query, parse
from portal.search.visible import Filter, Seen, see

PAGE = 20
MOST_CANDIDATES = 1000  # the best of what the index finds; more are counted, not shown

# A draft is more than one of its provisions, and the law more than what is said about it.
_KIND_WEIGHT = {HitKind.draft: 1.3, HitKind.provision: 1.0, HitKind.comment: 0.9, HitKind.reply: 0.9}


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
    """Everything found, before a page of it is read from the database."""

    query: Query
    seen: tuple[Seen, ...]
    counts: Mapping[HitKind, int]
    is_any: bool
    is_at_least: bool
    is_partial: bool

    def page(self, offset: int, limit: int) -> Results:
        """Some of what was found, as it is shown. At most four SQL queries."""
        hits = load_hits(self.seen[offset : offset + limit], self.query.marked)
        return Results(
            self.query, tuple(hits), len(self.seen), self.counts, self.is_any, self.is_at_least, self.is_partial
        )


def search(text: str, wanted: Filter = Filter(), order: SearchOrder = SearchOrder.best, language: str = "kk") -> Search:
    """Everything found for the words of a text; `language` is the reader's. At most three SQL queries.

    Raises IndexUnusable.
    """
    query = parse(text)
    found, is_any = _find(engine(), query, wanted)
    seen = _once(see(found.candidates, wanted), language)
    counts = Counter(each.candidate.reference.kind for each in seen)
    if wanted.kind is not None:
        seen = [each for each in seen if each.candidate.reference.kind is wanted.kind]
    if order is SearchOrder.newest:
        seen.sort(key=lambda each: each.at, reverse=True)
    else:
        seen.sort(key=lambda each: each.candidate.score, reverse=True)
    return Search(query, tuple(seen), counts, is_any, found.total > len(found.candidates), found.is_partial)


def _find(engine: Engine, query: Query, wanted: Filter) -> tuple[Found, bool]:
    """What has all the words; where nothing has, what has any of them."""
    wish = Wish(language=wanted.language, limit=MOST_CANDIDATES)
    found = engine.search(query, wish)
    is_any = found.total == 0 and query.clauses > 1 and not found.is_partial
    if is_any:
        wish = Wish(needs_all=False, language=wanted.language, limit=MOST_CANDIDATES)
        found = engine.search(query, wish)
    if wanted.kind is not None and found.total > len(found.candidates):
        found = engine.search(query, Wish(wish.needs_all, (wanted.kind,), wanted.language, MOST_CANDIDATES))
    return _weighed(found), is_any and found.total > 0


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
        Candidate(each.reference, each.score * _KIND_WEIGHT[each.reference.kind]) for each in found.candidates
    )
    return Found(candidates, found.total, found.is_partial)
