"""What can be chosen to narrow a search down, what is chosen, and at which addresses?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext, lazy_pgettext

from portal.consultation.words import DECISIONS, LANGUAGE_NAMES
from portal.drafts.body_tree import walk_tree
from portal.drafts.models import ActType, Body, PolicyArea
from portal.drafts.queries.reference import list_areas, list_bodies, list_types
from portal.search.asked import ANSWERS
from portal.search.facets import Counts, Facets
from portal.search.fields import Condition
from portal.search.terms import Query
from portal.search.views.hit_views import KINDS, STATUSES
from portal.search.visible import Filter
from portal.web.formats import format_day
from portal.web.pages import here

MOST_VALUES = 6  # of a facet that are shown at once
MOST_BODIES = 60  # all of them can be chosen in the form

TITLES = {
    "status": lazy_gettext("Status"),
    "body": lazy_gettext("State body"),
    "type": lazy_pgettext("of an act", "Type"),
    "area": lazy_gettext("Policy area"),
    "language": lazy_gettext("Language"),
    "year": lazy_pgettext("search", "Year"),
    "decision": lazy_pgettext("search", "Outcome"),
    "has": lazy_pgettext("search", "Answers"),
}


@dataclass(frozen=True)
class Value:
    """A link that narrows down; `depth` in the tree of bodies."""

    label: str
    url: str
    count: int
    depth: int = 0


@dataclass(frozen=True)
class Facet:
    """`more` are the values that open on demand."""

    name: str
    title: str
    values: tuple[Value, ...]
    more: tuple[Value, ...]


@dataclass(frozen=True)
class Reference:
    """All bodies, types and areas; three statements."""

    bodies: Sequence[Body]
    types: Sequence[ActType]
    areas: Sequence[PolicyArea]

    @classmethod
    def load(cls) -> Reference:
        return cls(list_bodies(), list_types(), list_areas())

    def known(self, wanted: Filter) -> Filter:
        """Without what is not there."""
        return replace(
            wanted,
            body_id=wanted.body_id if any(each.id == wanted.body_id for each in self.bodies) else None,
            type_id=wanted.type_id if any(each.id == wanted.type_id for each in self.types) else None,
            area_id=wanted.area_id if any(each.id == wanted.area_id for each in self.areas) else None,
        )

    def label(self, name: str, value: str, draft_title: str, language: str) -> str:
        """The name of one value of an address."""
        return _label(name, value, self.labels(language), draft_title)

    def labels(self, language: str) -> dict[str, dict[str, str]]:
        """Parameter of the address → value → name."""
        return {
            "kind": {kind.value: str(name) for kind, name in KINDS.items()},
            "status": {status.value: str(name) for status, name in STATUSES.items()},
            "body": {str(each.id): each.name(language) for each in self.bodies},
            "type": {str(each.id): each.name(language) for each in self.types},
            "area": {str(each.id): each.name(language) for each in self.areas},
            "language": {code: str(name) for code, name in LANGUAGE_NAMES.items()},
            "decision": {decision.value: str(name) for decision, name in DECISIONS.items()},
            "has": {ANSWERS: _("With answers")},
        }


@dataclass(frozen=True)
class Chosen:
    """What a search is narrowed down by: values of the address, and conditions typed among the words, which count."""

    values: Mapping[str, str]
    query: Query

    @property
    def all(self) -> dict[str, str]:
        """Parameter of the address → value, as if all of it had been chosen there."""
        typed = {each.name.value: each.value for each in self.query.conditions if not each.is_without}
        return {**self.values, **typed}

    def choose(self, name: str, value: str | None) -> str:
        """The address with another value of one name; what was typed of that name goes."""
        typed = [each for each in self.query.conditions if each.name == name and not each.is_without]
        return here(**{name: value, "page": None, "q": without(self.query.typed, typed)})

    @property
    def plain(self) -> str:
        """What was typed without its conditions."""
        return without(self.query.typed, self.query.conditions)


def without(typed: str, conditions: Iterable[Condition]) -> str:
    """A query without some of its conditions."""
    for condition in conditions:
        typed = re.sub(rf"(?<!\S){re.escape(condition.typed)}(?!\S)", " ", typed)
    return " ".join(typed.split())


def facet_views(facets: Facets, reference: Reference, narrowed: Chosen, total: int, language: str) -> tuple[Facet, ...]:
    """What can still be chosen; nothing that would change nothing."""
    labels, chosen = reference.labels(language), narrowed.all
    found = []
    for name, title in TITLES.items():
        if name in chosen and name != "body":
            continue
        counts = {value: count for value, count in facets.of(name).items() if value != chosen.get(name)}
        if name == "body":
            values = _tree(counts, reference.bodies, narrowed, total, language)
        else:
            ordered = sorted(counts, key=lambda value: (-int(value) if name == "year" else -counts[value], value))
            named = labels.get(name, {})
            values = [Value(named.get(value, value), narrowed.choose(name, value), counts[value]) for value in ordered]
        if values and not (len(values) == 1 and values[0].count == total):
            found.append(Facet(name, str(title), tuple(values[:MOST_VALUES]), tuple(values[MOST_VALUES:])))
    return tuple(found)


def _tree(counts: Counts, bodies: Sequence[Body], narrowed: Chosen, total: int, language: str) -> list[Value]:
    """Bodies found, each under the one it belongs to; below a chosen body only what belongs to it."""
    chosen = narrowed.all.get("body")
    commonest = set(sorted(counts, key=lambda id_: -counts[id_])[:MOST_BODIES])
    found = [body for body in bodies if str(body.id) in commonest]
    nodes = walk_tree(found, language, int(chosen) if chosen else None)
    return [
        Value(
            node.body.name(language), narrowed.choose("body", str(node.body.id)), counts[str(node.body.id)],
            min(node.depth, 3),
        )
        for node in nodes
        if counts[str(node.body.id)] < total or node.depth or len(nodes) == 1
    ]  # fmt: skip


def chosen_links(
    narrowed: Chosen, reference: Reference, draft_title: str, language: str
) -> tuple[tuple[str, str], ...]:
    """(what is chosen, the address without it) of each condition of the address, and of each one typed."""
    labels, typed = reference.labels(language), narrowed.query.conditions
    counts = {each.name.value for each in typed if not each.is_without}
    links = [
        (_label(name, value, labels, draft_title), here(**{name: None, "page": None}))
        for name, value in narrowed.values.items()
        if name not in counts
    ]
    for each in typed:
        label = _label(each.name.value, each.value, labels, "" if each.is_without else draft_title)
        label = _("Except: %(value)s", value=label) if each.is_without else label
        links.append((label, here(q=without(narrowed.query.typed, [each]), page=None)))
    return tuple(links)


def _label(name: str, value: str, labels: Mapping[str, Mapping[str, str]], draft_title: str) -> str:
    if name == "draft":
        return _("Draft: %(title)s", title=draft_title or value)
    if name in {"since", "until"}:
        day = format_day(date.fromisoformat(value))
        return _("From %(day)s", day=day) if name == "since" else _("Until %(day)s", day=day)
    return labels.get(name, {}).get(value, value)
