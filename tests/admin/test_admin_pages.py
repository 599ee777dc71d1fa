"""Do administrators see and change what the portal runs by, and auditors only see it, in three languages?"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from portal.accounts.actor import OPERATOR
from portal.accounts.models import User
from portal.consultation.actions.opinions import OpinionAnswer, record_opinion, request_opinion
from portal.consultation.queries.opinions import find_channel
from portal.drafts.actions.bodies import merge_body
from portal.drafts.models import Draft, TransferredDay
from portal.drafts.queries.bodies import find_body, list_bodies
from portal.drafts.queries.reference import find_type
from portal.kernel import clock
from portal.kernel.db import db
from portal.ledger.models import Entry
from tests.client import PageClient
from tests.make import Maker

SignIn = Callable[..., User]
PAGES = ("/admin", "/admin/bodies", "/admin/types", "/admin/types/1", "/admin/areas", "/admin/areas/1", "/admin/channels", "/admin/channels/1",
         "/admin/days?year=2026")  # fmt: skip
FORMS = ("/admin/bodies/new", "/admin/bodies/table", "/admin/types/new", "/admin/areas/new")
TABLE = "id\tparent_id\tname_ru\tname_kk\n1\tnull\tОбласть\tОблыс\n2\t1\tРайон  один\tnull\n2\t1\tЕщё\tТағы\n"
TYPE = {"name_kk": "Бұйрық", "name_ru": "Приказ", "name_en": "Order", "answer_days": "10", "report_days": "5"}


def last_kind() -> str:
    return str(db.session.scalar(db.select(Entry.kind).order_by(Entry.id.desc()).limit(1)))


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_pages_open(client: PageClient, make: Maker, sign_in: SignIn, language: str) -> None:
    body = make.body()
    sign_in(client, "administrator")
    client.set_cookie("language", language)
    acts = (f"/admin/bodies/{body.id}", *(f"/admin/bodies/{body.id}/{act}" for act in ("rename", "correct", "move", "end", "restore")))
    for path in (*PAGES, *FORMS, *acts):
        assert client.get(path).status_code == 200, path


def test_auditors_look_and_others_do_not(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    sign_in(client, "auditor")
    assert [client.get(path).status_code for path in PAGES] == [200] * len(PAGES)
    assert [client.get(path).status_code for path in FORMS] == [403] * len(FORMS)
    sign_in(client, "drafter")
    assert {client.get(path).status_code for path in (*PAGES, *FORMS)} == {403}


def test_a_table_is_looked_at_and_then_taken(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    sign_in(client, "administrator")
    sent = {"file": (io.BytesIO(TABLE.encode()), "bodies.tsv")}
    assert client.post("/admin/bodies/table", data=sent, content_type="multipart/form-data").status_code == 200
    assert "This id stands on an earlier line" in client.words and not list_bodies()
    fields = {name: client.page.find(f".//input[@name='{name}']").get("value") for name in ("table", "plan")}
    assert client.post("/admin/bodies/table/confirm", data={**fields, "plan": "0" * 64}).status_code == 409
    assert client.post("/admin/bodies/table/confirm", data={**fields, "table": "../x"}).status_code == 404
    assert not list_bodies()
    assert client.post("/admin/bodies/table/confirm", data=fields).status_code == 302
    child = find_body("body-2")
    assert child is not None and child.parent_id and last_kind() == "body-imported"
    noise = {"file": (io.BytesIO(b"\x00\xff" * 999), "bodies.tsv")}
    assert client.post("/admin/bodies/table", data=noise, content_type="multipart/form-data").status_code == 422


def test_a_body_is_renamed_and_its_page_tells(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    file = make.open()
    sign_in(client, "administrator")
    body = file.draft.body_id
    fields = {"name_kk": "Жаңа", "name_ru": "Новое", "name_en": "New body", "on": str(clock.today()), "reason": "Decree 5"}
    assert client.post(f"/admin/bodies/{body}/rename", data={**fields, "name_ru": ""}).status_code == 422
    assert client.post(f"/admin/bodies/{body}/rename", data={**fields, "name_kk": "Ж" * 401}).status_code == 413
    assert client.post(f"/admin/bodies/{body}/rename", data=fields).status_code == 302
    client.get("/bodies/transport")
    assert "Former name: Ministry of Transport" in client.words and "Decree 5" in client.words
    file.consultation.announced_at = datetime(2025, 1, 1, tzinfo=UTC)
    make.commit()
    client.get(f"/drafts/{file.draft.id}")
    assert "Ministry of Transport (now: New body)" in client.words


def test_an_act_type_says_what_it_requires_and_the_gate_asks(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    act_type, draft = find_type("order"), make.draft()
    assert act_type is not None
    administrator = sign_in(client, "administrator")
    data = {**TYPE, "discussion_days": "10", "required_parts": ["text-kk", "text-ru", "note", "calculation"]}
    assert client.post(f"/admin/types/{act_type.id}", data={**data, "discussion_days": "0"}).status_code == 422
    assert client.post(f"/admin/types/{act_type.id}", data=data).status_code == 302
    sign_in(client, "drafter", body=make.body())
    opening = {"opens_on": str(clock.today()), "closes_on": "", "immutable": "y"}
    assert client.post(f"/desk/drafts/{draft.id}/open", data=opening).status_code == 403
    assert "explanatory note, calculations" in client.words
    assert client.post(f"/desk/drafts/{draft.id}/override", data={"reason_kk": "а", "reason_ru": "б"}).status_code == 403
    sign_in(client, user=administrator)
    client.get(f"/desk/drafts/{draft.id}/open")
    assert "Allow the discussion without them" in client.words
    assert client.post(f"/desk/drafts/{draft.id}/override", data={"reason_kk": "", "reason_ru": "б"}).status_code == 422
    reason = {"reason_kk": "Шұғыл", "reason_ru": "Срочно"}
    assert client.post(f"/desk/drafts/{draft.id}/override", data=reason).status_code == 302
    assert last_kind() == "gate-overridden"
    assert client.post(f"/desk/drafts/{draft.id}/open", data=opening).status_code == 302
    client.get(f"/drafts/{draft.id}")
    assert "Opened without a required part" in client.words and "Шұғыл" in client.words


def test_a_day_that_moves_a_discussion_is_seen_first(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    with clock.frozen(datetime(2026, 11, 23, 5, 0, tzinfo=UTC)):
        make.open()
        sign_in(client, "administrator")
        data = {"on": "2026-11-27", "is_working": "off", "reason": "Resolution No 9"}
        assert client.post("/admin/days", data=data).status_code == 200
        assert "1 running discussion will get other days" in client.words
        assert db.session.get(TransferredDay, clock.today().replace(day=27)) is None
        assert client.post("/admin/days", data={**data, "sure": "y"}).status_code == 302
        assert client.get("/admin/days/2026-11-27/remove").status_code == 200
        assert client.post("/admin/days/2026-11-27/remove").status_code == 302
        assert client.post("/admin/days", data={**data, "on": "1999-01-01"}).status_code == 422
        assert client.get("/admin/days/2026-11-27/remove").status_code == 404


def test_a_draft_that_never_was_public_is_deleted_whole(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    draft, public = make.draft(), make.open()
    number = draft.id
    sign_in(client, "drafter", body=make.body())
    assert client.get(f"/desk/drafts/{number}/delete").status_code == 200
    assert client.post(f"/desk/drafts/{public.draft.id}/delete").status_code == 403
    assert client.post(f"/desk/drafts/{number}/delete").status_code == 302
    assert db.session.scalar(db.select(Draft.id).where(Draft.id == number)) is None
    assert db.session.scalar(db.select(Draft.id).where(Draft.id == public.draft.id)) and last_kind() == "draft-deleted"
    assert not list(db.session.execute(db.text("PRAGMA foreign_key_check")))


def test_a_channels_period_moves_opinions_waited_for(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    with clock.frozen(datetime(2026, 11, 23, 5, 0, tzinfo=UTC)):
        draft, channel = make.draft(), find_channel("councils")
        assert channel is not None
        waited_for, late, answered = (
            request_opinion(OPERATOR, draft=draft, channel=channel, addressee=name, sent_on=date(2026, month, day))
            for name, month, day in (("Council", 11, 20), ("Late council", 10, 5), ("Quick council", 11, 20))
        )
        record_opinion(OPERATOR, draft=draft, opinion=answered, answer=OpinionAnswer(date(2026, 11, 23), "agrees", "Agreed."))
        make.commit()
        sign_in(client, "administrator")
        before = {opinion: opinion.due_on for opinion in (waited_for, late, answered)}
        address = f"/admin/channels/{channel.id}"
        data = {"name_kk": "Кеңестер", "name_ru": "Советы", "name_en": "Councils", "days": "15", "rule": "art. 19"}
        for wrong in ({"days": "0"}, {"days": "-1"}, {"days": "9" * 30}, {"days": "x"}, {"days": ""}, {"name_kk": ""}):
            assert client.post(address, data={**data, **wrong}).status_code == 422, wrong
        assert client.post(address, data={**data, "rule": "a" * 201, "sure": "y"}).status_code == 413
        assert client.post(address, data=data).status_code == 200
        assert "Opinions on 1 draft will be due on another day" in client.words and "Out of 1" in client.words
        assert client.post(address, data={**data, "sure": "y"}).status_code == 302
        make.commit()
        assert last_kind() == "clocks-moved"
        for opinion in before:
            db.session.refresh(opinion)
        assert (waited_for.due_on, waited_for.days, waited_for.silence_agrees) == (date(2026, 12, 11), 15, True)
        assert (late.due_on, answered.due_on) == (before[late], before[answered]) and late.days == 10
        assert client.get("/admin/channels").status_code == 200
        assert "Councils" in client.words and "15 working days" in client.words and "the opinion is overdue" in client.words


def test_accounts_of_a_merged_body_go_over_with_one_button(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    old, new = make.body("old"), make.body("new")
    people = [make.user("drafter", body=old), make.user("drafter", body=old)]
    sign_in(client, "administrator")
    assert client.post(f"/admin/bodies/{old.id}/people").status_code == 302 and last_kind() != "people-moved"
    merge_body(OPERATOR, body=old, successor=new, on=clock.today(), reason="Decree 7")
    make.commit()
    client.get(f"/admin/bodies/{old.id}")
    assert "2 accounts still work for this body." in client.words and "Move the accounts to: Ministry of Transport" in client.words
    assert client.post(f"/admin/bodies/{old.id}/people").status_code == 302
    assert last_kind() == "people-moved" and {user.body_id for user in people} == {new.id}
    client.get(f"/admin/bodies/{old.id}")
    assert "2 accounts now work for the successor." in client.words and "still work" not in client.words
    client.post(f"/admin/bodies/{old.id}/people")
    client.get(f"/admin/bodies/{old.id}")
    assert "Nobody works for this body any more." in client.words
    sign_in(client, "auditor")
    assert client.post(f"/admin/bodies/{old.id}/people").status_code == 403
