"""What becomes of a comment or a vote that comes too late, twice, to the wrong place or from the wrong hands?"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import etree
from sqlalchemy import func
from werkzeug.test import TestResponse

from portal.accounts.models import User
from portal.consultation.models import Comment, CommentVote, DraftVote, Reply, Tally
from portal.consultation.policy import LONGEST_COMMENT, LONGEST_PROPOSAL
from portal.kernel import clock
from portal.kernel.db import db
from portal.ledger.models import Entry
from portal.web.flask_app import PortalApp
from tests.client import PageClient
from tests.hostile import MEGABYTE
from tests.journeys.stage import settings, stage, world  # noqa: F401 - fixtures
from tests.journeys.world import World
from tests.make import Maker, actor_of
from tests.page import check_page

TOKEN = re.compile(r'name="csrf_token" value="[^"]*"')
TEXT = "A remark that took some time to write."


@pytest.fixture
def citizen(client: PageClient, world: World, sign_in: Callable[..., User]) -> User:
    return sign_in(client, user=world.people["citizen"])


def _post(client: PageClient, draft: int, **more: str) -> TestResponse:
    return client.post(f"/drafts/{draft}/comments/new", data={"text": TEXT, "language": "en", **more})


def _count(model: type, **only: Any) -> int:
    db.session.rollback()
    return db.session.scalar(db.select(func.count()).select_from(model).filter_by(**only)) or 0


def _kept(client: PageClient, name: str = "text") -> str:
    """What stands in a field of the form on the page."""
    field: etree._Element = next(field for field in client.page.iter("textarea") if field.get("name") == name)
    return field.text or ""


# the window ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phase", "status", "sentence"),
    [
        ("announced", 403, "The discussion begins on"),
        ("answering", 403, "The discussion ended on"),
        ("reported", 403, "The discussion ended on"),
        ("withdrawn", 403, "The draft was withdrawn"),
    ],
)
def test_a_comment_outside_the_window(
    client: PageClient, world: World, citizen: User, phase: str, status: int, sentence: str
) -> None:
    draft, before = getattr(world, phase).draft.id, _count(Comment)
    answer = _post(client, draft)
    assert answer.status_code == status
    assert sentence in client.words
    assert _kept(client).strip() == TEXT, "what was typed stays, to be copied"
    assert _count(Comment) == before
    assert client.get(f"/drafts/{draft}/comments/new").status_code == status
    assert "comments/new" not in client.get(f"/drafts/{draft}").text, "and nothing invites to try"


@pytest.mark.parametrize("phase", ["announced", "answering", "reported", "withdrawn"])
def test_a_vote_outside_the_window(client: PageClient, world: World, citizen: User, phase: str) -> None:
    draft = getattr(world, phase).draft.id
    assert client.post(f"/drafts/{draft}/vote", data={"value": "1"}).status_code == 403
    assert _count(DraftVote, draft_id=draft) == 0
    comment = db.session.scalar(db.select(Comment.id).where(Comment.draft_id == draft))
    if comment:
        assert client.post(f"/comments/{comment}/vote", data={"value": "1"}).status_code == 403
        assert client.post(f"/comments/{comment}/answer", data={"text": TEXT, "language": "en"}).status_code == 403
        assert _count(CommentVote, comment_id=comment) == 0


def test_an_act_on_ones_own_comment_after_the_window(client: PageClient, make: Maker, citizen: User) -> None:
    with clock.frozen(clock.now() - timedelta(days=12)):
        file = make.open(closes_on=clock.today() + timedelta(days=9))
        comment = make.comment(file, actor_of(citizen), text="As it was.")
    for act, data in (("edit", {"text": "Changed."}), ("withdraw", {})):
        answer = client.post(f"/comments/{comment.id}/{act}", data=data)
        assert answer.status_code == 403
        assert "The discussion ended on" in answer.text
    db.session.refresh(comment)
    assert (comment.text, comment.withdrawn_at) == ("As it was.", None)


# the place -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["pnt_999", "pnt_3 ", "PNT_3", "../pnt_3", "chp_1__x", "' OR 1=1", "a" * 10_000])
def test_a_provision_that_does_not_exist(client: PageClient, world: World, citizen: User, key: str) -> None:
    before = _count(Comment)
    answer = _post(client, world.open.draft.id, provision=key)
    assert answer.status_code in {404, 422}
    assert "no such provision" in answer.text
    assert TEXT in answer.text, "the text is not lost"
    assert _count(Comment) == before


def test_a_provision_of_another_draft(client: PageClient, make: Maker, world: World, citizen: User) -> None:
    other = make.open(texts={"ru": "Правила\n\n77. Иной пункт.\n", "kk": "Қағидалар\n\n77. Басқа тармақ.\n"})
    assert _post(client, other.draft.id, provision="pnt_77").status_code == 302
    assert _post(client, world.open.draft.id, provision="pnt_77").status_code in {404, 422}


@pytest.mark.parametrize("number", ["0", "999999", "-1", "abc", "1e3"])
def test_a_draft_that_does_not_exist(client: PageClient, citizen: User, number: str) -> None:
    for path in ("", "/comments", "/comments/new", "/print", "/report", "/files/1", "/versions/1/kk"):
        assert client.get(f"/drafts/{number}{path}").status_code == 404
    assert client.post(f"/drafts/{number}/comments/new", data={"text": TEXT}).status_code == 404
    assert client.post(f"/drafts/{number}/vote", data={"value": "1"}).status_code == 404


def test_a_draft_nobody_was_told_of(client: PageClient, world: World, citizen: User) -> None:
    """The answer is the same as for a number that was never given out."""
    hidden, none = world.preparing.id, 999_999
    for path in ("", "/comments", "/comments/new", "/print", "/report", "/report.docx", "/report.json", "/versions/1/kk", "/versions/1/kk/file"):
        answers = [client.get(f"/drafts/{number}{path}") for number in (hidden, none)]
        assert [answer.status_code for answer in answers] == [404, 404], path
        pages = [TOKEN.sub("", answer.text).replace(f"/drafts/{n}", "") for answer, n in zip(answers, (hidden, none), strict=True)]
        assert pages[0] == pages[1], path
    assert client.get(f"/drafts/{hidden}/files/{world.attachment_id}").status_code == 404
    assert _post(client, hidden).status_code == 404
    assert client.post(f"/drafts/{hidden}/vote", data={"value": "1"}).status_code == 404
    assert _count(Comment, draft_id=hidden) == 0


def test_a_file_of_another_draft(client: PageClient, world: World, citizen: User) -> None:
    assert client.get(f"/drafts/{world.others.draft.id}/files/{world.public_attachment_id}").status_code == 404
    assert client.get(f"/drafts/{world.open.draft.id}/files/{world.attachment_id}").status_code == 404


def test_an_answer_to_a_comment_nobody_sees(client: PageClient, world: World, citizen: User) -> None:
    before = _count(Comment)
    for act in ("answer", "vote", "report"):
        data = {"text": TEXT, "value": "1", "reason": TEXT, "language": "en"}
        assert client.post(f"/comments/{world.hidden.id}/{act}", data=data).status_code == 404
    assert (_count(Comment), _count(CommentVote)) == (before, 0)


def test_acts_on_the_comment_of_another_person(client: PageClient, world: World, citizen: User) -> None:
    for act, data in (("edit", {"text": "Not mine."}), ("withdraw", {})):
        assert client.get(f"/comments/{world.comment.id}/{act}").status_code == 403
        assert client.post(f"/comments/{world.comment.id}/{act}", data=data).status_code == 403
    db.session.refresh(world.comment)
    assert (world.comment.text, world.comment.withdrawn_at) == ("The ticket must be sold on the bus.", None)


def test_a_form_cannot_say_who_one_is(client: PageClient, world: World, citizen: User) -> None:
    """Fields no form has are not read: neither author nor count nor instant can be sent."""
    forged = {"author_id": "2", "author_name": "Minister", "agree": "1000", "created_at": "2020-01-01", "id": "1", "hidden_at": "",
              "entry_number": "0", "draft_id": str(world.others.draft.id), "version_id": "1", "parent_id": "1"}  # fmt: skip
    answer = _post(client, world.open.draft.id, **forged)
    comment = db.session.get(Comment, int((answer.location or "").rpartition("/")[2]))
    assert comment is not None
    assert (comment.author_id, comment.author_name, comment.agree) == (citizen.id, citizen.name, 0)
    assert (comment.draft_id, comment.parent_id) == (world.open.draft.id, None)


# another body ----------------------------------------------------------------------------------------------------


def test_another_bodys_draft_in_the_address(client: PageClient, world: World, sign_in: Callable[..., User]) -> None:
    sign_in(client, user=world.other_drafter)
    for path in ("", "/card", "/text", "/package", "/preview", "/open"):
        assert client.get(f"/desk/drafts/{world.preparing.id}{path}").status_code == 404
        assert client.get(f"/desk/drafts/{world.open.draft.id}{path}").status_code in {403, 404}
    for path in ("/comments", "/report", "/report.docx", "/withdraw", "/adopt"):
        assert client.get(f"/desk/drafts/{world.answering.draft.id}{path}").status_code in {403, 404}
    reply = {"decision": "noted", "text": "We answer for others.", "language": "en"}
    assert client.post(f"/desk/comments/{world.comment.id}/reply", data=reply).status_code == 403
    for path in ("/withdraw", "/open", "/report", "/report/publish"):
        data = {"reason_kk": "Себебі", "reason_ru": "Причина", "edition": "1"}
        assert client.post(f"/desk/drafts/{world.open.draft.id}{path}", data=data).status_code in {403, 404}


def test_comments_of_another_body_among_those_answered_together(
    client: PageClient, make: Maker, world: World, sign_in: Callable[..., User]
) -> None:
    foreign = make.comment(world.others, text="To the district.")
    sign_in(client, user=world.people["drafter"])
    data = {"decision": "noted", "text": "One answer for all.", "language": "en", "also": [str(foreign.id), str(world.comment.id)]}
    client.post(f"/desk/comments/{world.own['citizen'].id}/reply", data=data)
    assert _count(Reply, comment_id=foreign.id) == 0
    assert _count(Reply, body_id=world.other_body.id) == 0


# twice -----------------------------------------------------------------------------------------------------------


def test_a_double_click(client: PageClient, world: World, citizen: User) -> None:
    before, entries = _count(Comment), _count(Entry)
    answers = [_post(client, world.open.draft.id, submission="a-number-of-this-form") for _ in range(3)]
    assert len({answer.location for answer in answers}) == 1
    assert (_count(Comment), _count(Entry)) == (before + 1, entries + 1)


def test_the_same_form_sent_again_with_other_words(client: PageClient, world: World, citizen: User) -> None:
    """Going back, changing the words and sending again does not pass for the first comment in silence."""
    _post(client, world.open.draft.id, submission="a-number-of-this-form")
    answer = _post(client, world.open.draft.id, submission="a-number-of-this-form", text="Something else entirely.")
    assert answer.status_code == 409
    assert "sent already, with other words" in answer.text
    assert _kept(client).strip() == "Something else entirely."
    assert _count(Comment, author_id=citizen.id, text=TEXT) == 1


def test_the_number_of_a_form_is_each_persons_own(
    app: PortalApp, client: PageClient, world: World, citizen: User, sign_in: Callable[..., User]
) -> None:
    first = _post(client, world.open.draft.id, submission="a-number-of-this-form")
    other = app.test_client()
    sign_in(other)
    second = _post(other, world.open.draft.id, submission="a-number-of-this-form")
    assert first.location != second.location


@pytest.mark.parametrize("number", ["", "x" * 500, "'; DROP TABLE comment; --", "\x00"])
def test_an_odd_number_of_a_form(client: PageClient, world: World, citizen: User, number: str) -> None:
    assert _post(client, world.open.draft.id, submission=number).status_code == 302


def test_two_threads_with_the_same_form(app: PortalApp, client: PageClient, world: World, citizen: User) -> None:
    """Both clicks arrive in the same moment, at two workers."""
    client.inspects = False
    cookie = client.get_cookie("session")
    token, draft, before = client.get("/testing/token").text, world.open.draft.id, _count(Comment)
    assert cookie is not None
    cookie = client.get_cookie("session")
    db.session.remove()
    barrier, locations, failures = threading.Barrier(6), [], []

    def post() -> None:
        own = FlaskClient(app, app.response_class)
        own.set_cookie("session", cookie.value)  # type: ignore[union-attr]
        data = {"text": TEXT, "language": "en", "submission": "a-number-of-this-form", "csrf_token": token}
        try:
            barrier.wait(20)
            locations.append(own.post(f"/drafts/{draft}/comments/new", data=data).location)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=post) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failures
    assert len(set(locations)) == 1 and locations[0]
    assert _count(Comment) == before + 1
    tally = db.session.get(Tally, draft)
    assert tally is not None
    assert tally.comments == _count(Comment, draft_id=draft, hidden_at=None, withdrawn_at=None)


def test_two_threads_vote(app: PortalApp, client: PageClient, world: World, citizen: User) -> None:
    client.inspects = False
    token, draft = client.get("/testing/token").text, world.open.draft.id
    cookie = client.get_cookie("session")
    assert cookie is not None
    value = cookie.value
    db.session.remove()
    barrier, statuses = threading.Barrier(4), []

    def vote(way: str) -> None:
        own = FlaskClient(app, app.response_class)
        own.set_cookie("session", value)
        barrier.wait(20)
        statuses.append(own.post(f"/drafts/{draft}/vote", data={"value": way, "csrf_token": token}).status_code)

    threads = [threading.Thread(target=vote, args=(way,)) for way in ("1", "1", "-1", "-1")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert statuses == [302] * 4
    assert _count(DraftVote, draft_id=draft) == 1
    tally = db.session.get(Tally, draft)
    assert tally is not None and tally.votes_for + tally.votes_against == 1


# votes -----------------------------------------------------------------------------------------------------------


def test_one_person_one_vote(client: PageClient, world: World, citizen: User) -> None:
    draft = world.open.draft.id

    def tally() -> tuple[int, int]:
        db.session.rollback()
        found = db.session.get(Tally, draft, populate_existing=True)
        assert found is not None
        return found.votes_for, found.votes_against

    for value, expected in (("1", (1, 0)), ("1", (1, 0)), ("-1", (0, 1)), ("", (0, 0)), ("", (0, 0)), ("-1", (0, 1))):
        assert client.post(f"/drafts/{draft}/vote", data={"value": value}).status_code == 302
        assert tally() == expected
    assert _count(DraftVote) == 1


def test_one_vote_on_a_comment(client: PageClient, world: World, citizen: User) -> None:
    for value, expected in (("1", (1, 0, 0)), ("0", (0, 0, 1)), ("-1", (0, 1, 0)), ("-1", (0, 1, 0)), ("", (0, 0, 0))):
        assert client.post(f"/comments/{world.comment.id}/vote", data={"value": value}).status_code == 302
        db.session.refresh(world.comment)
        assert (world.comment.agree, world.comment.disagree, world.comment.passes) == expected


def test_a_vote_on_ones_own_comment(client: PageClient, world: World, citizen: User) -> None:
    answer = client.post(f"/comments/{world.own['citizen'].id}/vote", data={"value": "1"})
    assert answer.status_code == 403
    assert "You cannot vote on a comment of your own." in answer.text
    assert _count(CommentVote) == 0


@pytest.mark.parametrize("value", ["2", "-2", "1.5", "yes", "١", " 1", "null", "true", "9" * 30])
def test_a_vote_that_is_none(client: PageClient, world: World, citizen: User, value: str) -> None:
    for url in (f"/drafts/{world.open.draft.id}/vote", f"/comments/{world.comment.id}/vote"):
        assert client.post(url, data={"value": value}).status_code == 422
        assert client.post(url, data={}).status_code == 422
    assert client.post(f"/drafts/{world.open.draft.id}/vote", data={"value": "0"}).status_code == 422
    assert (_count(DraftVote), _count(CommentVote)) == (0, 0)


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/ok\r\nX: y"])
def test_a_vote_leads_nowhere_else(client: PageClient, world: World, citizen: User, target: str) -> None:
    answer = client.post(f"/drafts/{world.open.draft.id}/vote", data={"value": "1", "next": target})
    assert answer.status_code == 302
    assert (answer.location or "").startswith("/drafts/")


# rights ----------------------------------------------------------------------------------------------------------


def test_somebody_whose_address_is_not_confirmed(client: PageClient, world: World, sign_in: Callable[..., User]) -> None:
    sign_in(client, user=world.newcomer)
    answer = _post(client, world.open.draft.id)
    assert answer.status_code == 403
    assert "Confirm your e-mail address first" in answer.text
    assert TEXT in answer.text
    assert client.post(f"/drafts/{world.open.draft.id}/vote", data={"value": "1"}).status_code == 403
    assert _count(DraftVote) == 0


def test_somebody_who_was_blocked_meanwhile(client: PageClient, world: World, citizen: User) -> None:
    """The session ends at once; what was typed is kept but cannot be sent by them."""
    before = _count(Comment)
    citizen.blocked_at = clock.now()
    db.session.commit()
    assert _post(client, world.open.draft.id).status_code in {400, 401}
    assert _count(Comment) == before


# size ------------------------------------------------------------------------------------------------------------


def test_a_megabyte_of_comment(client: PageClient, world: World, citizen: User) -> None:
    before = _count(Comment)
    answer = _post(client, world.open.draft.id, text=MEGABYTE)
    assert answer.status_code in {413, 422}
    assert f"must be {LONGEST_COMMENT:,} characters or fewer" in answer.text
    assert _kept(client).strip() == MEGABYTE.strip(), "all of it is still there, to be shortened"
    assert _count(Comment) == before


@pytest.mark.parametrize(
    ("field", "most"), [("text", LONGEST_COMMENT), ("proposed_text", LONGEST_PROPOSAL)]
)
def test_exactly_the_limit(client: PageClient, world: World, citizen: User, field: str, most: int) -> None:
    """Counted in characters as people count them: line ends are one, invisible ones are none."""
    fits = ("ж" * 49 + "\r\n") * (most // 50)
    assert _post(client, world.open.draft.id, **{field: fits + "ж" * (most % 50) + "\u200b" * 99}).status_code == 302
    assert _post(client, world.open.draft.id, **{field: "ж" * (most + 1)}).status_code in {413, 422}


@pytest.mark.parametrize("text", ["", " \r\n\t ", "\u200b\u200d\ufeff", "\x00\x01", "\u202e\u2066"])
def test_a_comment_of_nothing(client: PageClient, world: World, citizen: User, text: str) -> None:
    answer = _post(client, world.open.draft.id, text=text)
    assert answer.status_code == 422
    assert "Enter your comment." in answer.text


def test_letters_that_turn_the_page_round(client: PageClient, world: World, citizen: User) -> None:
    """Invisible and direction-changing characters are taken out; Kazakh, Arabic and emoji stay."""
    answer = _post(client, world.open.draft.id, text="safe\u202egnp.exe\u202c o\u200bk әғқңөұүһі مرحبا 👍🏽")
    comment = db.session.get(Comment, int((answer.location or "").rpartition("/")[2]))
    assert comment is not None and comment.text == "safegnp.exe ok әғқңөұүһі مرحبا 👍🏽"


@pytest.mark.parametrize("field", ["stance", "language"])
def test_choices_that_are_not_offered(client: PageClient, world: World, citizen: User, field: str) -> None:
    answer = _post(client, world.open.draft.id, **{field: "'><script>"})
    assert answer.status_code in {302, 422}
    if answer.status_code == 302:
        comment = db.session.get(Comment, int((answer.location or "").rpartition("/")[2]))
        assert comment is not None and comment.language in {"kk", "ru", "en"} and comment.stance is None


# receipts --------------------------------------------------------------------------------------------------------


def test_a_genuine_receipt(client: PageClient, world: World) -> None:
    answer = client.get(f"/receipts/{world.receipt}")
    assert answer.status_code == 200 and "Genuine" in answer.text
    loose = world.receipt.lower().replace("-", " ")
    assert client.get("/receipts", query_string={"code": f"  {loose}  "}).location == f"/receipts/{world.receipt}"


def test_a_tampered_receipt(client: PageClient, world: World) -> None:
    """Every single changed digit is found, and never is one taken for genuine."""
    code = world.receipt
    for place, digit in enumerate(code):
        if digit != "-":
            other = code[:place] + ("7" if digit != "7" else "3") + code[place + 1 :]
            answer = client.get(f"/receipts/{other}")
            assert answer.status_code in {404, 422}, other
            assert "Genuine" not in answer.text


@pytest.mark.parametrize("code", ["", "x", "0", "-" * 50, "9" * 40, "1-0000-0000-0000-0000-0000-00", "<script>", "٣٤", "a" * 9000])
def test_what_is_no_receipt(client: PageClient, world: World, code: str) -> None:
    answer = client.get("/receipts", query_string={"code": code})
    assert answer.status_code in {200, 422}
    check_page(answer.text, "en")


def test_a_code_made_up_with_the_right_check_number(client: PageClient, world: World) -> None:
    number, digits = 3, "0123456789ABCDEF0123"
    check = f"{int(f'{number}{digits}', 16) % 97:02d}"
    answer = client.get(f"/receipts/{number}{digits}{check}")
    assert answer.status_code == 404
    assert "Genuine" not in answer.text
