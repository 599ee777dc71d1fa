"""Which bodies, act types, areas and days off are there, and what dates follow from them?"""

from __future__ import annotations

from datetime import date

from portal.drafts.calendar import WorkCalendar, closing_date
from portal.drafts.models import ActType, Body, PolicyArea, TransferredDay
from portal.kernel.db import db
from portal.kernel.errors import NotFound


def list_bodies() -> list[Body]:
    """Every state body, by kind and Russian name."""
    return list(db.session.scalars(db.select(Body).order_by(Body.kind.desc(), Body.name_ru).limit(5000)))


def find_body(code: str) -> Body | None:
    """The body with this code."""
    return db.session.scalar(db.select(Body).where(Body.code == code))


def get_body(body_id: int) -> Body:
    """The body; raises NotFound."""
    if (body := db.session.get(Body, body_id)) is None:
        raise NotFound("There is no such body.")
    return body


def list_types() -> list[ActType]:
    """Every act type, in the order of the reference table."""
    return list(db.session.scalars(db.select(ActType).order_by(ActType.position, ActType.id).limit(500)))


def find_type(code: str) -> ActType | None:
    """The act type with this code."""
    return db.session.scalar(db.select(ActType).where(ActType.code == code))


def get_type(type_id: int) -> ActType:
    """The act type; raises NotFound."""
    if (act_type := db.session.get(ActType, type_id)) is None:
        raise NotFound("There is no such act type.")
    return act_type


def list_areas() -> list[PolicyArea]:
    """Every policy area, in the order of the reference table."""
    return list(db.session.scalars(db.select(PolicyArea).order_by(PolicyArea.position, PolicyArea.id).limit(500)))


def find_area(code: str) -> PolicyArea | None:
    """The policy area with this code."""
    return db.session.scalar(db.select(PolicyArea).where(PolicyArea.code == code))


def list_transferred_days() -> list[TransferredDay]:
    """Every day entered against the calendar, in order."""
    return list(db.session.scalars(db.select(TransferredDay).order_by(TransferredDay.on).limit(5000)))


def work_calendar() -> WorkCalendar:
    """The working days of Kazakhstan with the transfers entered so far."""
    rows = db.session.execute(db.select(TransferredDay.on, TransferredDay.is_working)).all()
    return WorkCalendar(dict(rows))


def closing_day(act_type: ActType, opens_on: date) -> date:
    """The last day of a discussion that opens on a day: the period counts from the day after (art. 14)."""
    return closing_date(opens_on, act_type.discussion_days, work_calendar()).closes_on


def answers_due(act_type: ActType, closes_on: date) -> date:
    """The last day for the agency's reasoned answers (arts. 19(4), 20(3))."""
    return closing_date(closes_on, act_type.answer_days, work_calendar()).closes_on
