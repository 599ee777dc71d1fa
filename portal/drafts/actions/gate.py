"""How does a draft get through the gate without a required part, and how is one thrown away that never got there?"""

from __future__ import annotations

from collections.abc import Mapping

from portal.accounts.actor import AnyActor
from portal.drafts.actions.parts import delete_with_parts
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
    delete_with_parts(Draft.__table__, [draft_id])
    db.session.expire_all()
    record(Kind.DRAFT_DELETED, f"draft:{draft_id}", facts)
