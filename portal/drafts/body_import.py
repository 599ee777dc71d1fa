"""What would a table of bodies add and change here, and what about it is odd beside what is here already?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from portal.drafts.body_table import BodyTable, Oddity, TableRow, match_key
from portal.drafts.body_tree import above
from portal.drafts.models import Body

What = Literal["id", "name", "name-kk", "name-en", "parent"]
KEPT = "keep"  # the parent a body has here stays


@dataclass(frozen=True, slots=True)
class Change:
    """A body that is here already and what the table says otherwise; `row.parent` is KEPT where it says nothing."""

    body_id: int
    row: TableRow
    what: tuple[What, ...]
    old_name: str


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """All that an import will do. `digest` changes with any of it: what was shown is what is done."""

    added: tuple[TableRow, ...]
    changed: tuple[Change, ...]
    unchanged: int
    oddities: tuple[Oddity, ...]

    @property
    def digest(self) -> str:
        acts = [[row.id, row.parent, row.name_kk, row.name_ru, row.name_en, row.kind] for row in self.added]
        acts += [[change.body_id, *change.what, *change.row.names.values(), change.row.parent] for change in self.changed]
        return hashlib.sha256(json.dumps(acts, ensure_ascii=False).encode()).hexdigest()


def plan_import(table: BodyTable, bodies: Sequence[Body]) -> ImportPlan:
    """Compare a table with the bodies there are; a body is known by its id in the table, else by its Russian name."""
    known = {body.external_id: body for body in bodies if body.external_id}
    oddities = list(table.oddities)
    ids = {row.id for row in table.rows} | known.keys()
    rows = [_with_known_parent(row, ids, row.id in known, oddities) for row in table.rows]
    matched = _match(rows, bodies, known)
    rows = _without_circles(rows, matched, bodies, oddities)
    all_known = {**known, **matched}
    added, changed = [], []
    for row in rows:
        body = matched.get(row.id)
        if body is None:
            added.append(row)
        elif body.dissolved_on is not None:
            oddities.append(Oddity(row.line, "ended", body.name_ru, is_left_out=True))
        elif what := _differences(row, body, all_known):
            changed.append(Change(body.id, row, what, body.name_ru))
    oddities.sort(key=lambda each: each.line)
    unchanged = len(rows) - len(added) - len(changed) - sum(each.code == "ended" for each in oddities)
    return ImportPlan(tuple(added), tuple(changed), unchanged, tuple(oddities))


def _match(rows: Sequence[TableRow], bodies: Sequence[Body], known: dict[str | None, Body]) -> dict[str, Body]:
    """Table id → body; a name counts only where it is one body's alone, here and in the table."""
    by_name: dict[str, list[Body]] = {}
    for body in bodies:
        if not body.external_id:
            by_name.setdefault(match_key(body.name_ru), []).append(body)
    said: dict[str, int] = {}
    for row in rows:
        said[match_key(row.name_ru)] = said.get(match_key(row.name_ru), 0) + 1
    found: dict[str, Body] = {}
    for row in rows:
        key = match_key(row.name_ru)
        if row.id in known:
            found[row.id] = known[row.id]
        elif said[key] == 1 and len(by_name.get(key, ())) == 1:
            found[row.id] = by_name[key][0]
    return found


def _with_known_parent(row: TableRow, ids: Collection[str | None], is_known: bool, oddities: list[Oddity]) -> TableRow:
    if row.parent is None or row.parent in ids:
        return row
    oddities.append(Oddity(row.line, "missing-parent", row.parent))
    return replace(row, parent=KEPT if is_known else None)


def _without_circles(
    rows: Sequence[TableRow], matched: dict[str, Body], bodies: Sequence[Body], oddities: list[Oddity]
) -> list[TableRow]:
    """A line that would close a circle with what is here keeps the parent it has."""
    ids = {row.id: matched[row.id].id if row.id in matched else -row.line for row in rows}
    ids |= {body.external_id: body.id for body in bodies if body.external_id and body.external_id not in ids}
    parents: dict[int, int | None] = {body.id: body.parent_id for body in bodies}
    kept = []
    for row in rows:
        own, old = ids[row.id], parents.get(ids[row.id])
        if row.parent != KEPT:
            parents[own] = ids[row.parent] if row.parent else None
        if row.parent and row.parent != KEPT and own in above(ids[row.parent], parents.get):
            oddities.append(Oddity(row.line, "cycle", row.id))
            parents[own] = old
            row = replace(row, parent=KEPT if row.id in matched else None)
        kept.append(row)
    return kept


def _differences(row: TableRow, body: Body, matched: Mapping[str | None, Body]) -> tuple[What, ...]:
    what: list[What] = []
    is_known = body.external_id == row.id
    if not is_known:  # recognised by its Russian name, so the names it has here are the better ones
        what.append("id")
    if is_known and match_key(row.name_ru) != match_key(body.name_ru):
        what.append("name")
    elif row.name_kk and not body.name_kk:
        what.append("name-kk")
    if row.name_en and not body.name_en:
        what.append("name-en")
    if row.parent != KEPT and _parent_differs(row, body, matched):
        what.append("parent")
    return tuple(what)


def _parent_differs(row: TableRow, body: Body, matched: Mapping[str | None, Body]) -> bool:
    if row.parent is None:
        return body.parent_id is not None
    parent = matched.get(row.parent)
    return parent is None or parent.id != body.parent_id
