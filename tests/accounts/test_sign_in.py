"""Does signing in let the right person in, into a session of their own, and back to this portal only?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from argon2 import PasswordHasher

from portal.accounts.actions.people import block_account
from portal.accounts.actor import OPERATOR
from portal.accounts.models import User
from portal.accounts.passwords import needs_rehash
from portal.kernel.db import db
from portal.ledger.models import Entry
from portal.web.flask_app import PortalApp
from tests.accounts.conftest import PASSWORD, sign_in_with
from tests.client import PageClient
from tests.make import Maker


def test_in_and_out(client: PageClient, person: Callable[..., User]) -> None:
    user = person(email="aigul@example.kz", name="Айгүл")
    before = db.session.scalar(db.select(db.func.count(Entry.id)))
    assert client.get("/account").location == "/sign-in?next=/account"
    answer = sign_in_with(client, " AIGUL@example.kz ", next="/account")
    assert (answer.status_code, answer.location) == (302, "/account")
    page = client.get("/account")
    assert page.status_code == 200 and "Айгүл" in page.text
    assert page.headers["Cache-Control"] == "private, no-store"
    db.session.refresh(user)
    assert user.signed_in_at is not None
    assert db.session.scalar(db.select(db.func.count(Entry.id))) == before, "signing in is no public act"

    answer = client.post("/sign-out")
    assert answer.location == "/"
    assert client.get("/account").status_code == 302


def test_a_copied_cookie_opens_nothing_after_signing_out(
    app: PortalApp, client: PageClient, person: Callable[..., User]
) -> None:
    user = person()
    sign_in_with(client, user.email)
    copy, other_device = app.test_client(), app.test_client()
    cookie = client.get_cookie("session")
    assert cookie is not None
    copy.set_cookie("session", cookie.value)
    sign_in_with(other_device, user.email)
    assert copy.get("/account").status_code == 200
    client.post("/sign-out")
    assert copy.get("/account").status_code == 302, "the copy ended with the session"
    assert other_device.get("/account").status_code == 200, "other sessions of the person go on"


def test_signing_out_is_no_link(client: PageClient) -> None:
    assert client.get("/sign-out").status_code == 405


def test_wrong_and_unknown_get_the_same_answer(client: PageClient, person: Callable[..., User]) -> None:
    person(email="aigul@example.kz")
    person(email="nopassword@example.kz", password_hash=None)
    answers = []
    for email in ("aigul@example.kz", "nobody@example.kz", "nopassword@example.kz", "no address at all"):
        answer = sign_in_with(client, email, "not the password")
        answers.append((answer.status_code, client.main_words.replace(email, "?")))
    assert len(set(answers)) == 1
    assert answers[0][0] == 422
    assert "The e-mail address or the password is wrong." in str(answers[0][1])


@pytest.mark.parametrize("data", [{}, {"email": "a@example.kz"}, {"password": PASSWORD}, {"email": "", "password": ""}])
def test_empty_fields_are_named(client: PageClient, data: dict[str, str]) -> None:
    assert client.post("/sign-in", data=data).status_code == 422


@pytest.mark.parametrize("password", ["x" * 100_000, "\x00" * 20, "' OR 1=1 --", "\U0001f600" * 300])
def test_odd_passwords_are_wrong_passwords(client: PageClient, person: Callable[..., User], password: str) -> None:
    person(email="aigul@example.kz")
    assert sign_in_with(client, "aigul@example.kz", password).status_code == 422


def test_a_session_begins_with_nothing_of_the_one_before(client: PageClient, person: Callable[..., User]) -> None:
    user = person()
    client.get("/sign-in")
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
        before = session["csrf_token"]
    assert sign_in_with(client, user.email).status_code == 302
    with client.session_transaction() as session:
        assert "planted" not in session
        assert session.get("csrf_token") != before
        assert session.permanent
        assert PASSWORD not in str(dict(session)) and user.email not in str(dict(session))


def test_a_session_of_another_person_is_left_behind(client: PageClient, person: Callable[..., User]) -> None:
    first, second = person(name="The first"), person(name="The second")
    sign_in_with(client, first.email)
    client.post("/sign-in", data={"email": second.email, "password": PASSWORD})
    assert "The second" in client.get("/account").text


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
        "/\tevil", " //evil.example", "https:evil.example", "evil.example", "/a\nSet-Cookie: x=1", "/" + "a" * 3000,
    ],
)  # fmt: skip
def test_nobody_is_sent_to_another_site(client: PageClient, person: Callable[..., User], target: str) -> None:
    user = person()
    assert sign_in_with(client, user.email, next=target).location == "/"
    client.post("/sign-out")
    client.get("/sign-in", query_string={"next": target})
    assert client.page.find(".//input[@name='next']") is None
    sign_in_with(client, user.email)
    assert client.get("/sign-in", query_string={"next": target}).location == "/"


def test_everybody_begins_where_their_work_is(app: PortalApp, client: PageClient, person: Callable[..., User]) -> None:
    admin = person("auditor")
    answer = sign_in_with(client, admin.email)
    assert answer.location in {"/people", *(rule.rule for rule in app.url_map.iter_rules())} and answer.location != "/"


def test_the_blocked_are_told_why_and_stay_out(client: PageClient, person: Callable[..., User]) -> None:
    user = person()
    sign_in_with(client, user.email)
    assert client.get("/account").status_code == 200
    block_account(OPERATOR, user=user, reason="Posted advertisements for weeks.")
    db.session.commit()
    assert client.get("/account").status_code == 302, "a block ends the session that is running"
    answer = sign_in_with(client, user.email)
    assert answer.status_code == 403
    assert "Posted advertisements for weeks." in answer.text
    assert "Posted advertisements" not in sign_in_with(client, user.email, "a wrong password").text


def test_an_old_hash_is_made_anew(client: PageClient, make: Maker) -> None:
    user = make.user(password_hash=PasswordHasher(time_cost=1, memory_cost=8192).hash(PASSWORD))
    sign_in_with(client, user.email)
    db.session.refresh(user)
    assert user.password_hash is not None and not needs_rehash(user.password_hash)
    client.post("/sign-out")
    assert sign_in_with(client, user.email).status_code == 302


@pytest.mark.parametrize("value", ["", "x", "1", "' OR 1=1", None, 5])
def test_a_made_up_session_is_nobodys(client: PageClient, person: Callable[..., User], value: object) -> None:
    person()
    with client.session_transaction() as session:
        session["_user_id"] = value
    assert client.get("/account").status_code == 302


def test_the_actor_comes_with_one_query_and_a_body(
    app: PortalApp, client: PageClient, make: Maker, sign_in: Callable[..., User]
) -> None:
    sign_in(client, "drafter", body=make.body())
    client.set_cookie("language", "ru")
    assert "Министерство транспорта" in client.get("/account").text
    client.set_cookie("language", "en")
    assert "Ministry of Transport" in client.get("/account").text


def test_cookies_are_kept_from_scripts_and_other_sites(client: PageClient, person: Callable[..., User]) -> None:
    answer = sign_in_with(client, person().email)
    cookie = next(value for value in answer.headers.getlist("Set-Cookie") if value.startswith("session="))
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Expires" in cookie
