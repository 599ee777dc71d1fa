"""Does an agency see what has come, what waits, and what is due first?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from portal.accounts.models import User
from portal.consultation.actions.comments import withdraw_comment
from portal.consultation.actions.moderation import hide_comment
from portal.consultation.actions.replies import ReplyDraft, post_reply
from portal.consultation.models import Comment, Consultation
from portal.consultation.queries.drafts import DraftFile, get_file
from portal.drafts.actions.drafts import withdraw_draft
from portal.kernel.clock import now, today
from portal.kernel.db import db
from tests.client import PageClient
from tests.make import Maker, actor_of
from tests.page import text_of
from tests.statements import counted

SignIn = Callable[..., User]
POINT = "pnt_3"
LETTER = "Please drop the double fare for those who pay in cash, because it hits old people and villagers hardest"


def titles(client: PageClient) -> list[str]:
    return [text_of(link) for link in client.page.iterfind(".//a[@class='inbox-row__title']")]


def close(file: DraftFile, *, due_in: int = 5) -> None:
    """Move the window into the past, with answers due in so many calendar days."""
    window = db.session.get(Consultation, file.consultation.id)
    assert window is not None
    window.closes_at = now() - timedelta(hours=1)
    window.answers_due_on = today() + timedelta(days=due_in)
    db.session.commit()


def answer(make: Maker, file: DraftFile, comment: Comment, text: str = "The reason.", decision: str = "noted") -> None:
    drafter = actor_of(make.user("drafter", body=make.body()))
    post_reply(drafter, file=get_file(file.draft.id), comment=comment, typed=ReplyDraft(decision, text, "en"))
    make.commit()


def test_the_desk_shows_unanswered_comments_of_my_body_oldest_first(
    client: PageClient, make: Maker, sign_in: SignIn
) -> None:
    file = make.open()
    first = make.comment(file, text="The first remark.")
    make.comment(file, text="The second remark.")
    done = make.comment(file, text="An answered remark.")
    answer(make, file, done)
    sign_in(client, "drafter", body=make.body())
    assert client.get("/desk/comments").status_code == 200
    assert titles(client) == ["The first remark.", "The second remark."]
    assert "1 / 3" in client.main_words
    client.get("/desk/comments?status=answered")
    assert titles(client) == ["An answered remark."]
    client.get(f"/desk/drafts/{file.draft.id}/comments")
    assert titles(client) == ["The first remark.", "The second remark."]
    assert f"Comment No {first.id}" in client.main_words
    assert client.page.find(".//form[@id='reply-form']") is not None


def test_drafts_due_first_stand_first_and_overdue_ones_say_so(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    later, sooner, overdue = make.open(), make.open(), make.open()
    for file, text in ((later, "Due later."), (sooner, "Due sooner."), (overdue, "Overdue.")):
        make.comment(file, text=text)
    close(later, due_in=20)
    close(sooner, due_in=9)
    close(overdue, due_in=-9)
    sign_in(client, "drafter", body=make.body())
    client.get("/desk/comments")
    assert titles(client) == ["Overdue.", "Due sooner.", "Due later."]
    assert "working days overdue" in client.main_words
    assert "article 20, paragraph 3" in client.main_words
    client.get("/desk/comments?order=newest")
    assert titles(client)[0] == "Overdue."


def test_another_body_sees_nothing_and_auditors_see_all(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    file = make.open()
    comment = make.comment(file, text="A remark.")
    health = make.body("health")
    sign_in(client, "drafter", body=health)
    client.get("/desk/comments")
    assert titles(client) == []
    assert client.get(f"/desk/drafts/{file.draft.id}/comments").status_code == 403
    assert client.get("/desk/drafts/999/comments").status_code == 404
    sign_in(client, "auditor")
    client.get("/desk/comments")
    assert titles(client) == ["A remark."]
    client.get(f"/desk/drafts/{file.draft.id}/comments?comment={comment.id}")
    assert client.page.find(".//form[@id='reply-form']") is None
    assert client.page.find(".//input[@type='checkbox']") is None
    assert "answered by the body that drafts the act" in client.main_words


@pytest.mark.parametrize("role", ["citizen", "moderator"])
def test_the_desk_is_closed_to_others(client: PageClient, make: Maker, sign_in: SignIn, role: str) -> None:
    file = make.open()
    assert client.get("/desk/comments").status_code == 302
    sign_in(client, role)
    assert client.get("/desk/comments").status_code == 403
    assert client.get(f"/desk/drafts/{file.draft.id}/comments").status_code == 403


def test_a_drafter_without_a_body_has_an_empty_desk(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    make.comment(make.open())
    sign_in(client, "drafter")
    client.get("/desk/comments")
    assert titles(client) == []


def test_administrators_choose_the_body(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    health = make.body("health")
    make.comment(make.open(), text="About transport.")
    make.comment(make.open(body=health), text="About health.")
    sign_in(client, "administrator")
    client.get("/desk/comments")
    assert len(titles(client)) == 2
    client.get(f"/desk/comments?body={health.id}")
    assert titles(client) == ["About health."]


def test_filters_and_orders(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    file = make.open()
    make.comment(file, text="For the whole.", stance="for")
    against = make.comment(file, text="Against point three.", stance="against", provision_key=POINT)
    kazakh = make.comment(file, text="Қарсымын, себебі қымбат.", stance="against", language="kk")
    kazakh.agree = 7
    db.session.commit()
    sign_in(client, "drafter", body=make.body())
    desk = f"/desk/drafts/{file.draft.id}/comments"
    for query, expected in {
        "stance=for": ["For the whole."],
        f"provision={POINT}": ["Against point three."],
        "provision=-": ["For the whole.", "Қарсымын, себебі қымбат."],
        "language=kk": ["Қарсымын, себебі қымбат."],
        "order=supported": ["Қарсымын, себебі қымбат.", "For the whole.", "Against point three."],
        "order=newest": ["Қарсымын, себебі қымбат.", "Against point three.", "For the whole."],
        "stance=nonsense&order=odd&status=what&page=-3": ["For the whole.", "Against point three.", "Қарсымын, себебі қымбат."],
    }.items():
        client.get(f"{desk}?{query}")
        assert titles(client) == expected, query
    client.get("/desk/comments?stance=against&language=en")
    assert titles(client) == ["Against point three."]
    answer(make, file, against, decision="not_accepted")
    client.get("/desk/comments?decision=not_accepted")
    assert titles(client) == ["Against point three."]
    client.get(f"{desk}?status=all&decision=accepted")
    assert titles(client) == []


def test_hidden_and_withdrawn_comments_need_no_answer(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    file = make.open()
    author = make.actor()
    hidden, withdrawn = make.comment(file, text="Hidden words."), make.comment(file, author, text="Withdrawn words.")
    hide_comment(make.actor("moderator"), comment=hidden, rule=3, reason="Advertising.", language="en")
    withdraw_comment(author, file=file, comment=withdrawn)
    make.commit()
    sign_in(client, "drafter", body=make.body())
    client.get(f"/desk/drafts/{file.draft.id}/comments?status=all")
    assert titles(client) == []
    for comment, said in ((hidden, "Advertising."), (withdrawn, "withdrew")):
        client.get(f"/desk/drafts/{file.draft.id}/comments?comment={comment.id}")
        assert said in client.main_words and comment.text not in client.main_words
        assert client.page.find(".//form[@id='reply-form']") is None


def test_a_withdrawn_draft_takes_no_answers(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    file = make.open()
    comment = make.comment(file, text="A remark.")
    drafter = make.user("drafter", body=make.body())
    withdraw_draft(actor_of(drafter), draft=file.draft, reason={"kk": "Қажет емес.", "ru": "Не нужен."})
    make.commit()
    sign_in(client, user=drafter)
    client.get("/desk/comments")
    assert titles(client) == []
    client.get(f"/desk/drafts/{file.draft.id}/comments")
    assert titles(client) == ["A remark."]
    assert client.page.find(".//form[@id='reply-form']") is None
    response = client.post(f"/desk/comments/{comment.id}/reply", data={"decision": "noted", "text": "A reason.", "language": "ru"})
    assert response.status_code == 403


def test_a_comment_of_another_draft_is_not_found(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    one, other = make.open(), make.open()
    comment = make.comment(other)
    sign_in(client, "drafter", body=make.body())
    assert client.get(f"/desk/drafts/{one.draft.id}/comments?comment={comment.id}").status_code == 404
    assert client.get(f"/desk/drafts/{one.draft.id}/comments?comment=999").status_code == 404
    assert client.get(f"/desk/drafts/{one.draft.id}/comments?comment=%27").status_code == 200


def test_the_chosen_comment_stands_beside_the_law_and_its_thread(
    client: PageClient, make: Maker, sign_in: SignIn
) -> None:
    file = make.open()
    parent = make.comment(file, text="What do the others think?", provision_key=POINT)
    comment = make.comment(
        file, text="Пусть платят при выходе.", language="ru", parent=parent, organisation="“Walkers”",
        proposed_text="Пассажир оплачивает проезд при выходе.",
    )  # fmt: skip
    sign_in(client, "drafter", body=make.body())
    client.get(f"/desk/drafts/{file.draft.id}/comments?comment={comment.id}")
    assert "In answer to:" in client.main_words and "What do the others think?" in client.main_words
    assert "“Walkers”" in client.main_words
    assert [text_of(each) for each in client.page.iterfind(".//ins")] == ["[inserted: выходе.]"]
    assert "Пассажир оплачивает проезд при входе." in client.main_words
    assert client.page.find(f".//a[@href='/ledger/entries/{comment.entry_number}']") is not None


def test_similar_comments_stand_as_one_line(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    file = make.open()
    first = make.comment(file, text=LETTER)
    make.comment(file, text="Something else entirely.")
    for ending in ("", ".", ", thank you"):
        make.comment(file, text=LETTER + ending)
    sign_in(client, "drafter", body=make.body())
    desk = f"/desk/drafts/{file.draft.id}/comments"
    client.get(desk)
    assert titles(client) == ["Please drop the double fare for those who pay in cash, because it hits old…", "Something else entirely."]
    assert "One answer to 4 comments" in client.main_words
    client.get(f"{desk}?status=similar")
    assert len(titles(client)) == 1
    client.get(f"{desk}?comment={first.id}")
    assert "4 similar comments: answer the group at once" in client.main_words
    client.get(f"{desk}?language=en")
    assert len(titles(client)) == 5


def test_pages_cost_the_same_with_many_comments(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    file = make.open()
    author = make.actor()
    parent = make.comment(file, author, text="The beginning.", provision_key=POINT)
    chosen = make.comment(file, author, text="In answer.", parent=parent, proposed_text="Other words.")
    sign_in(client, "drafter", body=make.body())
    addresses = ["/desk/comments", f"/desk/drafts/{file.draft.id}/comments?comment={chosen.id}"]
    client.get(addresses[1])

    def costs() -> list[int]:
        found = []
        for address in addresses:
            with counted() as statements:
                client.get(address)
            found.append(len(statements))
        return found

    before = costs()
    for number in range(40):
        make.comment(file, author, text=f"Remark {number} about the {number}th thing.", provision_key=POINT if number % 2 else "")
    after = costs()
    assert after == before
    assert max(after) <= 14, after
    assert len(titles(client)) == 25
    client.get(f"{addresses[1]}&page=2")
    assert len(titles(client)) == 17
