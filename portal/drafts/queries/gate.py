"""What does a draft lack of what its act type requires, and what of that did an administrator allow?"""

from __future__ import annotations

from collections.abc import Collection

from portal.drafts.models import Draft, GateOverride
from portal.drafts.package import missing_required, parts_of
from portal.drafts.queries.comparative import list_built
from portal.drafts.queries.reference import get_type
from portal.drafts.queries.texts import latest_version, list_attachments
from portal.kernel.db import db


def list_missing(draft: Draft, texts: Collection[str]) -> tuple[str, ...]:
    """Codes of the required parts that are not there; `texts` are the languages there is a text in."""
    attachments = [(each.kind, each.language) for each in list_attachments(draft.id)]
    version_id = latest_version(draft.id).id
    built = list_built([version_id]).get(version_id, ())
    parts = parts_of(texts, draft.passport, attachments, get_type(draft.type_id).required_parts, built)
    return tuple(part.code for part in missing_required(parts))


def list_unallowed(draft: Draft, texts: Collection[str]) -> tuple[str, ...]:
    """As `list_missing`, without what an administrator allowed to be missing."""
    allowed = {part for override in list_overrides(draft.id) for part in override.parts}
    return tuple(code for code in list_missing(draft, texts) if code not in allowed)


def list_overrides(draft_id: int) -> list[GateOverride]:
    """What was allowed to be missing and why, in the order in which it was."""
    query = db.select(GateOverride).where(GateOverride.draft_id == draft_id).order_by(GateOverride.id)
    return list(db.session.scalars(query.limit(50)))
