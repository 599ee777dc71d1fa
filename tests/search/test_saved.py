"""Does whoever keeps a search get its new results, once a day, until they say stop?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

from portal.accounts.queries import get_user
from portal.accounts.tokens import Purpose, make_token
from portal.kernel import clock
from portal.kernel.db import db
from portal.kernel.errors import Conflict, Refused
from portal.notifications.alerts import write_alerts
from portal.notifications.models import Message
from portal.search.actions import edit_search, remove_search, save_search
from portal.search.models import Frequency
from portal.search.saved import list_saved
from portal.web.flask_app import PortalApp
from tests.client import PageClient
from tests.make import Maker, actor_of


def _letters() -> list[Message]:
    return list(db.session.scalars(db.select(Message).where(Message.kind == "search_results")))


def test_new_results_come_once_a_day_and_end_with_one_click(
    indexed: PortalApp, client: PageClient, make: Maker
) -> None:
    file, user = make.open(), make.user()
    save_search(actor_of(user), parameters="q=троллейбус", is_narrow=True, language="ru")
    make.commit()
    tomorrow = clock.now() + timedelta(hours=25)
    make.comment(file, text="Троллейбус нужен.", language="ru")
    assert write_alerts() == 0 and _letters() == []
    with clock.frozen(tomorrow):
        assert write_alerts() == 1
        assert write_alerts() == 0
        (letter,) = _letters()
        assert letter.address == user.email and "троллейбус: 1 new result" in letter.body
        stop = next(line for line in letter.body.splitlines() if "/search/alerts/" in line)
        path = urlsplit(stop).path
        assert client.get(path).status_code == 200
        assert len(list_saved(user.id)) == 1
        assert client.post(path).status_code == 200
        assert list_saved(user.id) == []
        assert client.get(path).status_code == 404
    with clock.frozen(tomorrow + timedelta(days=2)):
        assert write_alerts() == 0


def test_who_may_keep_what(indexed: PortalApp, make: Maker) -> None:
    actor = make.actor()
    saved = save_search(actor, parameters="q=жол", is_narrow=True, language="kk")
    with pytest.raises(Conflict):
        save_search(actor, parameters="q=жол", is_narrow=True, language="kk")
    with pytest.raises(Refused):
        save_search(actor, parameters="", is_narrow=False, language="kk")
    with pytest.raises(Refused):
        save_search(actor_of(make.user(confirmed_at=None)), parameters="q=жол", is_narrow=True, language="kk")
    with pytest.raises(Refused):
        remove_search(make.actor(), saved=saved, owner_id=actor.id + 1)


def test_a_reader_keeps_and_removes_a_search(
    indexed: PortalApp, client: PageClient, make: Maker, sign_in: Callable[..., Any]
) -> None:
    make.open()
    user = sign_in(client)
    assert client.get("/search?q=пассажир&kind=comment").status_code == 200
    assert client.post("/account/searches", data={"q": "пассажир", "kind": "comment"}).status_code == 302
    (saved,) = list_saved(user.id)
    assert client.get("/account/searches").status_code == 200
    client.post("/account/searches", data={"q": "пассажир", "kind": "comment"})
    assert len(list_saved(user.id)) == 1
    client.get("/search?q=пассажир&kind=comment")
    assert "You get the new results of this search already." in client.get("/search?q=пассажир&kind=comment").text
    client.post(f"/account/searches/{saved.id}/remove")
    assert list_saved(user.id) == []


def test_a_kept_search_has_a_name_and_a_frequency(
    indexed: PortalApp, client: PageClient, make: Maker, sign_in: Callable[..., Any]
) -> None:
    user = sign_in(client)
    client.post("/account/searches", data={"q": "троллейбус", "kind": "comment", "status": "open", "year": "2026"})
    (saved,) = list_saved(user.id)
    page = client.get("/account/searches").text
    assert "Comments; Discussion is open; 2026" in page and "Once a day at most" in page
    address = f"/account/searches/{saved.id}"
    assert client.get(address).status_code == 200
    assert client.post(address, data={"name": "x" * 101, "frequency": "weekly"}).status_code == 413
    assert client.post(address, data={"name": "Х", "frequency": "hourly"}).status_code == 422
    assert client.post(address, data={"name": "Мой поиск", "frequency": "weekly"}).status_code == 302
    page = client.get("/account/searches").text
    assert "Мой поиск" in page and "Once a week at most" in page and "троллейбус" in page
    client.post("/sign-out")
    sign_in(client)
    assert client.get(address).status_code == 403
    assert client.post(address, data={"name": "Чужой", "frequency": "daily"}).status_code == 403


def test_letters_come_as_often_as_asked_for(indexed: PortalApp, make: Maker) -> None:
    file, user = make.open(), make.user()
    begun = clock.now()
    saved = save_search(actor_of(user), parameters="q=троллейбус", is_narrow=True, language="ru")
    edit_search(actor_of(user), saved=saved, name="Мой поиск", frequency=Frequency.weekly)
    for text in ("Троллейбус нужен.", "Троллейбус не нужен."):
        make.comment(file, text=text, language="ru")
    with clock.frozen(begun + timedelta(days=6)):
        assert write_alerts() == 0
    with clock.frozen(begun + timedelta(days=8)):
        assert write_alerts() == 1
        (letter,) = _letters()
        assert "Мой поиск: 2 new results" in letter.body
        assert letter.body.count("(2)") == 1, "each draft stands in it once"
        edit_search(actor_of(user), saved=list_saved(user.id)[0], name="", frequency=Frequency.never)
        make.comment(file, text="Троллейбус, троллейбус!", language="ru")
    with clock.frozen(begun + timedelta(days=80)):
        assert write_alerts() == 0
        edit_search(actor_of(user), saved=list_saved(user.id)[0], name="", frequency=Frequency.daily)
    with clock.frozen(begun + timedelta(days=82)):
        assert write_alerts() == 0, "what came while nothing was to be written is not made up for"


def test_the_mail_program_unsubscribes_by_itself(indexed: PortalApp, client: PageClient, make: Maker) -> None:
    user = make.user()
    saved = save_search(actor_of(user), parameters="q=троллейбус", is_narrow=True, language="ru")
    make.commit()
    token = make_token(Purpose.stop, user)
    address = f"/search/alerts/{saved.id}/{token}"
    assert client.post(address, csrf=False).status_code == 400
    assert client.post(address, data={"List-Unsubscribe": "One-Click"}, csrf=False).status_code == 200
    assert list_saved(user.id) == []
    assert client.post(f"/letters/{token}", data={"List-Unsubscribe": "One-Click"}, csrf=False).status_code == 200
    assert not get_user(user.id).wants_letters
