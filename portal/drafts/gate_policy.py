"""Who may let a draft through the gate without a required part, and who may throw away one that never was public?"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from portal.accounts.actor import AnyActor
from portal.drafts.models import Draft
from portal.drafts.policy import ensure_edits, ensure_public_reason
from portal.kernel.errors import Refused


def ensure_overrides(actor: AnyActor, draft: Draft, missing: Collection[str], texts: Collection[str], reason: Mapping[str, str]) -> None:
    """An administrator answers for it in public, in both languages; a draft without any text is none."""
    if not actor.may("gate.override"):
        raise Refused("Only an administrator can allow a discussion without a required part.")
    if draft.is_public:
        raise Refused("The draft is public already.")
    if not texts:
        raise Refused("Upload a text first.")
    if not missing:
        raise Refused("Nothing that is required is missing.")
    ensure_public_reason(reason)


def ensure_deletes(actor: AnyActor, draft: Draft) -> None:
    """What is being prepared is its body's to throw away; nothing that was public is ever deleted."""
    ensure_edits(actor, draft.body_id)
    if draft.is_public:
        raise Refused("This draft is public. What was public is never deleted; it can be withdrawn.")
