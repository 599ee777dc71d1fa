"""What can people see and change of their own account?"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.accounts.actions.account import Profile, edit_account
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.kernel.db import db
from portal.kernel.errors import Refused
from portal.notifications.mailers import Mail
from portal.web.flask_app import PortalApp
from tests.accounts.conftest import PASSWORD, entries_of, sign_in_with
from tests.client import PageClient

NEW = "four other unlikely words"


@pytest.mark.parametrize("role", list(Role))
def test_everybody_has_a_page_in_every_language(client: PageClient, sign_in: Callable[..., User], role: Role) -> None:
    user = sign_in(client, role.value)
    for language, heading in (("kk", "Жеке кабинет"), ("ru", "Личный кабинет"), ("en", "My page")):
        answer = client.get(f"/account?lang={language}")
        assert answer.status_code == 200
        assert client.page.find(".//h1").text == heading
        assert user.email in answer.text


def test_name_language_and_letters_are_kept(client: PageClient, sign_in: Callable[..., User]) -> None:
    user = sign_in(client, language="kk")
    answer = client.post("/account", data={"name": "  Ербол   Қ. ", "language": "ru"})
    assert answer.location == "/account"
    db.session.refresh(user)
    assert (user.name, user.language, user.wants_letters) == ("Ербол Қ.", "ru", False)
    client.post("/account", data={"name": "Ербол", "language": "ru", "wants_letters": "y"})
    db.session.refresh(user)
    assert user.wants_letters
    assert entries_of("user") == ["account-edited", "account-edited"]


@pytest.mark.parametrize(
    "data", [{"name": "", "language": "kk"}, {"name": "A", "language": "de"}, {"name": "www.evil.kz", "language": "kk"}]
)
def test_what_cannot_be_used_changes_nothing(
    client: PageClient, sign_in: Callable[..., User], data: dict[str, str]
) -> None:
    user = sign_in(client, name="As before")
    assert client.post("/account", data=data).status_code == 422
    db.session.refresh(user)
    assert user.name == "As before"
    assert not entries_of("user")


def test_nobody_edits_another(app: PortalApp, person: Callable[..., User]) -> None:
    mine, other = person(), person()
    actor = Actor(mine.id, Role.administrator, mine.name)
    with pytest.raises(Refused):
        edit_account(actor, user=other, profile=Profile("Changed", "kk", True))


def test_a_changed_password_ends_the_other_sessions(
    app: PortalApp, client: PageClient, letters: list[Mail], person: Callable[..., User]
) -> None:
    user = person()
    other = app.test_client()
    sign_in_with(client, user.email)
    sign_in_with(other, user.email)
    with client.session_transaction() as session:
        before = session["_user_id"]
    answer = client.post("/account/password", data={"present_password": PASSWORD, "password": NEW})
    assert answer.location == "/account"
    assert client.get("/account").status_code == 200, "this session goes on"
    with client.session_transaction() as session:
        assert session["_user_id"] != before
    assert other.get("/account").status_code == 302
    assert entries_of("user") == ["password-changed"]
    assert (letters[-1].to, letters[-1].subject) == (user.email, "Your password was changed")
    assert NEW not in letters[-1].text


def test_changing_needs_the_present_password(client: PageClient, person: Callable[..., User]) -> None:
    user = person()
    sign_in_with(client, user.email)
    stored = user.password_hash
    answer = client.post("/account/password", data={"present_password": "not this one", "password": NEW})
    assert answer.status_code == 422 and "The present password is wrong." in answer.text
    assert NEW not in answer.text
    db.session.refresh(user)
    assert user.password_hash == stored


@pytest.mark.parametrize("path", ["/account", "/account/password"])
def test_visitors_are_asked_to_sign_in(client: PageClient, path: str) -> None:
    assert client.get(path).location == f"/sign-in?next={path}"
    assert client.post(path).status_code == 401
