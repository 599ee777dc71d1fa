"""Can an adopted act be chosen as the act in force of a later amending draft's comparative table?"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.accounts.actor import OPERATOR
from portal.accounts.models import User
from portal.drafts.actions.adopted import publish_adopted_text, upload_adopted_text
from portal.drafts.actions.comparative import Base, build_table
from portal.drafts.actions.drafts import adopt_draft
from portal.drafts.models import Draft
from portal.drafts.queries.adopted import list_published_acts
from portal.drafts.queries.comparative import find_table, list_rows
from portal.drafts.queries.texts import latest_version
from portal.kernel.clock import today
from portal.kernel.db import db
from portal.kernel.errors import Invalid
from portal.ledger.models import Entry
from tests.client import PageClient
from tests.drafts.test_comparative_builder import AMENDING_KK, AMENDING_RU, BASE_KK, BASE_RU
from tests.make import Maker

SignIn = Callable[..., User]


def adopt(make: Maker, reference: str, *, is_published: bool = True, **more: object) -> Draft:
    """A draft that was adopted with other words than it was discussed in."""
    draft = make.closed(**more).draft
    adopt_draft(OPERATOR, draft=draft, adopted_on=today(), reference=reference)
    for language, text in {"kk": BASE_KK, "ru": BASE_RU}.items():
        upload_adopted_text(OPERATOR, draft=draft, language=language, data=text.encode(), name=f"{language}.txt")
    if is_published:
        publish_adopted_text(OPERATOR, draft=draft)
    make.commit()
    return draft


@pytest.fixture
def draft(make: Maker) -> Draft:
    return make.draft(texts={"kk": AMENDING_KK, "ru": AMENDING_RU})


def test_acts_are_found_by_title_number_and_reference_in_any_case(make: Maker) -> None:
    first, second = adopt(make, "№ 318"), adopt(make, "№ 7", ru="О тарифах", kk="Тарифтер туралы")
    adopt(make, "№ 9", is_published=False)

    def found(text: str) -> list[int]:
        return [each.draft_id for each in list_published_acts(text)]

    assert found("") == [second.id, first.id]
    assert found("тариф") == found("О ТАРИФАХ") == found(second.number) == found("№ 7") == [second.id]
    assert found("правил 318") == [first.id] and found("правил 7 тариф") == [] and found("%") == []
    assert len(list_published_acts(limit=1)) == 1


def test_the_table_takes_the_adopted_words(make: Maker, draft: Draft) -> None:
    act = adopt(make, "№ 318")
    table = build_table(OPERATOR, draft=draft, base=Base(act=act.id))
    make.commit()
    rows = list_rows(table.id)
    assert len(rows) == 9 and rows[0].element_ru == "Пункт 1" and rows[0].present_ru and rows[0].present_kk
    assert {source["name"] for source in table.base.values()} == {"№ 318"} and set(table.base) == {"kk", "ru"}
    entry = db.session.scalar(db.select(Entry).where(Entry.kind == "comparative-table-built"))
    assert entry is not None


def test_what_is_no_published_act_is_refused(make: Maker, draft: Draft) -> None:
    hidden = adopt(make, "№ 9", is_published=False)
    for act in (hidden.id, draft.id, 99_999):
        with pytest.raises(Invalid, match="adopted acts"):
            build_table(OPERATOR, draft=draft, base=Base(act=act))
    assert find_table(latest_version(draft.id).id) is None


def test_the_desk_offers_the_acts_without_script(client: PageClient, make: Maker, sign_in: SignIn, draft: Draft) -> None:
    sign_in(client, "drafter", body=make.body())
    path = f"/desk/drafts/{draft.id}/table"
    client.get(path)
    assert "adopted on this portal" not in client.words, "nothing is offered where nothing was adopted"
    act, other = adopt(make, "№ 318"), adopt(make, "№ 7", en="On tariffs")
    client.get(path)
    assert "№ 318" in client.words and "On tariffs" in client.words
    client.get(f"{path}?act=tariffs")
    assert "№ 318" not in client.words and "On tariffs" in client.words
    client.get(f"{path}?act=nothing")
    assert "No adopted act has these words in its title or number." in client.words
    client.post(path, data={"act": "x", "manner": ""})
    assert "Upload the act in force, or choose an adopted act or a draft of the portal." in client.words
    client.post(path, data={"act": "99999", "manner": ""})
    assert "Choose one of the adopted acts." in client.words
    assert client.post(f"{path}?act=318", data={"act": str(act.id), "manner": ""}).status_code == 302
    client.get(path)
    assert "№ 318" in client.words and "The table is built: 9 rows." in client.words and other.number in client.words
