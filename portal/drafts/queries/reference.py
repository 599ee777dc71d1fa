"""Which bodies, act types, areas and days off are there, and what dates follow from them?"""

from __future__ import annotations

from datetime import date

from portal.drafts.calendar import WorkCalendar, closing_date
from portal.drafts.models import ActType, PolicyArea, TransferredDay
from portal.drafts.queries.bodies import find_body, get_body, list_bodies
from portal.kernel.db import db
from portal.kernel.errors import NotFound

__all__ = [
    "answers_due", "closing_day", "find_area", "find_body", "find_type", "get_area", "get_body", "get_type", "list_areas",
    "list_bodies", "list_transferred_days", "list_transfers", "list_types", "work_calendar",
]  # fmt: skip


def list_types(*, in_use: bool = False) -> list[ActType]:
    """Every act type, in the order of the reference table; `in_use` leaves out those retired."""
    query = db.select(ActType).order_by(ActType.position, ActType.id)
    return list(db.session.scalars((query.where(~ActType.is_retired) if in_use else query).limit(500)))


def find_type(code: str) -> ActType | None:
    """The act type with this code."""
    return db.session.scalar(db.select(ActType).where(ActType.code == code))


def get_type(type_id: int) -> ActType:
    """The act type; raises NotFound."""
    if (act_type := db.session.get(ActType, type_id)) is None:
        raise NotFound("There is no such act type.")
    return act_type


def list_areas(*, in_use: bool = False) -> list[PolicyArea]:
    """Every policy area, in the order of the reference table; `in_use` leaves out those retired."""
    query = db.select(PolicyArea).order_by(PolicyArea.position, PolicyArea.id)
    return list(db.session.scalars((query.where(~PolicyArea.is_retired) if in_use else query).limit(500)))


def get_area(area_id: int) -> PolicyArea:
    """The policy area; raises NotFound."""
    if (area := db.session.get(PolicyArea, area_id)) is None:
        raise NotFound("There is no such policy area.")
    return area


def find_area(code: str) -> PolicyArea | None:
    """The policy area with this code."""
    return db.session.scalar(db.select(PolicyArea).where(PolicyArea.code == code))


def list_transferred_days() -> list[TransferredDay]:
    """Every day entered against the calendar, in order."""
    return list(db.session.scalars(db.select(TransferredDay).order_by(TransferredDay.on).limit(5000)))


def list_transfers() -> dict[date, bool]:
    """Day → is it worked, for the days entered against the calendar."""
    return dict(db.session.execute(db.select(TransferredDay.on, TransferredDay.is_working)).all())


def work_calendar() -> WorkCalendar:
    """The working days of Kazakhstan with the transfers entered so far."""
    return WorkCalendar(list_transfers())


def closing_day(act_type: ActType, opens_on: date) -> date:
    """The last day of a discussion that opens on a day: the period counts from the day after (art. 14)."""
    return closing_date(opens_on, act_type.discussion_days, work_calendar()).closes_on


def answers_due(act_type: ActType, closes_on: date) -> date:
    """The last day for the agency's reasoned answers (arts. 19(4), 20(3))."""
    return closing_date(closes_on, act_type.answer_days, work_calendar()).closes_on
