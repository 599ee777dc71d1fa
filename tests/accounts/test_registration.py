"""Can a person come to a confirmed account, and can nobody else learn or do anything by it?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from portal.accounts.actions.registration import Registration, register_account
from portal.accounts.models import User
from portal.accounts.queries import find_by_address
from portal.accounts.roles import Role
from portal.accounts.tokens import Purpose, make_token
from portal.kernel import clock
from portal.kernel.clock import now
from portal.kernel.db import db
from portal.kernel.errors import Refused
from portal.ledger.models import Entry
from portal.notifications.mailers import Mail
from portal.notifications.models import Message
from portal.web.flask_app import PortalApp, Visitor
from tests.accounts.conftest import PASSWORD, entries_of, link_in
from tests.client import PageClient
from tests.page import text_of

TYPED = {"name": "Айгүл", "email": "Aigul@Example.KZ", "password": PASSWORD}


def register(client: PageClient, **more: str) -> object:
    return client.post("/register", data={**TYPED, **more})


def known(email: str = "aigul@example.kz") -> User:
    user = find_by_address(email)
    assert user is not None
    return user


def test_from_nobody_to_a_confirmed_citizen(client: PageClient, letters: list[Mail]) -> None:
    assert client.get("/register").status_code == 200
    answer = client.post("/register", data=TYPED)
    assert (answer.status_code, answer.location) == (302, "/registered")
    assert "Aigul@Example.KZ" in client.get("/registered").text

    user = known()
    assert (user.name, user.role, user.language, user.confirmed_at) == ("Айгүл", Role.citizen, "en", None)
    assert [mail.to for mail in letters] == ["aigul@example.kz"]

    link = link_in(letters[0])
    assert "Confirm the address" in client.get(link).text
    db.session.refresh(user)
    assert user.confirmed_at is None, "looking at the link must not confirm: programs look too"

    assert client.post(link).status_code == 422
    assert client.post(link, data={"password": "the password of a stranger"}).status_code == 422
    db.session.refresh(user)
    assert user.confirmed_at is None, "whoever reads the letter but did not register must not confirm"
    answer = client.post(link, data={"password": PASSWORD})
    assert (answer.status_code, answer.location) == (302, "/account")
    db.session.refresh(user)
    assert user.confirmed_at is not None
    assert "Айгүл" in client.get("/account").text
    assert (entries_of("request"), entries_of("user")) == (["address-confirmation-requested"], ["address-confirmed"])


def test_the_ledger_knows_neither_name_nor_address(client: PageClient) -> None:
    register(client)
    entry = db.session.scalars(db.select(Entry).where(Entry.kind == "address-confirmation-requested")).one()
    facts = entry.view().facts
    assert set(facts) == {"digests"}
    assert set(facts["digests"]) == {"email"}
    assert "aigul" not in entry.facts.lower() and "Айгүл" not in entry.facts


def test_a_known_address_gets_the_same_answer_and_another_letter(
    client: PageClient, letters: list[Mail], person: Callable[..., User]
) -> None:
    user = person(email="aigul@example.kz", name="The first")
    stored = user.password_hash
    known_answer = client.post("/register", data=TYPED)
    known_page = client.get("/registered").text
    new_answer = client.post("/register", data={**TYPED, "email": "new@example.kz"})
    new_page = client.get("/registered").text

    assert (known_answer.status_code, known_answer.location) == (new_answer.status_code, new_answer.location)
    assert known_page.replace("Aigul@Example.KZ", "?") == new_page.replace("new@example.kz", "?")
    assert [(mail.to, mail.subject) for mail in letters] == [
        ("aigul@example.kz", "You already have an account"),
        ("new@example.kz", "Confirm your e-mail address"),
    ]
    db.session.refresh(user)
    assert (user.name, user.password_hash) == ("The first", stored)
    assert entries_of("request") == ["address-confirmation-requested"] * 2
    assert entries_of("user") == []


def test_letters_of_strangers_making_carry_no_words_of_theirs(client: PageClient, letters: list[Mail]) -> None:
    register(client, name="You have won a car")
    assert "won" not in letters[0].text + letters[0].subject


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Enter the name others will see."),
        ("name", "  \u200b\u202e ", "Enter the name others will see."),
        ("name", "12345", "A name has letters in it."),
        ("name", "Win at http://evil.example", "A name has no web or e-mail address in it."),
        ("name", "casino777.kz", "A name has no web or e-mail address in it."),
        ("name", "a" * 121, "The name must be 120 characters or fewer."),
        ("email", "", "Enter your e-mail address."),
        ("email", "not an address", "Enter an e-mail address such as name@example.kz."),
        ("email", "a" * 300 + "@example.kz", "The address is too long."),
        ("password", "", "Enter a password."),
        ("password", "short", "The password must have 10 characters or more."),
        ("password", "x1 " * 100, "The password must have 200 characters or fewer."),
        ("password", "password123", "This password is easy to guess."),
        ("password", "aigul@example.kz", "This password is easy to guess."),
    ],
)
def test_what_cannot_be_used_is_said_beside_its_field(
    client: PageClient, field: str, value: str, sentence: str
) -> None:
    answer = client.post("/register", data={**TYPED, field: value})
    assert answer.status_code in {413, 422}
    error = client.page.find(f".//p[@id='{field}-error']")
    assert error is not None and sentence in text_of(error)
    assert find_by_address("aigul@example.kz") is None
    assert len(client.page.findall(".//*[@class='govuk-error-message']")) == 1
    if field != "email":
        assert client.page.find(".//input[@name='email']").get("value") == "Aigul@Example.KZ"
    assert client.page.find(".//input[@name='password']").get("value") is None


def test_every_fault_is_said_at_once(client: PageClient) -> None:
    client.post("/register", data={"name": "www.evil.kz", "email": "zz", "password": "short"})
    assert len(client.page.findall(".//*[@class='govuk-error-message']")) == 3


@pytest.mark.parametrize(
    "name",
    [
        "'\"><script>alert(1)</script>", "{{ actor.name * 7 }}", "%(name)s %s", "Ә\u0301ли\u0000я", "שלום Айгүл",
        "O'Брайен & Сыновья", "\\N{DEL} ;--", "𝕬𝖎𝖌𝖚𝖑",
    ],
)  # fmt: skip
def test_odd_names_are_shown_as_they_are(client: PageClient, letters: list[Mail], name: str) -> None:
    register(client, name=name)
    client.post(link_in(letters[0]), data={"password": PASSWORD})
    page = client.get("/account")
    assert page.status_code == 200
    assert client.page.find(".//input[@name='name']").get("value") == known().name
    assert "<script>alert" not in page.text
    client.post("/account/password", data={"present_password": PASSWORD, "password": "four other unlikely words"})
    assert letters[-1].subject == "Your password was changed"
    assert f"Hello {known().name}!" in letters[-1].text


def test_the_letter_is_written_in_the_language_of_the_page(client: PageClient, letters: list[Mail]) -> None:
    for language, subject in (("kk", "Электрондық поштаны растау"), ("ru", "Подтверждение адреса почты")):
        client.set_cookie("language", language)
        register(client, email=f"{language}@example.kz")
        assert (letters[-1].language, letters[-1].subject) == (language, subject)
        assert known(f"{language}@example.kz").language == language


def test_where_the_person_was_going_survives_registering(client: PageClient) -> None:
    client.get("/sign-in?next=/drafts/7")
    register_link = next(a.get("href") for a in client.page.iter("a") if (a.get("href") or "").startswith("/register"))
    client.get(register_link)
    assert client.page.find(".//input[@name='next']").get("value") == "/drafts/7"
    answer = client.post("/register", data={**TYPED, "next": "/drafts/7"})
    assert answer.location == "/registered?next=/drafts/7"
    client.get(answer.location)
    assert any(a.get("href") == "/sign-in?next=/drafts/7" for a in client.page.iter("a"))


class TestConfirming:
    """The link works for its owner, for three days, and for nothing else."""

    @pytest.mark.parametrize("token", ["x", "a.b.c", "%00", "WzEsIngiXQ.aaaa.bbbb", "ә", "." * 500])
    def test_garbage_opens_nothing(self, client: PageClient, token: str) -> None:
        assert client.get(f"/confirm/{token}").status_code == 410
        assert client.post(f"/confirm/{token}").status_code == 410

    def test_a_link_expires(self, app: PortalApp, client: PageClient, person: Callable[..., User]) -> None:
        user = person(confirmed_at=None)
        link = f"/confirm/{make_token(Purpose.confirm, user)}"
        with clock.frozen(now() + timedelta(days=3, seconds=5)):
            assert client.post(link).status_code == 410
        with clock.frozen(now() + timedelta(days=2, hours=23)):
            assert client.post(link, data={"password": PASSWORD}).status_code == 302

    def test_a_link_from_the_future_opens_nothing(self, client: PageClient, person: Callable[..., User]) -> None:
        with clock.frozen(now() + timedelta(days=30)):
            token = make_token(Purpose.confirm, person(confirmed_at=None))
        assert client.post(f"/confirm/{token}").status_code == 410

    def test_a_link_works_for_its_owner_only(
        self, client: PageClient, person: Callable[..., User], sign_in: Callable[..., User]
    ) -> None:
        owner, other = person(confirmed_at=None), person(confirmed_at=None)
        sign_in(client, user=other)
        client.post(f"/confirm/{make_token(Purpose.confirm, owner)}", data={"password": PASSWORD})
        db.session.refresh(owner)
        db.session.refresh(other)
        assert owner.confirmed_at is not None and other.confirmed_at is None

    def test_one_token_does_not_serve_another_purpose(self, client: PageClient, person: Callable[..., User]) -> None:
        user = person(confirmed_at=None)
        assert client.get(f"/confirm/{make_token(Purpose.reset, user)}").status_code == 410
        assert client.get(f"/confirm/{make_token(Purpose.stop, user)}").status_code == 410
        assert client.get(f"/reset-password/{make_token(Purpose.confirm, user)}").status_code == 410

    def test_a_second_press_changes_nothing(self, client: PageClient, person: Callable[..., User]) -> None:
        link = f"/confirm/{make_token(Purpose.confirm, person(confirmed_at=None))}"
        client.post(link, data={"password": PASSWORD})
        assert client.post(link).location == "/account"
        assert client.get(link).location == "/account"
        assert entries_of("user").count("address-confirmed") == 1

    def test_a_changed_address_needs_a_letter_of_its_own(
        self, client: PageClient, person: Callable[..., User]
    ) -> None:
        user = person(confirmed_at=None)
        token = make_token(Purpose.confirm, user)
        user.email = "another@example.kz"
        db.session.commit()
        assert client.get(f"/confirm/{token}").status_code == 410

    def test_without_a_form_token_nothing_is_confirmed(self, client: PageClient, person: Callable[..., User]) -> None:
        link = f"/confirm/{make_token(Purpose.confirm, person(confirmed_at=None))}"
        assert client.post(link, csrf=False).status_code == 400
        assert "address-confirmed" not in entries_of("user")

    def test_the_page_tells_nobody_its_address(self, client: PageClient, person: Callable[..., User]) -> None:
        answer = client.get(f"/confirm/{make_token(Purpose.confirm, person(confirmed_at=None))}")
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] in {"no-cache", "private, no-store"}


def test_the_unconfirmed_are_told_and_can_have_it_sent_again(
    client: PageClient, letters: list[Mail], person: Callable[..., User]
) -> None:
    user = person(confirmed_at=None)
    answer = client.post("/sign-in", data={"email": user.email, "password": PASSWORD}, follow_redirects=True)
    assert "Confirm your e-mail address to take part" in answer.text
    assert "Send the confirmation again" in client.get("/account").text

    assert client.post("/account/confirmation").location == "/account"
    assert [mail.subject for mail in letters] == ["Confirm your e-mail address"]
    client.post(link_in(letters[0]))
    assert "Send the confirmation again" not in client.get("/account").text
    answer = client.post("/account/confirmation")
    assert answer.status_code == 409


def test_nothing_secret_stays_in_the_outbox(client: PageClient, letters: list[Mail]) -> None:
    register(client)
    message = db.session.scalars(db.select(Message)).one()
    assert link_in(letters[0]) not in (message.body, message.subject)
    assert message.body == "" and message.sent_at is not None


@pytest.mark.parametrize(("role", "is_confirmed"), [(Role.administrator, False), (Role.citizen, True)])
def test_a_visitor_gives_themselves_neither_role_nor_confirmation(app: PortalApp, role: Role, is_confirmed: bool) -> None:
    given = Registration("a@example.kz", "A person", PASSWORD, "kk", role, None, is_confirmed)
    with pytest.raises(Refused):
        register_account(Visitor(), given=given)
    assert find_by_address("a@example.kz") is None


def test_more_fields_than_the_form_has_change_nothing(client: PageClient) -> None:
    register(client, role="administrator", body_id="1", confirmed_at="2026-01-01", is_confirmed="y")
    assert (known().role, known().confirmed_at, known().body_id) == (Role.citizen, None, None)
