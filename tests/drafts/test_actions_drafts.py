"""Are drafts described, filled, withdrawn and adopted by their own body only, and is each act recorded once?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from portal.accounts.actor import Actor
from portal.drafts.actions.drafts import DraftCard, adopt_draft, create_draft, edit_draft, withdraw_draft
from portal.drafts.actions.versions import add_attachment, file_store, publish_version, remove_attachment, upload_text
from portal.drafts.models import Attachment, AttachmentKind, Body, Draft, Version
from portal.drafts.package import parts_of
from portal.drafts.queries.reference import find_type
from portal.drafts.queries.texts import find_text, latest_version, list_attachments, list_text_languages
from portal.kernel import clock
from portal.kernel.clock import today
from portal.kernel.db import db
from portal.kernel.errors import Conflict, DomainError, Invalid, NotFound, Refused, TooLarge, Unreadable
from portal.ledger.models import Entry
from tests.make import TEXT_KK, TEXT_RU, Maker

TITLES = {"kk": "Жоба туралы", "ru": "О проекте"}
PDF = b"%PDF-1.7\n" + b"x" * 100


def card(**more: object) -> DraftCard:
    act_type = find_type("order")
    assert act_type is not None
    return DraftCard(**{"type_id": act_type.id, "titles": TITLES, **more})  # type: ignore[arg-type]


def recorded(act: Callable[[], object]) -> list[str]:
    """The kinds of the entries an act leaves."""
    last = db.session.scalar(db.select(db.func.max(Entry.id))) or 0
    act()
    return list(db.session.scalars(db.select(Entry.kind).where(Entry.id > last).order_by(Entry.id)))


@pytest.fixture
def body(make: Maker) -> Body:
    return make.body()


@pytest.fixture
def drafter(make: Maker, body: Body) -> Actor:
    return make.actor("drafter", body=body)


@pytest.fixture
def stranger(make: Maker) -> Actor:
    return make.actor("drafter", body=make.body("health"))


def test_a_draft_gets_the_next_number_of_the_year_and_an_empty_version(drafter: Actor, body: Body) -> None:
    first = create_draft(drafter, body=body, card=card())
    second = create_draft(drafter, body=body, card=card(titles={"kk": "Басқа жоба", "ru": "Другой проект"}))
    assert [first.number, second.number] == [f"{today().year}-00001", f"{today().year}-00002"]
    assert latest_version(first.id).number == 1
    assert list_text_languages(latest_version(first.id).id) == {}
    assert not first.is_public


def test_an_impatient_click_makes_one_draft(drafter: Actor, body: Body) -> None:
    first = create_draft(drafter, body=body, card=card())
    assert recorded(lambda: create_draft(drafter, body=body, card=card())) == []
    assert create_draft(drafter, body=body, card=card()) is first
    with clock.frozen(clock.now() + timedelta(minutes=2)):
        assert create_draft(drafter, body=body, card=card()) is not first


def test_each_act_leaves_one_entry(drafter: Actor, body: Body) -> None:
    drafts: list[Draft] = []
    assert recorded(lambda: drafts.append(create_draft(drafter, body=body, card=card()))) == ["draft-created"]
    (draft,) = drafts
    assert recorded(lambda: edit_draft(drafter, draft=draft, card=card())) == ["draft-edited"]
    data = TEXT_KK.encode()
    upload = lambda: upload_text(drafter, draft=draft, language="kk", data=data, name="kk.txt")  # noqa: E731
    assert recorded(upload) == ["text-uploaded"]
    attach = lambda: add_attachment(drafter, draft=draft, kind=AttachmentKind.opinion, data=PDF, name="a.pdf")  # noqa: E731
    assert recorded(attach) == ["attachment-added"]
    (attachment,) = list_attachments(draft.id)
    assert attachment.media_type == "application/pdf" and attachment.size == len(PDF)
    assert file_store().read(attachment.file or "") == PDF
    assert recorded(lambda: remove_attachment(drafter, draft=draft, attachment=attachment)) == ["attachment-removed"]
    assert list_attachments(draft.id) == []


def test_another_body_changes_nothing(stranger: Actor, drafter: Actor, body: Body) -> None:
    draft = create_draft(drafter, body=body, card=card())
    attempts: list[Callable[[], object]] = [
        lambda: create_draft(stranger, body=body, card=card()),
        lambda: edit_draft(stranger, draft=draft, card=card(titles={"kk": "x", "ru": "y"})),
        lambda: upload_text(stranger, draft=draft, language="kk", data=TEXT_KK.encode(), name="kk.txt"),
        lambda: add_attachment(stranger, draft=draft, kind=AttachmentKind.note, text="x"),
        lambda: withdraw_draft(stranger, draft=draft, reason={"kk": "x"}),
        lambda: adopt_draft(stranger, draft=draft, adopted_on=today(), reference="x"),
        lambda: publish_version(stranger, draft=draft),
    ]
    for act in attempts:
        with pytest.raises(Refused):
            act()
    assert draft.title_kk == TITLES["kk"]
    assert db.session.scalar(db.select(db.func.count()).select_from(Attachment)) == 0


@pytest.mark.parametrize("role", ["citizen", "moderator", "auditor"])
def test_other_roles_prepare_nothing(make: Maker, body: Body, role: str) -> None:
    with pytest.raises(Refused):
        create_draft(make.actor(role, body=body), body=body, card=card())


@pytest.mark.parametrize(
    ("titles", "error", "field"),
    [
        ({"kk": "", "ru": "О проекте"}, Invalid, "title_kk"),
        ({"kk": "Жоба", "ru": ""}, Invalid, "title_ru"),
        ({"kk": "Ж" * 2001, "ru": "О"}, TooLarge, "title_kk"),
    ],
)
def test_titles_are_needed_in_both_languages(
    drafter: Actor, body: Body, titles: dict[str, str], error: type[DomainError], field: str
) -> None:
    with pytest.raises(error) as refusal:
        create_draft(drafter, body=body, card=card(titles=titles))
    assert refusal.value.field == field


def test_a_megabyte_of_summary_is_too_large(drafter: Actor, body: Body) -> None:
    with pytest.raises(TooLarge):
        create_draft(drafter, body=body, card=card(summaries={"kk": "ә" * 1_000_000}))


def test_the_passport_keeps_known_rows_and_languages_only(drafter: Actor, body: Body) -> None:
    passport = {"kk": {"grounds": "негіз", "price": "1"}, "fr": {"grounds": "x"}, "ru": {"aims": ""}}
    draft = create_draft(drafter, body=body, card=card(passport=passport))
    assert draft.passport == {"kk": {"grounds": "негіз"}, "ru": {}}


def test_a_text_sent_again_takes_the_place_of_the_first(make: Maker, drafter: Actor) -> None:
    draft = make.draft()
    version = latest_version(draft.id)
    before = list_text_languages(version.id)
    upload_text(drafter, draft=draft, language="ru", data=(TEXT_RU + "\n4. Новый пункт.\n").encode(), name="ru2.txt")
    after = list_text_languages(version.id)
    assert set(after) == {"kk", "ru"} and after["kk"] == before["kk"] and after["ru"] != before["ru"]
    text = find_text(version.id, "ru")
    assert text is not None and text.source_name == "ru2.txt"


def test_an_unreadable_file_changes_nothing(make: Maker, drafter: Actor) -> None:
    draft = make.draft()
    before = list_text_languages(latest_version(draft.id).id)
    for data in (b"", PDF, b"PK\x03\x04 truncated", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600):
        with pytest.raises(Unreadable):
            upload_text(drafter, draft=draft, language="ru", data=data, name="x.docx")
    assert list_text_languages(latest_version(draft.id).id) == before


def test_what_is_published_stays(make: Maker, drafter: Actor) -> None:
    file = make.open()
    note = Attachment(draft_id=file.draft.id, kind=AttachmentKind.note, text="x")
    with pytest.raises(Refused):
        upload_text(drafter, draft=file.draft, language="ru", data=TEXT_RU.encode(), name="ru.txt")
    with pytest.raises(Refused):
        edit_draft(drafter, draft=file.draft, card=card())
    with pytest.raises(Refused):
        add_attachment(drafter, draft=file.draft, kind=AttachmentKind.note, text="x")
    with pytest.raises(Refused):
        remove_attachment(drafter, draft=file.draft, attachment=note)
    with pytest.raises(Conflict):
        publish_version(drafter, draft=file.draft)


def test_both_authentic_texts_are_the_gate(make: Maker, drafter: Actor) -> None:
    draft = make.draft(texts={"ru": TEXT_RU})
    with pytest.raises(Refused, match="Kazakh text"):
        publish_version(drafter, draft=draft)
    assert db.session.scalar(db.select(Version.published_at).where(Version.draft_id == draft.id)) is None


def test_only_documents_are_attached(make: Maker, drafter: Actor) -> None:
    draft = make.draft()
    for data in (b"\x7fELF" + b"\0" * 200, b"MZ\x90\0" + b"\0" * 200, b"<html><script>alert(1)</script></html>"):
        with pytest.raises(Invalid) as refusal:
            add_attachment(drafter, draft=draft, kind=AttachmentKind.other, data=data, name="план.pdf")
        assert refusal.value.field == "file"


def test_nothing_is_taken_from_another_draft(make: Maker, drafter: Actor) -> None:
    mine, other = make.draft(), make.draft()
    attachment = add_attachment(drafter, draft=other, kind=AttachmentKind.note, text="x")
    with pytest.raises(NotFound):
        remove_attachment(drafter, draft=mine, attachment=attachment)


def test_a_public_draft_is_withdrawn_once_with_a_reason(make: Maker, drafter: Actor) -> None:
    with pytest.raises(Refused):
        withdraw_draft(drafter, draft=make.draft(), reason={"kk": "себеп"})
    file = make.open()
    for one_language in ({"kk": "", "ru": ""}, {"kk": "Себебі", "ru": ""}, {"ru": "Причина", "en": "Reason"}):
        with pytest.raises(Invalid, match="in Kazakh and in Russian"):
            withdraw_draft(drafter, draft=file.draft, reason=one_language)
    reason = {"kk": "Себебі", "ru": "Причина", "en": ""}
    assert recorded(lambda: withdraw_draft(drafter, draft=file.draft, reason=reason)) == ["draft-withdrawn"]
    assert file.draft.withdrawn_reason == {"kk": "Себебі", "ru": "Причина"}
    with pytest.raises(Refused, match="already"):
        withdraw_draft(drafter, draft=file.draft, reason={"ru": "ещё"})
    with pytest.raises(Refused):
        adopt_draft(drafter, draft=file.draft, adopted_on=today(), reference="№ 1")


def test_an_act_is_adopted_once_and_not_tomorrow(make: Maker, drafter: Actor) -> None:
    draft = make.closed().draft
    for day, reference in ((today() + timedelta(days=1), "№ 1"), (today(), ""), (today(), "x" * 401)):
        with pytest.raises(Invalid):
            adopt_draft(drafter, draft=draft, adopted_on=day, reference=reference)
    assert recorded(lambda: adopt_draft(drafter, draft=draft, adopted_on=today(), reference="№ 1")) == ["draft-adopted"]
    with pytest.raises(Refused):
        adopt_draft(drafter, draft=draft, adopted_on=today(), reference="№ 2")
    with pytest.raises(Refused):
        withdraw_draft(drafter, draft=draft, reason={"ru": "поздно"})


def test_a_missing_part_is_said_to_be_missing() -> None:
    states = {part.code: (part.state, part.lacks) for part in parts_of({"kk"}, {}, [(AttachmentKind.note, "kk")])}
    assert states["text-kk"] == ("done", ())
    assert states["text-ru"] == ("missing", ())
    assert states["text-en"] == ("optional", ())
    assert states["passport"] == ("missing", ("kk", "ru"))
    assert states["note"] == ("missing", ("ru",))
    assert states["comparative-table"] == ("optional", ())


def test_a_note_without_a_language_serves_both() -> None:
    parts = {part.code: part.state for part in parts_of({"kk", "ru"}, {}, [(AttachmentKind.note, "")])}
    assert parts["note"] == "done"
