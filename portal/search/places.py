"""Which provision is meant by "статья 57 налогового кодекса"?

The words beside the number name an act by its title; what is meant is the unit of that number in the acts found so.
"""

from __future__ import annotations

from dataclasses import replace

from portal.search.backends import Candidate, Wish
from portal.search.backends.engine import IndexEngine
from portal.search.documents import HitKind
from portal.search.ranking import clause_of, place_clause
from portal.search.terms import Query

MOST_ACTS = 20
MOST_PLACES = 40
FIRST = 1000.0  # before whatever has the words by chance


def find_places(engine: IndexEngine, query: Query, wish: Wish) -> list[Candidate]:
    """The units named, those of the best act first; none where the query names no place."""
    place, rest = query.place, query.rest
    if place is None:
        return []
    acts: dict[int, float] = {}
    narrowed = replace(wish, is_newest=False)
    if not rest.is_empty:
        found = engine.search(clause_of(rest), replace(narrowed, kinds=(HitKind.draft,), limit=MOST_ACTS))
        for act in found.candidates:
            acts.setdefault(act.reference.draft_id, act.score)
        if not acts:
            return []
        narrowed = replace(narrowed, drafts=frozenset(acts))
    units = engine.search(place_clause(place), replace(narrowed, kinds=(HitKind.provision,), limit=MOST_PLACES))
    return [
        Candidate(each.reference, FIRST + acts.get(each.reference.draft_id, 0.0) + each.score / FIRST)
        for each in units.candidates
        if place.is_of(each.reference.provision)
    ]
