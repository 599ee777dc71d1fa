"""Do administrators manage people, auditors look on, and nobody else get in?"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.accounts.actions.people import block_account, change_role, unblock_account
from portal.accounts.actor import OPERATOR
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.kernel.db import db
from portal.kernel.errors import Conflict, Invalid, Refused
from portal.notifications.mailers import Mail
from portal.web.flask_app import PortalApp
from tests.accounts.conftest import entries_of
from tests.client import PageClient
from tests.make import Maker, actor_of
from tests.page import text_of
from tests.statements import counted

REASON = "Advertises loans."
ACTS = ("role", "block", "unblock")


@pytest.mark.parametrize(
    ("role", "reads", "manages"),
    [
        (None, 302, 401), ("citizen", 403, 403), ("drafter", 403, 403), ("moderator", 403, 403),
        ("auditor", 200, 403), ("administrator", 200, 422),
    ],
)  # fmt: skip
def test_who_may_what(
    client: PageClient, make: Maker, sign_in: Callable[..., User], role: str | None, reads: int, manages: int
) -> None:
    somebody = make.user()
    if role:
        sign_in(client, role, body=make.body() if role == "drafter" else None)
    assert client.get("/people").status_code == reads
    assert client.get(f"/people/{somebody.id}").status_code == reads
    for act in ACTS:
        assert client.post(f"/people/{somebody.id}/{act}", data={"role": "nonsense"}).status_code == manages
    db.session.refresh(somebody)
    assert somebody.role is Role.citizen and somebody.blocked_at is None


def test_auditors_see_no_forms(client: PageClient, make: Maker, sign_in: Callable[..., User]) -> None:
    somebody = make.user()
    sign_in(client, "auditor")
    client.get(f"/people/{somebody.id}")
    assert not [form for form in client.page.iter("form") if "/people/" in (form.get("action") or "")]


def test_a_role_and_a_body_are_given(client: PageClient, make: Maker, sign_in: Callable[..., User]) -> None:
    body, user = make.body(), make.user()
    sign_in(client, "administrator", name="The boss")
    path = f"/people/{user.id}"
    answer = client.post(f"{path}/role", data={"role": "drafter", "body": ""})
    assert answer.status_code == 422 and "Choose the state body the drafter acts for." in answer.text
    assert client.post(f"{path}/role", data={"role": "drafter", "body": str(body.id)}).location == path
    db.session.refresh(user)
    assert (user.role, user.body_id) == (Role.drafter, body.id)
    page = client.get(path).text
    assert "New role: Drafter of a state body" in page and "The boss" in page and "Ministry of Transport" in page

    assert client.post(f"{path}/role", data={"role": "drafter", "body": str(body.id)}).status_code == 409
    client.post(f"{path}/role", data={"role": "moderator", "body": str(body.id)})
    db.session.refresh(user)
    assert (user.role, user.body_id) == (Role.moderator, None), "only a drafter acts for a body"
    assert entries_of("user") == ["role-changed", "role-changed"]


@pytest.mark.parametrize("body", ["999", "-1", "x", "9" * 40, "' OR 1=1"])
def test_a_body_that_is_not_there_is_refused(
    client: PageClient, make: Maker, sign_in: Callable[..., User], body: str
) -> None:
    user = make.user()
    sign_in(client, "administrator")
    assert client.post(f"/people/{user.id}/role", data={"role": "drafter", "body": body}).status_code == 422


def test_blocking_and_letting_in_again(
    client: PageClient, letters: list[Mail], make: Maker, sign_in: Callable[..., User]
) -> None:
    user = make.user()
    key = user.session_key
    sign_in(client, "administrator")
    path = f"/people/{user.id}"
    assert client.post(f"{path}/block", data={"reason": ""}).status_code == 422
    assert client.post(f"{path}/unblock", data={"reason": REASON}).status_code == 409
    assert client.post(f"{path}/block", data={"reason": REASON}).location == path
    db.session.refresh(user)
    assert user.blocked_at is not None and user.session_key != key
    assert letters[-1].to == user.email and REASON in letters[-1].text
    assert REASON in client.get(path).text
    assert client.post(f"{path}/block", data={"reason": REASON}).status_code == 409

    assert client.post(f"{path}/unblock", data={"reason": "Promised to stop."}).location == path
    db.session.refresh(user)
    assert user.blocked_at is None
    assert "Promised to stop." in client.get(path).text
    assert entries_of("user") == ["account-blocked", "account-unblocked"]


def test_nobody_locks_themselves_out(client: PageClient, sign_in: Callable[..., User]) -> None:
    admin = sign_in(client, "administrator")
    path = f"/people/{admin.id}"
    assert client.post(f"{path}/role", data={"role": "citizen"}).status_code == 403
    assert client.post(f"{path}/block", data={"reason": REASON}).status_code == 403
    client.get(path)
    assert "Block" not in client.main_words


@pytest.mark.parametrize("user_id", ["0", "999", "99999999999999999999999", "-1", "x", "1.5"])
def test_people_who_are_not_there(client: PageClient, sign_in: Callable[..., User], user_id: str) -> None:
    sign_in(client, "administrator")
    assert client.get(f"/people/{user_id}").status_code == 404
    assert client.post(f"/people/{user_id}/block", data={"reason": REASON}).status_code == 404


class TestFinding:
    """The list has everybody, finds by name and address, and pages."""

    def names(self, client: PageClient, query: str = "") -> list[str]:
        assert client.get(f"/people{query}").status_code == 200
        return [text_of(row.find("th")) for row in client.page.iterfind(".//tbody/tr")]

    def test_by_name_in_any_case(self, client: PageClient, make: Maker, sign_in: Callable[..., User]) -> None:
        sign_in(client, "auditor", name="Zed")
        make.user(name="Әлия Қуат", email="one@example.kz")
        make.user(name="Ербол", email="two@example.kz")
        for words in ("Әлия", "әлия", "ӘЛИЯ", "қуат", "one@", "ONE@Example.kz"):
            assert self.names(client, f"?q={words}") == ["Әлия Қуат"]
        assert self.names(client, "?q=nobody") == []

    @pytest.mark.parametrize("words", ["%", "_", "\\", "'", '"', "%%%", "a" * 5000, "<script>", "%00"])
    def test_signs_are_only_signs(
        self, client: PageClient, make: Maker, sign_in: Callable[..., User], words: str
    ) -> None:
        sign_in(client, "auditor", name="Zed", email="zed@example.kz")
        make.user(name="Ербол", email="two@example.kz")
        answer = client.get("/people", query_string={"q": words})
        assert answer.status_code == 200 and "Ербол" not in answer.text

    def test_by_role(self, client: PageClient, make: Maker, sign_in: Callable[..., User]) -> None:
        sign_in(client, "auditor", name="Zed")
        make.user("moderator", name="Mo")
        assert self.names(client, "?role=moderator") == ["Mo"]
        assert set(self.names(client, "?role=nonsense")) == {"Mo", "Zed"}

    def test_pages(self, client: PageClient, make: Maker, sign_in: Callable[..., User]) -> None:
        sign_in(client, "auditor", name="Zed")
        db.session.add_all(User(email=f"p{n}@example.kz", name=f"P {n:03}", language="kk") for n in range(120))
        make.commit()
        first, last = self.names(client), self.names(client, "?page=3")
        assert (len(first), len(last), first[0]) == (50, 21, "P 119")
        assert self.names(client, "?page=99") == last
        assert self.names(client, "?page=-5") == self.names(client, "?page=x") == first

    def test_the_number_of_queries_does_not_grow(
        self, app: PortalApp, client: PageClient, make: Maker, sign_in: Callable[..., User]
    ) -> None:
        sign_in(client, "auditor")
        with counted() as few:
            client.get("/people")
        db.session.add_all(User(email=f"p{n}@example.kz", name=f"P {n}", language="kk") for n in range(40))
        make.commit()
        with counted() as many:
            client.get("/people")
        assert len(many) == len(few) <= 3, many


class TestActions:
    """The rules hold without any page."""

    def test_only_administrators_manage(self, app: PortalApp, make: Maker) -> None:
        user = make.user()
        for role in (Role.citizen, Role.drafter, Role.moderator, Role.auditor):
            actor = actor_of(make.user(role.value))
            with pytest.raises(Refused):
                change_role(actor, user=user, role=Role.moderator)
            with pytest.raises(Refused):
                block_account(actor, user=user, reason=REASON)
            with pytest.raises(Refused):
                unblock_account(actor, user=user, reason=REASON)

    def test_operators_manage_everybody(self, app: PortalApp, make: Maker) -> None:
        user = make.user()
        change_role(OPERATOR, user=user, role=Role.administrator)
        block_account(OPERATOR, user=user, reason=REASON)
        with pytest.raises(Conflict):
            block_account(OPERATOR, user=user, reason=REASON)
        with pytest.raises(Invalid):
            change_role(OPERATOR, user=user, role=Role.drafter, body_id=12345)
        db.session.rollback()
