"""How does a real order of the present portal, with its ten comments and ten replies, live on this one?

The order was shown there as a six-row passport without its text; ten remarks said so and got ten word-for-word identical
replies. Here everything goes through the product's own pages and commands.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from lxml import etree

from portal.consultation.models import Comment
from portal.drafts.models import Draft
from portal.drafts.queries.reference import find_type
from portal.kernel import clock
from portal.kernel.db import db
from tests.client import PageClient
from tests.make import Maker
from tests.shared_data import shared

POSTED = datetime(2026, 9, 9, 4, 0, tzinfo=UTC)
ANSWERING = datetime(2026, 9, 15, 6, 0, tzinfo=UTC)
ROWS = {"grounds": 2, "content": 3, "aims": 4, "consequences": 5}


@pytest.fixture
def card() -> dict[str, Any]:
    return json.loads(shared("data/legalacts/card-15906353.json").read_text("utf-8"))


@pytest.fixture
def thread() -> list[dict[str, Any]]:
    lines = shared("data/legalacts/comments-15906353.jsonl").read_text("utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


def word(title: str, rows: list[list[str]]) -> BytesIO:
    """The passport as the Word file an agency would upload: its rows are points."""
    document = Document()
    document.add_paragraph(title)
    for number, name, text in rows:
        document.add_paragraph(f"{number}. {name}: {' '.join(text.split())}")
    out = BytesIO()
    document.save(out)
    out.seek(0)
    return out


def prepare(client: PageClient, card: dict[str, Any]) -> int:
    """A drafter types the card once, uploads both texts and opens the discussion; the draft's id."""
    order = find_type("order")
    titles = {"type": str(order.id), "area": "", "title_kk": card["title_kk"], "title_ru": card["title_ru"]}
    assert client.post("/desk/drafts/new", data=titles).status_code == 302
    draft_id = db.session.scalar(db.select(Draft.id))
    passport = {
        f"{row}_{language}": card[f"content_{language}"][place][2]
        for row, place in ROWS.items()
        for language in ("kk", "ru")
    }
    assert client.post(f"/desk/drafts/{draft_id}/card", data={**titles, **passport}).status_code == 302
    files = {f"file_{k}": (word(card[f"title_{k}"], card[f"content_{k}"]), f"{k}.docx") for k in ("kk", "ru")}
    assert client.post(f"/desk/drafts/{draft_id}/text", data=files).status_code == 302
    opening = client.get(f"/desk/drafts/{draft_id}/open")
    assert opening.status_code == 200
    dates = {field.get("name"): field.get("value") for field in client.page.iter("input") if field.get("type") == "date"}
    assert dates["opens_on"] == "2026-09-09"
    assert dates["closes_on"] == "2026-09-23", "ten working days, as the law says; the present portal gave three"
    sent = client.post(f"/desk/drafts/{draft_id}/open", data={**dates, "immutable": "y", "differences": "y"})
    assert sent.status_code == 302, client.words[:600]
    return int(draft_id)


def import_lines(thread: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for line in thread:
        if not line["is_agency"]:
            yield {
                "external_id": line["external_id"], "author": line["author"], "text": line["text"],
                "language": line["language"], "provision": "pnt_1", "created_at": line["created_at_iso"],
            }  # fmt: skip


def test_the_order_its_comments_and_replies(
    app, make: Maker, client: PageClient, sign_in, tmp_path: Path, card: dict[str, Any], thread: list[dict[str, Any]]
) -> None:
    body = make.body()
    with clock.frozen(POSTED):
        sign_in(client, "drafter", body=body)
        draft_id = prepare(client, card)
        page = client.get(f"/drafts/{draft_id}?lang=ru").get_data(as_text=True)
        shown = client.words
        for place in ROWS.values():
            assert " ".join(card["content_ru"][place][2].split()) in shown
        assert "Пояснительная записка" in shown, "a missing part is shown as missing"
        assert all(f'id="pnt_{number}"' in page for number in range(1, 7))
    with clock.frozen(ANSWERING):
        comments = _bring_in(app, tmp_path, draft_id, thread)
        assert len(comments) == 10
        _answer_all(client, draft_id, comments, thread)
        inbox = client.get(f"/desk/drafts/{draft_id}/comments?lang=en").get_data(as_text=True)
        assert "10 / 10" in " ".join(inbox.split())
    with clock.frozen(datetime(2026, 9, 24, 6, 0, tzinfo=UTC)):
        assert client.post(f"/desk/drafts/{draft_id}/report").status_code == 302
        assert client.post(f"/desk/drafts/{draft_id}/report/publish", data={"edition": "1"}).status_code == 302
        report = client.get(f"/drafts/{draft_id}/report.json").get_json()
        assert report["numbers"]["decisions"] == {"not_accepted": 10}
        told = {comment["text"] for unit in report["provisions"] for comment in unit["comments"]}
        assert told == {comment.text for comment in comments.values()}
        assert client.get(f"/drafts/{draft_id}/report?lang=kk").status_code == 200


def _bring_in(app, tmp_path: Path, draft_id: int, thread: list[dict[str, Any]]) -> dict[str, Comment]:
    file = tmp_path / "comments.jsonl"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in import_lines(thread)))
    said = app.test_cli_runner().invoke(args=["comments", "import", str(file), "--draft", str(draft_id), "--json"])
    assert json.loads(said.stdout) == {"imported": 10, "skipped": 0, "errors": []}
    return {comment.external_id: comment for comment in db.session.scalars(db.select(Comment))}


def _answer_all(client: PageClient, draft_id: int, comments: dict[str, Comment], thread: list[dict[str, Any]]) -> None:
    """Type each of the agency's replies into the form; from the fourth on the page says it was used before."""
    replies = {line["parent"]: line["text"] for line in thread if line["is_agency"]}
    assert len({" ".join(text.split()) for text in replies.values()}) == 1, "ten identical replies"
    for external_id, comment in comments.items():
        client.get(f"/desk/drafts/{draft_id}/comments?comment={comment.id}&lang=en")
        data = _fields(client.page, f"/desk/comments/{comment.id}/reply")
        data |= {"decision": "not_accepted", "text": replies[external_id], "language": "ru"}
        data.pop("also", None)
        sent = client.post(f"/desk/comments/{comment.id}/reply", data=data)
        assert sent.status_code in {200, 302, 303}, client.words[:500]


def _fields(root: etree._Element, action: str) -> dict[str, str]:
    """The hidden fields of the form with an action."""
    form = next(form for form in root.iter("form") if (form.get("action") or "").startswith(action))
    return {
        field.get("name"): field.get("value") or ""
        for field in form.iter("input")
        if field.get("type") == "hidden" and field.get("name") != "csrf_token"
    }
