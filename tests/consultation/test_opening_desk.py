"""Does a discussion open only with both texts, within the rules of law, once, and end as the law says?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from portal.accounts.models import User
from portal.consultation.models import Consultation
from portal.consultation.phases import Phase
from portal.consultation.queries.drafts import DraftFile, get_file
from portal.consultation.queries.own_drafts import count_phases
from portal.drafts.actions.drafts import withdraw_draft
from portal.drafts.models import Body, Draft
from portal.kernel import clock
from portal.kernel.clock import now, today
from portal.kernel.db import db
from portal.ledger.models import Entry
from tests.client import PageClient
from tests.make import TEXT_KK, TEXT_RU, Maker
from tests.statements import counted

SignIn = Callable[..., User]
MONDAY = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


@pytest.fixture
def body(make: Maker) -> Body:
    return make.body()


@pytest.fixture
def drafter(client: PageClient, sign_in: SignIn, body: Body) -> User:
    return sign_in(client, "drafter", body=body)


def value(client: PageClient, name: str) -> str:
    field = client.page.find(f".//input[@name='{name}']")
    assert field is not None
    return str(field.get("value"))


def opening(draft_id: int, **more: str) -> dict[str, str]:
    return {"opens_on": str(today()), "closes_on": "", "immutable": "y", **more}


def entries() -> list[str]:
    return list(db.session.scalars(db.select(Entry.kind).order_by(Entry.id)))


def test_the_window_proposed_follows_the_law(client: PageClient, make: Maker, drafter: User) -> None:
    with clock.frozen(MONDAY):
        draft = make.draft(type="law")
        assert client.get(f"/desk/drafts/{draft.id}/open").status_code == 200
        assert (value(client, "opens_on"), value(client, "closes_on")) == ("2026-11-23", "2026-12-14")
        assert "15 working days" in client.words and "Law “On legal acts”, article 19" in client.words
        assert "28 November 2026: weekend" in client.words and "6 days off are not counted" in client.words
        assert "29 December 2026" in client.words  # answers: ten working days later, past 16 December


@pytest.mark.parametrize(
    ("type", "last"), [("order", "2026-12-07"), ("emergency-bill", "2026-11-26"), ("trade-restriction", "2026-11-30")]
)
def test_each_type_has_its_period(client: PageClient, make: Maker, drafter: User, type: str, last: str) -> None:
    with clock.frozen(MONDAY):
        client.get(f"/desk/drafts/{make.draft(type=type).id}/open")
        assert value(client, "closes_on") == last


def test_a_discussion_opens_today(client: PageClient, make: Maker, drafter: User) -> None:
    with clock.frozen(MONDAY):
        draft = make.draft()
        before = len(entries())
        response = client.post(f"/desk/drafts/{draft.id}/open", data=opening(draft.id))
        assert response.status_code == 302
        file = get_file(draft.id)
        assert file.phase is Phase.open
        assert (file.consultation.opens_on, file.consultation.closes_on) == (date(2026, 11, 23), date(2026, 12, 7))
        kinds = [kind for kind in entries()[before:] if kind != "consultation-opened"]
        assert kinds == ["version-published", "consultation-announced"]
        client.get(response.location)
        assert "The discussion is open. Last day: 7 December 2026." in client.words
        assert client.get(f"/drafts/{draft.id}").status_code == 200
        assert client.get(f"/desk/drafts/{draft.id}/open").status_code == 403


def test_an_announced_discussion_opens_by_itself(client: PageClient, make: Maker, drafter: User) -> None:
    with clock.frozen(MONDAY):
        draft = make.draft()
        fields = opening(draft.id, opens_on="2026-11-30", closes_on="2026-12-31")
        assert client.post(f"/desk/drafts/{draft.id}/open", data=fields).status_code == 302
        assert get_file(draft.id).phase is Phase.announced
        client.get("/desk/drafts")
        assert "The discussion begins: 30 November 2026" in client.words
    with clock.frozen(MONDAY + timedelta(days=7)):
        assert get_file(draft.id).phase is Phase.open
    with clock.frozen(MONDAY + timedelta(days=60)):
        assert get_file(draft.id).phase is Phase.answering


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"opens_on": "2026-11-22"}, 422, "The discussion cannot begin in the past."),
        ({"opens_on": "2027-11-22"}, 422, "Choose a first day within the next six months."),
        ({"opens_on": "9999-12-31"}, 422, "Choose a first day within the next six months."),
        ({"opens_on": "0001-01-01"}, 422, "The discussion cannot begin in the past."),
        ({"opens_on": ""}, 422, "Enter the first day."),
        ({"opens_on": "soon"}, 422, "There is a problem"),
        ({"closes_on": "2026-12-04"}, 422, "The law asks for a last day no earlier than 7 December 2026."),
        ({"closes_on": "2026-11-01"}, 422, "no earlier than 7 December 2026."),
        ({"closes_on": "9999-12-31"}, 422, "A discussion lasts a year at most."),
        ({"closes_on": "2026-02-30"}, 422, "There is a problem"),
        ({"immutable": ""}, 422, "Confirm that the text is final."),
    ],
)
def test_a_window_against_the_rules_is_refused(
    client: PageClient, make: Maker, drafter: User, fields: dict[str, str], status: int, sentence: str
) -> None:
    with clock.frozen(MONDAY):
        draft = make.draft()
        given = {**opening(draft.id), **fields}
        given = {name: each for name, each in given.items() if not (name == "immutable" and not each)}
        assert client.post(f"/desk/drafts/{draft.id}/open", data=given).status_code == status
        assert sentence in client.words
        if given["opens_on"] == "2027-11-22":
            assert value(client, "opens_on") == "2027-11-22"  # what was typed stays
        db.session.expire_all()
        stored = db.session.get(Draft, draft.id)
        assert stored is not None and not stored.is_public
        assert db.session.scalar(db.select(db.func.count()).select_from(Consultation)) == 0


def test_another_first_day_proposes_another_last_day(client: PageClient, make: Maker, drafter: User) -> None:
    with clock.frozen(MONDAY):
        draft = make.draft()
        fields = {"opens_on": "2026-12-14", "closes_on": "2026-12-07", "act": "propose", "immutable": "y"}
        assert client.post(f"/desk/drafts/{draft.id}/open", data=fields).status_code == 200
        assert (value(client, "opens_on"), value(client, "closes_on")) == ("2026-12-14", "2026-12-29")
        assert client.page.find(".//input[@name='immutable']").get("checked") is not None
        assert db.session.scalar(db.select(db.func.count()).select_from(Consultation)) == 0
        for odd in ("", "x", "9999-12-31", "0001-01-01"):
            answer = client.post(f"/desk/drafts/{draft.id}/open", data={**fields, "opens_on": odd})
            assert answer.status_code == 200


@pytest.mark.parametrize(("texts", "missing"), [({"ru": TEXT_RU}, "Text in Kazakh"), ({"kk": TEXT_KK}, "Text in Russian")])
def test_both_texts_are_the_gate(
    client: PageClient, make: Maker, drafter: User, texts: dict[str, str], missing: str
) -> None:
    draft = make.draft(texts=texts)
    assert client.get(f"/desk/drafts/{draft.id}/open").status_code == 200
    assert "The discussion cannot be opened yet" in client.words and missing in client.words
    assert client.page.find(".//main//form") is None
    assert client.post(f"/desk/drafts/{draft.id}/open", data=opening(draft.id)).status_code == 403
    assert "text first: both texts are authentic." in client.words
    assert count_phases(draft.body_id) == {Phase.preparing: 1}


def test_differences_are_settled_first(client: PageClient, make: Maker, drafter: User) -> None:
    shorter = TEXT_RU.replace("2) перевозчик – лицо, которое везёт.\n", "")
    draft = make.draft(texts={"kk": TEXT_KK, "ru": shorter})
    path = f"/desk/drafts/{draft.id}"
    client.get(f"{path}/open")
    assert "Where the two languages differ" in client.words and "in the Kazakh text only" in client.words
    assert client.page.find(".//main//form") is None
    assert client.page.find(f".//a[@href='{path}/differences']") is not None
    assert client.post(f"{path}/open", data=opening(draft.id)).status_code == 403
    assert "differ in structure in 1 place" in client.words
    client.get(f"{path}/differences")
    box = client.page.find(".//input[@name='differences']")
    sent = {"differences": box.get("value"), "reason": "В русском тексте понятие не нужно."}
    assert client.post(f"{path}/differences", data=sent).status_code == 302
    client.get(f"{path}/open")
    assert "1 difference between the Kazakh and the Russian text is acknowledged" in client.words
    assert client.post(f"{path}/open", data=opening(draft.id)).status_code == 302
    client.get(f"/drafts/{draft.id}")
    assert "The texts differ in structure in 1 place" in client.words
    assert "В русском тексте понятие не нужно." in client.words


def test_what_another_portal_published_differs_as_it_did_there(client: PageClient, make: Maker) -> None:
    shorter = TEXT_RU.replace("2) перевозчик – лицо, которое везёт.\n", "")
    file = make.open(texts={"kk": TEXT_KK, "ru": shorter})
    client.get(f"/drafts/{file.draft.id}")
    assert "Acknowledged when the texts were imported." in client.words
    assert entries().count("differences-acknowledged") == 1


def test_an_impatient_click_opens_once(client: PageClient, make: Maker, drafter: User) -> None:
    draft = make.draft()
    assert client.post(f"/desk/drafts/{draft.id}/open", data=opening(draft.id)).status_code == 302
    assert client.post(f"/desk/drafts/{draft.id}/open", data=opening(draft.id)).status_code == 403
    assert entries().count("consultation-announced") == 1


@pytest.mark.parametrize("role", ["auditor", "citizen", "moderator"])
def test_others_open_nothing(client: PageClient, make: Maker, sign_in: SignIn, role: str) -> None:
    draft = make.draft()
    sign_in(client, role)
    assert client.get(f"/desk/drafts/{draft.id}/open").status_code == 403
    assert client.post(f"/desk/drafts/{draft.id}/open", data=opening(draft.id)).status_code == 403


def reported(make: Maker) -> DraftFile:
    file = make.closed()
    file.consultation.reported_at = now()
    make.commit()
    return get_file(file.draft.id)


def test_an_act_is_adopted_after_the_report(client: PageClient, make: Maker, drafter: User) -> None:
    fields = {"adopted_on": str(today()), "reference": "Приказ № 318"}
    for file in (make.open(), make.closed()):
        assert client.get(f"/desk/drafts/{file.draft.id}/adopt").status_code == 200
        assert client.page.find(".//main//form") is None
        assert client.post(f"/desk/drafts/{file.draft.id}/adopt", data=fields).status_code == 403
        assert "once the report on its discussion is published" in client.words
    file = reported(make)
    path = f"/desk/drafts/{file.draft.id}/adopt"
    assert client.get(path).status_code == 200
    for wrong in ({"adopted_on": ""}, {"adopted_on": "x"}, {"adopted_on": "9999-12-31"}, {"adopted_on": "1900-01-01"}):
        assert client.post(path, data={**fields, **wrong}).status_code == 422
    assert client.post(path, data={**fields, "reference": ""}).status_code == 422
    assert client.post(path, data={**fields, "reference": "x" * 401}).status_code == 413
    assert client.post(path, data=fields).status_code == 302
    client.get(f"/desk/drafts/{file.draft.id}")
    assert "The act is adopted" in client.words and "Приказ № 318" in client.words
    assert client.post(path, data=fields).status_code == 403
    assert entries().count("draft-adopted") == 1


def test_a_draft_is_withdrawn_with_its_reason(client: PageClient, make: Maker, drafter: User) -> None:
    draft = make.open().draft
    path = f"/desk/drafts/{draft.id}/withdraw"
    assert client.get(path).status_code == 200
    assert client.post(path, data={"reason_kk": " ", "reason_ru": ""}).status_code == 422
    assert client.page.find(".//*[@id='reason_kk-error']") is not None
    assert client.post(path, data={"reason_kk": "ә" * 4001, "reason_ru": "Причина"}).status_code == 413
    assert "Причина" in client.words
    assert client.post(path, data={"reason_kk": "Жоба ескірді.", "reason_ru": ""}).status_code == 422
    assert client.page.find(".//*[@id='reason_ru-error']") is not None
    assert client.post(path, data={"reason_kk": "Жоба ескірді.", "reason_ru": "Проект устарел."}).status_code == 302
    client.get(f"/desk/drafts/{draft.id}")
    assert "The draft is withdrawn" in client.words and "Жоба ескірді." in client.words
    client.get(f"/drafts/{draft.id}?lang=ru")
    assert "Проект устарел." in client.words and "Жоба ескірді." not in client.words
    assert client.get(path).status_code == 403
    assert client.get(f"/desk/drafts/{make.draft().id}/withdraw").status_code == 403


def lay_out_a_desk(make: Maker) -> dict[Phase, Draft]:
    drafts = {
        Phase.preparing: make.draft(),
        Phase.announced: make.open(opens_on=today() + timedelta(days=5)).draft,
        Phase.open: make.open().draft,
        Phase.answering: make.closed().draft,
        Phase.report_published: reported(make).draft,
        Phase.withdrawn: make.open().draft,
    }
    withdraw_draft(make.actor("drafter", body=make.body()), draft=drafts[Phase.withdrawn], reason={"kk": "x", "ru": "x"})
    make.commit()
    return drafts


def test_the_desk_lists_drafts_by_phase_with_what_is_due(client: PageClient, make: Maker, drafter: User, body: Body) -> None:
    drafts = lay_out_a_desk(make)
    make.open(body=make.body("health"))
    assert count_phases(body.id) == dict.fromkeys(drafts, 1)
    with counted() as statements:
        assert client.get("/desk/drafts").status_code == 200
    assert len(statements) <= 10
    links = [link.get("href") for link in client.page.iterfind(".//main//h3/a")]
    order = (Phase.answering, Phase.open, Phase.announced, Phase.preparing, Phase.report_published, Phase.withdrawn)
    assert links == [f"/desk/drafts/{drafts[phase].id}" for phase in order]
    assert "Missing: passport of the draft, explanatory note" in client.words
    assert "Mark it adopted when the act is signed" in client.words
    client.get("/desk/drafts?phase=open")
    assert len(client.page.findall(".//main//h3/a")) == 1
    for odd in ("phase=x", "phase=adopted", "page=99", "page=x", "body=health"):
        assert client.get(f"/desk/drafts?{odd}").status_code == 200
        assert all("/desk/drafts/" in link.get("href") for link in client.page.findall(".//main//h3/a"))


def test_the_door_of_the_desk_leads_to_the_drafts(client: PageClient, drafter: User) -> None:
    response = client.get("/desk")
    assert response.status_code == 302 and response.location.endswith("/desk/drafts")


@pytest.mark.parametrize("role", ["administrator", "auditor"])
def test_those_who_read_all_choose_a_body(client: PageClient, make: Maker, sign_in: SignIn, role: str) -> None:
    make.draft()
    make.open(body=make.body("health"))
    sign_in(client, role)
    client.get("/desk/drafts")
    assert len(client.page.findall(".//main//h3/a")) == 2
    client.get("/desk/drafts?body=health")
    assert len(client.page.findall(".//main//h3/a")) == 1
    assert client.get("/desk/drafts?body=' OR 1=1 --").status_code == 200
    assert ("New draft" in client.words) is (role == "administrator")


def test_a_long_list_has_pages(client: PageClient, make: Maker, drafter: User) -> None:
    for number in range(23):
        make.draft(ru=f"Проект {number}")
    client.get("/desk/drafts?page=2")
    assert len(client.page.findall(".//main//h3/a")) == 3
