"""Do bodies, act types and transferred days change as the administrator says, and for nobody else?"""

from __future__ import annotations

from datetime import date

import pytest

from portal.accounts.actor import OPERATOR
from portal.drafts.actions.reference import TypeCard, add_body, save_act_type, save_transferred_day
from portal.drafts.queries.reference import closing_day, find_body, find_type, list_types, work_calendar
from portal.kernel.db import db
from portal.kernel.errors import Conflict, DomainError, Invalid, Refused, TooLarge
from portal.ledger.models import Entry
from tests.make import Maker

NAMES = {"kk": "Атауы", "ru": "Название", "en": "Name"}


def last_entry() -> Entry:
    entry = db.session.scalar(db.select(Entry).order_by(Entry.id.desc()).limit(1))
    assert entry is not None
    return entry


def test_a_body_is_added_once(make: Maker) -> None:
    body = add_body(make.actor("administrator"), code="akimat-almaty", kind="akimat", names=NAMES)
    assert find_body("akimat-almaty") is body and body.name("en") == "Name"
    entry = last_entry()
    assert (entry.kind, entry.subject) == ("body-saved", f"body:{body.id}")
    assert "Название" not in entry.facts
    with pytest.raises(Conflict, match="akimat-almaty"):
        add_body(OPERATOR, code="akimat-almaty", kind="akimat", names=NAMES)


@pytest.mark.parametrize("code", ["", "a", "Akimat", "1st", "a b", "a" * 41, "әкімдік", "a'--", "../x", "a\n"])
def test_a_code_is_plain(make: Maker, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        add_body(OPERATOR, code=code, kind="akimat", names=NAMES)
    assert refusal.value.field == "code"


@pytest.mark.parametrize(
    ("kind", "names", "error"),
    [
        ("kingdom", NAMES, Invalid),
        ("akimat", {"kk": "", "ru": "x"}, Invalid),
        ("akimat", {"kk": "x"}, Invalid),
        ("akimat", {"kk": "x" * 401, "ru": "x"}, TooLarge),
    ],
)
def test_a_body_has_a_kind_and_names(make: Maker, kind: str, names: dict[str, str], error: type[DomainError]) -> None:
    with pytest.raises(error):
        add_body(OPERATOR, code="somewhere", kind=kind, names=names)


@pytest.mark.parametrize("role", ["citizen", "drafter", "moderator", "auditor"])
def test_only_administrators_change_reference_data(make: Maker, role: str) -> None:
    actor = make.actor(role)
    with pytest.raises(Refused):
        add_body(actor, code="somewhere", kind="akimat", names=NAMES)
    with pytest.raises(Refused):
        save_act_type(actor, card=TypeCard("law", NAMES, 1))
    with pytest.raises(Refused):
        save_transferred_day(actor, on=date(2027, 1, 4), is_working=True, reason="")


def test_an_act_type_changes_its_period(make: Maker) -> None:
    save_act_type(OPERATOR, card=TypeCard("order", {"kk": "Бұйрық", "ru": "Приказ"}, 7, 5, "art. 20"))
    order = find_type("order")
    assert order is not None and (order.discussion_days, order.answer_days) == (7, 5)
    assert last_entry().kind == "act-type-saved"


def test_a_new_act_type_comes_last(make: Maker) -> None:
    saved = save_act_type(OPERATOR, card=TypeCard("memorandum", NAMES, 10))
    assert list_types()[-1] is saved


@pytest.mark.parametrize(("days", "answers"), [(0, 10), (366, 10), (10, 0), (-5, 10)])
def test_a_period_has_days(make: Maker, days: int, answers: int) -> None:
    with pytest.raises(Invalid):
        save_act_type(OPERATOR, card=TypeCard("order", NAMES, days, answers))


def test_a_transferred_day_moves_the_closing_date(make: Maker) -> None:
    order = find_type("order")
    assert order is not None
    opens_on = date(2026, 11, 23)  # a Monday; ten working days end on Monday 7 December
    assert closing_day(order, opens_on) == date(2026, 12, 7)
    save_transferred_day(OPERATOR, on=date(2026, 11, 28), is_working=True, reason="Resolution No 1")
    assert closing_day(order, opens_on) == date(2026, 12, 4)
    save_transferred_day(OPERATOR, on=date(2026, 11, 27), is_working=False, reason="Resolution No 1")
    assert closing_day(order, opens_on) == date(2026, 12, 7)
    assert not work_calendar().is_working(date(2026, 11, 27))
    entry = last_entry()
    assert (entry.kind, entry.subject) == ("holiday-saved", "day:2026-11-27")
