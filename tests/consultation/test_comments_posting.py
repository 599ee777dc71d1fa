"""Can a person say what they think, once, without losing a word, and change their mind?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func

from portal.accounts.models import User
from portal.consultation.actions.moderation import hide_comment
from portal.consultation.actions.replies import ReplyDraft, post_reply
from portal.consultation.models import Comment, CommentFlag, Consultation
from portal.consultation.policy import LONGEST_COMMENT
from portal.consultation.queries.drafts import DraftFile, get_file
from portal.kernel.clock import now
from portal.kernel.db import db
from portal.ledger.kinds import Kind
from portal.ledger.queries import list_entries
from tests.client import PageClient
from tests.make import TEXT_KK, TEXT_RU, Maker, actor_of
from tests.page import text_of

SignIn = Callable[..., User]
HOSTILE = (
    "'\"><script>alert(1)</script>",
    "{{ 7 * 7 }} {% raw %} %(name)s %s",
    "zero\u200bwidth \u202eright to left\u202c",
    "NUL \x00 and bell \x07",
    "жаксы Казакстан әғқңөұүһі 😀",
    "a" * 3000,
)


def field(client: PageClient, name: str) -> Any:
    found = next(e for e in client.main.iter("input", "textarea", "select") if e.get("name") == name)
    return found.text.removeprefix("\n") if found.tag == "textarea" and found.text else found.get("value")


def count() -> int:
    return db.session.scalar(db.select(func.count()).select_from(Comment)) or 0


def close(file: DraftFile) -> None:
    window = db.session.get(Consultation, file.consultation.id)
    assert window is not None
    window.closes_at = now() - timedelta(minutes=1)
    db.session.commit()


def test_the_words_of_the_law_stand_above_the_form(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    file = make.open()
    sign_in(client)
    assert client.get(f"/drafts/{file.draft.id}/comments/new?provision=pnt_2__sub_1&lang=ru").status_code == 200
    place = next(client.main.iterfind(".//section[@class='place']"))
    assert place.find(".//div[@lang='ru']") is not None
    assert "пассажир – лицо, которое едет" in text_of(place)
    assert "unit--chosen" in str(place.find(".//p[@id='law-pnt_2__sub_1']").get("class"))
    options = [option.get("value") for option in client.main.iterfind(".//select[@name='provision']/option")]
    assert options == ["", "chp_1", "pnt_2", "pnt_2__sub_1"]
    chosen = client.main.find(".//input[@name='language'][@checked]")
    assert chosen.get("value") == "ru", "the language of the interface is the guess"


def test_a_comment_is_published_with_its_receipt(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    file = make.open()
    user = sign_in(client)
    response = client.post(
        f"/drafts/{file.draft.id}/comments/new",
        data={"text": "Not by card only.\n\nCash too.", "provision": "pnt_3", "stance": "against", "language": "en",
              "organisation": "Riders' union", "proposed_text": "The passenger pays as they like.", "submission": "s1"},
    )  # fmt: skip
    comment = db.session.scalars(db.select(Comment)).one()
    assert response.status_code == 302 and response.location == f"/comments/{comment.id}"
    assert (comment.author_id, comment.provision_key, comment.organisation) == (user.id, "pnt_3", "Riders' union")
    client.get(response.location)
    shown = client.main_words
    assert f"entered in the public record as No {comment.entry_number}" in shown
    assert "Not by card only. Cash too." in shown.replace("\n", " ") and "Riders' union" in shown and "Against" in shown
    receipt = next(client.main.iterfind(".//section[@class='receipt']"))
    assert f"Receipt No {comment.entry_number}" in text_of(receipt)
    assert client.get(receipt.find(".//a").get("href")).status_code == 200
    assert "Genuine" in client.main_words


def test_a_form_sent_twice_posts_once(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    file = make.open()
    sign_in(client)
    client.get(f"/drafts/{file.draft.id}/comments/new")
    number = field(client, "submission")
    data = {"text": "Once.", "language": "en", "submission": number}
    first = client.post(f"/drafts/{file.draft.id}/comments/new", data=data)
    second = client.post(f"/drafts/{file.draft.id}/comments/new", data=data)
    assert first.location == second.location and count() == 1
    client.get(f"/drafts/{file.draft.id}/comments/new")
    assert field(client, "submission") != number
    assert get_file(file.draft.id).tally.comments == 1


@pytest.mark.parametrize(("text", "status", "message"), [
    ("", 422, "Enter your comment."),
    ("  \u200b ", 422, "Enter your comment."),
    ("x" * (LONGEST_COMMENT + 1), 413, "must be 10,000 characters or fewer. It now has 10,001."),
])  # fmt: skip
def test_what_cannot_be_taken_comes_back_with_everything_typed(
    client: PageClient, make: Maker, sign_in: SignIn, text: str, status: int, message: str
) -> None:
    file = make.open()
    sign_in(client)
    data = {"text": text, "provision": "pnt_3", "stance": "for", "language": "kk", "organisation": "Odaq",
            "proposed_text": "My wording.", "submission": "kept-number"}  # fmt: skip
    response = client.post(f"/drafts/{file.draft.id}/comments/new", data=data)
    assert response.status_code == status and message in client.main_words
    assert field(client, "organisation") == "Odaq" and field(client, "proposed_text") == "My wording."
    assert field(client, "submission") == "kept-number"
    assert len(field(client, "text") or "") == len(text.strip(" \u200b"))
    assert client.main.find(".//input[@name='stance'][@checked]").get("value") == "for"
    assert client.main.find(".//input[@name='language'][@checked]").get("value") == "kk"
    assert client.main.find(".//select[@name='provision']/option[@selected]").get("value") == "pnt_3"
    assert count() == 0


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_typed_is_shown_as_text(client: PageClient, make: Maker, sign_in: SignIn, text: str) -> None:
    file = make.open()
    sign_in(client)
    data = {"text": f"Start {text} end", "proposed_text": text, "organisation": text[:150], "language": "en", "provision": "pnt_3"}
    response = client.post(f"/drafts/{file.draft.id}/comments/new", data=data)
    assert response.status_code == 302
    assert client.get(response.location).status_code == 200
    assert "Start" in client.main_words and "end" in client.main_words
    assert client.get(f"/drafts/{file.draft.id}?provision=pnt_3").status_code == 200
    stored = db.session.scalars(db.select(Comment.text)).one()
    assert not set(stored) & set("\u200b\u202e\u202c\x00\x07")


@pytest.mark.parametrize("data", [
    {"provision": "pnt_99"}, {"provision": "'\"><script>"}, {"stance": "loud"}, {"language": "xx"}, {"submission": "y" * 900},
])  # fmt: skip
def test_odd_values_get_a_clear_answer(client: PageClient, make: Maker, sign_in: SignIn, data: dict[str, str]) -> None:
    file = make.open()
    sign_in(client)
    response = client.post(f"/drafts/{file.draft.id}/comments/new", data={"text": "Words.", "language": "en", **data})
    assert response.status_code == (404 if "provision" in data else 422 if "stance" in data else 302)
    assert count() == (1 if response.status_code == 302 else 0)


def test_nobody_comments_outside_the_window(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    file = make.open()
    sign_in(client)
    close(file)
    assert client.get(f"/drafts/{file.draft.id}/comments/new").status_code == 403
    assert "The discussion ended on" in client.main_words
    response = client.post(f"/drafts/{file.draft.id}/comments/new", data={"text": "Too late.", "language": "en"})
    assert response.status_code == 403 and field(client, "text") == "Too late."
    assert count() == 0


def test_an_address_has_to_be_confirmed_first(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    file = make.open()
    sign_in(client, confirmed_at=None)
    assert client.get(f"/drafts/{file.draft.id}/comments/new").status_code == 403
    assert "Confirm your e-mail address first" in client.main_words
    assert client.post(f"/drafts/{file.draft.id}/comments/new", data={"text": "x", "language": "en"}).status_code == 403


def test_an_answer_stands_under_its_comment_at_any_depth(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    file = make.open()
    comment = make.comment(file, text="The first.", provision_key="pnt_3")
    sign_in(client)
    above = comment
    for depth in range(1, 9):
        client.get(f"/comments/{above.id}/answer")
        assert above.text in client.main_words
        data = {"text": f"Answer at depth {depth}.", "language": "en", "submission": field(client, "submission")}
        response = client.post(f"/comments/{above.id}/answer", data=data)
        above = db.session.get(Comment, int(response.location.rsplit("/", 1)[1]))  # type: ignore[assignment]
        assert (above.root_id, above.provision_key) == (comment.id, "pnt_3")
    client.get(f"/comments/{comment.id}")
    shown = [text_of(e) for e in client.main.iterfind(".//section[@id='answers']//div[@class='comment__text']")]
    assert shown == [f"Answer at depth {depth}." for depth in range(1, 9)]
    deepest = max(len(list(e.iterancestors("article"))) for e in client.main.iterfind(".//article"))
    assert deepest == 2, "three levels at most on a narrow page"
    assert client.main_words.count("in answer to:") == 5, "those moved up say whom they answer"
    client.get(f"/comments/{above.id}")
    assert "in answer to: Resident" in client.main_words
    assert "Nobody has answered this comment yet." in client.main_words


def test_answers_are_paged(client: PageClient, make: Maker) -> None:
    file, author = make.open(), make.actor()
    comment = make.comment(file, author)
    for number in range(23):
        make.comment(file, author, text=f"Answer {number}.", parent=comment)
    client.get(f"/comments/{comment.id}?page=2")
    shown = [text_of(e) for e in client.main.iterfind(".//section[@id='answers']//div[@class='comment__text']")]
    assert shown == ["Answer 20.", "Answer 21.", "Answer 22."]
    assert "Answers to the comment · 23" in client.main_words


def test_a_permanent_address_shows_the_place_and_how_to_cite(client: PageClient, make: Maker) -> None:
    file = make.open()
    comment = make.comment(file, text="Worth quoting.", provision_key="pnt_2__sub_2")
    client.get(f"/comments/{comment.id}?lang=ru")
    assert "П. 2, подп. 2)" in client.main_words and "перевозчик – лицо, которое везёт" in client.main_words
    assert f"г. http://127.0.0.1:8000/comments/{comment.id}" in client.main_words
    assert client.get("/comments/987654").status_code == 404


def test_an_author_changes_a_comment_and_nobody_else_does(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    file = make.open()
    user = sign_in(client)
    comment = make.comment(file, actor_of(user), text="Before.", stance="for", provision_key="pnt_3", organisation="Org")
    client.get(f"/comments/{comment.id}/edit")
    assert field(client, "text") == "Before." and field(client, "organisation") == "Org"
    response = client.post(f"/comments/{comment.id}/edit", data={"text": "After.", "stance": "against"})
    assert response.location == f"/comments/{comment.id}"
    client.get(response.location)
    assert "After." in client.main_words and "Edited" in client.main_words and "Before." not in client.main_words
    assert client.post(f"/comments/{comment.id}/edit", data={"text": ""}).status_code == 422
    sign_in(client)
    assert client.get(f"/comments/{comment.id}/edit").status_code == 403
    assert client.post(f"/comments/{comment.id}/edit", data={"text": "Mine now."}).status_code == 403
    db.session.expire_all()
    assert db.session.get(Comment, comment.id).text == "After."  # type: ignore[union-attr]


def test_an_answered_comment_stays_as_it_is(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    file = make.open()
    user = sign_in(client)
    comment = make.comment(file, actor_of(user), text="Answered.")
    post_reply(actor_of(make.user("drafter", body=make.body())), file=file, comment=comment, typed=ReplyDraft("noted", "Noted it.", "en"))
    make.commit()
    response = client.post(f"/comments/{comment.id}/edit", data={"text": "Rewritten."})
    assert response.status_code == 422 and "The agency has answered this comment" in client.main_words
    assert field(client, "text") == "Rewritten."


def test_an_author_withdraws_after_being_asked(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    file = make.open()
    user = sign_in(client, name="Ivan Petrov")
    comment = make.comment(file, actor_of(user), text="Second thoughts.")
    make.comment(file, parent=comment, text="It stays.")
    client.get(f"/comments/{comment.id}/withdraw")
    assert "Second thoughts." in client.main_words and not list_entries(kind=Kind.COMMENT_WITHDRAWN)
    response = client.post(f"/comments/{comment.id}/withdraw")
    client.get(response.location)
    assert "Withdrawn by the author" in client.main_words and "It stays." in client.main_words
    assert "Second thoughts." not in client.main_words and "Ivan Petrov" not in client.main_words
    assert client.get(f"/comments/{comment.id}/withdraw").status_code == 403
    assert client.post(f"/comments/{comment.id}/withdraw").status_code == 403
    assert client.get(f"/comments/{comment.id}/answer").status_code == 404
    assert len(list_entries(kind=Kind.COMMENT_WITHDRAWN)) == 1


def test_a_reader_reports_a_comment(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    file = make.open()
    comment = make.comment(file, text="Questionable.")
    sign_in(client, "drafter", body=make.body())
    client.get(f"/comments/{comment.id}/report")
    assert "Questionable." in client.main_words
    assert client.post(f"/comments/{comment.id}/report", data={"reason": " "}).status_code == 422
    response = client.post(f"/comments/{comment.id}/report", data={"reason": "It insults the author."})
    client.get(response.location)
    assert "Your report is registered." in client.main_words
    assert db.session.scalars(db.select(CommentFlag.reason)).all() == ["It insults the author."]
    again = client.post(f"/comments/{comment.id}/report", data={"reason": "It still does."})
    assert again.status_code == 409 and "You have reported this comment already." in client.main_words
    assert client.post(f"/comments/{comment.id}/report", data={"reason": "x" * 2001}).status_code == 413
    assert len(list_entries(kind=Kind.COMMENT_REPORTED)) == 1


def test_a_hidden_comment_says_why_and_takes_no_answers(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    file = make.open()
    user = sign_in(client)
    comment = make.comment(file, actor_of(user), text="Dreadful words.", proposed_text="Dreadful wording.")
    hide_comment(make.actor("moderator"), comment=comment, rule=2, reason="Personal data", language="en")
    make.commit()
    client.get(f"/comments/{comment.id}")
    assert "Personal data (rules of conduct, point 2)" in client.main_words and "Dreadful" not in client.main_words
    assert client.get(f"/comments/{comment.id}/edit").status_code == 403
    assert client.post(f"/comments/{comment.id}/answer", data={"text": "But", "language": "en"}).status_code == 404


def test_all_comments_are_listed_filtered_and_counted(client: PageClient, make: Maker) -> None:
    file, author = make.open(texts={"kk": TEXT_KK, "ru": TEXT_RU}), make.actor()
    first = make.comment(file, author, text="One.", stance="for", provision_key="pnt_3", language="en")
    make.comment(file, author, text="Two.", stance="against", language="ru")
    make.comment(file, author, text="Three.", parent=first, language="kk")
    hidden = make.comment(file, author, text="Four.", stance="for")
    hide_comment(make.actor("moderator"), comment=hidden, rule=1, reason="Spam", language="en")
    post_reply(actor_of(make.user("drafter", body=make.body())), file=file, comment=first, typed=ReplyDraft("accepted", "Yes.", "en"))
    make.commit()

    def listed(query: str = "") -> list[str]:
        assert client.get(f"/drafts/{file.draft.id}/comments{query}").status_code == 200
        return [text_of(e) for e in client.main.iterfind(".//section[@id='thread']//div[@class='comment__text']")]

    assert listed() == ["One.", "Two.", "Three."] and "3 comments" in client.main_words
    assert "in answer to: Resident" in client.main_words and "Point 3" in client.main_words
    assert listed("?provision=pnt_3") == ["One.", "Three."]
    assert listed("?provision=-") == ["Two."]
    assert listed("?stance=against") == ["Two."]
    assert listed("?language=kk") == ["Three."]
    assert listed("?answered=yes") == ["One."]
    assert listed("?answered=no") == ["Two.", "Three."]
    assert listed("?answered=yes&order=answered") == ["One."]
    assert listed("?answered=no&order=answered") == ["Two.", "Three."]
    assert listed("?order=newest") == ["Three.", "Two.", "One."]
    assert listed("?stance=neutral") == [] and "No comment matches these filters." in client.main_words
    assert listed("?stance=loud&language=xx&provision='><b>") == ["One.", "Two.", "Three."]
