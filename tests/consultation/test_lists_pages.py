"""Can a draft be found in the list, and does everybody see what became of their own words?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from portal.accounts.actor import OPERATOR
from portal.accounts.models import User
from portal.consultation.actions.comments import withdraw_comment
from portal.consultation.actions.moderation import hide_comment
from portal.consultation.actions.replies import ReplyDraft, post_reply
from portal.consultation.actions.votes import vote_on_draft
from portal.consultation.models import Tally
from portal.drafts.actions.drafts import adopt_draft, withdraw_draft
from portal.kernel.clock import today
from portal.kernel.db import db
from tests.client import PageClient
from tests.make import Maker, actor_of
from tests.page import text_of
from tests.statements import counted

SignIn = Callable[..., User]
MOST_QUERIES = 10


def listed(client: PageClient, query: str = "") -> list[str]:
    assert client.get(f"/drafts{query}").status_code == 200
    return [text_of(link) for link in client.main.iterfind(".//h3[@class='draft-row__title']/a")]


def test_what_is_open_comes_first_and_closing_soon_first_of_all(client: PageClient, make: Maker) -> None:
    make.open(en="Closes later", closes_on=today() + timedelta(days=40))
    make.open(en="Closes soon", closes_on=today() + timedelta(days=3))
    make.open(en="Opens later", opens_on=today() + timedelta(days=5), closes_on=today() + timedelta(days=30))
    make.closed(en="Has closed")
    make.draft(en="Being prepared")
    assert listed(client) == ["Closes soon", "Closes later"]
    assert "2 drafts" in client.main_words and "working day" in client.main_words


def test_every_phase_can_be_listed(client: PageClient, make: Maker) -> None:
    make.open(en="Open")
    make.open(en="Announced", opens_on=today() + timedelta(days=5), closes_on=today() + timedelta(days=30))
    make.closed(en="Answering")
    adopted, withdrawn = make.closed(en="Adopted"), make.open(en="Withdrawn")
    adopt_draft(OPERATOR, draft=adopted.draft, adopted_on=today(), reference="Order No 1")
    withdraw_draft(OPERATOR, draft=withdrawn.draft, reason={"kk": "Қажет емес.", "ru": "Не нужен."})
    make.commit()
    for phase in ("announced", "answering", "adopted", "withdrawn"):
        assert listed(client, f"?phase={phase}") == [phase.capitalize()]
    assert listed(client, "?phase=all") == ["Withdrawn", "Adopted", "Answering", "Announced", "Open"]
    assert listed(client, "?phase=report_published") == []
    assert "No draft matches these filters." in client.main_words
    assert listed(client, "?phase=preparing") == ["Open"], "what is being prepared is nobody's to list"


def test_drafts_are_filtered_by_body_and_type_and_ordered(client: PageClient, make: Maker) -> None:
    make.open(en="Of transport", type="order")
    second = make.open(en="Of health", type="resolution", body=make.body("health"))
    db.session.execute(db.update(Tally).where(Tally.draft_id == second.draft.id).values(comments=9))
    db.session.commit()
    body, kind = second.draft.body_id, second.draft.type_id
    assert listed(client, f"?body={body}") == ["Of health"]
    assert listed(client, f"?type={kind}&body={body}") == ["Of health"]
    assert listed(client, "?order=discussed") == ["Of health", "Of transport"]
    assert listed(client, "?order=newest") == ["Of health", "Of transport"]
    assert len(listed(client, "?body=999999&type=x'&area=&order=up&page=zero")) == 2, "odd filters are left out"
    current = client.main.find(".//nav[@class='order-links']//a[@aria-current]")
    assert text_of(current) == "Closing soon"


def test_an_empty_list_says_where_to_go(client: PageClient, make: Maker) -> None:
    make.closed()
    assert listed(client) == []
    assert "No draft is open for discussion now." in client.main_words
    assert any(link.get("href") == "/drafts?phase=all" for link in client.main.iter("a"))


def test_twenty_a_page_and_as_many_queries_for_two_as_for_fifty(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    sign_in(client)
    make.open(en="Draft 0")
    listed(client)
    with counted() as few:
        listed(client)
    for number in range(1, 23):
        make.open(en=f"Draft {number}")
    with counted() as many:
        assert len(listed(client)) == 20
    assert len(many) == len(few) <= MOST_QUERIES
    assert len(listed(client, "?page=2")) == 3
    assert len(listed(client, "?page=99")) == 3


def test_a_title_in_another_language_says_so(client: PageClient, make: Maker) -> None:
    make.open(en="")
    listed(client)
    link = client.main.find(".//h3[@class='draft-row__title']/a")
    assert link.get("lang") == "kk" and "Жолаушыларды" in text_of(link)


def test_my_comments_say_what_became_of_them(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    file = make.open()
    user = sign_in(client)
    me = actor_of(user)
    waiting = make.comment(file, me, text="Waiting.")
    answered, hidden, withdrawn = (make.comment(file, me, text=text) for text in ("Answered.", "Hidden.", "Withdrawn."))
    make.comment(file, text="Somebody else's.")
    make.comment(file, text="An answer.", parent=waiting)
    drafter = actor_of(make.user("drafter", body=make.body()))
    post_reply(drafter, file=file, comment=answered, typed=ReplyDraft("partly_accepted", "In part.", "en"))
    hide_comment(make.actor("moderator"), comment=hidden, rule=1, reason="Spam", language="en")
    withdraw_comment(me, file=file, comment=withdrawn)
    make.commit()
    client.get("/my/comments")
    rows = [text_of(row) for row in client.main.iterfind(".//li[@class='own']")]
    assert len(rows) == 4
    assert rows[0].startswith("Withdrawn by the author") and rows[1].startswith("The comment is hidden by a moderator.")
    assert "Partly accepted" in rows[2] and rows[3].startswith("Under consideration") and "1 answer" in rows[3]
    assert f"Receipt No {waiting.entry_number}" in rows[3] and "Somebody else's." not in "".join(rows)
    receipt = client.main.find(f".//a[@href='/comments/{waiting.id}#receipt']")
    assert receipt is not None


def test_my_votes_are_listed(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    file = make.open()
    user = sign_in(client)
    client.get("/my/comments?show=votes")
    assert "You have not voted yet." in client.main_words
    vote_on_draft(actor_of(user), file=file, value=-1)
    make.commit()
    client.get("/my/comments?show=votes")
    rows = [text_of(row) for row in client.main.iterfind(".//li[@class='own']")]
    assert len(rows) == 1 and rows[0].startswith("Against On approval")


def test_my_page_is_mine(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    assert client.get("/my/comments").location == "/sign-in?next=/my/comments"
    sign_in(client)
    client.get("/my/comments")
    assert "You have not commented yet." in client.main_words
