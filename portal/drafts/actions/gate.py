"""How does a draft get through the gate without a required part, and how is one thrown away that never got there?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Column, Table

from portal.accounts.actor import AnyActor
from portal.drafts.gate_policy import ensure_deletes, ensure_overrides
from portal.drafts.models import Draft, GateOverride
from portal.drafts.queries.gate import list_unallowed
from portal.drafts.queries.texts import latest_version, list_text_languages
from portal.kernel.clock import now
from portal.kernel.db import db
from portal.ledger.kinds import Kind
from portal.ledger.record import record


def override_gate(actor: AnyActor, *, draft: Draft, reason: Mapping[str, str]) -> GateOverride:
    """Allow a draft to go public without the required parts it lacks now; the reason (kk and ru) is public."""
    texts = list_text_languages(latest_version(draft.id).id)
    missing = list_unallowed(draft, texts)
    ensure_overrides(actor, draft, missing, texts, reason)
    override = GateOverride(
        draft_id=draft.id, parts=list(missing), allowed_by=actor.id, allowed_at=now(),
        reason_kk=reason["kk"], reason_ru=reason["ru"],
    )  # fmt: skip
    db.session.add(override)
    db.session.flush()
    secrets = {"by": actor.id, "reason_kk": reason["kk"], "reason_ru": reason["ru"]}
    record(Kind.GATE_OVERRIDDEN, f"draft:{draft.id}", {"parts": ",".join(missing)}, secrets=secrets)
    return override


def delete_draft(actor: AnyActor, *, draft: Draft) -> None:
    """Throw away a draft that never was public, with its texts and documents; the ledger keeps that there was one."""
    ensure_deletes(actor, draft)
    draft_id, facts = draft.id, {"number": draft.number, "body": draft.body_id, "type": draft.type_id}
    db.session.flush()
    db.session.expunge(draft)
    _delete_with_parts(Draft.__table__, [draft_id])
    db.session.expire_all()
    record(Kind.DRAFT_DELETED, f"draft:{draft_id}", facts)


def _delete_with_parts(table: Table, ids: Iterable[int]) -> None:
    """Delete rows and what cannot be without them; what can be without them only forgets them."""
    ids = list(ids)
    for other in db.metadata.sorted_tables:
        for key in other.foreign_keys:
            if key.column.table is table and ids:
                _loosen(other, key.parent, ids)
    db.session.execute(table.delete().where(table.c.id.in_(ids)))


def _loosen(table: Table, column: Column[int], ids: list[int]) -> None:
    if column.nullable:
        db.session.execute(table.update().where(column.in_(ids)).values({column.name: None}))
    elif "id" in table.c:
        _delete_with_parts(table, list(db.session.scalars(db.select(table.c.id).where(column.in_(ids)))))
    else:
        db.session.execute(table.delete().where(column.in_(ids)))
