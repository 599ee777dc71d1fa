"""How do bodies, act types and transferred days get into the reference tables and change there?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portal.accounts.actor import AnyActor
from portal.drafts.models import LANGUAGES, ActType, Body, TransferredDay
from portal.drafts.policy import (
    ensure_body_kind,
    ensure_code,
    ensure_manages_reference,
    ensure_names,
    ensure_period,
)
from portal.drafts.queries.reference import find_body, find_type
from portal.kernel.db import db
from portal.kernel.errors import Conflict
from portal.ledger.kinds import Kind
from portal.ledger.record import record


@dataclass(frozen=True)
class TypeCard:
    """What is set for an act type: names by language, periods in working days, the article of law they come from."""

    code: str
    names: Mapping[str, str]
    discussion_days: int
    answer_days: int = 10
    rule: str = ""


def add_body(actor: AnyActor, *, code: str, kind: str, names: Mapping[str, str]) -> Body:
    """A new state body; names are language → name. Raises Conflict when the code is taken."""
    ensure_manages_reference(actor)
    ensure_code(code)
    ensure_body_kind(kind)
    ensure_names(names)
    if find_body(code) is not None:
        raise Conflict("There is a body with the code “%(code)s” already.", code=code)
    body = Body(code=code, kind=kind, **_named(names))
    db.session.add(body)
    db.session.flush()
    record(Kind.BODY_SAVED, f"body:{body.id}", {"code": code, "kind": kind}, secrets=_named(names))
    return body


def save_act_type(actor: AnyActor, *, card: TypeCard) -> ActType:
    """Add an act type or change the one with this code; drafts already announced keep their dates."""
    ensure_manages_reference(actor)
    ensure_code(card.code)
    ensure_names(card.names)
    ensure_period(card.discussion_days, "discussion_days")
    ensure_period(card.answer_days, "answer_days")
    act_type = find_type(card.code)
    if act_type is None:
        act_type = ActType(code=card.code, position=_next_position())
        db.session.add(act_type)
    act_type.discussion_days, act_type.answer_days, act_type.rule = card.discussion_days, card.answer_days, card.rule[:200]
    for field, name in _named(card.names).items():
        setattr(act_type, field, name)
    db.session.flush()
    record(
        Kind.ACT_TYPE_SAVED,
        f"act-type:{act_type.id}",
        {"code": card.code, "discussion_days": card.discussion_days, "answer_days": card.answer_days},
        secrets={**_named(card.names), "rule": card.rule},
    )
    return act_type


def save_transferred_day(actor: AnyActor, *, on: date, is_working: bool, reason: str) -> TransferredDay:
    """Enter a decree that makes a day a working day, or a day off, against the calendar."""
    ensure_manages_reference(actor)
    day = db.session.get(TransferredDay, on)
    if day is None:
        day = TransferredDay(on=on)
        db.session.add(day)
    day.is_working, day.reason = is_working, reason[:200]
    db.session.flush()
    record(Kind.HOLIDAY_SAVED, f"day:{on.isoformat()}", {"is_working": is_working}, secrets={"reason": reason})
    return day


def _named(names: Mapping[str, str]) -> dict[str, str]:
    return {f"name_{language}": names.get(language, "") for language in LANGUAGES}


def _next_position() -> int:
    return (db.session.scalar(db.select(db.func.max(ActType.position))) or 0) + 1
