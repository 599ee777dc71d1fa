"""How is a consultation announced, opened and closed?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from portal.accounts.actor import AnyActor
from portal.consultation.clock_policy import FARTHEST_OPENING, LONGEST_WINDOW, ensure_first_day, ensure_ground, ensure_last_day
from portal.consultation.clock_rules import GROUNDS, after, grounds_for, lawful_window
from portal.consultation.clocks import roll_forward
from portal.consultation.models import Consultation, Tally
from portal.consultation.phases import Phase
from portal.consultation.policy import ensure_announces
from portal.consultation.queries.drafts import DraftFile
from portal.drafts.actions.versions import publish_version
from portal.drafts.models import ActType, Draft
from portal.drafts.queries.reference import find_type, get_type, list_types, work_calendar
from portal.kernel.clock import end_of, now, start_of, today
from portal.kernel.db import db
from portal.kernel.errors import Refused
from portal.ledger.kinds import Kind
from portal.ledger.record import record

__all__ = [
    "FARTHEST_OPENING", "LONGEST_WINDOW", "Ground", "announce_consultation", "note_closing", "note_opening", "set_days",
]  # fmt: skip


@dataclass(frozen=True)
class Ground:
    """Why a period is shorter than that of the type: a key of `GROUNDS`, and the explanation by language."""

    code: str = ""
    reason: Mapping[str, str] = field(default_factory=dict)


def announce_consultation(
    actor: AnyActor, *, draft: Draft, opens_on: date, closes_on: date | None = None, ground: Ground = Ground(),
    imported: bool = False,
) -> Consultation:  # fmt: skip
    """Publish the prepared version and announce when people may speak.

    Without `closes_on` the last day follows from the period of the act type, or of the ground, in working days; it may
    be later than that, never earlier, and a day off gives way to the next working day (art. 14). Opening today opens at
    once. `imported` is for operators who bring in what another portal published: any window goes, and one authentic
    text is enough.
    """
    ensure_announces(actor, draft)
    if not imported:
        ensure_first_day(opens_on, today())
    act_type, calendar = get_type(draft.type_id), work_calendar()
    period = _type_of_period(act_type, ground)
    earliest_close = lawful_window(opens_on, period.discussion_days, calendar)
    closes_on = closes_on or earliest_close
    if not imported:
        ensure_last_day(opens_on, closes_on, earliest_close)
        closes_on = roll_forward(closes_on, calendar)
    version = publish_version(actor, draft=draft, package_complete=not imported)
    follows_rule = closes_on >= earliest_close and closes_on == roll_forward(closes_on, calendar)
    consultation = Consultation(
        draft_id=draft.id, version_id=version.id, announced_at=now(), opens_on=opens_on, opens_at=start_of(opens_on),
        least_days=period.discussion_days if follows_rule else None, rule=period.rule if follows_rule else "",
        ground=ground.code, ground_reason=dict(ground.reason) if ground.code else {},
    )  # fmt: skip
    set_days(consultation, act_type, closes_on)
    draft.is_public = True
    db.session.add_all([consultation, Tally(draft_id=draft.id, comments=0, answered=0, votes_for=0, votes_against=0)])
    db.session.flush()
    facts = {"draft": draft.id, "version": version.id, "opens_on": str(opens_on), "closes_on": str(closes_on)}
    record(
        Kind.CONSULTATION_ANNOUNCED, f"consultation:{consultation.id}", facts | ({"ground": ground.code} if ground.code else {})
    )
    return consultation


def set_days(consultation: Consultation, act_type: ActType, closes_on: date) -> None:
    """The last day of a discussion, and the days of the duties that run from it."""
    calendar = work_calendar()
    answers_on = after(closes_on, act_type.answer_days, calendar)
    report_on = after(answers_on, act_type.report_days, calendar)
    consultation.closes_on, consultation.closes_at = closes_on, end_of(closes_on)
    consultation.answers_due_on, consultation.answers_due_at = answers_on, end_of(answers_on)
    consultation.report_due_on, consultation.report_due_at = report_on, end_of(report_on)


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


def _type_of_period(act_type: ActType, ground: Ground) -> ActType:
    """The type whose period and rule count: the ground's, where there is one."""
    if not ground.code:
        return act_type
    rules = {each.code: each.rule for each in list_types()}
    ensure_ground(ground.code, grounds_for(act_type.code, act_type.rule, rules), ground.reason)
    return find_type(GROUNDS[ground.code]) or act_type
