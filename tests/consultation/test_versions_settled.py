"""Do acknowledged differences of the languages stay with their units from version to version?"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.accounts.actor import OPERATOR
from portal.accounts.models import User
from portal.consultation.actions.versions import publish_changed_version
from portal.consultation.queries.drafts import DraftFile, get_file
from portal.drafts.actions.next_version import describe_version, start_version
from portal.drafts.actions.structure import acknowledge_differences
from portal.drafts.actions.versions import upload_text
from portal.drafts.models import Acknowledgement, Draft, Version
from portal.drafts.queries.editing import sort_differences
from portal.drafts.queries.texts import latest_version
from portal.drafts.queries.versions import list_outlines
from portal.drafts.structure import find
from portal.kernel.db import db
from portal.kernel.errors import Refused
from tests.client import PageClient
from tests.make import TEXT_KK, TEXT_RU, Maker

SignIn = Callable[..., User]
# the Russian text parts point 3 in two
DIFFERENT_RU = TEXT_RU.replace("при входе.", "при входе:\n1) картой;\n2) наличными.")
# point 2 is gone, so that point 3 is point 2 now
NEXT_RU = DIFFERENT_RU.replace(
    "2. В Правилах используются понятия:\n1) пассажир – лицо, которое едет;\n2) перевозчик – лицо, которое везёт.\n", ""
).replace("3. Пассажир", "2. Пассажир")
NEXT_KK = TEXT_KK.replace(
    "2. Қағидаларда мынадай ұғымдар пайдаланылады:\n1) жолаушы – көлікпен жүретін адам;\n"
    "2) тасымалдаушы – көлікпен апаратын тұлға.\n", ""
).replace("3. Жолаушы", "2. Жолаушы")  # fmt: skip


def begin(draft: Draft, **texts: str) -> Version:
    version = start_version(OPERATOR, draft=draft)
    for language, text in texts.items():
        upload_text(OPERATOR, draft=draft, language=language, data=text.encode(), name=f"{language}.txt")
    describe_version(OPERATOR, draft=draft, note={"kk": "Өзгерді.", "ru": "Изменено."})
    return version


def settle(draft: Draft, reason: str) -> None:
    version = latest_version(draft.id)
    outlines = {outline.language: outline for outline in list_outlines(version.id)}
    fingerprints = [each.fingerprint for each in sort_differences(version.id, outlines).open]
    acknowledge_differences(OPERATOR, draft=draft, outlines=outlines, fingerprints=fingerprints, reason=reason)


def settled(version: Version) -> list[tuple[str, str]]:
    rows = db.session.scalars(db.select(Acknowledgement).where(Acknowledgement.version_id == version.id))
    return sorted((row.key, row.reason) for row in rows)


def publish(file: DraftFile) -> Version:
    return publish_changed_version(OPERATOR, file=get_file(file.draft.id))


def test_an_acknowledgement_names_the_unit_as_it_is_published(make: Maker) -> None:
    file = make.closed()
    begin(file.draft, kk=NEXT_KK, ru=NEXT_RU)
    settle(file.draft, "Перевод короче.")
    version = publish(file)
    assert settled(version) == [("pnt_3__sub_1", "Перевод короче."), ("pnt_3__sub_2", "Перевод короче.")]
    russian = next(outline for outline in list_outlines(version.id) if outline.language == "ru")
    assert all(find(russian, key) is not None for key, _reason in settled(version))


def test_what_did_not_change_need_not_be_acknowledged_again(make: Maker) -> None:
    file = make.closed(texts={"kk": TEXT_KK, "ru": DIFFERENT_RU})
    begin(file.draft, kk=NEXT_KK, ru=NEXT_RU)
    second = publish(file)
    assert [key for key, _ in settled(second)] == ["pnt_3__sub_1", "pnt_3__sub_2"]
    begin(file.draft, kk=NEXT_KK.replace("тәртібін", "жалпы тәртібін"), ru=NEXT_RU.replace("порядок", "общий порядок"))
    third = publish(file)
    assert settled(third) == settled(second)


def test_what_changed_has_to_be_acknowledged_again(make: Maker) -> None:
    file = make.closed(texts={"kk": TEXT_KK, "ru": DIFFERENT_RU})
    begin(file.draft, kk=NEXT_KK, ru=NEXT_RU.replace("картой", "банковской картой"))
    version = latest_version(file.draft.id)
    outlines = {outline.language: outline for outline in list_outlines(version.id)}
    found = sort_differences(version.id, outlines)
    assert [each.warning.key for each in found.open] == ["pnt_2__sub_1"]
    assert [(each.warning.key, each.from_version) for each in found.acknowledged] == [("pnt_2__sub_2", 1)]
    with pytest.raises(Refused, match="in 1 place"):
        publish(file)
    settle(file.draft, "Перевод короче.")
    assert settled(publish(file)) == [("pnt_3__sub_1", "Перевод короче."), ("pnt_3__sub_2", "")]


def test_the_desk_says_from_where_an_acknowledgement_comes(client: PageClient, make: Maker, sign_in: SignIn) -> None:
    file = make.closed(texts={"kk": TEXT_KK, "ru": DIFFERENT_RU})
    begin(file.draft, kk=NEXT_KK, ru=NEXT_RU)
    make.commit()
    sign_in(client, "drafter", body=make.body())
    response = client.get(f"/desk/drafts/{file.draft.id}/differences?lang=en")
    assert response.status_code == 200
    said = " ".join(client.words.split())
    assert said.count("acknowledged in version 1, and nothing changed here since") == 2
    assert "/withdraw" not in response.text and "To be settled" not in said
