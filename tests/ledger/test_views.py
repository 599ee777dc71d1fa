"""The public pages of the record: what they show, what they prove, and what they answer to nonsense."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest
from werkzeug.test import TestResponse

from portal.kernel.db import db
from portal.ledger import merkle
from portal.ledger.heads import read_key, read_note
from portal.ledger.kinds import Kind
from portal.ledger.merkle import leaf_hash
from portal.ledger.queries import count_entries, find_head, get_entry, root_at
from portal.ledger.receipts import Status, check_file, code_of, receipt_for
from portal.ledger.record import record
from portal.ledger.wording import SUBJECTS, WORDS
from portal.web.flask_app import PortalApp
from tests.client import PageClient
from tests.ledger.acts import fill
from tests.page import text_of


@pytest.fixture
def filled(app: PortalApp) -> int:
    """One hundred and twenty comments after whatever is there; the number of the first."""
    first = count_entries()
    db.session.rollback()
    fill(app, 120)
    return first


def visit(client: PageClient, path: str, status: int = 200) -> TestResponse:
    response = client.get(path)
    assert response.status_code == status, (path, response.status_code)
    return response


def code_in(app: PortalApp, number: int) -> str:
    try:
        return receipt_for(get_entry(number)).code
    finally:
        db.session.rollback()


def alter(app: PortalApp, statement: str) -> None:
    with closing(sqlite3.connect(app.config["SETTINGS"].instance / "portal.sqlite3")) as connection, connection:
        connection.execute("PRAGMA busy_timeout=5000")
        assert connection.execute(statement).rowcount == 1


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("path", ["/ledger", "/ledger/entries/{first}", "/receipts", "/receipts/{code}", "/receipts/7"])
def test_every_page_in_every_language(client: PageClient, app: PortalApp, filled: int, language: str, path: str) -> None:
    address = path.format(first=filled, code=code_in(app, filled))
    response = visit(client, f"{address}?lang={language}", 422 if path.endswith("/7") else 200)
    assert response.headers["Content-Language"] == language


def test_an_empty_record(client: PageClient, app: PortalApp) -> None:
    if count_entries():
        pytest.skip("the migrated database has entries already")
    db.session.rollback()
    assert "There are no entries here" in visit(client, "/ledger").text
    visit(client, "/ledger/head.json", 404)
    assert visit(client, "/ledger/log.jsonl").data == b""


def test_the_list_goes_from_newest_to_oldest(client: PageClient, filled: int) -> None:
    seen, address = [], "/ledger?kind=comment-posted"
    while address:
        visit(client, address)
        seen += [text_of(cell) for cell in client.page.findall(".//tbody/tr/td[2]")]
        address = next((a.get("href") for a in client.page.iter("a") if a.get("rel") == "next"), None)
    assert seen == [f"comment No {n}" for n in range(120, 0, -1)]


def test_the_list_is_filtered_by_kind(client: PageClient, app: PortalApp, filled: int) -> None:
    with app.app_context():
        record(Kind.DRAFT_VOTED, "draft:7", {"value": "for"})
        db.session.commit()
    visit(client, "/ledger?kind=draft-voted")
    page = client.page
    assert [text_of(row) for row in page.findall(".//tbody/tr/td[1]")] == ["Vote on a draft cast"]
    assert page.find(".//option[@selected]").get("value") == "draft-voted"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/ledger?kind=comment-eaten", 422),
        ("/ledger?below=abc", 422),
        ("/ledger?below=-1", 422),
        ("/ledger?below=" + "9" * 400, 422),
        ("/ledger?below=0", 200),
        ("/ledger?below=999999999999999", 200),
        ("/ledger/entries/99999", 404),
        ("/ledger/entries/" + "9" * 60, 404),
        ("/ledger/entries/-1", 404),
        ("/ledger/entries/x", 404),
        ("/receipts?code=", 422),
        ("/receipts?code=%00", 422),
        ("/receipts?code='\"><script>alert(1)</script>", 422),
        ("/receipts?code=" + "A" * 4000, 422),
        ("/receipts/'\"><script>", 422),
        ("/receipts/%E2%80%AE1-2", 422),
    ],
)
def test_nonsense_gets_its_status_and_a_sentence(client: PageClient, filled: int, path: str, status: int) -> None:
    visit(client, path, status)
    assert len(client.main_words) > 30


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/ledger/consistency.json", 422),
        ("/ledger/consistency.json?first=x", 422),
        ("/ledger/consistency.json?first=9&second=3", 422),
        ("/ledger/consistency.json?first=1&second=999999", 422),
        ("/receipts/12.json", 422),
        ("/ledger/log.jsonl?first=x", 422),
    ],
)
def test_programs_get_a_status_too(client: PageClient, filled: int, path: str, status: int) -> None:
    response = visit(client, path, status)
    if response.is_json:
        assert set(response.get_json()) == {"error"}


def test_nothing_here_takes_a_form(client: PageClient, filled: int) -> None:
    for path in ("/ledger", "/receipts", f"/ledger/entries/{filled}"):
        response = client.post(path, csrf=False)
        assert response.status_code == 405 and "GET" in response.headers["Allow"]


def test_an_entry_shows_what_was_hashed(client: PageClient, filled: int) -> None:
    entry = get_entry(filled + 4)
    db.session.rollback()
    visit(client, f"/ledger/entries/{filled + 4}")
    codes = [text_of(code) for code in client.page.iter("code")]
    assert entry.data.decode() in codes and entry.leaf.hex() in codes
    text = client.main_words
    assert "Comment published" in text and "comment No 5" in text and "The record confirms this entry" in text
    assert "Пікір" not in text


def test_an_altered_entry_says_so(client: PageClient, app: PortalApp, filled: int) -> None:
    code = code_in(app, filled + 2)
    alter(app, f"UPDATE ledger_entry SET facts = '{{' WHERE number = {filled + 2}")
    assert "The entry was altered" in visit(client, f"/ledger/entries/{filled + 2}").text
    assert "altered after this receipt" in visit(client, f"/receipts/{code}").text
    visit(client, f"/receipts/{code}.json", 404)
    alter(app, f"DELETE FROM ledger_salt WHERE entry_id = (SELECT id FROM ledger_entry WHERE number = {filled + 2})")
    alter(app, f"DELETE FROM ledger_entry WHERE number = {filled + 2}")
    assert "altered after this receipt" in visit(client, f"/receipts/{code}").text


def test_a_receipt_from_code_to_file(client: PageClient, app: PortalApp, filled: int) -> None:
    code = code_in(app, filled + 9)
    answer = visit(client, "/receipts?code=" + code.lower().replace("-", "%20"), 302)
    assert answer.headers["Location"] == f"/receipts/{code}"
    assert "The receipt is genuine" in visit(client, f"/receipts/{code}").text
    file = visit(client, f"/receipts/{code}.json")
    assert "attachment" in file.headers["Content-Disposition"]
    assert check_file(file.data).status is Status.GENUINE


def test_a_forged_receipt_is_not_found(client: PageClient, filled: int) -> None:
    forged = code_of(filled, leaf_hash(b"forged"))
    assert "not genuine" in visit(client, f"/receipts/{forged}", 404).text
    visit(client, f"/receipts/{forged}.json", 404)


def test_a_typing_error_keeps_what_was_typed(client: PageClient, app: PortalApp, filled: int) -> None:
    typed = code_in(app, filled)[:-1] + "x"
    visit(client, f"/receipts?code={typed}", 422)
    assert client.page.find(".//input[@name='code']").get("value") == typed
    assert "has a mistake in it" in client.main_words


def test_a_receipt_waits_for_its_signature(client: PageClient, app: PortalApp, filled: int) -> None:
    with app.app_context():
        number = record(Kind.DRAFT_CREATED, "draft:9").number
        db.session.commit()
    assert number is not None
    answer = visit(client, f"/receipts/{code_in(app, number)}.json", 503)
    assert answer.headers["Retry-After"] == "1"
    assert "being signed" in visit(client, f"/ledger/entries/{number}").text


def test_anybody_can_check_the_record(client: PageClient, filled: int) -> None:
    """From the downloads alone, as the page explains."""
    lines = visit(client, "/ledger/log.jsonl").data.splitlines()
    head = visit(client, "/ledger/head.json").get_json()
    key, note = read_key(head["public_key"]), read_note(head["note"])
    assert note.is_signed_by(key) and note.size == head["size"] == len(lines) == filled + 120
    leaves = [leaf_hash(line) for line in lines]
    assert merkle.root(leaves) == note.root
    assert all(json.loads(line)["v"] == 1 for line in lines)
    old = filled + 5
    proof = visit(client, f"/ledger/consistency.json?first={old}").get_json()
    path = [bytes.fromhex(node) for node in proof["path"]]
    assert merkle.proves_consistency(old, len(lines), path, merkle.root(leaves[:old]), note.root)
    assert visit(client, f"/ledger/log.jsonl?first={old}").data.splitlines() == lines[old:]


def test_the_log_is_streamed_in_pieces(client: PageClient, app: PortalApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.ledger.log.LINES_AT_ONCE", 7)
    fill(app, 30)
    leaves = [leaf_hash(line) for line in visit(client, "/ledger/log.jsonl").data.splitlines()]
    assert merkle.root(leaves) == root_at(len(leaves))


def test_in_tests_the_followers_run_after_each_commit(app: PortalApp) -> None:
    entry = record(Kind.DRAFT_CREATED, "draft:1")
    db.session.commit()
    for wake in app.after_commit:
        wake()
    head = find_head()
    assert head is not None and entry.number is not None and head.size == entry.number + 1


def test_every_kind_and_subject_has_words() -> None:
    assert set(WORDS) == set(Kind)
    assert all("%(id)s" in str(words) for words in SUBJECTS.values())
