"""Do thousands of comments that real people wrote elsewhere come in whole, in threads, and out again in the report?

`fr-republique-numerique`: proposals on a government bill become the articles of a draft, arguments for and against its comments.
`decide-madrid`: proposals become articles, threaded comments with votes hang on them.
"""

from __future__ import annotations

import csv
import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from portal.accounts.actor import OPERATOR
from portal.consultation.actions.replies import ReplyDraft, post_reply
from portal.consultation.models import Comment, Tally
from portal.consultation.queries.drafts import get_file
from portal.kernel import clock
from portal.kernel.db import db
from tests.make import Maker
from tests.shared_data import shared

TAG = re.compile(r"<[^>]+>")


def plain(text: str) -> str:
    """Words without mark-up, on one line."""
    return " ".join(html.unescape(TAG.sub(" ", text)).split())


def articles(titles: list[tuple[str, str]]) -> bytes:
    """A text with one article for each (title, words)."""
    lines = ["A bill of many articles", ""]
    for number, (title, words) in enumerate(titles, 1):
        lines += [f"Article {number}. {plain(title)}", f"1. {plain(words) or title}", ""]
    return "\n".join(lines).encode()


def load(app, tmp_path: Path, text: bytes, lines: list[dict[str, Any]]) -> tuple[int, dict[str, Any]]:
    """Import a draft and its comments by the operator's own commands; the draft's id and what the import said."""
    source, comments = tmp_path / "text.txt", tmp_path / "comments.jsonl"
    source.write_bytes(text)
    comments.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines))
    run = app.test_cli_runner()
    made = run.invoke(args=[
        "drafts", "import", "--body", "transport", "--type", "law", "--title-kk", "Заң жобасы", "--title-ru", "Законопроект",
        "--en", str(source), "--open-for", "20", "--json",
    ])  # fmt: skip
    assert made.exit_code == 0, made.output
    draft = json.loads(made.stdout)["draft"]
    said = run.invoke(args=["comments", "import", str(comments), "--draft", str(draft), "--json"])
    assert said.exit_code == 0, said.output
    return draft, json.loads(said.stdout)


def french() -> tuple[bytes, list[dict[str, Any]]]:
    file = shared("data/comments/fr-republique-numerique/opinions.jsonl").read_text("utf-8")
    rows = [json.loads(line) for line in file.split("\n") if line]
    text = articles([(row["title"], row["body_html"]) for row in rows])
    lines = [
        {
            "external_id": f"fr-{argument['id']}", "author": argument["author"], "text": argument["body"], "language": "en",
            "stance": "for" if argument["pro"] else "against", "provision": f"art_{number}",
            "created_at": argument["created_at"], "votes_for": argument["votes"],
        }
        for number, row in enumerate(rows, 1)
        for argument in row["arguments"]
    ]  # fmt: skip
    return text, lines


def test_arguments_on_the_digital_republic(app, make: Maker, client, tmp_path: Path) -> None:
    text, lines = french()
    make.body()
    draft_id, said = load(app, tmp_path, text, lines)
    wordless = sum(1 for line in lines if not plain(line["text"]))
    assert said["imported"] == len(lines) - wordless
    assert [error["line"] for error in said["errors"]] == [n for n, line in enumerate(lines, 1) if not plain(line["text"])]
    tally = db.session.get(Tally, draft_id)
    assert tally.comments == said["imported"]
    busiest, count = Counter(line["provision"] for line in lines).most_common(1)[0]
    page = client.get(f"/drafts/{draft_id}?provision={busiest}")
    assert page.status_code == 200
    assert _number_in(client.page, f"{busiest}") == count
    again = app.test_cli_runner().invoke(
        args=["comments", "import", str(tmp_path / "comments.jsonl"), "--draft", str(draft_id), "--json"]
    )
    assert json.loads(again.stdout)["imported"] == 0


def _number_in(root: Any, key: str) -> int:
    """The count of comments the reading page prints under a provision."""
    words = [" ".join("".join(a.itertext()).split()) for a in root.iter("a") if f"provision={key}" in (a.get("href") or "")]
    numbers = [int(re.sub(r"\D", "", found[1])) for text in words if (found := re.match(r"([\d\s]+) comments?\b", text))]
    assert numbers, f"no count at {key}: {words}"
    return numbers[0]


def test_the_report_on_the_digital_republic_holds_every_argument(app, make: Maker, client, tmp_path: Path) -> None:
    text, lines = french()
    make.body()
    draft_id, said = load(app, tmp_path, text, lines)
    with clock.frozen(get_file(draft_id).consultation.closes_at + timedelta(days=1)):
        typed = ReplyDraft(decision="noted", text="Taken into account in the next version.", language="en")
        for comment in db.session.scalars(db.select(Comment).where(Comment.draft_id == draft_id)):
            post_reply(OPERATOR, file=get_file(draft_id), comment=comment, typed=typed)
        db.session.commit()
        out = tmp_path / "report.docx"
        built = app.test_cli_runner().invoke(args=["reports", "build", str(draft_id), "--format", "docx", "--out", str(out)])
    assert built.exit_code == 0, built.output
    rows = sum(len(table.rows) - 1 for table in Document(BytesIO(out.read_bytes())).tables if len(table.columns) == 5)
    assert rows == said["imported"]


def madrid() -> tuple[bytes, list[dict[str, Any]]]:
    with shared("data/comments/decide-madrid/proposals.csv").open(encoding="utf-8", newline="") as file:
        proposals = list(csv.DictReader(file))
    place = {row["id"]: number for number, row in enumerate(proposals, 1)}
    text = articles([(row["title"], row["text"] or row["summary"]) for row in proposals])
    return text, list(_madrid_lines(place))


def _madrid_lines(place: dict[str, int]) -> Iterator[dict[str, Any]]:
    with shared("data/comments/decide-madrid/comments.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["proposalId"] in place:
                yield {
                    "external_id": row["id"], "author": f"user {row['userId']}", "text": row["text"], "language": "en",
                    "provision": f"art_{place[row['proposalId']]}",
                    "parent": "" if row["parentId"] == "-1" else row["parentId"],
                    "created_at": f"{row['date']}T{row['time'].split()[-1]}",
                    "votes_for": int(row["numPositiveVotes"]), "votes_against": int(row["numNegativeVotes"]),
                }  # fmt: skip


def test_threads_of_madrid(app, make: Maker, client, tmp_path: Path) -> None:
    text, lines = madrid()
    make.body()
    draft_id, said = load(app, tmp_path, text, lines)
    known = {line["external_id"] for line in lines}
    assert said["imported"] + len(said["errors"]) == len(lines)
    stored = {c.external_id: c for c in db.session.scalars(db.select(Comment).where(Comment.draft_id == draft_id))}
    by_id = {comment.id: comment for comment in stored.values()}
    for line in lines:
        if line["external_id"] in stored and line["parent"] in stored and line["parent"] in known:
            comment = stored[line["external_id"]]
            assert by_id[comment.parent_id].external_id == line["parent"]
            assert comment.depth == min(by_id[comment.parent_id].depth + 1, 6)
    agreed = sum(line["votes_for"] for line in lines if line["external_id"] in stored)
    assert sum(comment.agree for comment in stored.values()) == agreed
    replies = Counter(comment.parent_id for comment in stored.values())
    assert all(comment.replies == replies[comment.id] for comment in stored.values())
    most = max(stored.values(), key=lambda comment: comment.replies)
    assert client.get(f"/comments/{most.id}").status_code == 200
    assert client.get(f"/drafts/{draft_id}/comments").status_code == 200
    assert client.get(f"/drafts/{draft_id}").status_code == 200


@pytest.fixture(autouse=True)
def shared_is_there() -> None:
    shared("data/comments/decide-madrid/comments.csv")
