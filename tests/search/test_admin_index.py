"""Does the page of the index say how it stands, to those who may know, and begin a rebuild for those who may?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from portal.kernel.db import db
from portal.kernel.models import JobState
from portal.kernel.progress import find_progress, note_waiting, reported
from portal.search.index import REBUILD, engine
from portal.web.flask_app import PortalApp
from tests.client import PageClient
from tests.make import Maker

SignIn = Callable[..., Any]


def test_it_says_how_the_index_stands(indexed: PortalApp, client: PageClient, make: Maker, sign_in: SignIn) -> None:
    make.open()
    sign_in(client, "auditor")
    assert client.get("/admin/search-index").status_code == 200
    assert "whoosh" in client.main_words and "Works" in client.main_words
    assert str(engine().count()) in client.main_words
    assert "Rebuild the index" not in client.main_words  # an auditor changes nothing
    assert client.post("/admin/search-index/rebuild").status_code == 403


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_an_administrator_starts_a_rebuild(
    app: PortalApp, client: PageClient, make: Maker, sign_in: SignIn, language: str
) -> None:
    sign_in(client, "administrator")
    client.set_cookie("language", language)
    assert client.get("/admin/search-index").status_code == 200
    assert not engine().is_usable()
    assert client.post("/admin/search-index/rebuild", follow_redirects=True).status_code == 200
    assert engine().is_usable()
    db.session.rollback()
    assert find_progress(REBUILD).state is JobState.done  # type: ignore[union-attr]


def test_a_rebuild_under_way_is_shown_and_not_begun_twice(
    indexed: PortalApp, client: PageClient, sign_in: SignIn
) -> None:
    sign_in(client, "administrator")
    note_waiting(REBUILD)
    db.session.commit()
    client.get("/admin/search-index")
    assert "The index is being rebuilt" in client.main_words
    with reported(REBUILD, 400) as advance:
        advance(100)
        live = engine().folder.live()
        client.get("/admin/search-index")
        assert "documents in the new index" in client.main_words
        client.post("/admin/search-index/rebuild", follow_redirects=True)
        assert engine().folder.live() == live
    client.get("/admin/search-index")
    assert "Rebuild the index" in client.main_words


def test_what_went_wrong_is_shown(indexed: PortalApp, client: PageClient, sign_in: SignIn) -> None:
    sign_in(client, "administrator")
    db.session.rollback()
    with pytest.raises(RuntimeError), reported(REBUILD, 4):
        raise RuntimeError("the disk is full")
    client.get("/admin/search-index")
    assert "the disk is full" in client.main_words
