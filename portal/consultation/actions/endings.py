"""How does a draft become an act, once its discussion is reported?"""

from __future__ import annotations

from datetime import date

from portal.accounts.actor import AnyActor
from portal.consultation.policy import ensure_reported
from portal.consultation.queries.drafts import DraftFile
from portal.drafts.actions.drafts import adopt_draft


def adopt_reported_draft(actor: AnyActor, *, file: DraftFile, adopted_on: date, reference: str) -> None:
    """Say when and as which act the draft was adopted; Refused before the report on its discussion is published."""
    ensure_reported(file.phase)
    adopt_draft(actor, draft=file.draft, adopted_on=adopted_on, reference=reference)
