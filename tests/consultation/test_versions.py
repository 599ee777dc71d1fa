"""Does a changed draft get a new version at the right time, with its comments found in it?"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from portal.accounts.actor import OPERATOR
from portal.accounts.models import User
from portal.consultation.actions.comments import count_at_provision
from portal.consultation.actions.replies import ReplyDraft, post_reply
from portal.consultation.actions.versions import publish_changed_version
from portal.consultation.models import Comment, Tally
from portal.consultation.queries.drafts import DraftFile, get_file
from portal.drafts.actions.drafts import adopt_draft, withdraw_draft
from portal.drafts.actions.next_version import carry_text, describe_version, start_version
from portal.drafts.actions.versions import upload_text
from portal.drafts.models import Version, VersionText
from portal.drafts.queries.texts import latest_version, list_text_languages
from portal.drafts.queries.versions import list_outlines, list_versions
from portal.drafts.structure import walk
from portal.kernel.clock import today
from portal.kernel.db import db
from portal.kernel.errors import Conflict, Invalid, Refused
from portal.ledger.models import Entry
from tests.client import PageClient
from tests.make import TEXT_KK, TEXT_RU, Maker
from tests.page import text_of

SignIn = Callable[..., User]
NOTE = {"kk": "3-тармақ өзгерді.", "ru": "Изменён пункт 3.", "en": "Point 3 changed."}
# point 2 is left out, point 3 is reworded and becomes 2, point 3 is new
CHANGED_RU = """Правила перевозки пассажиров

Глава 1. Общие положения

1. Настоящие Правила определяют порядок перевозки пассажиров.

Глава 2. Оплата проезда

2. Пассажир оплачивает проезд картой или наличными при входе.

3. Дети до семи лет едут бесплатно в сопровождении взрослого.
"""
CHANGED_KK = """Жолаушыларды тасымалдау қағидалары

1-тарау. Жалпы ережелер

1. Осы Қағидалар жолаушыларды тасымалдау тәртібін айқындайды.

2-тарау. Жол ақысын төлеу

2. Жолаушы жол ақысын көлікке кіргенде картамен немесе қолма-қол төлейді.

3. Жеті жасқа дейінгі балалар ересек адаммен бірге тегін жүреді.
"""


def prepare(file: DraftFile, **texts: str) -> Version:
    """The next version with texts and a note."""
    version = start_version(OPERATOR, draft=file.draft)
    for language, text in (texts or {"kk": CHANGED_KK, "ru": CHANGED_RU}).items():
        upload_text(OPERATOR, draft=file.draft, language=language, data=text.encode(), name=f"{language}.txt")
    describe_version(OPERATOR, draft=file.draft, note=NOTE)
    return version


def publish(make: Maker, file: DraftFile, **texts: str) -> Version:
    prepare(file, **texts)
    version = publish_changed_version(OPERATOR, file=get_file(file.draft.id))
    make.commit()
    return version


def add_comment(make: Maker, file: DraftFile, key: str, text: str) -> Comment:
    """A comment of the time when the discussion was open."""
    comment = Comment(
        draft_id=file.draft.id, version_id=file.consultation.version_id, provision_key=key, author_name="Aigerim",
        language="ru", text=text,
    )  # fmt: skip
    db.session.add(comment)
    db.session.flush()
    count_at_provision(file.draft.id, key, 1, 1)
    db.session.execute(db.update(Tally).where(Tally.draft_id == file.draft.id).values(comments=Tally.comments + 1))
    make.commit()
    return comment


def kinds() -> list[str]:
    return list(db.session.scalars(db.select(Entry.kind).order_by(Entry.id)))


def test_a_version_is_begun_filled_described_and_published(make: Maker) -> None:
    file = make.closed()
    version = publish(make, file)
    assert (version.number, version.note, version.published_at is not None) == (2, NOTE, True)
    assert [line.number for line in list_versions(file.draft.id)] == [2, 1]
    assert get_file(file.draft.id).consultation.version_id != version.id
    recorded = kinds()
    for kind in ("version-started", "version-described", "version-published"):
        assert kind in recorded
    assert recorded.count("version-started") == 1


def test_both_languages_carry_the_same_keys(make: Maker) -> None:
    version = publish(make, make.closed())
    keys = [[unit.key for unit, _, _ in walk(outline.provisions)] for outline in list_outlines(version.id)]
    assert keys[0] == keys[1] == ["chp_1", "pnt_1", "chp_2", "pnt_3", "pnt_3_2"]


def test_a_text_does_not_change_while_people_speak_of_it(make: Maker) -> None:
    file = make.open(closes_on=date.fromordinal(today().toordinal() + 20))
    prepare(file)
    with pytest.raises(Refused, match="under discussion"):
        publish_changed_version(OPERATOR, file=file)


def test_an_ended_draft_gets_no_version(make: Maker) -> None:
    withdrawn = make.closed()
    withdraw_draft(OPERATOR, draft=withdrawn.draft, reason={"kk": "Ойдан айныды.", "ru": "Передумали."})
    with pytest.raises(Refused, match="withdrawn"):
        start_version(OPERATOR, draft=withdrawn.draft)
    adopted = make.closed()
    prepare(adopted)
    adopt_draft(OPERATOR, draft=adopted.draft, adopted_on=today(), reference="Приказ № 1")
    with pytest.raises(Refused, match="adopted"):
        publish_changed_version(OPERATOR, file=get_file(adopted.draft.id))


def test_one_version_is_prepared_at_a_time(make: Maker) -> None:
    file = make.closed()
    start_version(OPERATOR, draft=file.draft)
    with pytest.raises(Conflict):
        start_version(OPERATOR, draft=file.draft)


def test_a_version_says_what_changed_in_both_languages(make: Maker) -> None:
    file = make.closed()
    prepare(file)
    describe_version(OPERATOR, draft=file.draft, note={"ru": "Изменён пункт 3."})
    with pytest.raises(Invalid, match="what changed") as refusal:
        publish_changed_version(OPERATOR, file=file)
    assert refusal.value.field == "note_kk"


def test_each_language_is_decided_about(make: Maker) -> None:
    file = make.closed(texts={"kk": TEXT_KK, "ru": TEXT_RU, "en": "Rules\n\n1. The first point of the rules.\n"})
    prepare(file, ru=CHANGED_RU)
    with pytest.raises(Refused, match="each language"):
        publish_changed_version(OPERATOR, file=file)
    carry_text(OPERATOR, draft=file.draft, language="kk")
    with pytest.raises(Conflict):
        carry_text(OPERATOR, draft=file.draft, language="ru")
    with pytest.raises(Invalid, match="leave it out"):
        publish_changed_version(OPERATOR, file=file)


def test_a_version_that_changes_nothing_is_not_published(make: Maker) -> None:
    file = make.closed()
    start_version(OPERATOR, draft=file.draft)
    for language in ("kk", "ru"):
        carry_text(OPERATOR, draft=file.draft, language=language)
    describe_version(OPERATOR, draft=file.draft, note=NOTE)
    with pytest.raises(Refused, match="nothing to publish"):
        publish_changed_version(OPERATOR, file=file)


def test_a_text_carried_over_is_the_same_text(make: Maker) -> None:
    file = make.closed()
    reworded = TEXT_RU.replace("при входе", "при входе картой")
    start_version(OPERATOR, draft=file.draft)
    upload_text(OPERATOR, draft=file.draft, language="ru", data=reworded.encode(), name="ru.txt")
    carry_text(OPERATOR, draft=file.draft, language="kk")
    describe_version(OPERATOR, draft=file.draft, note=NOTE)
    version = publish_changed_version(OPERATOR, file=file)
    first, second = list_text_languages(file.consultation.version_id), list_text_languages(version.id)
    assert first["kk"] == second["kk"] and first["ru"] != second["ru"]


def test_a_third_version_keeps_the_keys_of_the_second(make: Maker) -> None:
    file = make.closed()
    publish(make, file)
    third = publish(make, file, kk=CHANGED_KK.replace("тегін", "ақысыз"), ru=CHANGED_RU.replace("бесплатно", "без платы"))
    assert third.number == 3
    assert [unit.key for unit, _, _ in walk(list_outlines(third.id)[1].provisions)] == [
        "chp_1", "pnt_1", "chp_2", "pnt_3", "pnt_3_2",
    ]  # fmt: skip


def test_an_answer_points_to_a_provision_that_only_the_new_version_has(make: Maker) -> None:
    file = make.closed()
    comment = add_comment(make, file, "pnt_3", "Детям нужен бесплатный проезд.")
    publish(make, file)
    typed = ReplyDraft("accepted", "Добавлен пункт о детях.", "ru", changed_provision="pnt_3_2")
    assert post_reply(OPERATOR, file=get_file(file.draft.id), comment=comment, typed=typed).changed_provision == "pnt_3_2"
    with pytest.raises(Invalid, match="no such provision"):
        post_reply(
            OPERATOR, file=get_file(file.draft.id), comment=comment,
            typed=ReplyDraft("accepted", "Иначе.", "ru", changed_provision="pnt_99"),
        )  # fmt: skip


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("query", ["", "view=side", "show=all", "show=all&view=side", "language=kk", "language=zz&page=9&view=no"])
def test_two_versions_stand_side_by_side_or_in_one(client: PageClient, make: Maker, language: str, query: str) -> None:
    file = make.closed()
    publish(make, file)
    response = client.get(f"/drafts/{file.draft.id}/versions/1/compare/2?lang={language}&{query}")
    assert response.status_code == 200
    assert "pnt_3" in response.text and "<ins>" in response.text and "<del>" in response.text


def test_the_comparison_says_what_became_of_each_unit(client: PageClient, make: Maker) -> None:
    file = make.closed()
    publish(make, file)
    client.get(f"/drafts/{file.draft.id}/versions/1/compare/2?lang=en&language=ru")
    said = client.words
    assert "text changed in 1 unit · 1 unit added · 3 units removed · 3 units unchanged" in said
    assert "Point 3 changed." in said
    assert "Was: point 3" in said
    assert "[inserted:" in said and "[deleted:" in said
    # the other way round leads to the same page
    turned = client.get(f"/drafts/{file.draft.id}/versions/2/compare/1?view=side")
    assert turned.status_code == 302 and turned.location.endswith("/versions/1/compare/2?view=side")


@pytest.mark.parametrize("name", ["draft_id", "number", "other", "endpoint", "_method", "_scheme", "_external", "_anchor"])
def test_a_turned_comparison_takes_nothing_odd_along(make: Maker, client: PageClient, name: str) -> None:
    file = make.closed()
    answer = client.get(f"/drafts/{file.draft.id}/versions/2/compare/1?{name}=http://evil.example&view=side")
    assert answer.status_code == 302
    assert answer.location == f"/drafts/{file.draft.id}/versions/1/compare/2?view=side"


def test_a_link_leads_to_a_unit_wherever_it_stands(client: PageClient, make: Maker) -> None:
    file = make.closed()
    publish(make, file)
    base = f"/drafts/{file.draft.id}/versions/1/compare/2"
    assert client.get(f"{base}?unit=pnt_3").location == f"{base}#pnt_3"
    assert client.get(f"{base}?unit=pnt_1&view=side").location == f"{base}?view=side&show=all#pnt_1"
    assert client.get(f"{base}?unit=nowhere").location == base


def test_no_differences_are_said_in_a_sentence(client: PageClient, make: Maker) -> None:
    file = make.closed()
    publish(make, file, ru=TEXT_RU.replace("при входе", "при входе картой"), kk=TEXT_KK.replace("1. Осы", "1.  Осы"))
    client.get(f"/drafts/{file.draft.id}/versions/1/compare/2?lang=en&language=kk")
    assert "No differences" in client.words and "The text was changed in: Русский" in client.words


def test_unknown_versions_are_not_found(client: PageClient, make: Maker) -> None:
    file = make.closed()
    prepare(file)
    make.commit()
    for path in ("versions/1/compare/2", "versions/1/compare/9", "versions/2/comments"):
        assert client.get(f"/drafts/{file.draft.id}/{path}").status_code == 404, path
    assert client.get(f"/drafts/{make.draft().id}/versions").status_code == 404


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_list_of_versions_tells_what_changed_and_why(client: PageClient, make: Maker, language: str) -> None:
    file = make.closed()
    publish(make, file)
    assert client.get(f"/drafts/{file.draft.id}/versions?lang={language}").status_code == 200
    assert NOTE[language] in client.words


def test_comments_are_shown_at_the_new_version_with_what_became_of_their_provision(client: PageClient, make: Maker) -> None:
    file = make.closed()
    for key, text in (("pnt_1", "О первом."), ("pnt_2__sub_1", "О понятии."), ("pnt_3", "О плате."), ("", "О проекте.")):
        add_comment(make, file, key, text)
    publish(make, file)
    assert client.get(f"/drafts/{file.draft.id}/versions/2/comments?lang=en").status_code == 200
    said = client.words
    assert said.index("О понятии.") < said.index("О плате.") < said.index("О первом.")
    assert "Provision removed" in said and "көлікпен жүретін адам" in said
    assert "Text changed" in said and "Unchanged: 1" in said
    assert "1 comment on the draft as a whole" in said


def test_an_answer_leads_to_the_comparison_once_there_is_one(client: PageClient, make: Maker) -> None:
    file = make.closed()
    comment = add_comment(make, file, "pnt_3", "Детям нужен бесплатный проезд.")
    typed = ReplyDraft("accepted", "Учтено.", "ru", changed_provision="pnt_3")
    post_reply(OPERATOR, file=file, comment=comment, typed=typed)
    make.commit()
    page = f"/comments/{comment.id}"
    assert "/compare/" not in client.get(page).text
    publish(make, file)
    assert f"/drafts/{file.draft.id}/versions/1/compare/2?unit=pnt_3" in client.get(page).text


def test_a_drafter_publishes_a_version_on_the_desk(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    file = make.closed()
    sign_in(client, "drafter", body=make.body())
    desk = f"/desk/drafts/{file.draft.id}"
    assert client.get(f"{desk}/versions?lang=en").status_code == 200
    assert "Start version 2" in client.words and "The discussion is over" in client.words
    assert client.post(f"{desk}/versions").status_code == 302
    client.get(f"{desk}/versions?lang=en")
    assert "Not decided" in client.words and "Carry over unchanged" in client.words
    sent: dict[str, Any] = {"file_ru": (io.BytesIO(CHANGED_RU.encode()), "ru.txt")}
    assert client.post(f"{desk}/text", data=sent, content_type="multipart/form-data").status_code == 302
    refused = client.post(f"{desk}/versions/publish")
    assert refused.status_code == 422
    assert client.post(f"{desk}/versions/note", data={f"note_{code}": text for code, text in NOTE.items()}).status_code == 302
    assert client.post(f"{desk}/versions/carry/kk").status_code == 302
    assert client.get(f"{desk}/versions/compare?lang=en&text=ru").status_code == 200
    assert "Text changed" in client.words and "дети до семи лет" in client.words.lower()
    # structure differs now: the Kazakh text was left as it was, so it is uploaded too
    sent = {"file_kk": (io.BytesIO(CHANGED_KK.encode()), "kk.txt")}
    assert client.post(f"{desk}/text", data=sent, content_type="multipart/form-data").status_code == 302
    published = client.post(f"{desk}/versions/publish")
    assert published.status_code == 302, client.words
    assert latest_version(file.draft.id).published_at is not None
    client.get(f"{desk}/versions?lang=en")
    assert "Start version 3" in client.words


def test_the_desk_says_why_a_version_waits_or_none_can_follow(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    waiting, ended = make.open(), make.closed()
    sign_in(client, "drafter", body=make.body())
    client.get(f"/desk/drafts/{waiting.draft.id}/versions?lang=en")
    assert "While the draft is under discussion" in client.words
    adopt_draft(OPERATOR, draft=ended.draft, adopted_on=today(), reference="Приказ № 1")
    make.commit()
    client.get(f"/desk/drafts/{ended.draft.id}/versions?lang=en")
    assert "Nothing more happens to this draft" in client.words and "Start version" not in client.words


def test_the_desk_offers_what_the_new_version_changed(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    file = make.closed()
    comment = add_comment(make, file, "pnt_3", "О плате.")
    publish(make, file)
    sign_in(client, "drafter", body=make.body())
    form = f"/desk/comments/{comment.id}/reply"
    assert client.get(client.get(f"{form}?lang=en").location).status_code == 200
    chosen = client.page.find(".//select[@name='changed_provision']//optgroup[@label='Changed in version 2']/option[@value='pnt_3_2']")
    assert chosen is not None and "Added" in text_of(chosen)
    sent = {
        "decision": "accepted", "text": "Добавлен пункт о детях.", "language": "ru", "unit": "Правовой департамент",
        "changed_provision": "pnt_3_2",
    }  # fmt: skip
    assert client.post(form, data=sent).status_code == 302, client.words
    client.post("/sign-out")
    public = client.get(f"/comments/{comment.id}?lang=en")
    link = f"/drafts/{file.draft.id}/versions/1/compare/2?unit=pnt_3_2"
    assert public.status_code == 200 and f'href="{link}"' in public.text
    assert client.get(f"{link}&lang=en").status_code == 302


@pytest.mark.parametrize("path", ["versions", "versions/compare"])
def test_strangers_do_not_see_what_is_prepared(client: PageClient, make: Maker, sign_in: SignIn, path: str) -> None:
    file = make.closed()
    prepare(file)
    make.commit()
    sign_in(client, "drafter", body=make.body("finance"))
    assert client.get(f"/desk/drafts/{file.draft.id}/{path}").status_code in {403, 404}
    assert db.session.scalar(db.select(db.func.count()).select_from(VersionText)) == 4


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_reading_pages_of_both_versions_lead_to_each_other(client: PageClient, make: Maker, language: str) -> None:
    file = make.closed()
    add_comment(make, file, "pnt_3", "О плате.")
    add_comment(make, file, "pnt_2", "О понятиях.")
    publish(make, file)
    base = f"/drafts/{file.draft.id}"
    first = client.get(f"{base}?lang={language}").text
    assert f"{base}/versions/1/compare/2" in first and f'href="{base}/versions"' in first
    second = client.get(f"{base}/versions/2/ru?lang={language}&provision=pnt_3").text
    assert f"{base}/versions/2/comments" in second
    state = {"kk": "Мәтіні өзгерді", "ru": "Текст изменён", "en": "Text changed"}[language]
    assert state in client.words
    client.get(f"{base}/versions/2/ru?lang={language}&provision=pnt_2")
    assert {"kk": "Норма алып тасталды", "ru": "Норма исключена", "en": "Provision removed"}[language] in client.words
