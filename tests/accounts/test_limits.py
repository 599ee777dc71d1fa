"""Is somebody who tries again and again asked to wait?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from portal.accounts.models import User
from portal.kernel.settings import Settings
from portal.notifications.mailers import Mail
from tests.accounts.conftest import PASSWORD, sign_in_with
from tests.client import PageClient


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, limits_enabled=True)


def test_guessing_passwords(client: PageClient, person: Callable[..., User]) -> None:
    user = person()
    answers = [sign_in_with(client, user.email, f"guess number {n}").status_code for n in range(11)]
    assert answers == [422] * 10 + [429]
    assert sign_in_with(client, user.email).status_code == 429, "not even with the right one"
    assert client.get("/sign-in").status_code == 200


def test_registering_many(client: PageClient) -> None:
    typed = {"name": "A person", "password": PASSWORD}
    answers = [client.post("/register", data={**typed, "email": f"p{n}@example.kz"}).status_code for n in range(11)]
    assert answers == [302] * 10 + [429]


def test_sending_letters_to_others(client: PageClient, letters: list[Mail], person: Callable[..., User]) -> None:
    user = person()
    answers = [client.post("/forgot-password", data={"email": user.email}).status_code for n in range(6)]
    assert answers == [302] * 5 + [429]
    assert len(letters) == 5


def test_having_the_confirmation_sent_again(
    client: PageClient, letters: list[Mail], person: Callable[..., User], sign_in: Callable[..., User]
) -> None:
    sign_in(client, user=person(confirmed_at=None))
    answers = [client.post("/account/confirmation").status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]
    assert len(letters) == 5


def test_guessing_the_present_password(client: PageClient, person: Callable[..., User], sign_in: Callable[..., User]) -> None:
    sign_in(client, user=person())
    data = {"present_password": "a wrong password", "password": "four other unlikely words"}
    answers = [client.post("/account/password", data=data).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]
