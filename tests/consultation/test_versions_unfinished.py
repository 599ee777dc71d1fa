"""Is a version that is not wanted or changes nothing kept from the public?"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.accounts.actor import OPERATOR
from portal.accounts.models import User
from portal.consultation.actions.versions import publish_changed_version
from portal.consultation.queries.drafts import DraftFile, get_file
from portal.drafts.actions.next_version import carry_text, describe_version, discard_version, start_version
from portal.drafts.actions.structure import edit_structure
from portal.drafts.actions.versions import upload_text
from portal.drafts.editing import Rename
from portal.drafts.models import Acknowledgement, TextEdits, Version, VersionText
from portal.drafts.queries.texts import latest_version, list_text_languages
from portal.kernel.db import db
from portal.kernel.errors import Conflict, Refused
from portal.ledger.models import Entry
from tests.client import PageClient
from tests.make import TEXT_KK, TEXT_RU, Maker

SignIn = Callable[..., User]
NOTE = {"kk": "Өзгерді.", "ru": "Изменено."}


def begin(make: Maker, file: DraftFile, **texts: str) -> Version:
    version = start_version(OPERATOR, draft=file.draft)
    for language, text in texts.items():
        upload_text(OPERATOR, draft=file.draft, language=language, data=text.encode(), name=f"{language}.md")
    describe_version(OPERATOR, draft=file.draft, note=NOTE)
    make.commit()
    return version


def count(model: type) -> int:
    return db.session.scalar(db.select(db.func.count()).select_from(model)) or 0


def test_a_version_being_prepared_is_discarded_with_all_that_was_made_for_it(make: Maker) -> None:
    file = make.closed()
    version = begin(make, file, kk=TEXT_KK, ru=TEXT_RU.replace("при входе.", "при входе:\n1) картой."))
    version_id = version.id
    digest = list_text_languages(version.id)["ru"]
    edit_structure(OPERATOR, draft=file.draft, language="ru", digest=digest, operation=Rename(0, "7", ""))
    assert (count(VersionText), count(TextEdits)) == (4, 1)
    discard_version(OPERATOR, draft=file.draft)
    make.commit()
    assert (count(VersionText), count(TextEdits), count(Acknowledgement)) == (2, 0, 0)
    assert latest_version(file.draft.id).number == 1
    last = db.session.scalars(db.select(Entry).where(Entry.kind == "version-discarded")).one()
    assert last.subject == f"version:{version_id}"
    assert start_version(OPERATOR, draft=file.draft).number == 2


def test_what_is_published_is_not_discarded(make: Maker) -> None:
    file = make.closed()
    with pytest.raises(Refused, match="No new version"):
        discard_version(OPERATOR, draft=file.draft)
    begin(make, file, kk=TEXT_KK.replace("төлейді", "картамен төлейді"), ru=TEXT_RU.replace("при входе", "картой"))
    publish_changed_version(OPERATOR, file=get_file(file.draft.id))
    with pytest.raises(Refused, match="No new version"):
        discard_version(OPERATOR, draft=file.draft)
    assert latest_version(file.draft.id).number == 2


def test_the_desk_asks_before_it_discards(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    file = make.closed()
    begin(make, file, kk=TEXT_KK)
    desk = f"/desk/drafts/{file.draft.id}/versions"
    sign_in(client, "drafter", body=make.body())
    assert f"{desk}/discard" in client.get(f"{desk}?lang=en").text
    assert client.get(f"{desk}/discard?lang=en").status_code == 200
    assert "Discard version 2?" in client.words
    assert client.post(f"{desk}/discard").status_code == 302
    client.get(f"{desk}?lang=en")
    assert "Version 2 is discarded." in client.words and "Start version 2" in client.words
    # once more, from a page that stayed open
    assert client.post(f"{desk}/discard").status_code == 403


def test_others_discard_nothing(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    file = make.closed()
    begin(make, file, kk=TEXT_KK)
    sign_in(client, "drafter", body=make.body("finance"))
    for send in (client.get, client.post):
        assert send(f"/desk/drafts/{file.draft.id}/versions/discard").status_code in {403, 404, 409, 422}
    assert latest_version(file.draft.id).number == 2


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_file_that_says_the_same_changes_nothing(
    client: PageClient, make: Maker, sign_in: SignIn, language: str
) -> None:
    """Another file of the same text has another digest; white space and its own marks of quality do not make a version."""
    file = make.closed()
    begin(make, file, kk=TEXT_KK.replace("1. Осы", "1.   Осы"), ru=TEXT_RU.replace("2) перевозчик –", "2) перевозчик -"))
    sign_in(client, "drafter", body=make.body())
    desk = f"/desk/drafts/{file.draft.id}/versions"
    page = client.get(f"{desk}?lang={language}").text
    said = {"kk": "Ештеңе өзгермеді", "ru": "Ничего не изменилось", "en": "Nothing changed"}[language]
    assert said in client.words and "/versions/publish" not in page
    with pytest.raises(Refused, match="there is nothing to publish"):
        publish_changed_version(OPERATOR, file=get_file(file.draft.id))
    db.session.rollback()
    assert client.post(f"{desk}/publish?lang={language}").status_code == 403
    assert latest_version(file.draft.id).published_at is None


def test_one_changed_word_or_title_is_a_version(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    file = make.closed()
    begin(make, file, kk=TEXT_KK, ru=TEXT_RU.replace("Правила перевозки", "Порядок перевозки"))
    sign_in(client, "drafter", body=make.body())
    client.get(f"/desk/drafts/{file.draft.id}/versions?lang=en")
    assert "Nothing changed" not in client.words
    assert publish_changed_version(OPERATOR, file=get_file(file.draft.id)).number == 2


def test_languages_that_differ_in_structure_are_settled_as_for_the_first_version(
    client: PageClient, make: Maker, sign_in: SignIn
) -> None:
    file = make.closed()
    begin(make, file, kk=TEXT_KK, ru=TEXT_RU + "\n4. Дети едут бесплатно.\n\n5. Багаж оплачивается.\n")
    sign_in(client, "drafter", body=make.body())
    desk = f"/desk/drafts/{file.draft.id}"
    page = client.get(f"{desk}/versions?lang=en").text
    assert "differ in structure in 2 places" in client.words and f"{desk}/differences" in page
    assert client.post(f"{desk}/versions/publish?lang=en").status_code == 403
    assert "differ in structure in 2 places" in client.words
    assert client.get(f"{desk}/differences?lang=en").status_code == 200
    sent = {"all_of_them": "y", "reason": "Перевод короче."}
    assert client.post(f"{desk}/differences", data=sent).status_code == 302
    assert client.post(f"{desk}/versions/publish").status_code == 302
    assert count(Acknowledgement) == 2


def test_nothing_is_carried_twice_after_a_new_start(make: Maker) -> None:
    file = make.closed()
    begin(make, file)
    carry_text(OPERATOR, draft=file.draft, language="kk")
    discard_version(OPERATOR, draft=file.draft)
    start_version(OPERATOR, draft=file.draft)
    carry_text(OPERATOR, draft=file.draft, language="kk")
    with pytest.raises(Conflict):
        carry_text(OPERATOR, draft=file.draft, language="kk")
