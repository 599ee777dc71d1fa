"""Which status does a draft that was found have: its phase, or that it came from an archive and nobody prepares answers?"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case

from portal.consultation.models import Consultation
from portal.consultation.phases import Phase, phase_is


class Status(StrEnum):
    """What is shown of a public draft and chosen in an address; the phases by their own names."""

    announced = "announced"
    open = "open"
    answering = "answering"
    archived = "archived"
    report_published = "report_published"
    adopted = "adopted"
    withdrawn = "withdrawn"


def status_of(phase: Phase, is_archived: bool) -> Status:
    """The status of a public draft; see `portal.consultation.words.phase_tag`."""
    return Status.archived if phase is Phase.answering and is_archived else Status(phase.value)


def status_is(status: Status, instant: datetime) -> ColumnElement[bool]:
    """The same as a condition on Draft joined with Consultation."""
    if status is Status.archived:
        return and_(phase_is(Phase.answering, instant), Consultation.is_archived)
    if status is Status.answering:
        return and_(phase_is(Phase.answering, instant), ~Consultation.is_archived)
    return phase_is(Phase(status.value), instant)


def status_column(instant: datetime) -> Any:
    """The status of a public draft as a column."""
    return case(*((status_is(each, instant), each.value) for each in Status))
