"""Who is behind with answers and reports, is it said to everybody, and does the desk know what comes next?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from portal.accounts.actor import OPERATOR
from portal.accounts.models import User
from portal.consultation.actions.imports import import_comments, known_comments
from portal.consultation.actions.moderation import hide_comment, restore_comment
from portal.consultation.actions.opinions import request_opinion
from portal.consultation.actions.replies import ReplyDraft, post_reply
from portal.consultation.clocks import What
from portal.consultation.follow import note_windows
from portal.consultation.imported import ImportedComment
from portal.consultation.models import Comment, Consultation
from portal.consultation.queries.drafts import DraftFile, get_file
from portal.consultation.queries.duties import DutyRecord, count_overdue, list_next_due, list_overdue, record_of_body
from portal.consultation.queries.inbox import list_desk_drafts
from portal.consultation.queries.opinions import find_channel
from portal.kernel import clock
from portal.kernel.db import db
from portal.reports.actions import generate_report, publish_report
from portal.reports.statistics import record_of
from tests.client import PageClient
from tests.make import Maker
from tests.page import text_of
from tests.statements import counted

MONDAY = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
AFTER = datetime(2026, 12, 8, 5, 0, tzinfo=UTC)  # the discussion has ended
LATE = datetime(2026, 12, 24, 5, 0, tzinfo=UTC)  # answers were due on the 22nd
LATER = datetime(2027, 1, 11, 5, 0, tzinfo=UTC)  # the report was due on the 29th
SignIn = Callable[..., User]


@pytest.fixture(autouse=True)
def on_monday() -> Iterator[None]:
    with clock.frozen(MONDAY):
        yield


def discussed(make: Maker, **more: object) -> tuple[DraftFile, Comment]:
    file = make.open(**more)  # type: ignore[arg-type]
    return file, make.comment(file)


def answer(make: Maker, file: DraftFile, comment: Comment) -> None:
    post_reply(OPERATOR, file=get_file(file.draft.id), comment=comment, typed=ReplyDraft("noted", "Noted.", "en"))
    make.commit()


def report(make: Maker, file: DraftFile) -> None:
    found = get_file(file.draft.id)
    publish_report(OPERATOR, file=found, report=generate_report(OPERATOR, file=found))
    make.commit()


def answered_at(file: DraftFile) -> datetime | None:
    return db.session.scalar(db.select(Consultation.answered_at).where(Consultation.draft_id == file.draft.id))


def test_since_when_all_is_answered(make: Maker) -> None:
    file, comment = discussed(make)
    answer(make, file, comment)
    assert answered_at(file) is None  # others may still come
    with clock.frozen(AFTER):
        note_windows()
        make.commit()
        assert answered_at(file) == file.consultation.closes_at
    with clock.frozen(LATE):
        hide_comment(make.actor("moderator"), comment=comment, rule=1, reason="Insults.", language="en")
        make.commit()
        assert answered_at(file) == file.consultation.closes_at


def test_a_comment_shown_again_waits_again(make: Maker) -> None:
    file, comment = discussed(make)
    moderator = make.actor("moderator")
    hide_comment(moderator, comment=comment, rule=1, reason="Insults.", language="en")
    make.commit()
    with clock.frozen(AFTER):
        note_windows()
        make.commit()
        assert answered_at(file) is not None
        restore_comment(moderator, comment=comment, rule=1, reason="It does not.", language="en")
        make.commit()
        assert answered_at(file) is None
    with clock.frozen(LATE):
        assert count_overdue(what=What.answers) == 1


def test_the_record_of_a_body(make: Maker) -> None:
    body = make.body()
    timely, late, never = (discussed(make) for _ in range(3))
    make.open()  # nobody said anything: no answers are owed, a report is
    with clock.frozen(AFTER):
        note_windows()
        answer(make, *timely)
        report(make, timely[0])
        assert record_of_body(body.id)[What.answers] == DutyRecord(on_time=1)
    with clock.frozen(LATE):
        answer(make, *late)
        found = record_of_body(body.id)
        assert found[What.answers] == DutyRecord(on_time=1, late=1, overdue=1)
        assert found[What.report] == DutyRecord(on_time=1)
    with clock.frozen(LATER):
        report(make, late[0])
        assert record_of_body(body.id)[What.report] == DutyRecord(on_time=1, late=1, overdue=2)
        assert count_overdue(body.id) == 3
        assert [row.what for row in list_overdue(body.id)][0] is What.answers
        assert list_overdue(body.id)[0].draft_id == never[0].draft.id
        assert count_overdue(body.id, What.report) == 2


def test_withdrawn_drafts_owe_nothing(make: Maker) -> None:
    file, _ = discussed(make)
    file.draft.withdrawn_at = AFTER
    make.commit()
    with clock.frozen(LATER):
        assert count_overdue() == 0
        assert record_of_body(file.draft.body_id)[What.report].due == 0


def test_the_page_of_duties(make: Maker, client: PageClient) -> None:
    for _ in range(23):
        file, _ = discussed(make)
    with clock.frozen(LATER):
        with counted() as statements:
            page = client.get("/duties")
        text = client.words
        assert page.status_code == 200
        assert len(statements) <= 10, statements
        assert "46 duties overdue now" in text and "(0 out of 23)" in text
        assert "working days overdue · due by 22 December 2026" in text and "· due by 29 December 2026" not in text
        assert "1 of 1 comments unanswered" in text
        assert client.get("/duties?page=3").status_code == 200
        assert client.get("/duties?duty=report").text.count('class="draft-row"') == 20
        assert "23 duties overdue now" in client.words
        for odd in ("/duties?duty=nonsense&body=nobody", "/duties?page=999", f"/duties?body={make.body().code}"):
            assert client.get(odd).status_code == 200
        body = client.get(f"/bodies/{make.body().code}")
        assert "46 duties overdue now" in client.words and body.status_code == 200
        for language in ("kk", "ru"):
            assert client.get(f"/duties?lang={language}").status_code == 200


def test_a_portal_without_duties(make: Maker, client: PageClient) -> None:
    client.get("/duties")
    assert "Nothing is overdue." in client.words


def test_what_is_due_next(make: Maker, client: PageClient, sign_in: SignIn) -> None:
    body, channel = make.body(), find_channel("councils")
    assert channel is not None
    file, comment = discussed(make)
    make.open(opens_on=date(2026, 11, 30))
    request_opinion(OPERATOR, draft=file.draft, channel=channel, addressee="Council", sent_on=clock.today() - timedelta(days=5))
    make.commit()
    assert [row.what for row in list_next_due(body.id)] == [What.opening, What.opinion, What.discussion]
    sign_in(client, "drafter", body=body)
    text = text_of(client.get("/desk/drafts") and client.page)
    assert "What is due next" in text and "Opinion on the draft: Council" in text
    with clock.frozen(LATE):
        answer(make, file, comment)
        rows = list_next_due(body.id)  # the council's silence is settled, the other draft waits for its report as well
        assert {row.what for row in rows} == {What.report}


def test_nothing_was_due_here_of_what_came_from_an_archive(client: PageClient, make: Maker) -> None:
    body = make.body()
    old = make.open(opens_on=date(2019, 3, 1), closes_on=date(2019, 3, 15))
    import_comments(
        OPERATOR, file=old, comments=[ImportedComment("1", "Пікір.", "Тұрғын", "kk")], known=known_comments(old.draft.id)
    )
    make.commit()
    late = make.open(opens_on=date(2026, 11, 2), closes_on=date(2026, 11, 20))  # its answers are due on this portal
    assert count_overdue() == 0 and list_overdue() == []
    assert set(record_of_body(body.id).values()) == {DutyRecord()}
    assert record_of(body.id).due == 0 and record_of(body.id).comments == 1
    assert [row.draft_id for row in list_next_due(body.id)] == [late.draft.id]
    assert list_desk_drafts(body.id) == []
    client.get(f"/drafts/{old.draft.id}")
    assert "Imported from an archive" in client.words and "Answers are being prepared" not in client.words
    assert "The draft was imported from an archive on 23 November 2026." in client.words
    assert "Was not due on this portal: imported from an archive" in client.words and "overdue" not in client.words
    client.get("/drafts?phase=answering&order=newest")
    assert "Imported from an archive" in client.words and "Answers are being prepared" in client.words
    with clock.frozen(LATER):
        assert {row.draft_id for row in list_overdue()} == {late.draft.id}
