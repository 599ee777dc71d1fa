"""Is a comment answered once, by its body, with a reason, and many identical ones by one form?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from lxml import etree

from portal.accounts.models import User
from portal.consultation.actions.replies import ReplyDraft, post_reply, reply_to_comments
from portal.consultation.models import Comment, Consultation, DecisionKind, Reply, Tally
from portal.consultation.policy import MOST_TOGETHER
from portal.consultation.queries.drafts import DraftFile, get_file
from portal.kernel import clock
from portal.kernel.clock import now
from portal.kernel.db import db
from portal.kernel.errors import Invalid, NotFound, Refused
from portal.ledger.kinds import Kind
from portal.ledger.queries import list_entries
from tests.client import PageClient
from tests.make import Maker, actor_of
from tests.page import text_of

SignIn = Callable[..., User]
LETTER = "Please drop the double fare for those who pay in cash, because it hits old people and villagers hardest"
HOSTILE = ("'\"><script>alert(1)</script>", "\u202eright to left", "zero\u200bwidth", "x" * 9_990, "{{ 7 * 7 }}", "%(name)s", "💧\n\n\n💧")


def typed(**more: object) -> dict[str, object]:
    return {"decision": "partly_accepted", "text": "The difference is made smaller.", "language": "en", **more}


def reply_of(comment: Comment) -> Reply | None:
    db.session.rollback()
    return db.session.scalar(db.select(Reply).where(Reply.comment_id == comment.id))


def form_of(client: PageClient) -> etree._Element | None:
    return client.page.find(".//form[@id='reply-form']")


def errors(client: PageClient) -> str:
    return text_of(client.page.find(".//div[@class='govuk-error-summary']"))


@pytest.fixture
def file(make: Maker) -> DraftFile:
    return make.open()


@pytest.fixture
def drafter(client: PageClient, make: Maker, sign_in: SignIn) -> User:
    return sign_in(client, "drafter", body=make.body())


def test_an_answer_is_posted_recorded_and_leads_to_the_next(
    client: PageClient, make: Maker, file: DraftFile, drafter: User
) -> None:
    first, second = make.comment(file, text="One."), make.comment(file, text="Two.")
    answer = client.post(
        f"/desk/comments/{first.id}/reply",
        data=typed(unit="Department of roads", changed_provision="pnt_3"),
    )
    assert answer.status_code == 302
    assert answer.location == f"/desk/drafts/{file.draft.id}/comments?comment={second.id}"
    reply = reply_of(first)
    assert reply is not None
    assert (reply.decision, reply.unit, reply.changed_provision) == (
        DecisionKind.partly_accepted, "Department of roads", "pnt_3",
    )  # fmt: skip
    assert reply.author_id == drafter.id and reply.body_id == file.draft.body_id
    assert db.session.get(Tally, file.draft.id).answered == 1
    assert [entry.subject for entry in list_entries(kind=Kind.REPLY_POSTED.value)] == [f"reply:{reply.id}"]
    client.get(answer.location)
    assert "The answer is published." in client.main_words and "1 / 2" in client.main_words
    assert form_of(client).find(".//input[@name='unit']").get("value") == "Department of roads"
    last = client.post(f"/desk/comments/{second.id}/reply", data=typed())
    client.get(last.location)
    assert "All comments on this draft are answered." in client.main_words


def test_the_list_is_kept_and_gone_through_in_its_order(
    client: PageClient, make: Maker, file: DraftFile, drafter: User
) -> None:
    ids = [make.comment(file, text=f"Remark number {n} of its own.", stance="against").id for n in range(4)]
    make.comment(file, text="The newest of all.", stance="for")
    for order, expected in (("newest", ids[1]), ("oldest", ids[3]), ("supported", ids[3])):
        answer = client.post(
            f"/desk/comments/{ids[2]}/reply?order={order}&stance=against", data=typed(text=f"Because {order}.")
        )
        assert f"comment={expected}" in answer.location and "stance=against" in answer.location, order
    last = client.post(f"/desk/comments/{ids[3]}/reply?stance=against", data=typed())
    assert f"comment={ids[0]}" in last.location


def test_the_unit_is_remembered_and_the_language_is_the_comments(
    client: PageClient, make: Maker, file: DraftFile, drafter: User
) -> None:
    comment = make.comment(file, text="Пікір.", language="kk")
    client.get(f"/desk/drafts/{file.draft.id}/comments")
    assert form_of(client).find(".//input[@name='language'][@checked]").get("value") == "kk"
    assert form_of(client).find(".//input[@name='seen']").get("value") == ""
    assert form_of(client).find(".//option[@value='pnt_3']") is not None
    assert comment.language == "kk"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"decision": ""}, "Choose the outcome."),
        ({"decision": "perhaps"}, "Choose the outcome."),
        ({"text": " \u200b "}, "Give the reason for the decision."),
        ({"text": "x" * 10_001}, "Your text must be 10,000 characters or fewer. It now has 10,001."),
        ({"changed_provision": "pnt_99"}, "The draft has no such provision."),
        ({"decision": "noted", "changed_provision": "pnt_3"}, "Only an accepted comment changes a provision."),
        ({"unit": "u" * 201}, "The name of the unit must be 200 characters or fewer."),
        ({"language": "fr"}, "Not a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    client: PageClient, make: Maker, file: DraftFile, drafter: User, wrong: dict[str, str], sentence: str
) -> None:
    comment, other = make.comment(file, text="One."), make.comment(file, text="Two.")
    sent = typed(unit="Roads", also=[str(other.id)]) | wrong
    answer = client.post(f"/desk/comments/{comment.id}/reply?order=newest", data=sent)
    assert answer.status_code in {413, 422}
    assert sentence in errors(client)
    assert reply_of(comment) is None and reply_of(other) is None
    form = form_of(client)
    assert (form.find(".//textarea").text or "").strip() == str(sent["text"]).replace("\u200b", "").strip()
    assert form.find(".//input[@name='unit']").get("value") == sent["unit"]
    tick = client.page.find(f".//input[@name='also'][@value='{other.id}']")
    assert tick.get("checked") is not None and tick.get("form") == "reply-form"
    assert "order=newest" in form.get("action")


@pytest.mark.parametrize("text", HOSTILE)
def test_odd_and_malicious_words_are_kept_as_words(
    client: PageClient, make: Maker, file: DraftFile, drafter: User, text: str
) -> None:
    comment = make.comment(file, text=text)
    assert client.post(f"/desk/comments/{comment.id}/reply", data=typed(text=text, unit=text[:200])).status_code == 302
    assert reply_of(comment) is not None
    assert client.get(f"/desk/drafts/{file.draft.id}/comments?comment={comment.id}").status_code == 200
    assert client.page.find(".//main//script") is None


def test_the_answer_can_be_changed_until_the_report(client: PageClient, make: Maker, file: DraftFile, drafter: User) -> None:
    comment = make.comment(file)
    client.post(f"/desk/comments/{comment.id}/reply", data=typed())
    client.get(f"/desk/drafts/{file.draft.id}/comments?status=answered&comment={comment.id}")
    form = form_of(client)
    assert form.find(".//textarea").text.strip() == "The difference is made smaller."
    assert "Change the answer" in client.main_words and "Official answer" in client.main_words
    seen = form.find(".//input[@name='seen']").get("value")
    changed = client.post(
        f"/desk/comments/{comment.id}/reply?status=answered", data=typed(decision="accepted", seen=seen)
    )
    assert f"comment={comment.id}" in changed.location
    assert reply_of(comment).decision is DecisionKind.accepted
    assert db.session.get(Tally, file.draft.id).answered == 1
    assert len(list_entries(kind=Kind.REPLY_EDITED.value)) == 1
    window = db.session.get(Consultation, file.consultation.id)
    window.reported_at = now()
    db.session.commit()
    assert client.post(f"/desk/comments/{comment.id}/reply", data=typed()).status_code == 403
    client.get(f"/desk/drafts/{file.draft.id}/comments?status=all&comment={comment.id}")
    assert form_of(client) is None
    assert "The report is published; its decisions can no longer be changed." in client.main_words


def test_a_form_sent_twice_answers_once(client: PageClient, make: Maker, file: DraftFile, drafter: User) -> None:
    comment = make.comment(file)
    for _attempt in range(2):
        assert client.post(f"/desk/comments/{comment.id}/reply", data=typed(seen="")).status_code == 302
    assert len(list_entries(kind=Kind.REPLY_POSTED.value)) == 1
    assert list_entries(kind=Kind.REPLY_EDITED.value) == []


def test_a_colleagues_answer_is_not_overwritten_unseen(
    client: PageClient, make: Maker, file: DraftFile, drafter: User
) -> None:
    comment = make.comment(file)
    colleague = actor_of(make.user("drafter", body=make.body()))
    post_reply(colleague, file=get_file(file.draft.id), comment=comment, typed=ReplyDraft("noted", "My colleague's.", "en"))
    make.commit()
    assert client.post(f"/desk/comments/{comment.id}/reply", data=typed(seen="")).status_code == 409
    assert "A colleague has answered meanwhile." in errors(client)
    assert "My colleague's." in client.main_words
    assert reply_of(comment).text == "My colleague's."
    seen = form_of(client).find(".//input[@name='seen']").get("value")
    assert client.post(f"/desk/comments/{comment.id}/reply", data=typed(seen=seen)).status_code == 302
    assert reply_of(comment).text == "The difference is made smaller."


def test_ticked_comments_get_the_same_answer_each_with_its_entry(
    client: PageClient, make: Maker, file: DraftFile, drafter: User
) -> None:
    comments = [make.comment(file, text=f"Remark {n} about something else.") for n in range(4)]
    sent = typed(also=[str(comments[1].id), str(comments[3].id), str(comments[1].id), "x", "0", "999"])
    assert client.post(f"/desk/comments/{comments[0].id}/reply", data=sent).status_code == 302
    assert [reply_of(comment) is not None for comment in comments] == [True, True, False, True]
    assert len(list_entries(kind=Kind.REPLY_POSTED.value)) == 3
    assert db.session.get(Tally, file.draft.id).answered == 3


def test_answers_given_meanwhile_and_comments_gone_are_left_out(
    client: PageClient, make: Maker, file: DraftFile, drafter: User
) -> None:
    first, answered, gone = (make.comment(file, text=f"Remark {n} of its own kind.") for n in range(3))
    elsewhere = make.comment(make.open(), text="On another draft.")
    colleague = actor_of(make.user("drafter", body=make.body()))
    post_reply(colleague, file=get_file(file.draft.id), comment=answered, typed=ReplyDraft("noted", "Answered.", "en"))
    gone.hidden_at = now()
    make.commit()
    also = [str(comment.id) for comment in (answered, gone, elsewhere)]
    client.post(f"/desk/comments/{first.id}/reply", data=typed(also=also))
    assert reply_of(answered).text == "Answered."
    assert reply_of(gone) is None and reply_of(elsewhere) is None and reply_of(first) is not None


def test_a_group_is_answered_at_once_without_those_unticked(
    client: PageClient, make: Maker, file: DraftFile, drafter: User
) -> None:
    same = [make.comment(file, text=LETTER) for _ in range(3)]
    near = [make.comment(file, text=f"{LETTER}, {ending}") for ending in ("thank you", "and students too")]
    desk = f"/desk/drafts/{file.draft.id}/comments"
    client.get(desk)
    assert "One answer to 5 comments" in client.main_words
    assert "The same words: 3 comments" in client.main_words and "Differ a little: 2 comments" in client.main_words
    form = form_of(client)
    hidden = [each.get("value") for each in form.iterfind(".//input[@name='also'][@type='hidden']")]
    assert hidden == [str(comment.id) for comment in same[1:]]
    ticks = client.page.findall(".//input[@name='also'][@type='checkbox']")
    assert {each.get("value") for each in ticks} == {str(comment.id) for comment in near}
    assert all(each.get("checked") is not None and each.get("form") == "reply-form" for each in ticks)
    refused = client.post(form.get("action"), data=typed(text="", also=[*hidden, str(near[0].id)]))
    assert refused.status_code == 422
    ticks = {each.get("value"): each.get("checked") is not None for each in client.page.findall(".//input[@type='checkbox'][@name='also']")}
    assert ticks == {str(near[0].id): True, str(near[1].id): False}
    client.post(form.get("action"), data=typed(also=[*hidden, str(near[0].id)]))
    assert [reply_of(comment) is not None for comment in [*same, *near]] == [True, True, True, True, False]
    client.get(desk)
    assert "The answer is published under 4 comments." in client.main_words


def test_the_same_answer_under_many_can_be_changed_at_once(
    client: PageClient, make: Maker, file: DraftFile, drafter: User
) -> None:
    comments = [make.comment(file, text=f"Remark {n} about something else.") for n in range(3)]
    client.post(f"/desk/comments/{comments[0].id}/reply", data=typed(also=[str(comments[1].id)]))
    client.post(f"/desk/comments/{comments[2].id}/reply", data=typed(text="Of its own."))
    client.get(f"/desk/drafts/{file.draft.id}/comments?status=answered&comment={comments[0].id}")
    assert "Change the same answer under 1 other comment too" in client.main_words
    client.post(f"/desk/comments/{comments[0].id}/reply", data=typed(text="Corrected reason.", alike="y"))
    assert [reply_of(comment).text for comment in comments] == ["Corrected reason.", "Corrected reason.", "Of its own."]


def test_a_reason_used_often_is_pointed_out_and_not_forbidden(
    client: PageClient, make: Maker, file: DraftFile, drafter: User
) -> None:
    comments = [make.comment(file, text=f"Remark {n} about something else.") for n in range(5)]
    for number, comment in enumerate(comments):
        answer = client.post(f"/desk/comments/{comment.id}/reply", data=typed())
        client.get(answer.location)
        assert ("Identical answers are counted in public." in client.main_words) is (number >= 3), number
    client.get(f"/desk/drafts/{file.draft.id}/comments?status=answered&comment={comments[0].id}")
    assert "The same reason stands under 4 other comments." in client.main_words


def test_only_the_drafting_body_answers(client: PageClient, make: Maker, file: DraftFile, sign_in: SignIn) -> None:
    comment = make.comment(file)
    for role, body, status in (("drafter", make.body("health"), 403), ("auditor", None, 403), ("citizen", None, 403), ("moderator", None, 403)):
        sign_in(client, role, body=body)
        assert client.post(f"/desk/comments/{comment.id}/reply", data=typed()).status_code == status, role
    assert reply_of(comment) is None
    sign_in(client, "administrator")
    assert client.post(f"/desk/comments/{comment.id}/reply", data=typed()).status_code == 302
    assert client.post("/desk/comments/999/reply", data=typed()).status_code == 404


def test_an_expired_session_gives_the_words_back(client: PageClient, make: Maker, file: DraftFile) -> None:
    comment = make.comment(file)
    answer = client.post(f"/desk/comments/{comment.id}/reply?order=newest", data=typed(also=["7"]))
    assert answer.status_code == 401
    kept = client.page.find(".//input[@name='kept']").get("value")
    assert "The difference is made smaller." in kept and "order=newest" in kept and '["also", "7"]' in kept


def test_the_address_of_the_form_opens_the_desk(client: PageClient, make: Maker, file: DraftFile, drafter: User) -> None:
    comment = make.comment(file)
    assert client.get(f"/desk/comments/{comment.id}/reply").location.endswith(
        f"/desk/drafts/{file.draft.id}/comments?comment={comment.id}#work"
    )


def test_answers_come_while_the_discussion_goes_and_after_it(make: Maker, file: DraftFile) -> None:
    drafter = actor_of(make.user("drafter", body=make.body()))
    comments = [make.comment(file, text=f"Remark {n}.") for n in range(2)]
    post_reply(drafter, file=get_file(file.draft.id), comment=comments[0], typed=ReplyDraft("noted", "Now.", "en"))
    with clock.frozen(file.consultation.closes_at + timedelta(days=30)):
        post_reply(drafter, file=get_file(file.draft.id), comment=comments[1], typed=ReplyDraft("noted", "Late.", "en"))
    assert all(reply_of_flushed(comment) for comment in comments)


def reply_of_flushed(comment: Comment) -> Reply | None:
    return db.session.scalar(db.select(Reply).where(Reply.comment_id == comment.id))


def test_several_are_answered_all_or_none(make: Maker, file: DraftFile) -> None:
    drafter = actor_of(make.user("drafter", body=make.body()))
    comments = [make.comment(file, text=f"Remark {n}.") for n in range(2)]
    elsewhere = make.comment(make.open())
    answer = ReplyDraft("accepted", "The reason.", "en")
    with pytest.raises(Invalid, match="Choose at least one"):
        reply_to_comments(drafter, file=file, comments=[], typed=answer)
    with pytest.raises(Invalid, match="At most 500"):
        reply_to_comments(drafter, file=file, comments=[comments[0]] * (MOST_TOGETHER + 1), typed=answer)
    with pytest.raises(NotFound):
        reply_to_comments(drafter, file=file, comments=[*comments, elsewhere], typed=answer)
    db.session.rollback()
    with pytest.raises(Refused):
        reply_to_comments(make.actor("auditor"), file=file, comments=comments, typed=answer)
    assert len(reply_to_comments(drafter, file=file, comments=comments, typed=answer)) == 2


def test_more_than_five_hundred_ids_are_refused(client: PageClient, make: Maker, file: DraftFile, drafter: User) -> None:
    comment = make.comment(file)
    sent = typed(also=[str(number) for number in range(1000, 1000 + MOST_TOGETHER)])
    assert client.post(f"/desk/comments/{comment.id}/reply", data=sent).status_code == 422
    assert "At most 500 comments can be answered at once. You chose 501." in errors(client)
