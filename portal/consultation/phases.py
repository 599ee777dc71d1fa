"""In which phase of its life is a draft, and how is that asked of the database?

A phase is never stored: it follows from dates and the clock, so that an announced draft opens by itself, and a
clock that jumps can neither lose nor repeat a step.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, literal

from portal.consultation.models import Consultation
from portal.drafts.models import Draft


class Phase(StrEnum):
    """The steps of PRODUCT.md, "The life of a draft"."""

    preparing = "preparing"
    announced = "announced"
    open = "open"
    answering = "answering"
    report_published = "report_published"
    adopted = "adopted"
    withdrawn = "withdrawn"


PUBLIC_PHASES = tuple(phase for phase in Phase if phase is not Phase.preparing)
STEPS = (Phase.announced, Phase.open, Phase.answering, Phase.report_published, Phase.adopted)


@dataclass(frozen=True, slots=True)
class Dates:
    """All that decides the phase of one draft."""

    is_public: bool
    withdrawn_at: datetime | None = None
    adopted_on: date | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    reported_at: datetime | None = None


def dates_of(draft: Draft, consultation: Consultation | None) -> Dates:
    """The dates of a stored draft."""
    if consultation is None:
        return Dates(draft.is_public, draft.withdrawn_at, draft.adopted_on)
    return Dates(
        draft.is_public,
        draft.withdrawn_at,
        draft.adopted_on,
        consultation.opens_at,
        consultation.closes_at,
        consultation.reported_at,
    )


def phase_at(dates: Dates, instant: datetime) -> Phase:
    """The phase at an instant."""
    if dates.withdrawn_at is not None:
        return Phase.withdrawn
    if not dates.is_public or dates.opens_at is None or dates.closes_at is None:
        return Phase.preparing
    if dates.adopted_on is not None:
        return Phase.adopted
    if dates.reported_at is not None:
        return Phase.report_published
    if instant < dates.opens_at:
        return Phase.announced
    return Phase.open if instant < dates.closes_at else Phase.answering


def phase_is(phase: Phase, instant: datetime) -> ColumnElement[bool]:
    """The same rule as a condition on Draft joined (outer) with Consultation; uses the window's index."""
    standing = and_(Draft.is_public, Draft.withdrawn_at.is_(None))
    undecided = and_(standing, Draft.adopted_on.is_(None), Consultation.reported_at.is_(None))
    conditions: dict[Phase, ColumnElement[bool]] = {
        Phase.withdrawn: Draft.withdrawn_at.is_not(None),
        Phase.preparing: and_(Draft.withdrawn_at.is_(None), ~Draft.is_public),
        Phase.adopted: and_(standing, Draft.adopted_on.is_not(None)),
        Phase.report_published: and_(standing, Draft.adopted_on.is_(None), Consultation.reported_at.is_not(None)),
        # nothing closes before it opens: the index begins with the closing
        Phase.announced: and_(undecided, Consultation.opens_at > instant, Consultation.closes_at > instant),
        Phase.open: and_(undecided, Consultation.opens_at <= instant, Consultation.closes_at > instant),
        Phase.answering: and_(undecided, Consultation.closes_at <= instant),
    }
    return conditions[phase]


def phase_column(instant: datetime) -> Any:
    """The phase as a column, for counting by phase."""
    return case(*[(phase_is(phase, instant), literal(phase.value)) for phase in Phase], else_=literal("preparing"))
