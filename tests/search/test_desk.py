"""Does a drafter find the comments of the own body, and nobody else's?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from portal.drafts.models import Body
from portal.kernel.db import db
from portal.web.flask_app import PortalApp
from tests.client import PageClient
from tests.make import Maker


def test_the_own_inbox_is_searched(
    indexed: PortalApp, client: PageClient, make: Maker, sign_in: Callable[..., Any]
) -> None:
    other = Body(code="health", kind="ministry", name_kk="ДСМ", name_ru="Минздрав")
    db.session.add(other)
    make.commit()
    mine = make.comment(make.open(), text="Троллейбус нужен.", language="ru")
    foreign = make.comment(make.open(body=other), text="Троллейбус вреден.", language="ru")
    sign_in(client, "drafter", body=make.body())
    answer = client.get("/desk/search?q=троллейбусы&waiting=y")
    assert answer.status_code == 200
    address = f"/desk/drafts/{mine.draft_id}/comments?comment={mine.id}#work"
    assert address in answer.text and f"comment={foreign.id}" not in answer.text
    assert "Unanswered" in answer.text
    assert client.get(address.partition("#")[0]).status_code == 200
    assert client.get("/desk/search?q=дирижабль").status_code == 200
    assert f"comment={foreign.id}" not in client.get("/desk/search?q=троллейбус body:health").text
    page = client.get("/desk/search?q=троллейбус -status:open").text
    assert "Except: Discussion is open" in page and f"comment={mine.id}" not in page
