"""Does what a person typed come through an expired session, a stale page and a refusal, and is it posted once?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import etree

from portal.accounts.models import User
from portal.accounts.passwords import hash_password
from portal.consultation.models import Comment
from portal.kernel.db import db
from portal.web.flask_app import PortalApp
from portal.web.kept import KeptForm, read_kept
from tests.client import PageClient
from tests.hostile import STRINGS
from tests.make import Maker

PASSWORD = "three unlikely words"
TEXT = "Бірінші жол.\r\n\r\n  <b>Екінші</b> & “үшінші” жол\r\nәғқңөұүһі 👍"
PROPOSED = "3. Жолаушы жол ақысын\r\nқосымшамен де төлейді."


@pytest.fixture
def person(make: Maker) -> User:
    return make.user(email="aigul@example.kz", password_hash=hash_password(PASSWORD))


def _signed_in(client: PageClient) -> None:
    assert client.post("/sign-in", data={"email": "aigul@example.kz", "password": PASSWORD}).status_code == 302


def _form(client: PageClient, action: str) -> etree._Element:
    """The form on the present page that goes to an address."""
    return next(form for form in client.page.iter("form") if form.get("action") == action and form.get("method") == "post")


def _fields(form: etree._Element) -> dict[str, str]:
    """What a browser would send, as the form stands."""
    found = {}
    for field in form.iter("input", "textarea", "select"):
        if not field.get("name") or (field.get("type") in {"radio", "checkbox"} and field.get("checked") is None):
            continue
        if field.tag == "select":
            chosen = [option for option in field.iter("option") if option.get("selected") is not None] or list(field.iter("option"))
            found[field.get("name")] = chosen[0].get("value") or ""
        else:
            found[field.get("name")] = (field.text if field.tag == "textarea" else field.get("value")) or ""
    return found


def _typed(client: PageClient, draft: int) -> dict[str, str]:
    """A comment as typed into the form of the page."""
    client.get(f"/drafts/{draft}/comments/new?provision=pnt_3")
    form = _form(client, f"/drafts/{draft}/comments/new")
    return {**_fields(form), "text": TEXT, "proposed_text": PROPOSED, "stance": "against", "organisation": "Жүргізушілер одағы"}


def _comments() -> list[Comment]:
    db.session.rollback()
    return list(db.session.scalars(db.select(Comment)))


def _same(text: str) -> str:
    return text.replace("\r\n", "\n")


def test_a_session_that_expired_while_a_comment_was_written(
    app: PortalApp, client: PageClient, make: Maker, person: User
) -> None:
    """The cookie is gone, and with it the token of the form: the text goes through sign-in and is posted, once."""
    draft = make.open().draft.id
    _signed_in(client)
    sent = _typed(client, draft)
    client.delete_cookie("session")

    client.post(f"/drafts/{draft}/comments/new", data=sent, csrf=False)
    steps = 0
    while not (answer := _go_on(client, draft)).location:
        steps += 1
        assert steps <= 3, "a person gives up"
        assert TEXT.split("\r\n")[-1] in answer.text
    assert answer.location.startswith("/comments/")
    posted = _comments()
    assert [(c.text, c.proposed_text, c.stance, c.provision_key, c.organisation, c.author_id) for c in posted] == [
        (_same(TEXT), _same(PROPOSED), "against", "pnt_3", "Жүргізушілер одағы", person.id)
    ]


def _go_on(client: PageClient, draft: int):  # type: ignore[no-untyped-def]
    """Do what the present page asks for: sign in, or press the button."""
    actions = [form.get("action") for form in client.page.iter("form") if form.get("method") == "post"]
    if "/sign-in" in actions:
        fields = {**_fields(_form(client, "/sign-in")), "email": "aigul@example.kz", "password": PASSWORD}
        return client.post("/sign-in", data=fields, csrf=False)
    action = f"/drafts/{draft}/comments/new"
    return client.post(action, data=_fields(_form(client, action)), csrf=False)


def test_a_page_of_yesterday_while_still_signed_in(client: PageClient, make: Maker, person: User) -> None:
    draft = make.open().draft.id
    _signed_in(client)
    sent = {**_typed(client, draft), "csrf_token": "of yesterday"}
    answer = client.post(f"/drafts/{draft}/comments/new", data=sent, csrf=False)
    assert answer.status_code == 400
    assert not _comments()
    answer = _go_on(client, draft)
    assert answer.status_code == 302
    assert [(c.text, c.provision_key) for c in _comments()] == [(_same(TEXT), "pnt_3")]


def test_pressing_send_again_twice_posts_once(client: PageClient, make: Maker, person: User) -> None:
    draft = make.open().draft.id
    _signed_in(client)
    sent = {**_typed(client, draft), "csrf_token": ""}
    client.post(f"/drafts/{draft}/comments/new", data=sent, csrf=False)
    fields = _fields(_form(client, f"/drafts/{draft}/comments/new"))
    first = client.post(f"/drafts/{draft}/comments/new", data=fields, csrf=False)
    second = client.post(f"/drafts/{draft}/comments/new", data=fields, csrf=False)
    assert first.location == second.location
    assert len(_comments()) == 1


def test_an_error_of_the_form_keeps_every_field(client: PageClient, make: Maker, person: User) -> None:
    draft = make.open().draft.id
    _signed_in(client)
    sent = {**_typed(client, draft), "text": "", "language": "ru"}
    answer = client.post(f"/drafts/{draft}/comments/new", data=sent, csrf=False)
    assert answer.status_code == 422
    kept = _fields(_form(client, f"/drafts/{draft}/comments/new"))
    for name in ("proposed_text", "stance", "organisation", "provision", "language", "submission"):
        assert _same(kept[name]).strip() == _same(sent[name]).strip(), name


def test_the_window_closed_while_a_comment_was_written(client: PageClient, make: Maker, person: User) -> None:
    file = make.open()
    _signed_in(client)
    sent = _typed(client, file.draft.id)
    file.consultation.closes_at = file.consultation.opens_at
    db.session.merge(file.consultation)
    make.commit()
    answer = client.post(f"/drafts/{file.draft.id}/comments/new", data=sent, csrf=False)
    assert answer.status_code == 403
    assert "The discussion ended on" in answer.text
    assert "Екінші" in answer.text and "қосымшамен де төлейді" in answer.text


@pytest.mark.parametrize("name", STRINGS)
def test_everything_typed_is_kept_as_it_is(client: PageClient, name: str) -> None:
    """Whatever it is, it comes back letter for letter, as text."""
    value = STRINGS[name].encode("utf-8", "replace").decode()
    typed = {"name": value + " x", "again": "second", "language": value}
    kept = read_kept(KeptForm("/account", tuple(typed.items())).to_json())
    assert kept is not None and dict(kept.fields) == typed


def test_files_and_passwords_are_not_kept(client: PageClient) -> None:
    data = {"password": "secret words", "new_password": "secret words", "kept": "{}", "csrf_token": "x", "name": "Name"}
    answer = client.post("/account", data=data, csrf=False)
    assert answer.status_code == 400
    assert "secret words" not in answer.text and "Name" in answer.text


def test_signing_in_by_the_ordinary_page_does_not_lose_it_either(
    app: PortalApp, client: PageClient, make: Maker, person: User
) -> None:
    """A wrong password, a forgotten confirmation: the text stays until it is sent."""
    draft = make.open().draft.id
    answer = client.post(f"/drafts/{draft}/comments/new", data={"text": TEXT, "language": "kk"})
    assert answer.status_code == 401
    for _ in range(3):
        fields = {**_fields(_form(client, "/sign-in")), "email": "aigul@example.kz", "password": "wrong words here"}
        answer = client.post("/sign-in", data=fields, csrf=False)
        assert answer.status_code == 422 and "Екінші" in answer.text
    assert _go_on(client, draft).status_code == 200
    assert _go_on(client, draft).status_code == 302
    assert [c.text for c in _comments()] == [_same(TEXT)]


def test_what_another_site_sends_is_never_done_by_itself(
    client: PageClient, make: Maker, person: User, sign_in: Callable[..., User]
) -> None:
    """A form on another site cannot know the token: nothing happens, and what it tried is shown."""
    comment = make.comment(make.open())
    sign_in(client, user=person)
    headers = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    for url, data in ((f"/comments/{comment.id}/vote", {"value": "1"}), (f"/drafts/{comment.draft_id}/comments/new", {"text": "planted words"})):
        answer = client.post(url, data=data, csrf=False, headers=headers)
        assert answer.status_code in {400, 403}
    assert len(_comments()) == 1
    db.session.refresh(comment)
    assert comment.agree == 0


def test_another_site_cannot_even_prepare_a_form(
    client: PageClient, make: Maker, person: User, sign_in: Callable[..., User]
) -> None:
    """What comes from another site's form is not offered to be sent again: one press would do what that site wants."""
    comment = make.comment(make.open())
    sign_in(client, user=person)
    headers = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    client.post(f"/drafts/{comment.draft_id}/comments/new", data={"text": "planted words"}, csrf=False, headers=headers)
    actions = [form.get("action") for form in client.page.iter("form") if form.get("method") == "post"]
    assert f"/drafts/{comment.draft_id}/comments/new" not in actions
