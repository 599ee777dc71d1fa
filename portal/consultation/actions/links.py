"""How is a draft linked to the one it was first discussed as, or that it replaces?"""

from __future__ import annotations

from collections.abc import Mapping

from portal.accounts.actor import AnyActor
from portal.consultation.link_policy import ensure_links, ensure_unlinks, ensure_waives, kind_of_link
from portal.consultation.phases import Phase
from portal.consultation.queries.drafts import get_file
from portal.consultation.queries.links import DOCUMENT, count_links, find_link, get_by_number, lacks_document
from portal.drafts.models import ActType, Draft, DraftLink, GateOverride
from portal.drafts.queries.reference import get_type
from portal.kernel.clock import now
from portal.kernel.db import db
from portal.kernel.errors import Conflict
from portal.ledger.kinds import Kind
from portal.ledger.record import record


def link_draft(actor: AnyActor, *, draft: Draft, number: str) -> DraftLink:
    """Link a draft to the earlier public one with a number; what kind of link it is follows from the two.

    Raises Invalid where there is no such draft or it cannot lead to this one.
    """
    earlier, earlier_type = get_by_number(number)
    ensure_links(actor, earlier, draft, count_links(draft.id))
    later_type: ActType = get_type(draft.type_id)
    kind = kind_of_link(earlier, earlier_type, later_type.code)
    if find_link(earlier.id, draft.id) is not None:
        raise Conflict("These drafts are linked already.", field="number")
    link = DraftLink(from_id=earlier.id, to_id=draft.id, kind=kind, linked_by=actor.id, linked_at=now())
    db.session.add(link)
    db.session.flush()
    record(Kind.DRAFT_LINKED, f"draft:{draft.id}", {"draft": draft.id, "earlier": earlier.id, "link": kind.value})
    return link


def unlink_draft(actor: AnyActor, *, draft: Draft, link: DraftLink) -> None:
    """Take a link back; Refused once the report on the later draft is published."""
    ensure_unlinks(actor, draft, get_file(draft.id).phase if draft.is_public else Phase.preparing)
    earlier_id, kind = link.from_id, link.kind
    db.session.delete(link)
    db.session.flush()
    record(Kind.DRAFT_UNLINKED, f"draft:{draft.id}", {"draft": draft.id, "earlier": earlier_id, "link": kind.value})


def waive_document(actor: AnyActor, *, draft: Draft, reason: Mapping[str, str]) -> GateOverride:
    """State in public why a bill needed no consultative document (language → text)."""
    ensure_waives(actor, draft, lacks_document(draft.id, get_type(draft.type_id).code), reason)
    waiver = GateOverride(
        draft_id=draft.id, parts=[DOCUMENT], allowed_by=actor.id, allowed_at=now(),
        reason_kk=reason["kk"], reason_ru=reason["ru"],
    )  # fmt: skip
    db.session.add(waiver)
    db.session.flush()
    secrets = {"reason_kk": reason["kk"], "reason_ru": reason["ru"]}
    record(Kind.DOCUMENT_WAIVED, f"draft:{draft.id}", {"draft": draft.id}, secrets=secrets)
    return waiver
