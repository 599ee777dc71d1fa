"""How does a state body come to be, get another name or place, and end?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from portal.accounts.actor import AnyActor
from portal.drafts.body_import import KEPT, Change, ImportPlan
from portal.drafts.body_table import TableRow
from portal.drafts.body_tree import above
from portal.drafts.models import LANGUAGES, Body, FormerName
from portal.drafts.policy import ensure_body_kind, ensure_code, ensure_manages_reference, ensure_names
from portal.drafts.queries.bodies import find_body, list_bodies, list_parents
from portal.drafts.reference_policy import (
    ensure_body_ends,
    ensure_body_renamed,
    ensure_body_stands,
    ensure_not_below_itself,
    ensure_successor,
)
from portal.kernel.clock import today
from portal.kernel.db import db
from portal.kernel.errors import Conflict, Refused
from portal.ledger.kinds import Kind
from portal.ledger.record import Act, record, record_many


def add_body(
    actor: AnyActor, *, code: str, kind: str, names: Mapping[str, str], parent: Body | None = None
) -> Body:
    """A new state body; names are language → name. Raises Conflict when the code is taken."""
    ensure_manages_reference(actor)
    ensure_code(code)
    ensure_body_kind(kind)
    ensure_names(names)
    if parent is not None:
        ensure_body_stands(parent)
    if find_body(code) is not None:
        raise Conflict("There is a body with the code “%(code)s” already.", code=code, field="code")
    body = Body(code=code, kind=kind, parent_id=parent.id if parent else None, **_named(names))
    db.session.add(body)
    db.session.flush()
    facts = {"code": code, "kind": kind, "parent": body.parent_id}
    record(Kind.BODY_SAVED, f"body:{body.id}", facts, secrets=_named(names))
    return body


def correct_body(actor: AnyActor, *, body: Body, kind: str, names: Mapping[str, str]) -> None:
    """Put a slip in a name right, or say what sort of body it is; the past does not change (see `rename_body`)."""
    ensure_manages_reference(actor)
    ensure_body_kind(kind)
    ensure_names(names)
    body.kind = kind
    _give_names(body, names)
    db.session.flush()
    record(Kind.BODY_CORRECTED, f"body:{body.id}", {"kind": kind}, secrets=_named(names))


def rename_body(actor: AnyActor, *, body: Body, names: Mapping[str, str], on: date, reason: str) -> FormerName:
    """Give a body another name from a day on; what it was called before stays known."""
    ensure_manages_reference(actor)
    ensure_body_stands(body)
    ensure_names(names)
    ensure_body_renamed(body, names, on, today(), reason)
    former = _keep_name(body, on, reason)
    _give_names(body, names)
    db.session.flush()
    record(Kind.BODY_RENAMED, f"body:{body.id}", {"on": str(on)}, secrets={**_named(names), "reason": reason})
    return former


def move_body(actor: AnyActor, *, body: Body, parent: Body | None) -> None:
    """Put a body under another one, or at the top; raises Invalid where it would stand below itself."""
    ensure_manages_reference(actor)
    ensure_body_stands(body)
    if parent is not None:
        ensure_body_stands(parent)
        ensure_not_below_itself(body.id, parent.id, above(parent.id, list_parents().get))
    body.parent_id = parent.id if parent else None
    db.session.flush()
    record(Kind.BODY_MOVED, f"body:{body.id}", {"parent": body.parent_id})


def merge_body(actor: AnyActor, *, body: Body, successor: Body, on: date, reason: str) -> None:
    """A body becomes part of another one, which also takes over those that stood under it; its drafts stay its own."""
    ensure_manages_reference(actor)
    ensure_body_stands(body)
    ensure_successor(body.id, successor, above(successor.id, list_parents().get))
    ensure_body_ends(body, on, today(), reason)
    db.session.execute(db.update(Body).where(Body.parent_id == body.id).values(parent_id=successor.id))
    body.dissolved_on, body.successor_id, body.ended_reason = on, successor.id, reason
    db.session.flush()
    record(
        Kind.BODY_MERGED, f"body:{body.id}", {"on": str(on), "successor": successor.id}, secrets={"reason": reason}
    )


def dissolve_body(actor: AnyActor, *, body: Body, on: date, reason: str) -> None:
    """A body ends without a successor; raises Refused while others that exist stand under it."""
    ensure_manages_reference(actor)
    ensure_body_stands(body)
    ensure_body_ends(body, on, today(), reason)
    below = db.session.scalar(db.select(Body.id).where(Body.parent_id == body.id, Body.dissolved_on.is_(None)).limit(1))
    if below is not None:
        raise Refused("Other bodies stand under this one. Move them first, or merge it into another body.")
    body.dissolved_on, body.successor_id, body.ended_reason = on, None, reason
    db.session.flush()
    record(Kind.BODY_DISSOLVED, f"body:{body.id}", {"on": str(on)}, secrets={"reason": reason})


def restore_body(actor: AnyActor, *, body: Body) -> None:
    """Take back that a body ended, entered by mistake."""
    ensure_manages_reference(actor)
    if body.dissolved_on is None:
        raise Refused("This body has not ended.")
    body.dissolved_on, body.successor_id, body.ended_reason = None, None, ""
    db.session.flush()
    record(Kind.BODY_RESTORED, f"body:{body.id}")


def import_bodies(actor: AnyActor, *, plan: ImportPlan) -> int:
    """Do all that a plan says, or nothing; how many bodies it touched.

    Raises Conflict when the bodies have changed since the plan was made, so that what was shown is what is done.
    """
    ensure_manages_reference(actor)
    places = {body.external_id: body for body in list_bodies() if body.external_id}
    acts: list[Act] = []
    for row in plan.added:
        places[row.id] = _add_row(row, places)
        acts.append(Act(Kind.BODY_IMPORTED, f"body:{places[row.id].id}", {"line": row.line, "table_id": row.id}, _named(row.names)))
    # ids first: a body found by its name may be the parent of others
    found = {change.body_id: _get(change.body_id) for change in plan.changed}
    for change in plan.changed:
        found[change.body_id].external_id = change.row.id
        places[change.row.id] = found[change.body_id]
    for row in plan.added:
        _place(places[row.id], row, places)
    for change in plan.changed:
        _change(found[change.body_id], change, places)
        facts = {"line": change.row.line, "table_id": change.row.id, "what": ",".join(change.what)}
        acts.append(Act(Kind.BODY_IMPORTED, f"body:{change.body_id}", facts, _named(change.row.names)))
    db.session.flush()
    record_many(acts)
    return len(acts)


def _add_row(row: TableRow, places: Mapping[str | None, Body]) -> Body:
    code = f"body-{row.id}"
    if row.id in places or find_body(code) is not None:
        raise Conflict("The bodies have changed meanwhile. Look at the table again.")
    body = Body(code=code, external_id=row.id, kind=row.kind, **_named(row.names))
    db.session.add(body)
    db.session.flush()
    return body


def _place(body: Body, row: TableRow, places: Mapping[str | None, Body]) -> None:
    if row.parent != KEPT:
        body.parent_id = places[row.parent].id if row.parent else None


def _change(body: Body, change: Change, places: Mapping[str | None, Body]) -> None:
    row = change.row
    if "name" in change.what:
        _keep_name(body, today(), "")
        _give_names(body, {code: name or getattr(body, f"name_{code}") for code, name in row.names.items()})
    if "name-kk" in change.what:
        body.name_kk = row.name_kk
    if "name-en" in change.what:
        body.name_en = row.name_en
    if "parent" in change.what:
        _place(body, row, places)


def _keep_name(body: Body, on: date, reason: str) -> FormerName:
    former = FormerName(body_id=body.id, used_from=body.named_on, used_until=on, reason=reason,
                        name_kk=body.name_kk, name_ru=body.name_ru, name_en=body.name_en)  # fmt: skip
    db.session.add(former)
    body.named_on = on
    return former


def _get(body_id: int) -> Body:
    body = db.session.get(Body, body_id)
    if body is None:
        raise Conflict("The bodies have changed meanwhile. Look at the table again.")
    return body


def _give_names(body: Body, names: Mapping[str, str]) -> None:
    for field, name in _named(names).items():
        setattr(body, field, name)


def _named(names: Mapping[str, str]) -> dict[str, str]:
    return {f"name_{language}": names.get(language, "") for language in LANGUAGES}
