"""How do act types, policy areas and transferred days get into the reference tables and change there?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portal.accounts.actor import AnyActor
from portal.drafts.actions.bodies import add_body
from portal.drafts.calendar import WorkCalendar
from portal.drafts.models import ALWAYS_REQUIRED, LANGUAGES, ActType, PolicyArea, TransferredDay
from portal.drafts.policy import ensure_code, ensure_manages_reference, ensure_names, ensure_period
from portal.drafts.queries.reference import find_area, find_type, list_transfers
from portal.drafts.reference_policy import (
    REQUIRABLE,
    ensure_leaves_working_days,
    ensure_position,
    ensure_required_parts,
    ensure_rule,
    ensure_transfer,
)
from portal.kernel.clock import today
from portal.kernel.db import db
from portal.kernel.errors import NotFound
from portal.ledger.kinds import Kind
from portal.ledger.record import record

__all__ = [
    "AreaCard", "TypeCard", "add_body", "remove_transferred_day", "save_act_type", "save_area", "save_transferred_day",
]  # fmt: skip


@dataclass(frozen=True)
class TypeCard:
    """What is set for an act type: names by language, periods in working days and the articles of law they come from,
    codes of the parts a package must have (`REQUIRABLE`). What is None stays as it is, or as a new type begins.
    """

    code: str
    names: Mapping[str, str]
    discussion_days: int
    answer_days: int = 10
    rule: str = ""
    report_days: int | None = None
    answer_rule: str | None = None
    report_rule: str | None = None
    required_parts: tuple[str, ...] | None = None
    is_retired: bool = False
    position: int | None = None


@dataclass(frozen=True)
class AreaCard:
    """What is set for a policy area."""

    code: str
    names: Mapping[str, str]
    is_retired: bool = False
    position: int | None = None


def save_act_type(actor: AnyActor, *, card: TypeCard) -> ActType:
    """Add an act type or change the one with this code.

    Clocks that still run are counted anew by those who follow the ledger; what has run out keeps its dates.
    """
    ensure_manages_reference(actor)
    ensure_code(card.code)
    ensure_names(card.names)
    ensure_period(card.discussion_days, "discussion_days")
    ensure_period(card.answer_days, "answer_days")
    ensure_period(1 if card.report_days is None else card.report_days, "report_days")
    for field, rule in (("rule", card.rule), ("answer_rule", card.answer_rule), ("report_rule", card.report_rule)):
        ensure_rule(rule or "", field)
    ensure_position(card.position or 0)
    ensure_required_parts(card.required_parts or ())
    act_type = find_type(card.code)
    if act_type is None:
        act_type = ActType(code=card.code, position=_next_position(ActType), required_parts=list(ALWAYS_REQUIRED))
        db.session.add(act_type)
    _set_type(act_type, card)
    db.session.flush()
    record(
        Kind.ACT_TYPE_SAVED,
        f"act-type:{act_type.id}",
        {
            "code": card.code, "discussion_days": card.discussion_days, "answer_days": card.answer_days,
            "report_days": act_type.report_days, "required": ",".join(act_type.required_parts), "is_retired": card.is_retired,
        },
        secrets={**_named(card.names), "rule": card.rule},
    )  # fmt: skip
    return act_type


def save_area(actor: AnyActor, *, card: AreaCard) -> PolicyArea:
    """Add a policy area or change the one with this code."""
    ensure_manages_reference(actor)
    ensure_code(card.code)
    ensure_names(card.names)
    ensure_position(card.position or 0)
    area = find_area(card.code)
    if area is None:
        area = PolicyArea(code=card.code, position=_next_position(PolicyArea))
        db.session.add(area)
    _name(area, card.names)
    area.is_retired = card.is_retired
    area.position = area.position if card.position is None else card.position
    db.session.flush()
    facts = {"code": card.code, "is_retired": card.is_retired}
    record(Kind.AREA_SAVED, f"area:{area.id}", facts, secrets=_named(card.names))
    return area


def save_transferred_day(actor: AnyActor, *, on: date, is_working: bool, reason: str) -> TransferredDay:
    """Enter a decree that makes a day a working day, or a day off, against the calendar.

    Raises Refused for a day off that would leave no working day for so long that nothing could be counted.
    """
    ensure_manages_reference(actor)
    ensure_transfer(on, reason, today())
    ensure_leaves_working_days(WorkCalendar({**list_transfers(), on: is_working}), on)
    day = db.session.get(TransferredDay, on)
    if day is None:
        day = TransferredDay(on=on)
        db.session.add(day)
    day.is_working, day.reason = is_working, reason
    db.session.flush()
    record(Kind.HOLIDAY_SAVED, f"day:{on.isoformat()}", {"is_working": is_working}, secrets={"reason": reason})
    return day


def remove_transferred_day(actor: AnyActor, *, on: date) -> None:
    """Let a day be again what the calendar makes of it; raises NotFound when it was not moved."""
    ensure_manages_reference(actor)
    day = db.session.get(TransferredDay, on)
    if day is None:
        raise NotFound("This day was not moved.")
    was_working = day.is_working
    transfers = {other: is_working for other, is_working in list_transfers().items() if other != on}
    ensure_leaves_working_days(WorkCalendar(transfers), on)
    db.session.delete(day)
    db.session.flush()
    record(Kind.HOLIDAY_REMOVED, f"day:{on.isoformat()}", {"was_working": was_working})


def _set_type(act_type: ActType, card: TypeCard) -> None:
    act_type.discussion_days, act_type.answer_days, act_type.rule = card.discussion_days, card.answer_days, card.rule
    act_type.is_retired = card.is_retired
    for name in ("report_days", "answer_rule", "report_rule", "position"):
        if getattr(card, name) is not None:
            setattr(act_type, name, getattr(card, name))
    if card.required_parts is not None:
        act_type.required_parts = [code for code in REQUIRABLE if code in card.required_parts]
    _name(act_type, card.names)


def _name(row: ActType | PolicyArea, names: Mapping[str, str]) -> None:
    for field, name in _named(names).items():
        setattr(row, field, name)


def _named(names: Mapping[str, str]) -> dict[str, str]:
    return {f"name_{language}": names.get(language, "") for language in LANGUAGES}


def _next_position(model: type[ActType | PolicyArea]) -> int:
    return (db.session.scalar(db.select(db.func.max(model.position))) or 0) + 1
