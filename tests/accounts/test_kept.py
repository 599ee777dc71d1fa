"""Is what a person typed given back when the session or the page was too old?"""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from portal.accounts.models import User
from tests.accounts.conftest import PASSWORD, sign_in_with
from tests.client import PageClient

TEXT = "Line one\r\n  <b>line</b> two & “three”\r\n\r\nәғқңөұүһі"


def hidden(client: PageClient, action: str) -> dict[str, str]:
    """The fields of the form on the last page that goes to an address."""
    form = next(form for form in client.page.iter("form") if form.get("action") == action)
    return {field.get("name"): field.get("value") or "" for field in form.iter("input") if field.get("name")}


def test_an_expired_session_loses_nothing(client: PageClient, person: Callable[..., User]) -> None:
    user = person(email="aigul@example.kz")
    answer = client.post("/account?from=here", data={"name": TEXT, "language": "ru"})
    assert answer.status_code == 401
    assert "Your session has expired. Your text is saved." in answer.text
    shown = client.page.find(".//textarea[@id='kept-text']")
    assert shown is not None and shown.get("readonly") is not None
    assert (shown.text or "").replace("\r\n", "\n") == TEXT.replace("\r\n", "\n")

    kept = hidden(client, "/sign-in")["kept"]
    assert json.loads(kept)["action"] == "/account?from=here"
    answer = sign_in_with(client, user.email, "a wrong password", kept=kept)
    assert answer.status_code == 422
    assert hidden(client, "/sign-in")["kept"] == kept, "a mistyped password loses nothing either"

    answer = sign_in_with(client, user.email, kept=kept)
    assert answer.status_code == 200
    assert "Your text is saved" in client.words
    fields = hidden(client, "/account?from=here")
    assert fields["name"].replace("\r\n", "\n") == TEXT.replace("\r\n", "\n")
    assert fields["csrf_token"] and "password" not in fields
    assert client.post("/account?from=here", data=fields, csrf=False).status_code == 302


def test_a_page_of_yesterday_loses_nothing(
    client: PageClient, person: Callable[..., User], sign_in: Callable[..., User]
) -> None:
    sign_in(client, user=person())
    answer = client.post("/account", data={"name": "Мөлдір", "language": "kk", "csrf_token": "old"}, csrf=False)
    assert answer.status_code == 400
    assert "The page is out of date. Your text is saved, send it again." in answer.text
    fields = hidden(client, "/account")
    assert fields["name"] == "Мөлдір" and fields["csrf_token"] not in {"", "old"}
    assert client.post("/account", data=fields, csrf=False).location == "/account"
    assert "Мөлдір" in client.get("/account").text


def test_a_vote_has_no_text_to_show_but_is_kept(client: PageClient) -> None:
    client.post("/account", data={"value": "for", "next": "/drafts/7?provision=chp_3__art_12"})
    assert client.page.find(".//textarea") is None
    assert ["value", "for"] in json.loads(hidden(client, "/sign-in")["kept"])["fields"]


def test_passwords_are_never_kept(client: PageClient) -> None:
    data = {"email": "a@example.kz", "password": PASSWORD, "present_password": PASSWORD}
    answer = client.post("/account/password", data=data, csrf=False)
    assert answer.status_code == 400
    assert PASSWORD not in answer.text


@pytest.mark.parametrize(
    "kept",
    [
        "", "null", "[]", "{}", "5", '"x"', '{"action": "https://evil.example", "fields": []}', "{" * 5000,
        '{"action": "//evil.example/x", "fields": [["a", "b"]]}', '{"action": "/x", "fields": [["a"]]}',
        '{"action": "/x", "fields": 5}', '{"action": "javascript:alert(1)", "fields": []}', "[" * 100_000,
    ],
)  # fmt: skip
def test_a_forged_field_is_no_way_out(client: PageClient, person: Callable[..., User], kept: str) -> None:
    answer = sign_in_with(client, person().email, kept=kept)
    assert (answer.status_code, answer.location) == (302, "/")


def test_kept_names_and_texts_are_escaped(client: PageClient, person: Callable[..., User]) -> None:
    evil = "\"></textarea><script>alert(1)</script>"
    kept = json.dumps({"action": "/account?a=\"><script>", "fields": [[evil, evil]]})
    answer = sign_in_with(client, person().email, kept=kept)
    assert answer.status_code == 200 and "<script>alert" not in answer.text
