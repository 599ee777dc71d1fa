"""Is a comment hidden with a public reason, told in a public log, and found in the moderators' queue?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from portal.accounts.models import User
from portal.consultation.actions.comments import flag_comment
from portal.consultation.actions.moderation import dismiss_flags, hide_comment, restore_comment
from portal.consultation.models import Comment, ModerationEvent, Tally
from portal.consultation.queries.drafts import DraftFile
from portal.kernel import clock
from portal.kernel.clock import now
from portal.kernel.db import db
from portal.kernel.errors import NotFound, Refused
from portal.ledger.kinds import Kind
from portal.ledger.queries import list_entries
from tests.client import PageClient
from tests.make import Maker

SignIn = Callable[..., User]


def typed(**more: str) -> dict[str, str]:
    return {"rule": "3", "reason": "It sells courses.", "language": "en", **more}


def is_hidden(comment: Comment) -> bool:
    db.session.rollback()
    db.session.refresh(comment)
    return comment.hidden_at is not None


@pytest.fixture
def file(make: Maker) -> DraftFile:
    return make.open()


def test_a_moderator_hides_a_comment_and_everybody_reads_why(
    client: PageClient, make: Maker, file: DraftFile, sign_in: SignIn
) -> None:
    comment = make.comment(file, text="Buy my wonderful courses!")
    moderator = sign_in(client, "moderator", name="Moderator Whoever")
    client.get(f"/comments/{comment.id}/hide")
    assert "Buy my wonderful courses!" in client.main_words
    assert len(client.page.findall(".//input[@name='rule']")) == 7
    assert client.post(f"/comments/{comment.id}/hide", data=typed()).location == "/moderation/queue"
    assert is_hidden(comment)
    assert db.session.get(Tally, file.draft.id).comments == 0
    event = db.session.scalar(db.select(ModerationEvent))
    assert (event.rule, event.reason, event.language, event.moderator_id) == (3, "It sells courses.", "en", moderator.id)
    assert [entry.subject for entry in list_entries(kind=Kind.COMMENT_HIDDEN.value)] == [f"comment:{comment.id}"]
    with client.session_transaction() as session:
        session.clear()
    client.get("/moderation")
    said = client.main_words
    assert "Point 3: Advertising" in said and "It sells courses." in said and f"Comment No {comment.id}" in said
    assert "wonderful" not in said and "Whoever" not in said
    assert client.page.find(f".//a[@href='/comments/{comment.id}']") is not None


def test_a_hidden_comment_is_shown_again(client: PageClient, make: Maker, file: DraftFile, sign_in: SignIn) -> None:
    comment = make.comment(file, text="Buy my wonderful courses!")
    sign_in(client, "moderator")
    assert client.get(f"/comments/{comment.id}/show").location == f"/comments/{comment.id}"
    client.post(f"/comments/{comment.id}/hide", data=typed())
    assert client.get(f"/comments/{comment.id}/hide").location == f"/comments/{comment.id}/show"
    client.get(f"/comments/{comment.id}/show")
    assert "It was hidden for: Point 3: Advertising. It sells courses." in client.main_words
    assert client.page.find(".//input[@name='rule'][@checked]").get("value") == "3"
    shown = client.post(f"/comments/{comment.id}/show", data=typed(reason="It was no advertising."))
    assert shown.location == f"/comments/{comment.id}"
    assert not is_hidden(comment) and db.session.get(Tally, file.draft.id).comments == 1
    client.get("/moderation")
    said = client.main_words
    assert said.index("It was no advertising.") < said.index("It sells courses.")
    assert "2 entries" in said and "wonderful" not in said


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"rule": ""}, "Choose the point of the rules of conduct."),
        ({"rule": "8"}, "Not a valid choice"),
        ({"reason": "  "}, "Give the reason; it will be public."),
        ({"language": "de"}, "Not a valid choice"),
    ],
)
def test_without_point_or_reason_nothing_is_hidden(
    client: PageClient, make: Maker, file: DraftFile, sign_in: SignIn, wrong: dict[str, str], sentence: str
) -> None:
    comment = make.comment(file)
    sign_in(client, "moderator")
    for act in ("hide", "show"):
        if act == "show":
            client.post(f"/comments/{comment.id}/hide", data=typed())
        assert client.post(f"/comments/{comment.id}/{act}", data=typed() | wrong).status_code == 422
        assert sentence in client.main_words
        assert is_hidden(comment) is (act == "show")
    assert client.post(f"/comments/{comment.id}/hide", data=typed()).status_code == 403


@pytest.mark.parametrize("role", ["citizen", "drafter", "auditor"])
def test_others_hide_nothing(client: PageClient, make: Maker, file: DraftFile, sign_in: SignIn, role: str) -> None:
    comment = make.comment(file)
    sign_in(client, role)
    for act in ("hide", "show", "keep"):
        assert client.post(f"/comments/{comment.id}/{act}", data=typed()).status_code == 403
    assert client.get(f"/comments/{comment.id}/hide").status_code == 403
    assert not is_hidden(comment)
    assert client.get("/moderation").status_code == 200


def test_where_one_goes_on_to_is_never_another_site(
    client: PageClient, make: Maker, file: DraftFile, sign_in: SignIn
) -> None:
    comment = make.comment(file)
    sign_in(client, "moderator")
    client.post(f"/comments/{comment.id}/hide", data=typed(next="https://elsewhere.example/"))
    answer = client.post(f"/comments/{comment.id}/show", data=typed(next="//elsewhere.example/"))
    assert answer.location == f"/comments/{comment.id}"
    answer = client.post(f"/comments/{comment.id}/hide", data=typed(next=f"/drafts/{file.draft.id}"))
    assert answer.location == f"/drafts/{file.draft.id}"


def test_the_log_is_filtered_and_paged(client: PageClient, make: Maker, file: DraftFile) -> None:
    moderator, other = make.actor("moderator"), make.open()
    for target, count in ((file, 1), (other, 26)):
        for number in range(count):
            comment = make.comment(target, text=f"Spam {number}.")
            hide_comment(moderator, comment=comment, rule=4, reason=f"Flood {target.draft.id}-{number}.", language="en")
    make.commit()
    client.get("/moderation")
    assert "27 entries" in client.main_words and "Flood 1-0." not in client.main_words
    client.get("/moderation?page=2")
    assert "Flood 1-0." in client.main_words
    client.get(f"/moderation?draft={file.draft.id}")
    assert "1 entry" in client.main_words and "Flood 1-0." in client.main_words
    client.get("/moderation?draft=nonsense&page=x")
    assert "27 entries" in client.main_words


def test_the_log_begins_empty(client: PageClient, make: Maker) -> None:
    client.get("/moderation")
    assert "Nothing has been hidden." in client.main_words


def test_reported_comments_stand_first_and_leave_when_settled(
    client: PageClient, make: Maker, file: DraftFile, sign_in: SignIn
) -> None:
    quiet, once, twice = (make.comment(file, text=f"Remark {name}.") for name in ("quiet", "once", "twice"))
    reporter = make.actor()
    flag_comment(reporter, comment=once, reason="Not about the draft.")
    flag_comment(reporter, comment=twice, reason="He insults me.")
    flag_comment(make.actor(), comment=twice, reason="Swearing.")
    make.commit()
    sign_in(client, "moderator")
    client.get("/moderation/queue")
    said = client.main_words
    assert "2 comments with complaints" in said
    reported, newest = said.split("Newest comments")
    assert reported.index("Remark twice.") < reported.index("Remark once.") and "Remark quiet." not in reported
    assert "2 complaints" in reported and "Swearing." in reported and "Not about the draft." in reported
    assert newest.index("Remark twice.") < newest.index("Remark quiet.")
    with clock.frozen(now() + timedelta(minutes=1)):
        assert client.post(f"/comments/{twice.id}/keep").location == "/moderation/queue"
        client.post(f"/comments/{once.id}/hide", data=typed())
        client.get("/moderation/queue")
        assert "There are no complaints to consider." in client.main_words and "0 comments with complaints" in client.main_words
    assert not is_hidden(twice)
    assert [entry.subject for entry in list_entries(kind=Kind.COMMENT_FLAGS_DISMISSED.value)] == [f"comment:{twice.id}"]
    with clock.frozen(now() + timedelta(minutes=2)):
        flag_comment(make.actor(), comment=twice, reason="Again he insults me.")
        make.commit()
        client.get("/moderation/queue")
        assert "1 complaint " in client.main_words and "Again he insults me." in client.main_words
        assert "Swearing." not in client.main_words
    client.get("/moderation")
    assert "1 entry" in client.main_words
    assert quiet.hidden_at is None


def test_auditors_read_the_queue_without_buttons(
    client: PageClient, make: Maker, file: DraftFile, sign_in: SignIn
) -> None:
    comment = make.comment(file, text="A remark.")
    flag_comment(make.actor(), comment=comment, reason="Odd.")
    make.commit()
    sign_in(client, "auditor")
    client.get("/moderation/queue")
    assert "Odd." in client.main_words
    assert client.page.find(".//main//form") is None and client.page.find(".//main//a[@class]") is not None
    assert client.page.find(f".//a[@href='/comments/{comment.id}/hide']") is None
    for role in ("citizen", "drafter"):
        sign_in(client, role)
        assert client.get("/moderation/queue").status_code == 403


def test_what_is_gone_cannot_be_kept(client: PageClient, make: Maker, file: DraftFile, sign_in: SignIn) -> None:
    comment = make.comment(file)
    moderator = make.actor("moderator")
    hide_comment(moderator, comment=comment, rule=1, reason="Insults.", language="ru")
    make.commit()
    with pytest.raises(NotFound):
        dismiss_flags(moderator, comment=comment)
    with pytest.raises(Refused):
        dismiss_flags(make.actor("auditor"), comment=comment)
    restore_comment(moderator, comment=comment, rule=1, reason="A mistake.", language="ru")
    assert dismiss_flags(moderator, comment=comment).action == "kept"
    sign_in(client, "moderator")
    assert client.post("/comments/999/keep").status_code == 404


def test_a_moderator_finds_the_way_on_the_comments_own_page(
    client: PageClient, make: Maker, file: DraftFile, sign_in: SignIn
) -> None:
    comment = make.comment(file)
    client.get(f"/comments/{comment.id}")
    assert client.page.find(f".//a[@href='/comments/{comment.id}/hide']") is None
    sign_in(client, "moderator")
    client.get(f"/comments/{comment.id}")
    assert client.page.find(f".//a[@href='/comments/{comment.id}/hide']") is not None
    client.post(f"/comments/{comment.id}/hide", data=typed())
    client.get(f"/comments/{comment.id}")
    assert client.page.find(f".//a[@href='/comments/{comment.id}/show']") is not None
