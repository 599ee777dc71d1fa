"""Is a report complete, frozen, provable and refused while something is missing?"""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from docx import Document

from portal.accounts.actor import OPERATOR
from portal.consultation.actions.moderation import hide_comment
from portal.consultation.actions.replies import ReplyDraft, post_reply
from portal.consultation.models import Comment, DecisionKind
from portal.consultation.queries.drafts import DraftFile, get_file
from portal.kernel import clock
from portal.kernel.db import db
from portal.kernel.errors import Conflict, Refused
from portal.ledger.queries import find_entry_for, root_at
from portal.reports.actions import generate_report, publish_report
from portal.reports.document import canonical_digest
from portal.reports.models import Report
from portal.reports.statistics import record_of
from tests.make import Maker

HOSTILE = "'\"><script>alert(1)</script> \u202e {{ 7*7 }}"


def discussed(make: Maker, *texts: str) -> tuple[DraftFile, list[Comment]]:
    """A draft with comments on the whole and on point 3, whose discussion ended yesterday."""
    begun = clock.now() - timedelta(days=10)
    with clock.frozen(begun):
        file = make.open(closes_on=clock.today() + timedelta(days=9))
        comments = [
            make.comment(file, text=text, stance="against", provision_key="pnt_3" if number else "")
            for number, text in enumerate(texts)
        ]
    return get_file(file.draft.id), comments


def answer(file: DraftFile, comment: Comment, decision: str = "accepted", text: str = "It is right.") -> None:
    typed = ReplyDraft(decision=decision, text=text, language="ru", unit="Legal department")
    post_reply(OPERATOR, file=file, comment=comment, typed=typed)


def test_a_report_is_refused_while_the_discussion_is_open(make: Maker) -> None:
    with pytest.raises(Refused, match="after the discussion has ended"):
        generate_report(OPERATOR, file=make.open())


def test_a_report_is_refused_while_a_comment_has_no_decision(make: Maker) -> None:
    file, comments = discussed(make, "one", "two", "three")
    answer(file, comments[0])
    with pytest.raises(Refused, match="2 comments are unanswered"):
        generate_report(OPERATOR, file=file)


def test_a_hidden_comment_needs_no_decision_but_is_reported_as_hidden(make: Maker) -> None:
    file, comments = discussed(make, "one", "an insult")
    answer(file, comments[0])
    hide_comment(make.actor("moderator"), comment=comments[1], rule=1, reason="It insults.", language="en")
    document = generate_report(OPERATOR, file=get_file(file.draft.id)).document
    assert document["numbers"]["comments"] == 1
    assert document["numbers"]["hidden"] == 1
    assert [(line["id"], line["rule"]) for line in document["hidden"]] == [(comments[1].id, 1)]
    assert "an insult" not in str(document)


def test_the_document_says_what_was_decided_by_provision(make: Maker) -> None:
    file, comments = discussed(make, "on the whole", "on point three")
    answer(file, comments[0], "noted")
    answer(file, comments[1], "partly_accepted", "In part.")
    report = generate_report(OPERATOR, file=get_file(file.draft.id))
    units = report.document["provisions"]
    assert [(unit["key"], unit["labels"]["ru"]) for unit in units] == [("", ""), ("pnt_3", "Пункт 3")]
    assert units[1]["labels"]["kk"] == "3-тармақ"
    told = units[1]["comments"][0]
    assert (told["text"], told["reply"]["decision"], told["reply"]["text"]) == ("on point three", "partly_accepted", "In part.")
    assert report.document["numbers"]["decisions"] == {"noted": 1, "partly_accepted": 1}
    assert report.digest == canonical_digest(report.document)


def test_the_report_names_the_ledger_it_was_made_from_and_the_ledger_names_the_report(make: Maker) -> None:
    file, comments = discussed(make, "one")
    answer(file, comments[0])
    report = generate_report(OPERATOR, file=get_file(file.draft.id))
    assert report.ledger_root == root_at(report.ledger_size).hex()
    entry = find_entry_for(f"report:{report.id}", "report-generated")
    assert entry is not None and entry.facts["document"] == report.digest


def test_after_publication_decisions_stand(make: Maker) -> None:
    file, comments = discussed(make, "one")
    answer(file, comments[0])
    report = generate_report(OPERATOR, file=get_file(file.draft.id))
    publish_report(OPERATOR, file=get_file(file.draft.id), report=report)
    with pytest.raises(Refused, match="can no longer be changed"):
        answer(get_file(file.draft.id), comments[0], "not_accepted")
    with pytest.raises(Refused, match="published already"):
        publish_report(OPERATOR, file=get_file(file.draft.id), report=report)


def test_a_report_without_comments_can_be_made(make: Maker) -> None:
    report = generate_report(OPERATOR, file=make.closed())
    assert report.document["provisions"] == []


def test_only_the_body_itself_reports(make: Maker) -> None:
    other = make.actor("drafter", body=make.body("health"))
    with pytest.raises(Refused, match="Only the body"):
        generate_report(other, file=make.closed())
    assert db.session.scalar(db.select(Report.id)) is None


def test_the_record_counts_what_was_due_and_in_time(make: Maker) -> None:
    file, comments = discussed(make, "one", "two")
    answer(file, comments[0])
    record = record_of(file.draft.body_id)
    assert (record.comments, record.answered, record.due, record.in_time) == (2, 1, 1, 1)
    with clock.frozen(file.consultation.answers_due_at + timedelta(hours=1)):
        assert record_of(file.draft.body_id).due == 2
        answer(file, comments[1], "not_accepted")
        late = record_of(file.draft.body_id)
    assert (late.due, late.in_time, late.decisions[DecisionKind.not_accepted]) == (2, 1, 1)


def published(make: Maker, text: str) -> DraftFile:
    file, comments = discussed(make, text, text)
    for comment in comments:
        answer(file, comment, text=text)
    report = generate_report(OPERATOR, file=get_file(file.draft.id))
    publish_report(OPERATOR, file=get_file(file.draft.id), report=report)
    make.commit()
    return file


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_page_and_the_word_file_say_the_same(make: Maker, client, language: str) -> None:
    file = published(make, HOSTILE)
    page = client.get(f"/drafts/{file.draft.id}/report?lang={language}")
    assert page.status_code == 200
    html = page.get_data(as_text=True)
    assert "<script>alert" not in html and "&lt;script&gt;alert" in html and "{{ 7*7 }}" in html
    word = client.get(f"/drafts/{file.draft.id}/report.docx?lang={language}")
    document = Document(BytesIO(word.data))
    assert document.paragraphs[0].text in html
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any("<script>alert(1)</script>" in cell for cell in cells)


def test_the_json_is_the_digested_document(make: Maker, client) -> None:
    file = published(make, "one")
    document = client.get(f"/drafts/{file.draft.id}/report.json").get_json()
    report = db.session.scalar(db.select(Report))
    assert canonical_digest(document) == report.digest


def test_an_unpublished_report_is_not_there_for_readers(make: Maker, client) -> None:
    file, comments = discussed(make, "one")
    answer(file, comments[0])
    generate_report(OPERATOR, file=get_file(file.draft.id))
    make.commit()
    for path in ("report", "report.docx", "report.json"):
        assert client.get(f"/drafts/{file.draft.id}/{path}").status_code == 404


def test_the_desk_says_what_is_missing_then_makes_and_publishes(make: Maker, client, sign_in) -> None:
    file, comments = discussed(make, "one")
    sign_in(client, "drafter", body=make.body())
    path = f"/desk/drafts/{file.draft.id}/report"
    assert "1 comment is unanswered" in client.get(path).get_data(as_text=True)
    refused = client.post(path)
    assert refused.status_code == 403 and "1 comment is unanswered" in refused.get_data(as_text=True)
    answer(get_file(file.draft.id), comments[0])
    make.commit()
    assert client.post(path).status_code == 302
    assert client.post(f"{path}/publish", data={"edition": "7"}).status_code == 404
    assert client.post(f"{path}/publish", data={"edition": "1"}).status_code == 302
    assert client.get(f"/drafts/{file.draft.id}/report").status_code == 200


def test_another_bodys_drafter_sees_nothing_of_it(make: Maker, client, sign_in) -> None:
    file, _ = discussed(make, "one")
    sign_in(client, "drafter", body=make.body("health"))
    for path in (f"/desk/drafts/{file.draft.id}/report", f"/desk/drafts/{file.draft.id}/report.docx"):
        assert client.get(path).status_code == 404
    assert client.post(f"/desk/drafts/{file.draft.id}/report").status_code == 404


def test_pages_of_bodies(make: Maker, client) -> None:
    file = published(make, "one")
    assert client.get("/bodies").status_code == 200
    page = client.get("/bodies/transport").get_data(as_text=True)
    assert "2 comments answered" in page or "comments answered, out of 2" in page
    assert file.draft.title("en") in page
    assert client.get("/bodies/nowhere").status_code == 404


def test_an_edition_made_before_an_answer_changed_is_not_published(make: Maker) -> None:
    file, comments = discussed(make, "one")
    answer(file, comments[0])
    report = generate_report(OPERATOR, file=get_file(file.draft.id))
    answer(file, comments[0], "not_accepted", "On second thoughts.")
    with pytest.raises(Conflict, match="Make it anew"):
        publish_report(OPERATOR, file=get_file(file.draft.id), report=report)
    again = generate_report(OPERATOR, file=get_file(file.draft.id))
    publish_report(OPERATOR, file=get_file(file.draft.id), report=again)
    assert (report.published_at, again.published_at is not None) == (None, True)


def test_what_is_hidden_after_publication_leaves_every_form_of_the_report(make: Maker, client) -> None:
    file = published(make, "Call the chief engineer at home")
    hidden = db.session.scalars(db.select(Comment).where(Comment.draft_id == file.draft.id)).first()
    assert hidden is not None
    hide_comment(make.actor("moderator"), comment=hidden, rule=1, reason="A private number.", language="en")
    make.commit()
    document = client.get(f"/drafts/{file.draft.id}/report.json").json
    lines = {line["id"]: line for unit in document["provisions"] for line in unit["comments"]}
    assert lines[hidden.id]["hidden"] and not lines[hidden.id]["text"] and not lines[hidden.id]["author"]
    assert sum(line["text"] == "Call the chief engineer at home" for line in lines.values()) == 1
    page = client.get(f"/drafts/{file.draft.id}/report").text
    assert "Hidden by a moderator" in page
    word = Document(BytesIO(client.get(f"/drafts/{file.draft.id}/report.docx").data))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert any("Hidden by a moderator" in cell for cell in cells)
