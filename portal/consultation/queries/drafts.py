"""What is the state of a draft that takes, took or will take comments?"""

from __future__ import annotations

from dataclasses import dataclass

from portal.consultation.models import Consultation, Tally
from portal.consultation.phases import Phase, dates_of, phase_at
from portal.consultation.policy import ensure_window_open
from portal.drafts.models import Draft
from portal.drafts.queries.comparative import find_row_at
from portal.drafts.queries.texts import provision_keys
from portal.kernel.clock import now
from portal.kernel.db import db
from portal.kernel.errors import NotFound


@dataclass(frozen=True)
class DraftFile:
    """A public draft with its window and the phase it is in now."""

    draft: Draft
    consultation: Consultation
    phase: Phase
    tally: Tally

    @property
    def is_open(self) -> bool:
        return self.phase is Phase.open

    def ensure_open(self) -> None:
        """Raise Refused unless comments and votes are taken now."""
        ensure_window_open(self.phase, self.consultation.opens_on, self.consultation.closes_on)


def get_file(draft_id: int) -> DraftFile:
    """A public draft; raises NotFound for one that is not there or not public. One query."""
    row = db.session.execute(
        db.select(Draft, Consultation, Tally)
        .join(Consultation, Consultation.draft_id == Draft.id)
        .join(Tally, Tally.draft_id == Draft.id)
        .where(Draft.id == draft_id, Draft.is_public)
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such draft.")
    draft, consultation, tally = row
    return DraftFile(draft, consultation, phase_at(dates_of(draft, consultation), now()), tally)


def has_provision(version_id: int, key: str) -> bool:
    """Does any language of the version have a provision with this key, or its comparative table such a row?"""
    return key in provision_keys(version_id) or find_row_at(version_id, key) is not None
