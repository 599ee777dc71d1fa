"""Does the search field propose words the public texts have, whatever is typed?"""

from __future__ import annotations

import pytest

from portal.search.learning import learn
from portal.search.suggest import suggest
from portal.web.flask_app import PortalApp
from tests.client import PageClient
from tests.make import Maker
from tests.search.hostile import HOSTILE


def test_completes_the_last_word(indexed: PortalApp, client: PageClient, make: Maker) -> None:
    make.open()
    learn()
    assert "пассажир" in suggest("пасс")
    assert all(each.startswith("правила пасс") for each in suggest("правила пасс"))
    assert sum(each.startswith("пассажир") for each in suggest("пасс")) == 1, "one form of each word"
    assert suggest("п") == [] and suggest("пасс ") == [] and suggest("12") == [] and suggest("zzz") == []
    answer = client.get("/search/suggest?q=пасс")
    assert "пассажир" in answer.json["suggestions"]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_typed_is_an_error(app: PortalApp, text: str) -> None:
    suggest(text)


def test_the_page_has_them_as_an_enhancement(app: PortalApp, client: PageClient) -> None:
    client.get("/search")
    assert any("search-suggestions.js" in (each.get("src") or "") for each in client.page.iter("script"))
    assert client.page.xpath("//*[@data-suggestions='/search/suggest']")


def test_the_first_page_and_a_drafts_page_have_them_too(indexed: PortalApp, client: PageClient, make: Maker) -> None:
    file = make.open()
    for address in ("/", f"/drafts/{file.draft.id}", f"/drafts/{file.draft.id}/comments"):
        client.get(address)
        assert client.page.xpath("//form[@data-suggestions='/search/suggest'][@data-label]"), address
        assert any("search-suggestions.js" in (each.get("src") or "") for each in client.page.iter("script")), address
