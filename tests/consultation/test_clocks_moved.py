"""Do announced days move only as they may: by extensions, postponements, changed rules and days off, with a word to all?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from portal.accounts.actor import OPERATOR
from portal.accounts.models import User
from portal.consultation.actions.extensions import extend_consultation, postpone_consultation
from portal.consultation.actions.windows import Ground, announce_consultation
from portal.consultation.models import ClockMove, Consultation
from portal.consultation.phases import Phase
from portal.consultation.queries.clocks import PeriodChange, list_would_move
from portal.consultation.queries.drafts import DraftFile, get_file
from portal.drafts.actions.drafts import withdraw_draft
from portal.drafts.actions.reference import TypeCard, save_act_type, save_transferred_day
from portal.drafts.models import Body
from portal.drafts.queries.reference import find_type
from portal.kernel import clock
from portal.kernel.db import db
from portal.kernel.errors import Invalid, Refused
from portal.ledger.followers import rewind, run_followers
from portal.ledger.kinds import Kind
from portal.ledger.queries import list_entries
from portal.notifications.models import Message
from tests.client import PageClient
from tests.make import Maker
from tests.page import text_of

MONDAY = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
REASON = {"kk": "Пікірлер көп.", "ru": "Много комментариев."}
SignIn = Callable[..., User]


@pytest.fixture(autouse=True)
def on_monday() -> Iterator[None]:
    with clock.frozen(MONDAY):
        yield


def days(file: DraftFile) -> tuple[date, date, date | None]:
    window = db.session.scalars(db.select(Consultation).where(Consultation.draft_id == file.draft.id)).one()
    db.session.refresh(window)
    return window.closes_on, window.answers_due_on, window.report_due_on


def announced(make: Maker, opens_on: date, **more: object) -> DraftFile:
    draft = make.draft(type=str(more.pop("type", "order")))
    announce_consultation(OPERATOR, draft=draft, opens_on=opens_on, **more)  # type: ignore[arg-type]
    make.commit()
    return get_file(draft.id)


def entries(kind: Kind) -> list[dict[str, object]]:
    return [dict(entry.facts) for entry in list_entries(kind=kind.value)]


def save_type(code: str, *, discussion: int, answers: int = 10) -> None:
    known = find_type(code)
    assert known is not None
    names = {language: known.name(language) for language in ("kk", "ru", "en")}
    save_act_type(OPERATOR, card=TypeCard(code, names, discussion, answers, known.rule))


def test_an_extension_moves_the_last_day_and_the_duties_after_it(make: Maker) -> None:
    file = make.open()
    assert days(file) == (date(2026, 12, 7), date(2026, 12, 22), date(2026, 12, 29))
    extend_consultation(OPERATOR, file=file, closes_on=date(2026, 12, 12), reason=REASON)  # a Saturday
    make.commit()
    assert days(file) == (date(2026, 12, 14), date(2026, 12, 29), date(2027, 1, 8))
    assert entries(Kind.CONSULTATION_EXTENDED)[0]["to"] == "2026-12-14"
    moves = db.session.scalars(db.select(ClockMove).order_by(ClockMove.id)).all()
    assert [(move.what, move.cause) for move in moves] == [
        ("discussion", "extended"), ("answers", "extended"), ("report", "extended"),
    ]  # fmt: skip


def test_a_discussion_is_extended_to_its_last_instant_and_not_beyond(make: Maker) -> None:
    file = make.open()
    with clock.frozen(file.consultation.closes_at - timedelta(microseconds=1)):
        extend_consultation(OPERATOR, file=get_file(file.draft.id), closes_on=date(2026, 12, 8), reason=REASON)
    with clock.frozen(file.consultation.closes_at), pytest.raises(Refused, match="can no longer be extended"):
        extend_consultation(OPERATOR, file=get_file(file.draft.id), closes_on=date(2026, 12, 20), reason=REASON)


@pytest.mark.parametrize("day", [date(2026, 12, 7), date(2026, 12, 1), date(2028, 1, 1)])
def test_no_extension_backwards_or_for_ever(make: Maker, day: date) -> None:
    file = make.open()
    with pytest.raises(Invalid):
        extend_consultation(OPERATOR, file=file, closes_on=day, reason=REASON)


@pytest.mark.parametrize("reason", [{}, {"kk": "Себебі"}, {"kk": "", "ru": "Причина"}, {"kk": "а" * 2001, "ru": "б"}])
def test_an_extension_has_a_reason_in_both_languages(make: Maker, reason: dict[str, str]) -> None:
    file = make.open()
    with pytest.raises(Invalid):
        extend_consultation(OPERATOR, file=file, closes_on=date(2026, 12, 14), reason=reason)


def test_only_the_body_that_drafts_extends(make: Maker) -> None:
    file, other = make.open(), Body(code="other", kind="akimat", name_kk="Ә", name_ru="А", name_en="A")
    db.session.add(other)
    db.session.flush()
    for actor in (make.actor("citizen"), make.actor("drafter", body=other), make.actor("auditor")):
        with pytest.raises(Refused):
            extend_consultation(actor, file=file, closes_on=date(2026, 12, 14), reason=REASON)


def test_those_who_took_part_get_a_letter(make: Maker) -> None:
    file, reader = make.open(), make.actor("citizen")
    make.comment(file, reader)
    extend_consultation(OPERATOR, file=get_file(file.draft.id), closes_on=date(2026, 12, 14), reason=REASON)
    make.commit()
    letters = db.session.scalars(db.select(Message).where(Message.kind == "discussion_extended")).all()
    assert [letter.user_id for letter in letters] == [reader.id]
    assert "goes on longer" in letters[0].subject


def test_an_announced_discussion_is_postponed(make: Maker) -> None:
    file = announced(make, date(2026, 11, 30))
    assert file.phase is Phase.announced
    postpone_consultation(OPERATOR, file=file, opens_on=date(2026, 12, 7), reason=REASON)
    make.commit()
    assert days(file)[0] == date(2026, 12, 22)
    assert entries(Kind.CONSULTATION_POSTPONED)[0]["opens_on"] == "2026-12-07"
    with clock.frozen(clock.start_of(date(2026, 12, 7)) - timedelta(microseconds=1)):
        assert get_file(file.draft.id).phase is Phase.announced
    with clock.frozen(clock.start_of(date(2026, 12, 7))):
        opened = get_file(file.draft.id)
        assert opened.phase is Phase.open
        with pytest.raises(Refused):
            postpone_consultation(OPERATOR, file=opened, opens_on=date(2026, 12, 21), reason=REASON)


@pytest.mark.parametrize("day", [date(2026, 11, 24), date(2026, 11, 30), date(2027, 12, 1)])
def test_a_first_day_moves_later_and_not_out_of_sight(make: Maker, day: date) -> None:
    file = announced(make, date(2026, 11, 30))
    with pytest.raises(Invalid):
        postpone_consultation(OPERATOR, file=file, opens_on=day, reason=REASON)


def test_an_announced_discussion_is_not_extended_but_can_be_called_off(make: Maker, client: PageClient) -> None:
    file = announced(make, date(2026, 11, 30))
    with pytest.raises(Refused, match="it can be postponed"):
        extend_consultation(OPERATOR, file=file, closes_on=date(2026, 12, 31), reason=REASON)
    withdraw_draft(OPERATOR, draft=file.draft, reason=REASON)
    make.commit()
    text = client.get(f"/drafts/{file.draft.id}").text
    assert "Withdrawn" in text and "30 November" not in text_of(client.page.find(".//ol"))
    with pytest.raises(Refused):
        postpone_consultation(OPERATOR, file=get_file(file.draft.id), opens_on=date(2026, 12, 7), reason=REASON)


def test_a_day_off_entered_later_moves_what_runs_and_says_so(make: Maker, client: PageClient) -> None:
    file, reader = make.open(), make.actor("citizen")
    make.comment(file, reader)
    with clock.frozen(MONDAY - timedelta(days=60)):
        long_ago = make.open()
    save_transferred_day(OPERATOR, on=date(2026, 12, 1), is_working=False, reason="Decree")
    before = days(long_ago)
    make.commit()
    assert days(file) == (date(2026, 12, 8), date(2026, 12, 23), date(2026, 12, 30))
    assert days(long_ago) == before
    assert [entry["draft"] for entry in entries(Kind.CLOCKS_MOVED)] == [file.draft.id]
    text = text_of(client.get(f"/drafts/{file.draft.id}") and client.page)
    assert "moved from 7 December 2026 to 8 December 2026" in text
    assert "The calendar of working days changed: 1 December 2026" in text
    assert db.session.scalar(db.select(Message.user_id).where(Message.kind == "discussion_extended")) == reader.id


def test_a_day_off_taken_back_takes_nothing_from_the_public(make: Maker) -> None:
    file = make.open()
    save_transferred_day(OPERATOR, on=date(2026, 12, 1), is_working=False, reason="Decree")
    make.commit()
    save_transferred_day(OPERATOR, on=date(2026, 12, 1), is_working=True, reason="No, worked")
    make.commit()
    assert days(file)[0] == date(2026, 12, 8)


def test_reading_the_ledger_again_moves_nothing_more(make: Maker) -> None:
    file = make.open()
    save_transferred_day(OPERATOR, on=date(2026, 12, 1), is_working=False, reason="Decree")
    make.commit()
    after, count = days(file), len(entries(Kind.CLOCKS_MOVED))
    rewind("clocks")
    make.commit()
    run_followers(make.app)
    assert (days(file), len(entries(Kind.CLOCKS_MOVED))) == (after, count)


def test_another_period_moves_the_drafts_of_its_type_alone(make: Maker) -> None:
    order, law = make.open(), make.open(type="law")
    before = days(law)
    save_type("order", discussion=15)
    make.commit()
    assert days(order)[0] == date(2026, 12, 14)
    assert days(law) == before
    save_type("order", discussion=3, answers=5)
    make.commit()
    assert days(order) == (date(2026, 12, 14), date(2026, 12, 22), date(2026, 12, 29))


def test_what_ran_out_is_not_moved(make: Maker) -> None:
    file = make.open()
    before = days(file)
    with clock.frozen(clock.end_of(date(2026, 12, 29))):
        save_type("order", discussion=30, answers=30)
        make.commit()
        assert days(file) == before


def test_the_preview_says_what_saving_would_move(make: Maker) -> None:
    file = make.open()
    make.open(type="law")
    preview = list_would_move(change=PeriodChange("order", discussion_days=15))
    assert (preview.running, preview.total) == (2, 1)
    assert preview.drafts[0].draft_id == file.draft.id
    assert [move.to_on for move in preview.drafts[0].moves][0] == date(2026, 12, 14)
    assert list_would_move(transfers={date(2026, 12, 1): False}, limit=1).total == 2
    assert list_would_move().total == 0
    with pytest.raises(Invalid):
        list_would_move(transfers={MONDAY.date() + timedelta(days=ahead): False for ahead in range(120)})


def test_a_ground_shortens_the_period_by_its_own_rule(make: Maker, client: PageClient) -> None:
    file = announced(make, MONDAY.date(), type="law", ground=Ground("emergency", REASON))
    window = file.consultation
    assert (window.closes_on, window.rule, window.least_days) == (date(2026, 11, 26), "art. 19", 3)
    text = text_of(client.get(f"/drafts/{file.draft.id}") and client.page)
    assert "Shorter period: Emergency bill" in text and "Много комментариев." not in text and "Пікірлер көп." in text
    save_type("emergency-bill", discussion=5)
    make.commit()
    assert days(file)[0] == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("type", "ground"),
    [("order", Ground("emergency", REASON)), ("law", Ground("trade", REASON)), ("law", Ground("hurry", REASON)),
     ("law", Ground("emergency", {"kk": "Себебі"}))],
)  # fmt: skip
def test_a_ground_that_does_not_hold_is_refused(make: Maker, type: str, ground: Ground) -> None:
    draft = make.draft(type=type)
    with pytest.raises(Invalid):
        announce_consultation(OPERATOR, draft=draft, opens_on=MONDAY.date(), ground=ground)


def test_a_last_day_on_a_day_off_gives_way(make: Maker) -> None:
    assert days(announced(make, MONDAY.date(), closes_on=date(2026, 12, 12)))[0] == date(2026, 12, 14)


def test_the_drafter_extends_by_a_form(client: PageClient, sign_in: SignIn, make: Maker) -> None:
    file = make.open()
    sign_in(client, "drafter", body=make.body())
    url = f"/desk/drafts/{file.draft.id}/extend"
    assert client.get(url).status_code == 200
    sent = {"closes_on": "2026-12-01", "reason_kk": REASON["kk"], "reason_ru": REASON["ru"]}
    refused = client.post(url, data=sent)
    assert refused.status_code == 422 and "must be later than 7 December 2026" in client.words
    assert client.post(url, data={**sent, "closes_on": "2026-12-14", "reason_ru": ""}).status_code == 422
    assert client.post(url, data={**sent, "closes_on": "31 December"}).status_code == 422
    assert client.post(url, data={**sent, "closes_on": "2026-12-14"}).status_code == 302
    text = text_of(client.get(f"/desk/drafts/{file.draft.id}/terms") and client.page)
    assert "moved from 7 December 2026 to 14 December 2026" in text and REASON["kk"] in text
    assert "Answers to the comments – 29 December 2026" in text


def test_the_drafter_postpones_by_a_form(client: PageClient, sign_in: SignIn, make: Maker) -> None:
    file = announced(make, date(2026, 11, 30))
    sign_in(client, "drafter", body=make.body())
    url = f"/desk/drafts/{file.draft.id}/postpone"
    assert client.get(url).status_code == 200
    sent = {"opens_on": "2026-12-07", "reason_kk": REASON["kk"], "reason_ru": REASON["ru"]}
    assert client.post(url, data={**sent, "opens_on": ""}).status_code == 422
    assert client.post(url, data=sent).status_code == 302
    assert client.get(f"/desk/drafts/{file.draft.id}/extend").status_code == 403
    assert "First day of the discussion: moved from" in text_of(client.get(f"/drafts/{file.draft.id}") and client.page)
