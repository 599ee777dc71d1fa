"""Can a reader end the letters one may do without, by the link in them and by nothing less?"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.accounts.models import User
from portal.accounts.tokens import Purpose, make_token
from portal.kernel.db import db
from tests.client import PageClient
from tests.make import Maker


def test_a_button_behind_the_link(client: PageClient, make: Maker) -> None:
    user = make.user()
    link = f"/letters/{make_token(Purpose.stop, user)}"
    answer = client.get(link)
    assert answer.status_code == 200 and user.email in answer.text
    db.session.refresh(user)
    assert user.wants_letters, "looking changes nothing"
    assert "gets no more letters" in client.post(link).text
    db.session.refresh(user)
    assert not user.wants_letters
    assert client.post(link).status_code == 200
    assert "gets no more letters" in client.get(link).text


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_in_every_language(client: PageClient, make: Maker, language: str) -> None:
    link = f"/letters/{make_token(Purpose.stop, make.user())}?lang={language}"
    assert client.get(link).status_code == 200


def test_they_come_again_when_asked_for(client: PageClient, make: Maker, sign_in: Callable[..., User]) -> None:
    user = sign_in(client)
    client.post(f"/letters/{make_token(Purpose.stop, user)}")
    client.post("/account", data={"name": user.name, "language": "en", "wants_letters": "y"})
    db.session.refresh(user)
    assert user.wants_letters


def test_other_tokens_and_garbage_stop_nothing(client: PageClient, make: Maker) -> None:
    user = make.user()
    for token in ("x", make_token(Purpose.confirm, user), make_token(Purpose.reset, user), "a.b.c"):
        assert client.get(f"/letters/{token}").status_code == 404
        assert client.post(f"/letters/{token}").status_code == 404
    db.session.refresh(user)
    assert user.wants_letters


def test_not_without_a_form_token(client: PageClient, make: Maker) -> None:
    user = make.user()
    assert client.post(f"/letters/{make_token(Purpose.stop, user)}", csrf=False).status_code == 400
    db.session.refresh(user)
    assert user.wants_letters
