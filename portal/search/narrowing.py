"""Which bodies, types, areas and drafts of this portal did a person name in a query?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from portal.consultation.models import DecisionKind
from portal.drafts.body_table import match_key
from portal.drafts.models import Draft
from portal.drafts.queries.reference import list_areas, list_bodies, list_types
from portal.kernel.db import db
from portal.search.documents import HitKind
from portal.search.fields import Condition, FieldName
from portal.search.statuses import Status
from portal.search.terms import Query, parse
from portal.search.visible import Filter

_NAMED = {FieldName.body: list_bodies, FieldName.type: list_types, FieldName.area: list_areas}


def understand(
    text: str, wanted: Filter, fields: Collection[FieldName] = frozenset(FieldName)
) -> tuple[Query, Filter]:
    """The query in a text, and what it narrows down to together with what was chosen; what is typed counts.

    What names nothing of this portal is words. The conditions of the query hold the values that stand in an address.
    One statement for each body, type, area and draft named.
    """
    query = parse(text, fields)
    changes = {condition: _changes(condition) for condition in query.conditions}
    unknown = {condition.name for condition, changed in changes.items() if not changed}
    if unknown:
        query = parse(text, frozenset(fields) - unknown)
    narrowed, known = wanted, []
    for condition in query.conditions:
        changed = changes[condition]
        if condition.is_without:
            narrowed = replace(narrowed, without=(*narrowed.without, Filter(**changed)))
        else:
            narrowed = replace(narrowed, **changed)
        (value,) = changed.values()
        known.append(condition if condition.name is FieldName.has else replace(condition, value=str(value)))
    return replace(query, conditions=tuple(known)), narrowed


def _changes(condition: Condition) -> dict[str, Any]:
    """Fields of the filter; none where the condition names nothing."""
    value = condition.value
    match condition.name:
        case FieldName.kind:
            return {"kind": HitKind(value)}
        case FieldName.status:
            return {"status": Status(value)}
        case FieldName.language:
            return {"language": value}
        case FieldName.year:
            return {"year": int(value)}
        case FieldName.decision:
            return {"decision": DecisionKind(value)}
        case FieldName.has:
            return {"has_answers": True}
        case FieldName.draft:
            return {"draft_id": id_} if (id_ := _draft_id(value)) else {}
        case _:
            id_ = _named(value, _NAMED[condition.name]())
            return {f"{condition.name.value}_id": id_} if id_ else {}


def _draft_id(value: str) -> int | None:
    """By id or by number; whether a reader may see it is asked later."""
    if value.isdecimal():
        return int(value)
    return db.session.scalar(db.select(Draft.id).where(Draft.number == value, Draft.is_public))


def _named(value: str, things: Sequence[Any]) -> int | None:
    """The thing with this code or name, else the one with the shortest name among those that have all the words."""
    if value.isdecimal():
        return next((each.id for each in things if each.id == int(value)), None)
    words = match_key(value).split()
    if not words:
        return None
    fitting: list[tuple[int, int]] = []
    for each in things:
        if each.code == value.lower():
            return int(each.id)
        for name in (each.name_kk, each.name_ru, each.name_en):
            key = match_key(name)
            if all(word in key for word in words):
                fitting.append((len(key), each.id))
    return min(fitting)[1] if fitting else None
