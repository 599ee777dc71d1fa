"""Do the operator's commands about texts and reference data answer cleanly, on the right stream, with the right status?"""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from portal.drafts.models import Body
from portal.drafts.queries.reference import find_type
from portal.kernel.db import db
from portal.web.flask_app import PortalApp
from tests.drafts.word import para, word_file
from tests.drafts.word import run as word_run
from tests.make import TEXT_KK, TEXT_RU, Maker
from tests.shared_data import shared


def run(app: PortalApp, *args: object) -> Result:
    """One command; its exception, if it is not an exit, is raised here."""
    db.session.rollback()
    result = app.test_cli_runner().invoke(args=[str(arg) for arg in args])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def tree(provisions: list[dict[str, Any]]) -> list[Any]:
    return [[p["kind"], p["number"], tree(p["children"])] for p in provisions]


def test_outline_prints_one_document(app: PortalApp, tmp_path: Path) -> None:
    result = run(app, "drafts", "outline", written(tmp_path, "act.txt", TEXT_RU), "--json")
    assert result.exit_code == 0 and result.stderr == ""
    outline = json.loads(result.stdout)
    assert set(outline) == {"language", "title", "provisions", "tables", "warnings", "confidence", "reasons"}
    assert (outline["language"], outline["title"], outline["tables"]) == ("ru", "Правила перевозки пассажиров", 0)
    assert tree(outline["provisions"]) == [
        ["chapter", "1", [["point", "1", []], ["point", "2", [["subpoint", "1", []], ["subpoint", "2", []]]]]],
        ["chapter", "2", [["point", "3", []]]],
    ]
    assert {"key", "kind", "number", "heading", "text", "children"} <= set(outline["provisions"][0])


def test_outline_reads_word_and_prints_a_tree(app: PortalApp, tmp_path: Path) -> None:
    body = para("ҚАҒИДАЛАР") + para("1-тарау. Жалпы ережелер") + para("1. Осы Қағидалар тәртіпті айқындайды.")
    result = run(app, "drafts", "outline", written(tmp_path, "act.docx", word_file(body)))
    assert result.exit_code == 0
    assert "chapter 1  Жалпы ережелер" in result.stdout and "  point 1  Осы Қағидалар" in result.stdout


def test_outline_reads_tracked_changes_as_it_is_told(app: PortalApp, tmp_path: Path) -> None:
    body = f"<w:p>{word_run('1. Срок ')}<w:ins w:id='1'>{word_run('не ')}</w:ins>{word_run('истёк.')}</w:p>"
    path = written(tmp_path, "act.docx", word_file(body))
    for options, words in (((), "Срок не истёк."), (("--changes", "refused"), "Срок истёк.")):
        result = run(app, "drafts", "outline", path, *options)
        assert result.exit_code == 0 and words in result.stdout
        assert "The file held tracked changes" in result.stderr


def test_outline_takes_the_language_given(app: PortalApp, tmp_path: Path) -> None:
    path = written(tmp_path, "act.txt", TEXT_KK)
    assert json.loads(run(app, "drafts", "outline", path, "--language", "kk", "--json").stdout)["language"] == "kk"
    assert run(app, "drafts", "outline", path, "--language", "fr").exit_code == 2


def test_outline_needs_no_database(app: PortalApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_connection(*arguments: object) -> None:
        raise AssertionError("the command reached the database")

    monkeypatch.setattr(db.engine, "connect", no_connection)
    monkeypatch.setattr(db.session, "execute", no_connection)
    result = app.test_cli_runner().invoke(args=["drafts", "outline", str(written(tmp_path, "a.txt", TEXT_RU)), "--json"])
    assert result.exit_code == 0, result.output


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * 60_000_000)
    return file.getvalue()


UNREADABLE = {
    "empty.docx": b"",
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le"),
    "act.pdf": b"%PDF-1.4\n" + b"x" * 500,
    "cut.docx": word_file(para("1. Пункт."))[:-200],
    "noise.docx": bytes(range(256)) * 40,
    "zip.docx": b"PK\x05\x06" + b"\0" * 18,
    "nothing.docx": word_file(para("   ")),
}


@pytest.mark.parametrize("name", [*UNREADABLE, "bomb.docx", "missing.docx", "folder"])
def test_outline_refuses_in_one_line(app: PortalApp, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "bomb.docx":
        path.write_bytes(bomb())
    elif name == "folder":
        path.mkdir()
    elif name in UNREADABLE:
        path.write_bytes(UNREADABLE[name])
    result = run(app, "drafts", "outline", path, "--json")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1 and "Traceback" not in result.stderr


def test_outline_reads_a_real_file(app: PortalApp) -> None:
    path = shared("data/documents/za-act-2-1998.docx")
    result = run(app, "drafts", "outline", path, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["language"] == "en"


def test_bodies_are_added_and_listed(app: PortalApp) -> None:
    added = run(app, "bodies", "add", "--code", "akimat-almaty", "--kind", "akimat", "--name-kk", "Алматы қаласының әкімдігі",
                "--name-ru", "Акимат города Алматы", "--json")  # fmt: skip
    assert added.exit_code == 0 and json.loads(added.stdout)["code"] == "akimat-almaty"
    (listed,) = json.loads(run(app, "bodies", "list", "--json").stdout)
    assert listed["name_kk"] == "Алматы қаласының әкімдігі" and listed["kind"] == "akimat"
    assert "akimat-almaty  akimat  Акимат города Алматы" in run(app, "bodies", "list").stdout
    again = run(app, "bodies", "add", "--code", "akimat-almaty", "--kind", "akimat", "--name-kk", "x", "--name-ru", "x")
    assert again.exit_code == 2 and again.stdout == "" and "already" in again.stderr
    assert db.session.scalar(db.select(db.func.count()).select_from(Body)) == 1


def test_types_and_areas_are_listed(app: PortalApp) -> None:
    types = {row["code"]: row for row in json.loads(run(app, "types", "list", "--json").stdout)}
    assert (types["law"]["discussion_days"], types["order"]["discussion_days"]) == (15, 10)
    assert types["order"]["answer_days"] == 10
    assert len(json.loads(run(app, "areas", "list", "--json").stdout)) == 25
    assert "transport" in run(app, "areas", "list").stdout


def test_a_type_keeps_what_is_not_given(app: PortalApp) -> None:
    result = run(app, "types", "set", "order", "--discussion-days", "12", "--json")
    assert result.exit_code == 0
    row = json.loads(result.stdout)
    assert (row["discussion_days"], row["answer_days"], row["name_ru"]) == (12, 10, "Приказ")
    db.session.expire_all()
    order = find_type("order")
    assert order is not None and order.discussion_days == 12
    assert run(app, "types", "set", "order", "--discussion-days", "0").exit_code == 2
    assert run(app, "types", "set", "ukase").exit_code == 2


def test_days_are_moved(app: PortalApp) -> None:
    assert run(app, "days", "set", "2027-01-04", "--working", "--reason", "Resolution").exit_code == 0
    (day,) = json.loads(run(app, "days", "list", "--json").stdout)
    assert day == {"on": "2027-01-04", "is_working": True, "reason": "Resolution"}
    assert run(app, "days", "set", "tomorrow", "--off").exit_code == 2


@pytest.mark.parametrize("group", ["drafts", "bodies", "types", "areas", "days", "comments"])
def test_help_reads_well(app: PortalApp, group: str) -> None:
    result = run(app, group, "--help")
    assert result.exit_code == 0 and "Commands:" in result.stdout
    for line in result.stdout.partition("Commands:\n")[2].splitlines():
        assert len(line.split(maxsplit=1)) == 2, f"no help for {line}"


def test_json_is_utf_8_even_where_the_terminal_is_not(app: PortalApp, make: Maker) -> None:
    make.body()
    assert "Көлік министрлігі" in run(app, "bodies", "list", "--json").stdout
