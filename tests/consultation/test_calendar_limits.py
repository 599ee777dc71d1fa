"""Is a period that cannot be counted refused in words, in the reader's language, on every page and command that counts one?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from portal.accounts.models import User
from portal.drafts.models import TransferredDay
from portal.drafts.queries.reference import find_type
from portal.kernel import clock
from portal.kernel.db import db
from portal.web.flask_app import PortalApp
from tests.client import PageClient
from tests.make import Maker

MONDAY = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
SignIn = Callable[..., User]
NO_DAY = {
    "kk": "жұмыс күні табылмады",
    "ru": "В календаре нет рабочего дня",
    "en": "The calendar has no working day",
}  # fmt: skip


@pytest.fixture(autouse=True)
def on_monday() -> Iterator[None]:
    with clock.frozen(MONDAY):
        yield


def take_every_day_off(first: date, days: int) -> None:
    """A table no page lets anybody enter."""
    db.session.add_all(TransferredDay(on=first + timedelta(days=ahead), is_working=False, reason="") for ahead in range(days))


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_calendar_without_a_working_day(client: PageClient, make: Maker, sign_in: SignIn, language: str) -> None:
    draft, file = make.draft(), make.open()
    take_every_day_off(date(2026, 11, 1), 400)
    make.commit()
    client.set_cookie("language", language)
    for path in ("/", "/drafts", f"/drafts/{file.draft.id}", "/duties"):
        assert client.get(path).status_code == 200, path
    sign_in(client, "drafter", body=make.body())
    window = {"opens_on": "2026-11-24", "closes_on": "2027-01-20", "immutable": "y"}
    request = {"channel": "councils", "addressee": "Council", "sent_on": "2026-11-20"}
    for path, sent in ((f"/desk/drafts/{draft.id}/open", window), (f"/desk/drafts/{draft.id}/opinions/new", request)):
        answer = client.post(path, data=sent)
        assert answer.status_code == 422 and NO_DAY[language] in client.words, path
    answer = client.post(f"/desk/drafts/{file.draft.id}/extend", data={"closes_on": "2027-02-01", "reason_kk": "a", "reason_ru": "b"})
    assert answer.status_code == 422 and NO_DAY[language] in client.words
    sign_in(client, "administrator")
    assert client.get("/admin/days?year=2026").status_code == 200
    order = find_type("order")
    assert order is not None
    data = {f"name_{code}": order.name(code) for code in ("kk", "ru", "en")} | {"answer_days": "10", "report_days": "5"}
    answer = client.post(f"/admin/types/{order.id}", data={**data, "discussion_days": "12"})
    assert answer.status_code == 422 and NO_DAY[language] in client.words


def test_a_day_off_too_many_is_refused_on_the_page(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    sign_in(client, "administrator")
    client.set_cookie("language", "ru")
    take_every_day_off(date(2027, 2, 1), 25)
    make.commit()
    sent = {"is_working": "off", "reason": "Постановление № 9", "sure": "y"}
    assert client.post("/admin/days", data={**sent, "on": "2027-02-26"}).status_code == 302
    assert client.post("/admin/days", data={**sent, "on": "2027-03-01"}).status_code == 403
    assert "сроки нельзя было бы исчислить" in client.words


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2101-06-01", "2100-12-30"])
def test_a_day_beyond_the_calendar(client: PageClient, make: Maker, sign_in: SignIn, day: str) -> None:
    draft, file = make.draft(), make.open()
    sign_in(client, "drafter", body=make.body())
    for act in ("", "propose"):
        sent = {"opens_on": day, "closes_on": day, "immutable": "y", "act": act}
        assert client.post(f"/desk/drafts/{draft.id}/open", data=sent).status_code in {200, 422}, act
    reason = {"reason_kk": "a", "reason_ru": "b"}
    assert client.post(f"/desk/drafts/{file.draft.id}/extend", data={"closes_on": day, **reason}).status_code == 422
    request = {"channel": "councils", "addressee": "Council", "sent_on": day}
    assert client.post(f"/desk/drafts/{draft.id}/opinions/new", data=request).status_code == 422
    sign_in(client, "administrator")
    assert client.post("/admin/days", data={"on": day, "is_working": "off", "reason": "No 1", "sure": "y"}).status_code == 422


def test_commands_refuse_what_they_cannot_count(app: PortalApp) -> None:
    run = app.test_cli_runner().invoke
    known = "The calendar of working days is known from 1991 to 2100"
    for day in ("2100-12-20", "2101-01-01", "9999-12-30", "1990-12-31"):
        result = run(args=["calendar", "due", "--type", "law", "--from", day])
        assert result.exit_code == 2 and known in result.output and "Traceback" not in result.output, (day, result.output)
    assert run(args=["calendar", "due", "--type", "law", "--from", "2100-11-01"]).exit_code == 0
    for words in (["types", "set", "law", "--discussion-days", "0"], ["channels", "set", "ngo", "--days", "0"]):
        result = run(args=words)
        assert result.exit_code == 2 and "A period has from 1 to 365 working days." in result.output
    take_every_day_off(date(2026, 11, 1), 400)
    db.session.commit()
    result = run(args=["calendar", "due", "--type", "law", "--from", "2026-11-23"])
    assert result.exit_code == 2 and NO_DAY["en"] in result.output
