"""Is an opinion asked for, answered or met with silence, and is each shown to everybody as what it is?"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from portal.accounts.actor import OPERATOR
from portal.accounts.models import User
from portal.consultation.actions.opinions import (
    OpinionAnswer,
    record_opinion,
    remove_opinion,
    request_opinion,
    save_opinion_channel,
)
from portal.consultation.actions.windows import announce_consultation
from portal.consultation.models import Conclusion, Opinion
from portal.consultation.queries.opinions import find_channel, list_channels
from portal.drafts.actions.reference import save_transferred_day
from portal.drafts.actions.versions import remove_attachment
from portal.drafts.models import Attachment, Draft
from portal.drafts.queries.gate import list_missing
from portal.drafts.queries.reference import find_type
from portal.kernel import clock
from portal.kernel.db import db
from portal.kernel.errors import Invalid, Refused
from portal.ledger.kinds import Kind
from portal.ledger.queries import list_entries
from tests.client import PageClient
from tests.make import Maker
from tests.page import text_of

MONDAY = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
SignIn = Callable[..., User]


@pytest.fixture(autouse=True)
def on_monday() -> Iterator[None]:
    with clock.frozen(MONDAY):
        yield


def ask(draft: Draft, channel: str = "councils", *, sent_on: date | None = None) -> Opinion:
    found = find_channel(channel)
    assert found is not None
    return request_opinion(OPERATOR, draft=draft, channel=found, addressee="Public council", sent_on=sent_on or clock.today())


def page_of(client: PageClient, draft: Draft) -> str:
    return text_of(client.get(f"/drafts/{draft.id}") and client.page)


def test_the_seven_channels_besides_the_public(make: Maker) -> None:
    channels = list_channels()
    assert [channel.code for channel in channels] == [
        "chamber", "councils", "anti-corruption", "scientific-legal", "scientific-economic", "legislation-institute", "ngo",
    ]  # fmt: skip
    assert {channel.days for channel in channels} == {10}


def test_silence_of_a_council_is_agreement_from_the_deadline(make: Maker, client: PageClient) -> None:
    file = make.open()
    council, expertise = ask(file.draft), ask(file.draft, "anti-corruption")
    make.commit()
    assert council.due_on == date(2026, 12, 7)
    assert "counts as agreement" not in page_of(client, file.draft)
    with clock.frozen(council.due_at - timedelta(microseconds=1)):
        assert "Last day today" in page_of(client, file.draft)
    with clock.frozen(council.due_at + timedelta(hours=1)):
        text = page_of(client, file.draft)
        assert "No answer by 7 December 2026: counts as agreement, arts. 19, 20" in text
        assert "1 working day overdue" in text
    assert expertise.received_on is None and council.conclusion is None  # nothing was stored for it


def test_an_answer_is_recorded_once_with_its_file(make: Maker, client: PageClient, sign_in: SignIn) -> None:
    file = make.open()
    opinion = ask(file.draft)
    make.commit()
    sign_in(client, "drafter", body=make.body())
    url = f"/desk/drafts/{file.draft.id}/opinions/{opinion.id}"
    assert client.get(url).status_code == 200
    with clock.frozen(MONDAY + timedelta(days=2)):
        sent = {"received_on": "2026-11-25", "conclusion": "objects", "text": "", "language": "ru"}
        assert client.post(url, data=sent).status_code == 422
        assert client.post(url, data={**sent, "text": "Нет.", "conclusion": "maybe"}).status_code == 422
        assert client.post(url, data={**sent, "text": "Нет.", "received_on": "2026-11-26"}).status_code == 422
        assert client.post(url, data={**sent, "text": "Нет.", "received_on": "2026-11-20"}).status_code == 422
        bad = {**sent, "file": (io.BytesIO(b"MZ\x90\x00" + b"\0" * 64), "virus.pdf")}
        assert client.post(url, data=bad).status_code == 422
        good = {**sent, "text": "Возражаем.\n\nСовет.", "file": (io.BytesIO("Заключение".encode()), "../заключение.txt")}
        assert client.post(url, data=good).status_code == 302
        again = client.post(url, data={**sent, "text": "Согласны.", "conclusion": "agrees"})
    assert again.status_code == 403 and "recorded already" in again.text
    text = page_of(client, file.draft)
    assert "Objects, received 25 November 2026" in text and "заключение.txt" in text and "Возражаем." in text
    attachment = db.session.scalars(db.select(Attachment)).one()
    with client.get(f"/drafts/{file.draft.id}/files/{attachment.id}") as download:
        assert download.get_data(as_text=True) == "Заключение"
    assert [entry.facts["conclusion"] for entry in list_entries(kind=Kind.OPINION_RECORDED.value)] == ["objects"]


def test_an_opinion_in_words_alone_is_a_part_of_the_package(make: Maker, client: PageClient, sign_in: SignIn) -> None:
    draft = make.draft()
    act_type = find_type("order")
    assert act_type is not None
    act_type.required_parts = ["opinion"]
    opinion = ask(draft)
    make.commit()
    assert list_missing(draft, {"kk": "", "ru": ""}) == ("opinion",)
    answer = OpinionAnswer(clock.today(), "agrees", text="We agree.", language="en")
    record_opinion(OPERATOR, draft=draft, opinion=opinion, answer=answer)
    make.commit()
    assert list_missing(draft, {"kk": "", "ru": ""}) == ()
    sign_in(client, "drafter", body=make.body())
    assert client.get(f"/desk/drafts/{draft.id}/package").status_code == 200
    assert "Public council" in client.words
    announce_consultation(OPERATOR, draft=draft, opens_on=clock.today())
    make.commit()
    text = page_of(client, draft)
    assert "We agree." in text and "File of the opinion" not in text
    assert client.page.xpath("//a[@href='#opinions']")


def test_an_answer_after_the_silence_is_shown_with_it(make: Maker, client: PageClient) -> None:
    file = make.open()
    opinion = ask(file.draft)
    with clock.frozen(MONDAY + timedelta(days=30)):
        answer = OpinionAnswer(date(2026, 12, 10), "objects", text="Too late.", language="en")
        record_opinion(OPERATOR, draft=file.draft, opinion=opinion, answer=answer)
        make.commit()
        text = page_of(client, file.draft)
    assert opinion.conclusion is Conclusion.objects
    assert "after the last day: until then silence counted as agreement" in text


def test_a_request_is_noted_on_the_desk_and_taken_back_before_publication(
    make: Maker, client: PageClient, sign_in: SignIn
) -> None:
    draft = make.draft()
    sign_in(client, "drafter", body=make.body())
    url = f"/desk/drafts/{draft.id}/opinions/new"
    assert client.get(url).status_code == 200
    sent = {"channel": "chamber", "addressee": "НПП «Атамекен»", "sent_on": "2026-11-20"}
    for wrong in ({"channel": ""}, {"channel": "gossip"}, {"addressee": " "},
                  {"sent_on": "2026-11-24"}, {"sent_on": "2024-01-01"}, {"sent_on": "soon"}):  # fmt: skip
        assert client.post(url, data={**sent, **wrong}).status_code == 422, wrong
    assert client.post(url, data={**sent, "addressee": "а" * 301}).status_code == 413
    assert client.post(url, data=sent).status_code == 302
    text = text_of(client.get(f"/desk/drafts/{draft.id}/terms") and client.page)
    assert "НПП «Атамекен»" in text and "Due: 4 December 2026" in text
    opinion = db.session.scalars(db.select(Opinion)).one()
    assert client.post(f"/desk/drafts/{draft.id}/opinions/{opinion.id}/remove").status_code == 302
    assert db.session.scalar(db.select(Opinion.id)) is None


def test_a_button_pressed_twice_asks_once(make: Maker) -> None:
    draft = make.draft()
    assert ask(draft).id == ask(draft).id
    assert ask(draft, sent_on=clock.today() - timedelta(days=1)).id != ask(draft).id


def test_what_is_public_stays(make: Maker) -> None:
    file = make.open()
    opinion = ask(file.draft)
    with pytest.raises(Refused):
        remove_opinion(OPERATOR, draft=file.draft, opinion=opinion)


def test_a_file_removed_before_publication_leaves_the_request(make: Maker) -> None:
    draft = make.draft()
    opinion = ask(draft)
    answer = OpinionAnswer(clock.today(), "agrees", name="a.txt", data=b"Yes")
    record_opinion(OPERATOR, draft=draft, opinion=opinion, answer=answer)
    make.commit()
    remove_attachment(OPERATOR, draft=draft, attachment=db.session.scalars(db.select(Attachment)).one())
    make.commit()
    db.session.refresh(opinion)
    assert opinion.attachment_id is None and opinion.conclusion is Conclusion.agrees


def test_only_the_body_asks_and_not_for_a_withdrawn_draft(make: Maker) -> None:
    file, channel = make.open(), find_channel("ngo")
    assert channel is not None
    for actor in (make.actor("citizen"), make.actor("auditor")):
        with pytest.raises(Refused):
            request_opinion(actor, draft=file.draft, channel=channel, addressee="An NGO", sent_on=clock.today())
    file.draft.withdrawn_at = clock.now()
    with pytest.raises(Refused):
        ask(file.draft)


def test_a_changed_channel_and_a_day_off_move_what_is_waited_for_and_not_what_silence_means(make: Maker) -> None:
    file = make.open()
    opinion, channel = ask(file.draft), find_channel("councils")
    assert channel is not None
    save_opinion_channel(OPERATOR, channel=channel, days=3, silence_agrees=False, rule="")
    save_transferred_day(OPERATOR, on=date(2026, 12, 1), is_working=False, reason="Decree")
    make.commit()
    db.session.refresh(opinion)
    assert (opinion.due_on, opinion.days, opinion.silence_agrees) == (date(2026, 11, 26), 3, True)
    with pytest.raises(Invalid):
        save_opinion_channel(OPERATOR, channel=channel, days=0, silence_agrees=True, rule="")
