"""Is somebody who does a thing too often asked to wait, and nobody else with them?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from portal.accounts.models import User
from portal.consultation.models import Comment
from portal.kernel.db import db
from portal.kernel.settings import Settings
from portal.web.flask_app import PortalApp
from tests.client import PageClient
from tests.make import Maker
from tests.page import check_page


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, limits_enabled=True)


def _send(client: PageClient, url: str, times: int, **data: str) -> list[int]:
    """The statuses of sending a form so often, without reading each page."""
    client.inspects = False
    token = client.get("/testing/token").text
    return [client.post(url, data={"csrf_token": token, **data}, csrf=False).status_code for _ in range(times)]


def test_posting(app: PortalApp, client: PageClient, make: Maker, sign_in: Callable[..., User]) -> None:
    draft = make.open().draft.id
    sign_in(client)
    url = f"/drafts/{draft}/comments/new"
    assert _send(client, url, 31, text="A comment.", language="en") == [302] * 30 + [429]
    assert db.session.scalar(db.select(db.func.count(Comment.id))) == 30
    other = app.test_client()
    sign_in(other)
    assert _send(other, url, 1, text="Another person's.", language="en") == [302], "who else comes from the address is let in"


def test_who_writes_too_much_still_reads(client: PageClient, make: Maker, sign_in: Callable[..., User]) -> None:
    draft = make.open().draft.id
    sign_in(client)
    _send(client, f"/drafts/{draft}/comments/new", 31, text="A comment.", language="en")
    assert client.get(f"/drafts/{draft}").status_code == 200
    assert client.get("/my/comments").status_code == 200


def test_voting(client: PageClient, make: Maker, sign_in: Callable[..., User]) -> None:
    draft = make.open().draft.id
    sign_in(client)
    statuses = _send(client, f"/drafts/{draft}/vote", 121, value="1")
    assert statuses == [302] * 120 + [429]


def test_searching(client: PageClient, make: Maker) -> None:
    client.inspects = False
    statuses = [client.get("/search?q=a").status_code for _ in range(121)]
    assert statuses == [200] * 120 + [429]
    assert client.get("/drafts").status_code == 200
    answer = client.get("/search?q=a")
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    check_page(answer.text, "en")


def test_reporting_and_answering_count_as_posting(client: PageClient, make: Maker, sign_in: Callable[..., User]) -> None:
    comment = make.comment(make.open()).id
    sign_in(client)
    assert _send(client, f"/comments/{comment}/report", 31, reason="It is wrong.")[-1] == 429
    assert _send(client, f"/comments/{comment}/answer", 31, text="No.", language="en")[-1] == 429


def test_a_stranger_is_counted_by_address(app: PortalApp, client: PageClient) -> None:
    assert _send(client, "/sign-in", 11, email="a@example.kz", password="x")[-1] == 429
    assert _send(app.test_client(), "/sign-in", 1, email="a@example.kz", password="x") == [429], "a new window is no new person"


def test_a_made_up_proxy_is_no_new_address(app: PortalApp, client: PageClient) -> None:
    assert _send(client, "/sign-in", 11, email="a@example.kz", password="x")[-1] == 429
    client.environ_base["HTTP_X_FORWARDED_FOR"] = "203.0.113.9"
    assert _send(client, "/sign-in", 1, email="a@example.kz", password="x") == [429]


def test_signing_in_as_somebody_is_no_new_start(app: PortalApp, client: PageClient, sign_in: Callable[..., User]) -> None:
    """Guessing passwords is counted by address even for who has an account of their own to guess from."""
    assert _send(client, "/sign-in", 11, email="a@example.kz", password="x")[-1] == 429
    sign_in(client)
    assert _send(client, "/sign-in", 1, email="a@example.kz", password="x") == [429]


def test_what_was_typed_is_not_lost(client: PageClient, make: Maker, sign_in: Callable[..., User]) -> None:
    """Who is asked to wait keeps the comment: it stands on the page, to be sent when the time has come."""
    draft = make.open().draft.id
    sign_in(client)
    _send(client, f"/drafts/{draft}/comments/new", 30, text="A comment.", language="en")
    token = client.get("/testing/token").text
    text = "Long thoughts that took an hour to write."
    answer = client.post(f"/drafts/{draft}/comments/new", data={"csrf_token": token, "text": text}, csrf=False)
    assert answer.status_code == 429
    assert text in answer.text
    root = check_page(answer.text)
    again = next(form for form in root.iter("form") if form.get("action") == f"/drafts/{draft}/comments/new")
    assert again.find("input[@name='text']").get("value") == text


def test_a_guessed_password_is_not_shown_again(client: PageClient) -> None:
    _send(client, "/sign-in", 10, email="a@example.kz", password="x")
    token = client.get("/testing/token").text
    data = {"csrf_token": token, "email": "a@example.kz", "password": "three secret words"}
    answer = client.post("/sign-in", data=data, csrf=False)
    assert answer.status_code == 429
    assert "three secret words" not in answer.text
