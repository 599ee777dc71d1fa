"""How is a consultation announced, opened and closed?"""

from __future__ import annotations

from datetime import date, timedelta

from portal.accounts.actor import AnyActor
from portal.consultation.models import Consultation, Tally
from portal.consultation.phases import Phase
from portal.consultation.policy import ensure_announces
from portal.consultation.queries.drafts import DraftFile
from portal.drafts.actions.versions import publish_version
from portal.drafts.models import Draft
from portal.drafts.queries.reference import answers_due, closing_day, get_type
from portal.kernel.clock import end_of, now, start_of, today
from portal.kernel.db import db
from portal.kernel.errors import Invalid, Refused
from portal.ledger.kinds import Kind
from portal.ledger.record import record

FARTHEST_OPENING = timedelta(days=180)
LONGEST_WINDOW = timedelta(days=366)


def announce_consultation(
    actor: AnyActor, *, draft: Draft, opens_on: date, closes_on: date | None = None, imported: bool = False
) -> Consultation:
    """Publish the prepared version and announce when people may speak.

    Without `closes_on` the last day follows from the act type's period in working days; it may be later than
    that, never earlier. Opening today opens at once. `imported` is for operators who bring in what another portal
    published: any window goes, and one authentic text is enough.
    """
    ensure_announces(actor, draft)
    if not imported:
        _ensure_first_day(opens_on)
    act_type = get_type(draft.type_id)
    earliest_close = closing_day(act_type, opens_on)
    closes_on = closes_on or earliest_close
    if not imported:
        _ensure_last_day(opens_on, closes_on, earliest_close)
    version = publish_version(actor, draft=draft, package_complete=not imported)
    due_on = answers_due(act_type, closes_on)
    consultation = Consultation(
        draft_id=draft.id, version_id=version.id, announced_at=now(),
        opens_on=opens_on, closes_on=closes_on, opens_at=start_of(opens_on), closes_at=end_of(closes_on),
        answers_due_on=due_on, answers_due_at=end_of(due_on),
    )  # fmt: skip
    draft.is_public = True
    db.session.add_all([consultation, Tally(draft_id=draft.id, comments=0, answered=0, votes_for=0, votes_against=0)])
    db.session.flush()
    record(
        Kind.CONSULTATION_ANNOUNCED,
        f"consultation:{consultation.id}",
        {"draft": draft.id, "version": version.id, "opens_on": str(opens_on), "closes_on": str(closes_on)},
    )
    return consultation


def note_opening(actor: AnyActor, *, file: DraftFile) -> None:
    """Enter in the ledger that an announced window has opened; the clock opens it, not this."""
    if file.phase is Phase.announced or file.consultation.opened_at is not None:
        raise Refused("The discussion begins on %(date)s.", date=file.consultation.opens_on)
    file.consultation.opened_at = now()
    record(Kind.CONSULTATION_OPENED, f"consultation:{file.consultation.id}", {"draft": file.draft.id})


def note_closing(actor: AnyActor, *, file: DraftFile) -> None:
    """Enter in the ledger that a window has closed; the clock closes it, not this."""
    if now() < file.consultation.closes_at or file.consultation.closed_at is not None:
        raise Refused("The discussion is still open.")
    file.consultation.closed_at = now()
    record(Kind.CONSULTATION_CLOSED, f"consultation:{file.consultation.id}", {"draft": file.draft.id})


def _ensure_first_day(opens_on: date) -> None:
    if opens_on < today():
        raise Invalid("The discussion cannot begin in the past.", field="opens_on")
    if opens_on > today() + FARTHEST_OPENING:
        raise Invalid("Choose a first day within the next six months.", field="opens_on")


def _ensure_last_day(opens_on: date, closes_on: date, earliest_close: date) -> None:
    if closes_on < earliest_close:
        raise Invalid("The law asks for a last day no earlier than %(date)s.", field="closes_on", date=earliest_close)
    if closes_on - opens_on > LONGEST_WINDOW:
        raise Invalid("A discussion lasts a year at most.", field="closes_on")
