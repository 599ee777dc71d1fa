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
    assert suggest("п") == [] and suggest("пасс ") == [] and suggest("12") == [] and suggest("zzz") == []
    answer = client.get("/search/suggest?q=пасс")
    assert "пассажир" in answer.json["suggestions"]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_typed_is_an_error(app: PortalApp, text: str) -> None:
    suggest(text)


def test_the_page_has_them_as_an_enhancement(app: PortalApp, client: PageClient) -> None:
    client.get("/search")
    assert client.page is not None
    assert any("search-suggestions.js" in (each.get("src") or "") for each in client.page.iter("script"))
    assert client.page.xpath("//*[@data-suggestions='/search/suggest']")
