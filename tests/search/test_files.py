"""Do machines get a search as a feed, a table and an object, valid and bounded?"""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from urllib.parse import quote

import pytest
from lxml import etree

from portal.search.feeds import harmless
from portal.web.flask_app import PortalApp
from tests.client import PageClient
from tests.make import Maker
from tests.search.hostile import HOSTILE
from tests.statements import counted

NAMES = {"a": "http://www.w3.org/2005/Atom"}


def test_an_atom_feed_is_what_the_standard_asks_for(indexed: PortalApp, client: PageClient, make: Maker) -> None:
    file = make.open()
    make.comment(file, text="Пассажир \x0b прав <b>&", language="ru")
    answer = client.get("/search.atom?q=пассажир&lang=ru")
    assert answer.status_code == 200 and answer.mimetype == "application/atom+xml"
    feed = etree.fromstring(answer.data)
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    for name in ("title", "id", "updated"):
        assert len(feed.findall(f"a:{name}", NAMES)) == 1
    assert feed.find("a:link[@rel='self']", NAMES) is not None
    entries = feed.findall("a:entry", NAMES)
    assert entries and len({each.findtext("a:id", None, NAMES) for each in entries}) == len(entries)
    updated = [each.findtext("a:updated", "", NAMES) for each in entries]
    assert updated == sorted(updated, reverse=True) and feed.findtext("a:updated", "", NAMES) == updated[0]
    for entry in entries:
        assert datetime.fromisoformat(entry.findtext("a:updated", "", NAMES)).tzinfo is not None
        assert entry.findtext("a:id", "", NAMES).startswith("tag:")
        assert entry.find("a:author/a:name", NAMES).text
        assert entry.find("a:link", NAMES).get("href").startswith("http")
        assert entry.findtext("a:title", "", NAMES)
    other = etree.fromstring(client.get("/search.atom?q=пассажиры&lang=kk").data)
    shared = {each.text for each in other.findall("a:entry/a:id", NAMES)}
    assert shared & {each.findtext("a:id", None, NAMES) for each in entries}
    assert etree.fromstring(client.get("/search.atom?q=zzzz").data).findtext("a:updated", None, NAMES)


def test_csv_is_a_table_without_formulas(indexed: PortalApp, client: PageClient, make: Maker) -> None:
    file = make.open()
    for text in ("=HYPERLINK(\"x\") пассажир", "+1 пассажир", "-1 пассажир", "@пассажир", "\t=пассажир"):
        make.comment(file, text=text, language="ru")
    answer = client.get("/search.csv?q=пассажир")
    assert answer.status_code == 200 and answer.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert len(rows) >= 8
    assert not any(value.lstrip().startswith(("=", "+", "-", "@")) for row in rows for value in row.values())
    assert {row["kind"] for row in rows} >= {"comment", "provision"}
    assert all(row["url"].startswith("http") for row in rows)


@pytest.mark.parametrize("value", ["=1", " =1", "\t=1", "\r@x", "+7", "-1", "@a"])
def test_what_a_spreadsheet_would_run_is_text(value: str) -> None:
    assert harmless(value).startswith("'")
    assert harmless("жол=1") == "жол=1"


def test_json_goes_by_pages(indexed: PortalApp, client: PageClient, make: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.search.views.files.OBJECTS", 2)
    make.open()
    first = client.get("/search.json?q=пассажир&lang=ru").json
    assert first["total"] > 2 and len(first["results"]) == 2 and first["has_all_words"]
    second = client.get("/" + first["next"].split("/", 3)[3]).json
    names = {(each["kind"], each["id"]) for each in first["results"]}
    assert second["page"] == 2 and names.isdisjoint((each["kind"], each["id"]) for each in second["results"])
    assert json.dumps(first)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_asked_is_an_error(indexed: PortalApp, client: PageClient, text: str) -> None:
    for name in ("atom", "csv", "json"):
        assert client.get(f"/search.{name}", query_string={"q": text}).status_code == 200


def test_without_an_index_they_ask_to_come_again(app: PortalApp, client: PageClient) -> None:
    for name in ("atom", "csv", "json"):
        answer = client.get(f"/search.{name}?q={quote('жол')}")
        assert answer.status_code == 503 and answer.headers["Retry-After"]
        assert answer.mimetype == ("application/json" if name == "json" else "text/plain")
    assert answer.json["status"] == "rebuilding" and "results" not in answer.json


def test_the_page_names_them(indexed: PortalApp, client: PageClient, make: Maker) -> None:
    make.open()
    client.get("/search?q=пассажир&type=1&page=1")
    types = {each.get("type") for each in client.page.iter("link") if each.get("rel") == "alternate"}
    assert {"application/atom+xml", "text/csv", "application/json"} <= types
    files = [each.get("href") for each in client.page.iter("a") if "/search." in each.get("href", "")]
    assert len(files) == 3 and all("lang=en" in each and "type=1" in each and "page" not in each for each in files)


def test_a_table_reads_each_text_once(
    indexed: PortalApp, client: PageClient, make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two statements and three for each batch, however many provisions and comments were found."""
    monkeypatch.setattr("portal.search.views.files.BATCH", 5)
    for _ in range(2):
        file = make.open()
        for number in range(6):
            make.comment(file, text=f"Пассажир {number}.", language="ru")
    client.get("/search.csv?q=пассажир&lang=ru")
    with counted() as sent:
        rows = client.get("/search.csv?q=пассажир&lang=ru").data.decode().count("\r\n") - 1
    outlines = [each for each in sent if "outline" in each]
    batches = -(-rows // 5)
    assert rows > 15 and len(outlines) == 1
    assert len([each for each in sent if "FROM draft JOIN body" in each]) == batches
    kinds = sum("FROM comment" in each or "FROM reply" in each for each in sent[4:])
    assert len(sent) == 4 + batches + kinds and kinds <= 2 * batches, "\n".join(sent)


def test_part_of_the_results_is_said_to_be_part(
    indexed: PortalApp, client: PageClient, make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.open()
    assert client.get("/search.json?q=пассажир").json["status"] == "complete"
    monkeypatch.setattr("portal.search.queries.entries_behind", lambda: 10**6)
    assert client.get("/search.json?q=пассажир").json["status"] == "partial"
    assert "search-partial.csv" in client.get("/search.csv?q=пассажир").headers["Content-Disposition"]
    assert "results are partial" in client.get("/search.atom?q=пассажир").text
    assert "Nothing found" not in client.get("/search?q=цццц").text
