"""By what may the things found be narrowed down, and how many would be left?

Counted over what the database says of the best texts found: where the index has more of them, the counts say so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from portal.drafts.body_tree import DEEPEST
from portal.drafts.models import Body
from portal.kernel.clock import legal_day
from portal.search.asked import ANSWERS
from portal.search.visible import Seen

Counts = Mapping[str, int]  # value as in the address → how many


@dataclass(frozen=True, slots=True)
class Facets:
    """How many things found each value of an address would leave; a body's with what belongs to it."""

    counts: Mapping[str, Counts] = field(default_factory=dict)

    def of(self, name: str) -> Counts:
        return self.counts.get(name, {})


def count_facets(seen: Iterable[Seen], languages: Mapping[str, int], bodies: Sequence[Body]) -> Facets:
    """The counts of everything that can be chosen."""
    found: dict[str, Counter[str]] = {name: Counter() for name in ("type", "status", "area", "year", "decision", "has")}
    of_body: Counter[int] = Counter()
    for each in seen:
        of_body[each.of.body_id] += 1
        found["type"][str(each.of.type_id)] += 1
        found["status"][each.of.status.value] += 1
        found["year"][str(legal_day(each.at).year)] += 1
        if each.of.area_id is not None:
            found["area"][str(each.of.area_id)] += 1
        if each.decision is not None:
            found["decision"][each.decision.value] += 1
        if each.is_answered:
            found["has"][ANSWERS] += 1
    return Facets({**found, "language": dict(languages), "body": _with_those_below(of_body, bodies)})


def _with_those_below(counts: Mapping[int, int], bodies: Sequence[Body]) -> dict[str, int]:
    """Each body's count, and that of all it belongs to."""
    parents = {body.id: body.parent_id for body in bodies}
    total: Counter[str] = Counter()
    for body_id, count in counts.items():
        above: list[int] = []
        at: int | None = body_id
        while at is not None and at not in above and len(above) <= DEEPEST:
            above.append(at)
            at = parents.get(at)
        for each in above:
            total[str(each)] += count
    return dict(total)
