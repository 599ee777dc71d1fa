"""Does one person have one vote, to give, to change and to take back?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from portal.accounts.models import User
from portal.consultation.actions.moderation import hide_comment
from portal.consultation.models import Comment, CommentVote, Consultation, DraftVote
from portal.consultation.queries.drafts import DraftFile, get_file
from portal.kernel.clock import now, today
from portal.kernel.db import db
from portal.ledger.queries import count_entries
from tests.client import PageClient
from tests.make import Maker, actor_of
from tests.page import text_of

SignIn = Callable[..., User]


def tally(file: DraftFile) -> tuple[int, int]:
    db.session.expire_all()
    fresh = get_file(file.draft.id).tally
    return fresh.votes_for, fresh.votes_against


def opinions(comment: Comment) -> tuple[int, int, int]:
    db.session.expire_all()
    fresh = db.session.get(Comment, comment.id)
    assert fresh is not None
    return fresh.agree, fresh.disagree, fresh.passes


def test_a_vote_on_a_draft_is_given_changed_and_taken_back(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    file = make.open()
    sign_in(client)
    address, back = f"/drafts/{file.draft.id}/vote", f"/drafts/{file.draft.id}?provision=pnt_3"
    for value, counted in (("1", (1, 0)), ("1", (1, 0)), ("-1", (0, 1)), ("", (0, 0)), ("", (0, 0))):
        response = client.post(address, data={"value": value, "next": back})
        assert (response.status_code, response.location) == (302, back)
        assert tally(file) == counted, value
    assert db.session.scalars(db.select(DraftVote)).all() == []


def test_a_vote_is_answered_with_its_receipt(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    file = make.open()
    sign_in(client)
    number = count_entries()
    client.get(client.post(f"/drafts/{file.draft.id}/vote", data={"value": "1"}).location)
    said = client.main_words
    assert f"Your vote is counted. Entry No {number}, receipt {number}-" in said
    code = said.split("receipt ")[1].split(". ")[0].split(".")[0]
    assert client.get(f"/receipts/{code}").status_code == 200
    assert "Genuine" in client.main_words
    client.post(f"/drafts/{file.draft.id}/vote", data={"value": "1"})
    assert count_entries() == number + 1, "the same vote again changes nothing"


def test_an_opinion_on_a_comment_is_given_changed_and_taken_back(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    file = make.open()
    comment = make.comment(file)
    sign_in(client)
    client.get(f"/drafts/{file.draft.id}")
    form = client.main.find(".//form[@class='votes']")
    assert [(b.get("value"), text_of(b)) for b in form.iterfind("button")] == [
        ("1", "Agree 0"), ("-1", "Disagree 0"), ("0", "Pass")
    ]  # fmt: skip
    for value, counted in (("1", (1, 0, 0)), ("-1", (0, 1, 0)), ("0", (0, 0, 1)), ("", (0, 0, 0)), ("1", (1, 0, 0))):
        response = client.post(form.get("action"), data={"value": value})
        assert response.location == f"/drafts/{file.draft.id}#comment-{comment.id}"
        assert opinions(comment) == counted, value
    client.get(f"/comments/{comment.id}")
    pressed = client.main.find(".//form[@class='votes']/button[@aria-pressed='true']")
    assert text_of(pressed) == "✓ Agree 1" and pressed.get("value") == ""
    assert len(db.session.scalars(db.select(CommentVote)).all()) == 1


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_a_vote_never_leads_to_another_site(client: PageClient, make: Maker, sign_in: SignIn, target: str) -> None:
    file = make.open()
    comment = make.comment(file)
    sign_in(client)
    response = client.post(f"/drafts/{file.draft.id}/vote", data={"value": "1", "next": target})
    assert response.location == f"/drafts/{file.draft.id}"
    response = client.post(f"/comments/{comment.id}/vote", data={"value": "1", "next": target})
    assert response.location == f"/comments/{comment.id}#comment-{comment.id}"


@pytest.mark.parametrize("value", ["2", "yes", "1 ", "-", "١"])
def test_only_votes_of_the_list_count(client: PageClient, make: Maker, sign_in: SignIn, value: str) -> None:
    file = make.open()
    comment = make.comment(file)
    sign_in(client)
    assert client.post(f"/drafts/{file.draft.id}/vote", data={"value": value}).status_code == 422
    assert client.post(f"/comments/{comment.id}/vote", data={"value": value}).status_code == 422
    assert client.post(f"/drafts/{file.draft.id}/vote", data={}).status_code == 422
    assert client.post(f"/drafts/{file.draft.id}/vote", data={"value": "0"}).status_code == 422, "nobody passes on a draft"
    assert (tally(file), opinions(comment)) == ((0, 0), (0, 0, 0))


def test_nobody_votes_on_a_comment_of_their_own(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    file = make.open()
    user = sign_in(client)
    comment = make.comment(file, actor_of(user))
    assert client.post(f"/comments/{comment.id}/vote", data={"value": "1"}).status_code == 403
    assert "You cannot vote on a comment of your own." in client.main_words
    client.get(f"/comments/{comment.id}")
    assert client.main.find(".//form[@class='votes']") is None


def test_nobody_votes_on_what_readers_cannot_see(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    file = make.open()
    hidden = make.comment(file)
    hide_comment(make.actor("moderator"), comment=hidden, rule=1, reason="Spam", language="en")
    make.commit()
    preparing = make.draft()
    sign_in(client)
    assert client.post(f"/comments/{hidden.id}/vote", data={"value": "1"}).status_code == 404
    assert client.post("/comments/98765/vote", data={"value": "1"}).status_code == 404
    assert client.post(f"/drafts/{preparing.id}/vote", data={"value": "1"}).status_code == 404


def test_votes_are_taken_within_the_window_only(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    coming = make.open(opens_on=today() + timedelta(days=5), closes_on=today() + timedelta(days=30))
    file = make.open()
    comment = make.comment(file)
    window = db.session.get(Consultation, file.consultation.id)
    assert window is not None
    window.closes_at = now() - timedelta(seconds=1)
    db.session.commit()
    sign_in(client)
    assert client.post(f"/drafts/{coming.draft.id}/vote", data={"value": "1"}).status_code == 403
    assert "The discussion begins on" in client.main_words
    assert client.post(f"/drafts/{file.draft.id}/vote", data={"value": "1"}).status_code == 403
    assert client.post(f"/comments/{comment.id}/vote", data={"value": "1"}).status_code == 403
    assert (tally(file), opinions(comment)) == ((0, 0), (0, 0, 0))


def test_drafters_auditors_and_unconfirmed_addresses_do_not_vote(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    file = make.open()
    for role in ("drafter", "auditor"):
        sign_in(client, role, body=make.body() if role == "drafter" else None)
        assert client.post(f"/drafts/{file.draft.id}/vote", data={"value": "1"}).status_code == 403
    sign_in(client, confirmed_at=None)
    assert client.post(f"/drafts/{file.draft.id}/vote", data={"value": "1"}).status_code == 403
    assert "Confirm your e-mail address first" in client.main_words


def test_a_visitor_who_votes_is_asked_to_sign_in(client: PageClient, make: Maker) -> None:
    file = make.open()
    response = client.post(f"/drafts/{file.draft.id}/vote", data={"value": "1"})
    assert response.status_code == 401 and tally(file) == (0, 0)
