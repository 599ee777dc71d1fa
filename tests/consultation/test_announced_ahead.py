"""Is a discussion announced ahead seen wherever drafts are, and does a draft tell machines all it is linked to?"""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from portal.accounts.actor import OPERATOR
from portal.consultation.actions.links import link_draft
from portal.drafts.actions.drafts import withdraw_draft
from portal.kernel.clock import today
from tests.client import PageClient
from tests.make import Maker

SCHEMA = json.loads((Path(__file__).parents[2] / "static" / "schemas" / "draft-1.json").read_text("utf-8"))


def test_what_is_announced_is_on_the_first_page_in_lists_and_says_when_it_opens(client: PageClient, make: Maker) -> None:
    client.get("/")
    assert "Announced: the discussion opens soon" not in client.words
    opens_on = today() + timedelta(days=7)
    file = make.open(opens_on=opens_on, closes_on=opens_on + timedelta(days=30), en="On bridges, fords and ferries")
    when = f"Opens on {opens_on.day} {opens_on:%B %Y}"
    for address in ("/", "/drafts?phase=announced", "/bodies/transport"):
        client.get(address)
        assert "On bridges, fords and ferries" in client.words and when in client.words, address
    assert client.get("/drafts").status_code == 200 and "On bridges" not in client.words
    client.get(f"/drafts/{file.draft.id}")
    assert "The discussion has not begun yet" in client.words
    assert f"from {opens_on.day} {opens_on:%B %Y} to" in client.words
    assert client.page.find(f".//a[@href='/drafts/{file.draft.id}/discussion.ics']") is not None


def test_the_days_go_into_a_calendar(client: PageClient, make: Maker) -> None:
    opens_on = today() + timedelta(days=7)
    ahead = make.open(opens_on=opens_on, closes_on=opens_on + timedelta(days=30), en="On bridges, fords; ferries " + "ә" * 60)
    answer = client.get(f"/drafts/{ahead.draft.id}/discussion.ics")
    assert answer.mimetype == "text/calendar"
    lines = answer.get_data().split(b"\r\n")
    assert all(len(line) <= 75 for line in lines) and lines[0] == b"BEGIN:VCALENDAR" and lines[-2] == b"END:VCALENDAR"
    whole = answer.get_data(as_text=True).replace("\r\n ", "")
    assert whole.count("BEGIN:VEVENT") == whole.count("BEGIN:VALARM") == 2
    assert f"DTSTART;VALUE=DATE:{opens_on:%Y%m%d}" in whole and "On bridges\\, fords\\; ferries " + "ә" * 60 in whole
    assert client.get(f"/drafts/{make.open().draft.id}/discussion.ics").get_data(as_text=True).count("BEGIN:VEVENT") == 1
    assert client.get(f"/drafts/{make.closed().draft.id}/discussion.ics").status_code == 404
    assert client.get("/drafts/999/discussion.ics").status_code == 404


def test_a_draft_leads_machines_to_all_it_is_linked_to(client: PageClient, make: Maker) -> None:
    document = make.open(type="kdrp")
    bill = make.draft(type="law")
    link_draft(OPERATOR, draft=bill, number=document.draft.number)
    make.commit()
    before = read(client, document.draft.id)
    assert before["links"] == []  # the bill is not public yet
    from_bill = make.open()
    assert read(client, from_bill.draft.id)["family"] is None
    withdraw_draft(OPERATOR, draft=document.draft, reason={"kk": "Себебі", "ru": "Причина"})
    link_draft(OPERATOR, draft=from_bill.draft, number=document.draft.number)
    make.commit()
    found = read(client, from_bill.draft.id)
    assert [(each["kind"], each["direction"], each["number"]) for each in found["links"]] == [
        ("replacement", "earlier", document.draft.number)
    ]
    assert found["status"] == "open" and found["adopted"] is found["report"] is found["withdrawn"] is None
    version = found["versions"][0]
    assert version["is_discussed"] and set(version["texts"]) == {"kk", "ru"}
    path = version["texts"]["kk"]["files"]["akn"].partition("//")[2].partition("/")[2]
    assert client.get(f"/{path}").status_code == 200
    gone = read(client, document.draft.id)
    assert gone["withdrawn"]["reasons"] == {"kk": "Себебі", "ru": "Причина"}
    assert [each["direction"] for each in gone["links"]] == ["later"]
    assert client.get(f"/drafts/{bill.id}.json").status_code == 404


def read(client: PageClient, draft_id: int) -> dict[str, Any]:
    """The JSON of a draft, which has what its schema says and nothing else."""
    found: dict[str, Any] = client.get(f"/drafts/{draft_id}.json").get_json()
    assert set(found) == set(SCHEMA["required"]) == set(SCHEMA["properties"])
    assert set(found["discussion"]) == set(SCHEMA["properties"]["discussion"]["required"])
    assert found["status"] in SCHEMA["properties"]["status"]["enum"]
    for link in found["links"]:
        assert set(link) == set(SCHEMA["properties"]["links"]["items"]["required"])
    return found
