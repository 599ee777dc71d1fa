"""Does a forgotten password come back to its owner, once, and to nobody else?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from portal.accounts.models import AddressRequest, User
from portal.accounts.tokens import Purpose, make_token
from portal.kernel import clock
from portal.kernel.clock import now
from portal.kernel.db import db
from portal.ledger.models import Entry
from portal.notifications.mailers import Mail
from tests.accounts.conftest import PASSWORD, entries_of, link_in, sign_in_with
from tests.client import PageClient

NEW = "four other unlikely words"


def test_from_forgotten_to_signed_in(client: PageClient, letters: list[Mail], person: Callable[..., User]) -> None:
    user = person(email="aigul@example.kz")
    sign_in_with(client, user.email)
    answer = client.post("/forgot-password", data={"email": "Aigul@example.kz"})
    assert answer.location == "/reset-requested"
    assert "Aigul@example.kz" in client.get("/reset-requested").text
    assert [(mail.to, mail.subject) for mail in letters] == [("aigul@example.kz", "A new password for Talqy")]

    link = link_in(letters[0])
    answer = client.get(link)
    assert answer.status_code == 200 and answer.headers["Referrer-Policy"] == "no-referrer"
    assert client.post(link, data={"password": "short"}).status_code == 422
    answer = client.post(link, data={"password": NEW})
    assert answer.location == "/sign-in"
    assert client.get("/account").status_code == 302, "every session ended"
    assert sign_in_with(client, user.email).status_code == 422
    assert sign_in_with(client, user.email, NEW).status_code == 302
    assert letters[-1].subject == "Your password was changed"

    assert client.get(link).status_code == 410, "it works once"
    assert client.post(link, data={"password": "five more words entirely"}).status_code == 410
    assert entries_of("user")[-1:] == ["password-changed"]


def test_an_unknown_address_gets_the_same_answer_and_no_letter(
    client: PageClient, letters: list[Mail], person: Callable[..., User]
) -> None:
    person(email="aigul@example.kz")
    known = client.post("/forgot-password", data={"email": "aigul@example.kz"})
    known_page = client.get("/reset-requested").text
    unknown = client.post("/forgot-password", data={"email": "nobody@example.kz"})
    unknown_page = client.get("/reset-requested").text
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    assert known_page.replace("aigul@", "?@") == unknown_page.replace("nobody@", "?@")
    assert [mail.to for mail in letters] == ["aigul@example.kz"]


def test_the_public_log_does_not_tell_whose_address_it_was(client: PageClient, person: Callable[..., User]) -> None:
    user = person(email="aigul@example.kz")
    client.post("/forgot-password", data={"email": "aigul@example.kz"})
    client.post("/forgot-password", data={"email": "nobody@example.kz"})
    known, unknown = db.session.scalars(db.select(Entry).where(Entry.subject.startswith("request:"))).all()
    assert known.kind == unknown.kind == "password-reset-requested"
    assert set(known.view().facts) == set(unknown.view().facts) == {"digests"}
    assert set(known.view().facts["digests"]) == set(unknown.view().facts["digests"])
    assert len(known.subject) == len(unknown.subject)
    assert "aigul" not in known.facts
    assert [request.user_id for request in db.session.scalars(db.select(AddressRequest))] == [user.id]


def test_asking_twice_leaves_one_request(client: PageClient, letters: list[Mail], person: Callable[..., User]) -> None:
    person(email="aigul@example.kz")
    for _ in range(2):
        client.post("/forgot-password", data={"email": "aigul@example.kz"})
    assert len(letters) == 2
    assert db.session.scalar(db.select(db.func.count(AddressRequest.code))) == 1
    client.post(link_in(letters[0]), data={"password": NEW})
    assert client.get(link_in(letters[1])).status_code == 410, "one password, one link"


def test_a_link_expires_after_two_hours(client: PageClient, person: Callable[..., User]) -> None:
    link = f"/reset-password/{make_token(Purpose.reset, person())}"
    with clock.frozen(now() + timedelta(hours=1, minutes=59)):
        assert client.get(link).status_code == 200
    with clock.frozen(now() + timedelta(hours=2, seconds=5)):
        assert client.get(link).status_code == 410
        assert client.post(link, data={"password": NEW}).status_code == 410


@pytest.mark.parametrize("token", ["x", "a.b.c", "WzEsIngiXQ.aaaa.bbbb", "ә"])
def test_garbage_opens_nothing(client: PageClient, person: Callable[..., User], token: str) -> None:
    person()
    assert client.get(f"/reset-password/{token}").status_code == 410
    assert client.post(f"/reset-password/{token}", data={"password": NEW}).status_code == 410


def test_an_altered_token_opens_nothing(client: PageClient, person: Callable[..., User]) -> None:
    first, second = (make_token(Purpose.reset, person()) for _ in range(2))
    payload, stamp, signature = first.split(".")
    other = second.split(".")
    for token in (f"{other[0]}.{stamp}.{signature}", f"{payload}.{other[1]}.{other[2]}", first[:-1], first + "A"):
        if token not in (first, second):
            assert client.get(f"/reset-password/{token}").status_code == 410


def test_a_link_dies_with_any_other_change_of_the_password(client: PageClient, person: Callable[..., User]) -> None:
    user = person()
    link = f"/reset-password/{make_token(Purpose.reset, user)}"
    sign_in_with(client, user.email)
    client.post("/account/password", data={"present_password": PASSWORD, "password": NEW})
    assert client.get(link).status_code == 410


def test_the_letter_proves_the_address_too(client: PageClient, person: Callable[..., User]) -> None:
    """Somebody registered with another's address: its owner takes the account over, the other is out."""
    user = person(confirmed_at=None)
    client.post(f"/reset-password/{make_token(Purpose.reset, user)}", data={"password": NEW})
    db.session.refresh(user)
    assert user.confirmed_at is not None
    assert sign_in_with(client, user.email).status_code == 422


@pytest.mark.parametrize("email", ["", "nonsense", "a@b", "a@example.kz\nBcc: b@example.kz"])
def test_what_is_no_address_is_said(client: PageClient, letters: list[Mail], email: str) -> None:
    assert client.post("/forgot-password", data={"email": email}).status_code == 422
    assert not letters


def test_a_guessable_new_password_is_refused(client: PageClient, person: Callable[..., User]) -> None:
    user = person(email="gulnara@example.kz")
    link = f"/reset-password/{make_token(Purpose.reset, user)}"
    assert client.post(link, data={"password": "gulnara2026"}).status_code == 422
    assert client.get(link).status_code == 200
