"""Does the reading page show the text, what goes with it and what people say, to everybody and fast?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from lxml import etree

from portal.accounts.actor import OPERATOR
from portal.accounts.models import User
from portal.consultation.actions.comments import withdraw_comment
from portal.consultation.actions.moderation import hide_comment
from portal.consultation.actions.replies import ReplyDraft, post_reply
from portal.consultation.actions.votes import vote_on_draft
from portal.consultation.actions.windows import announce_consultation
from portal.drafts.actions.drafts import withdraw_draft
from portal.drafts.actions.versions import add_attachment
from portal.drafts.models import AttachmentKind
from portal.kernel.clock import today
from portal.kernel.db import db
from tests.client import PageClient
from tests.make import TEXT_KK, TEXT_RU, Maker, actor_of
from tests.page import text_of
from tests.statements import counted

SignIn = Callable[..., User]
TEXT_EN = """Rules of carriage

Chapter 1. General

1. These Rules set the order of carriage.
"""
MOST_QUERIES = 15


def found(client: PageClient, path: str) -> list[etree._Element]:
    return list(client.main.iterfind(path))


def hrefs(client: PageClient) -> set[str]:
    return {link.get("href", "") for link in client.main.iter("a")}


def test_a_draft_shows_its_head_its_life_and_its_text(client: PageClient, make: Maker) -> None:
    file = make.open()
    assert client.get(f"/drafts/{file.draft.id}").status_code == 200
    words = client.main_words
    assert "On approval of the rules of carriage of passengers" in words
    assert f"No {file.draft.number}" in words and "Ministry of Transport" in words
    assert "Discussion is open" in words and "working days left" in words
    steps = found(client, ".//ol[@class='timeline']/li")
    assert [step.get("aria-current") for step in steps] == [None, "step", None, None, None]
    assert text_of(found(client, ".//*[@id='pnt_3']")[0]).startswith("3.")


def test_the_text_follows_the_language_of_the_reader_or_is_the_first_authentic_one(client: PageClient, make: Maker) -> None:
    file = make.open()
    client.get(f"/drafts/{file.draft.id}?lang=ru")
    law = found(client, ".//div[@class='law']")[0]
    assert law.get("lang") == "ru" and "Настоящие Правила" in text_of(law)
    client.get(f"/drafts/{file.draft.id}?lang=en")
    law = found(client, ".//div[@class='law']")[0]
    assert law.get("lang") == "kk"
    assert "There is no text in this language: English. It is shown in: Kazakh." in text_of(law)
    links = found(client, ".//p[@class='provision__links']")
    assert links and {link.get("lang") for link in links} == {"en"}, "interface words within a foreign text say so"


def test_english_is_called_what_it_is(client: PageClient, make: Maker) -> None:
    file = make.open(texts={"kk": TEXT_KK, "ru": TEXT_RU, "en": TEXT_EN})
    client.get(f"/drafts/{file.draft.id}")
    assert "Unofficial translation" in client.main_words


def test_switching_the_language_keeps_the_provision(client: PageClient, make: Maker) -> None:
    file = make.open()
    client.get(f"/drafts/{file.draft.id}?provision=pnt_2")
    switches = [link.get("href") for link in client.page.iterfind(".//nav[@class='languages']//a")]
    assert switches and all("provision=pnt_2" in str(href) for href in switches)


def test_a_text_has_an_address_of_its_own_whatever_the_interface(client: PageClient, make: Maker) -> None:
    file = make.open()
    assert client.get(f"/drafts/{file.draft.id}/versions/1/ru?lang=kk").status_code == 200
    assert found(client, ".//div[@class='law']")[0].get("lang") == "ru"
    switches = {link.get("hreflang"): link.get("href") for link in client.page.iterfind(".//nav[@class='languages']//a")}
    assert str(switches["kk"]).startswith(f"/drafts/{file.draft.id}/versions/1/kk")
    assert client.get(f"/drafts/{file.draft.id}/versions/1/en").status_code == 404
    assert client.get(f"/drafts/{file.draft.id}/versions/7/kk").status_code == 404


def test_a_chosen_provision_is_marked_and_its_thread_stands_after_it(client: PageClient, make: Maker) -> None:
    file = make.open()
    make.comment(file, text="On the third point.", provision_key="pnt_3")
    make.comment(file, text="On the whole.")
    client.get(f"/drafts/{file.draft.id}?provision=pnt_3")
    chosen = found(client, ".//div[@class='provision provision--chosen']")
    assert [block.get("id") for block in chosen] == ["pnt_3"]
    thread = chosen[0].getnext()
    assert thread.tag == "aside" and "On the third point." in text_of(thread)
    assert "On the whole." not in client.main_words
    client.get(f"/drafts/{file.draft.id}")
    assert "On the whole." in client.main_words and "On the third point." not in client.main_words
    assert f"/drafts/{file.draft.id}?provision=pnt_3#pnt_3" in hrefs(client)


def test_a_subpoint_can_be_chosen_too(client: PageClient, make: Maker) -> None:
    file = make.open()
    make.comment(file, text="Not only by bus.", provision_key="pnt_2__sub_1")
    client.get(f"/drafts/{file.draft.id}?provision=pnt_2__sub_1")
    assert [block.get("id") for block in found(client, ".//div[@class='provision provision--chosen']")] == ["pnt_2"]
    assert "unit--chosen" in str(found(client, ".//p[@id='pnt_2__sub_1']")[0].get("class"))
    assert "Not only by bus." in client.main_words


def test_a_provision_that_is_not_there_leaves_the_whole_draft(client: PageClient, make: Maker) -> None:
    file = make.open()
    assert client.get(f"/drafts/{file.draft.id}?provision='\"><script>").status_code == 200
    assert not found(client, ".//div[@class='provision provision--chosen']")
    assert "Comments on the whole draft" in client.main_words


def test_a_comment_on_a_provision_of_the_other_language_is_not_lost(client: PageClient, make: Maker) -> None:
    file = make.open(texts={"kk": TEXT_KK + "\n4. Тек қазақша мәтінде.\n", "ru": TEXT_RU})
    make.comment(file, text="About the lonely point.", provision_key="pnt_4")
    client.get(f"/drafts/{file.draft.id}?provision=pnt_4&lang=ru")
    assert "About the lonely point." in client.main_words
    assert "Возможно, она есть в тексте на другом языке" in client.main_words


def test_the_contents_tell_where_people_speak(client: PageClient, make: Maker) -> None:
    file = make.open()
    for _ in range(3):
        make.comment(file, provision_key="pnt_2__sub_1")
    client.get(f"/drafts/{file.draft.id}?provision=pnt_3")
    lines = found(client, ".//nav[@class='contents']//li")
    assert [text_of(line).rsplit(" ", 2)[-2] for line in lines] == ["0", "3", "0"]
    assert [line.get("class") for line in lines] == [None, None, "contents__current"]


def test_what_is_missing_is_shown_as_missing(client: PageClient, make: Maker) -> None:
    file = make.open(texts={"ru": TEXT_RU})
    client.get(f"/drafts/{file.draft.id}")
    package = text_of(found(client, ".//details[@id='package']")[0])
    assert "Text in Kazakh Missing" in package and "Explanatory note not in: Kazakh, Russian Missing" in package
    assert "needed when an act is amended" in package
    passport = text_of(found(client, ".//details[@id='passport']")[0])
    assert passport.count("Not given") == 4 and "Ministry of Transport" in passport


def test_files_are_for_keeping_only_and_of_public_drafts_only(client: PageClient, make: Maker) -> None:
    draft = make.draft()
    part = add_attachment(
        OPERATOR, draft=draft, kind=AttachmentKind.opinion, language="ru", name="заключение.pdf", data=b"%PDF-1.7 x"
    )
    make.commit()
    address = f"/drafts/{draft.id}/files/{part.id}"
    assert client.get(address).status_code == 404
    assert client.get(f"/drafts/{draft.id}").status_code == 404
    other = make.open()
    assert client.get(f"/drafts/{other.draft.id}/files/{part.id}").status_code == 404


def test_a_file_of_the_package_comes_as_an_attachment(client: PageClient, make: Maker) -> None:
    draft = make.draft()
    part = add_attachment(
        OPERATOR, draft=draft, kind=AttachmentKind.opinion, language="ru", name="заключение.pdf", data=b"%PDF-1.7 x"
    )
    announce_consultation(OPERATOR, draft=draft, opens_on=today(), imported=True)
    make.commit()
    response = client.get(f"/drafts/{draft.id}/files/{part.id}", buffered=True)
    assert response.status_code == 200 and response.data == b"%PDF-1.7 x"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    client.get(f"/drafts/{draft.id}")
    assert "заключение.pdf" in text_of(found(client, ".//details[@id='package']")[0])
    source = client.get(f"/drafts/{draft.id}/versions/1/ru/file", buffered=True)
    assert source.data == TEXT_RU.encode() and source.headers["Content-Disposition"].startswith("attachment")


def test_hidden_and_withdrawn_comments_keep_their_place_but_not_their_words(client: PageClient, make: Maker) -> None:
    file, author = make.open(), make.actor(name="Ivan Petrov")
    hidden = make.comment(file, text="Dreadful words.", proposed_text="Dreadful wording.")
    make.comment(file, text="An answer stays.", parent=hidden)
    withdrawn = make.comment(file, author, text="Second thoughts.")
    hide_comment(make.actor("moderator"), comment=hidden, rule=4, reason="Insults", language="en")
    withdraw_comment(author, file=file, comment=withdrawn)
    make.commit()
    client.get(f"/drafts/{file.draft.id}")
    words = client.main_words
    assert "Dreadful" not in words and "Second thoughts." not in words and "Ivan Petrov" not in words
    assert "Insults (rules of conduct, point 4)" in words and "Withdrawn by the author" in words
    assert "An answer stays." in words
    assert "Comments on the whole draft · 1" in words, "only comments that can be read are counted"


def test_the_official_answer_stands_under_the_comment(client: PageClient, make: Maker) -> None:
    file = make.open()
    comment = make.comment(file, provision_key="pnt_3")
    drafter = actor_of(make.user("drafter", body=make.body()))
    typed = ReplyDraft("accepted", "We agree.", "en", "Transport department", "pnt_3")
    post_reply(drafter, file=file, comment=comment, typed=typed)
    make.commit()
    client.get(f"/drafts/{file.draft.id}?provision=pnt_3")
    answer = text_of(found(client, ".//div[@class='answer']")[0])
    assert "Ministry of Transport, Transport department" in answer and "Accepted" in answer and "We agree." in answer
    assert f"/drafts/{file.draft.id}?provision=pnt_3#pnt_3" in hrefs(client)


def test_a_proposed_wording_shows_its_changes(client: PageClient, make: Maker) -> None:
    file = make.open()
    make.comment(
        file, language="ru", provision_key="pnt_3", proposed_text="3. Пассажир оплачивает проезд при выходе."
    )
    client.get(f"/drafts/{file.draft.id}?provision=pnt_3&lang=ru")
    assert text_of(found(client, ".//figure//del")[0]).startswith("[исключено: входе.")
    assert "выходе." in text_of(found(client, ".//figure//ins")[0])


def test_threads_are_paged_and_ordered(client: PageClient, make: Maker) -> None:
    file, voters = make.open(), [make.actor(name="Many")]
    comments = [make.comment(file, voters[0], text=f"Remark number {n}.") for n in range(1, 23)]
    comments[4].agree = 9
    db.session.commit()
    client.get(f"/drafts/{file.draft.id}")
    shown = [text_of(e) for e in found(client, ".//section[@id='thread']//div[@class='comment__text']")]
    assert len(shown) == 20 and shown[0] == "Remark number 5."
    client.get(f"/drafts/{file.draft.id}?page=2&order=newest")
    shown = [text_of(e) for e in found(client, ".//section[@id='thread']//div[@class='comment__text']")]
    assert shown == ["Remark number 2.", "Remark number 1."]
    client.get(f"/drafts/{file.draft.id}?order=nonsense&page=-3")
    assert len(found(client, ".//section[@id='thread']//article")) == 20


def test_two_answers_are_shown_and_the_rest_is_a_link_away(client: PageClient, make: Maker) -> None:
    file = make.open()
    comment = make.comment(file)
    for number in range(4):
        make.comment(file, text=f"Answer {number}.", parent=comment)
    client.get(f"/drafts/{file.draft.id}")
    words = client.main_words
    assert "Answer 0." in words and "Answer 1." in words and "Answer 2." not in words
    assert f"/comments/{comment.id}#answers" in hrefs(client) and "4 answers" in words


@pytest.mark.parametrize(("role", "comments", "votes"), [
    ("citizen", True, True), ("moderator", True, True), ("drafter", False, False), ("auditor", False, False),
])  # fmt: skip
def test_only_those_who_may_are_offered_to_comment_and_vote(
    client: PageClient, make: Maker, sign_in: SignIn, role: str, comments: bool, votes: bool
) -> None:
    file = make.open()
    make.comment(file)
    sign_in(client, role, body=make.body() if role == "drafter" else None)
    client.get(f"/drafts/{file.draft.id}")
    assert any("/comments/new" in href for href in hrefs(client)) is comments
    assert bool(found(client, ".//form[@class='votes votes--big']")) is votes
    assert bool(found(client, ".//form[@class='votes']")) is votes


def test_a_visitor_is_led_to_sign_in_and_back(client: PageClient, make: Maker) -> None:
    file = make.open()
    make.comment(file)
    client.get(f"/drafts/{file.draft.id}?provision=pnt_3")
    assert f"/sign-in?next=/drafts/{file.draft.id}?provision%3Dpnt_3" in hrefs(client)
    assert not found(client, ".//form[@method='post']")
    response = client.get(f"/drafts/{file.draft.id}/comments/new?provision=pnt_3")
    assert response.status_code == 302
    assert response.location == f"/sign-in?next=/drafts/{file.draft.id}/comments/new?provision%3Dpnt_3"


def test_a_vote_given_is_shown_and_can_be_taken_back(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    file = make.open()
    user = sign_in(client)
    vote_on_draft(actor_of(user), file=file, value=-1)
    make.commit()
    client.get(f"/drafts/{file.draft.id}")
    buttons = found(client, ".//form[@class='votes votes--big']/button")
    assert [(b.get("value"), b.get("aria-pressed")) for b in buttons] == [("1", "false"), ("", "true")]
    assert "1 against" in client.main_words


def test_a_draft_announced_ended_or_withdrawn_takes_nothing(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    announced = make.open(opens_on=today() + timedelta(days=5), closes_on=today() + timedelta(days=30))
    closed = make.closed()
    withdrawn = make.open()
    withdraw_draft(OPERATOR, draft=withdrawn.draft, reason={"kk": "Жақсырағы дайындалуда.", "ru": "Готовится лучший.", "en": "A better one is coming."})
    make.commit()
    sign_in(client)
    for file, state in ((announced, "Announced"), (closed, "Answers are being prepared"), (withdrawn, "Withdrawn")):
        client.get(f"/drafts/{file.draft.id}")
        assert state in client.main_words
        assert not any("/comments/new" in href for href in hrefs(client))
        assert not found(client, ".//form[@class='votes votes--big']")
    assert "A better one is coming." in client.main_words


def test_the_queries_do_not_grow_with_the_comments(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    file, author = make.open(), make.actor()
    sign_in(client)

    def count() -> int:
        client.get(f"/drafts/{file.draft.id}")
        with counted() as statements:
            assert client.get(f"/drafts/{file.draft.id}").status_code == 200
        return len(statements)

    first = make.comment(file, author)
    make.comment(file, author, parent=first)
    hide_comment(make.actor("moderator"), comment=make.comment(file, author), rule=1, reason="Spam", language="en")
    make.commit()
    few = count()
    for number in range(30):
        parent = make.comment(file, author, text=f"More {number}", provision_key="" if number % 2 else "pnt_3")
        make.comment(file, author, parent=parent)
    assert count() == few <= MOST_QUERIES


def test_the_document_to_print_has_text_and_comments(client: PageClient, make: Maker) -> None:
    file = make.open()
    make.comment(file, text="To be printed.", provision_key="pnt_3")
    assert client.get(f"/drafts/{file.draft.id}/print?language=ru").status_code == 200
    words = client.main_words
    assert "Пассажир оплачивает проезд при входе." in words and "To be printed." in words
    assert f"/drafts/{file.draft.id}/versions/1/ru" in text_of(client.page.find(".//body"))


def test_what_is_not_public_does_not_exist(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    draft = make.draft()
    for path in ("", "/print", "/comments", "/comments/new", "/versions/1/kk", "/versions/1/kk/file"):
        sign_in(client)
        assert client.get(f"/drafts/{draft.id}{path}").status_code == 404, path
    assert client.get("/drafts/123456789").status_code == 404
