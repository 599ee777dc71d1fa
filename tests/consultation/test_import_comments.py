"""Do comments from elsewhere come in with their threads, dates and votes, once, and the bad lines by their number?"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from portal.accounts.actor import OPERATOR
from portal.consultation import cli
from portal.consultation.actions.imports import import_comments, known_comments
from portal.consultation.imported import ImportedComment, read_line
from portal.consultation.models import Comment, Stance, Tally
from portal.consultation.queries.drafts import DraftFile
from portal.kernel.clock import now
from portal.kernel.db import db
from portal.kernel.errors import Refused
from portal.ledger.heads import find_public_key, key_path
from portal.ledger.models import Entry
from portal.ledger.verify import verify
from portal.web.flask_app import PortalApp
from tests.client import PageClient
from tests.make import Maker

HOSTILE = ["'\"><script>alert(1)</script>", "\u202egnp.exe", "a\u200bb", "\x00\x07", "{{ 7*7 }}", "%(name)s", "🙂 \U000e0041"]


@pytest.fixture
def file(make: Maker) -> DraftFile:
    return make.open()


def line(external_id: object = "c1", **more: Any) -> dict[str, Any]:
    return {"external_id": external_id, "text": "Пункт нужно уточнить.", **more}


def written(folder: Path, lines: Iterable[object]) -> Path:
    path = folder / "comments.jsonl"
    path.write_text("\n".join(each if isinstance(each, str) else json.dumps(each) for each in lines))
    return path


def run(app: PortalApp, path: Path, draft_id: int, *more: str) -> Result:
    db.session.rollback()
    result = app.test_cli_runner().invoke(args=["comments", "import", str(path), "--draft", str(draft_id), *more])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    db.session.expire_all()
    return result


def imported(app: PortalApp, tmp_path: Path, file: DraftFile, *lines: object) -> dict[str, Any]:
    """What the command answers for these lines."""
    return dict(json.loads(run(app, written(tmp_path, lines), file.draft.id, "--json").stdout))


def stored(external_id: str) -> Comment:
    return db.session.scalars(db.select(Comment).where(Comment.external_id == external_id)).one()


def tally(file: DraftFile) -> Tally:
    found = db.session.get(Tally, file.draft.id)
    assert found is not None
    return found


def test_a_line_comes_in_with_its_history(app: PortalApp, tmp_path: Path, file: DraftFile) -> None:
    given = line(
        author="Тұрғын, Қостанай", language="kk", stance="against", provision="pnt_3", parent=None,
        created_at="2026-09-10T11:05:00", votes_for=41, votes_against=4, text="Жол ақысы қымбат.",
    )  # fmt: skip
    assert imported(app, tmp_path, file, given) == {"imported": 1, "skipped": 0, "errors": []}
    comment = stored("c1")
    assert (comment.author_name, comment.language, comment.stance) == ("Тұрғын, Қостанай", "kk", Stance.against)
    assert (comment.provision_key, comment.text, comment.author_id) == ("pnt_3", "Жол ақысы қымбат.", None)
    assert comment.created_at == datetime(2026, 9, 10, 6, 5, tzinfo=UTC)  # no zone given: official time
    assert (comment.agree, comment.disagree) == (41, 4)
    assert tally(file).comments == 1
    entry = db.session.scalars(db.select(Entry).where(Entry.subject == f"comment:{comment.id}")).one()
    assert entry.kind == "comment-imported" and entry.number == comment.entry_number
    assert "қымбат" not in entry.facts and "Қостанай" not in entry.facts


def test_a_second_time_everything_is_skipped(app: PortalApp, tmp_path: Path, file: DraftFile) -> None:
    lines = [line("a"), line("b", parent="a"), line("a", text="the same id again")]
    assert imported(app, tmp_path, file, *lines) == {"imported": 2, "skipped": 1, "errors": []}
    assert imported(app, tmp_path, file, *lines) == {"imported": 0, "skipped": 3, "errors": []}
    assert tally(file).comments == 2 and stored("a").replies == 1
    assert imported(app, tmp_path, file, *lines, line("c", parent="b"))["imported"] == 1
    assert stored("c").root_id == stored("a").id


def test_threads_hold_whatever_the_order_of_the_lines(app: PortalApp, tmp_path: Path, file: DraftFile) -> None:
    lines = [line("c", parent="b"), line("d", parent="a", provision="pnt_1"), line("b", parent="a"), line("a", provision="pnt_3")]
    assert imported(app, tmp_path, file, *lines) == {"imported": 4, "skipped": 0, "errors": []}
    a, b, c, d = (stored(name) for name in "abcd")
    assert [(each.parent_id, each.root_id, each.depth) for each in (a, b, c, d)] == [
        (None, None, 0), (a.id, a.id, 1), (b.id, a.id, 2), (a.id, a.id, 1)
    ]  # fmt: skip
    assert {each.provision_key for each in (a, b, c, d)} == {"pnt_3"}  # an answer stands where its parent does
    assert (a.replies, b.replies, c.replies) == (2, 1, 0)


def test_batches_keep_threads_together(
    app: PortalApp, tmp_path: Path, file: DraftFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "BATCH", 3)
    lines = [line(str(number), parent=str(number - 1) if number % 7 else None) for number in range(40)]
    lines = lines[20:] + lines[:20]
    assert imported(app, tmp_path, file, *lines) == {"imported": 40, "skipped": 0, "errors": []}
    assert tally(file).comments == 40
    assert stored("13").depth == 6 and stored("13").root_id == stored("7").id
    numbers = db.session.scalars(db.select(Comment.entry_number).order_by(Comment.entry_number)).all()
    assert len(set(numbers)) == 40
    assert verify(find_public_key(key_path(app.instance_path))).valid


BAD = [
    ("", None),
    ("not json", "not JSON"),
    ("[1, 2]", "not a JSON object"),
    ('"text"', "not a JSON object"),
    ("{" * 100_000, "not JSON"),
    ("[" * 100_000, "not JSON"),
    ({"external_id": "x"}, "no text"),
    (line(text=" \u200b\x00 "), "no text"),
    (line(text=["a"]), "text is not a text"),
    (line(text="ә" * 1_000_000), "1000000 characters"),
    ({"text": "no id"}, "no external_id"),
    (line(""), "no external_id"),
    (line(True), "external_id is not a text"),
    (line("x" * 121), "more than 120"),
    (line(10**40), "external_id is not a text"),
    (line(stance="angry"), "stance"),
    (line(provision="art_999"), "no provision “art_999”"),
    (line(provision="pnt_3' --"), "no provision"),
    (line(parent="nobody"), "“nobody” to answer"),
    (line("self", parent="self"), "“self” to answer"),
    (line(created_at="yesterday"), "not a date"),
    (line(created_at="2026-13-45"), "not a date"),
    (line(created_at="0001-01-01T00:00:00+23:59"), "before 1990"),
    (line(created_at="1812-09-07"), "before 1990"),
    (line(created_at=5), "created_at is not a text"),
    (line(votes_for=-1), "not a number of votes"),
    (line(votes_for=1.5), "not a number of votes"),
    (line(votes_against="many"), "not a number of votes"),
    (line(votes_against=10**30), "not a number of votes"),
]


@pytest.mark.parametrize(("bad", "words"), BAD, ids=[str(number) for number in range(len(BAD))])
def test_a_bad_line_is_named_and_the_rest_goes_in(
    app: PortalApp, tmp_path: Path, file: DraftFile, bad: object, words: str | None
) -> None:
    answer = imported(app, tmp_path, file, line("first"), bad, line("last"))
    assert (answer["imported"], answer["skipped"]) == (2, 0)
    if words is None:
        assert answer["errors"] == []
    else:
        (error,) = answer["errors"]
        assert error["line"] == 2 and words in error["error"]
    assert tally(file).comments == 2


def test_a_date_to_come_is_refused(app: PortalApp, tmp_path: Path, file: DraftFile) -> None:
    tomorrow = (now() + timedelta(days=1)).isoformat()
    assert imported(app, tmp_path, file, line(created_at=tomorrow))["errors"][0]["line"] == 1


def test_broken_bytes_and_endless_lines(app: PortalApp, tmp_path: Path, file: DraftFile) -> None:
    path = tmp_path / "comments.jsonl"
    good = [json.dumps(line(name)).encode() for name in ("a", "b", "c")]
    endless = b'{"external_id": "e", "text": "' + b"x" * (17 * 1024 * 1024) + b'"}'
    path.write_bytes(b"\xef\xbb\xbf" + good[0] + b"\r\n\xff\xfe\x00{\n\n" + endless + b"\n" + good[1] + b"\n" + good[2])
    answer = json.loads(run(app, path, file.draft.id, "--json").stdout)
    assert answer["imported"] == 3
    assert [error["line"] for error in answer["errors"]] == [2, 4]
    assert "longer than" in answer["errors"][1]["error"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_only_words(
    app: PortalApp, client: PageClient, tmp_path: Path, file: DraftFile, text: str
) -> None:
    given = line("h", text=f"До {text} после", author=text, organisation=text)
    assert imported(app, tmp_path, file, given)["imported"] == 1
    assert stored("h").text.startswith("До") and "\u202e" not in stored("h").text and "\x00" not in stored("h").text
    assert client.get(f"/drafts/{file.draft.id}").status_code == 200


def test_what_is_left_out_is_filled_in(app: PortalApp, tmp_path: Path, file: DraftFile) -> None:
    lines = [
        {"external_id": 17, "text": "Қоғамдық көлік туралы ережелер керек, өйткені жолаушы көп."},
        {"external_id": "ru", "text": "Надо уточнить, кто платит за проезд детей.", "language": "fr", "author": None},
        {"external_id": "en", "text": "Who pays the fare of the children?", "language": "", "stance": None, "parent": ""},
    ]
    assert imported(app, tmp_path, file, *lines)["imported"] == 3
    assert [stored(name).language for name in ("17", "ru", "en")] == ["kk", "ru", "en"]
    assert stored("ru").author_name == "Аноним" and stored("en").stance is None


def test_closed_discussions_take_imports_and_unknown_drafts_do_not(
    app: PortalApp, tmp_path: Path, make: Maker
) -> None:
    closed = make.closed()
    assert imported(app, tmp_path, closed, line("late"))["imported"] == 1
    for draft_id in (make.draft().id, 999_999):
        result = run(app, written(tmp_path, [line()]), draft_id, "--json")
        assert result.exit_code == 2 and result.stdout == "" and "no such draft" in result.stderr


def test_words_go_to_people_and_the_status_to_programs(app: PortalApp, tmp_path: Path, file: DraftFile) -> None:
    result = run(app, written(tmp_path, [line("a"), "nonsense"]), file.draft.id)
    assert result.exit_code == 0
    assert result.stdout == "1 imported, 0 there already, 1 bad lines\n" and "line 2: " in result.stderr
    nothing = run(app, written(tmp_path, ["nonsense"]), file.draft.id, "--json")
    assert nothing.exit_code == 1 and json.loads(nothing.stdout)["imported"] == 0
    empty = run(app, written(tmp_path, []), file.draft.id, "--json")
    assert empty.exit_code == 0 and json.loads(empty.stdout) == {"imported": 0, "skipped": 0, "errors": []}
    missing = run(app, tmp_path / "missing.jsonl", file.draft.id, "--json")
    assert missing.exit_code == 2 and missing.stdout == "" and len(missing.stderr.splitlines()) == 1


def test_the_same_id_may_stand_in_another_draft(app: PortalApp, tmp_path: Path, make: Maker) -> None:
    one, other = make.open(), make.open()
    assert imported(app, tmp_path, one, line("a"))["imported"] == 1
    assert imported(app, tmp_path, other, line("a"))["imported"] == 1
    assert (tally(one).comments, tally(other).comments) == (1, 1)


def test_only_the_operator_imports(make: Maker, file: DraftFile) -> None:
    comment = ImportedComment("a", "words", "Someone", "en")
    for role in ("administrator", "drafter", "moderator"):
        with pytest.raises(Refused):
            import_comments(make.actor(role), file=file, comments=[comment], known=known_comments(file.draft.id))
    assert import_comments(OPERATOR, file=file, comments=[comment], known=known_comments(file.draft.id)) == 1


def test_a_line_keeps_its_letters() -> None:
    said = read_line('{"external_id": "1", "text": "Екі жол\\r\\nбар\\u00a0–\\tиә"}'.encode(), now())
    assert said.text == "Екі жол\nбар\u00a0–\tиә"


NO_NUMBERS = [
    ["comments", "import", "/dev/null", "--draft"], ["reports", "build", "--out", "/dev/null"],
    ["areas", "set", "x", "--name-kk", "К", "--name-ru", "К", "--position"],
    ["types", "set", "order", "--position"],
]  # fmt: skip


@pytest.mark.parametrize("command", NO_NUMBERS)
@pytest.mark.parametrize("number", ["-1", "9" * 20, "x"])
def test_a_number_no_database_holds_is_refused_in_a_line(app: PortalApp, command: list[str], number: str) -> None:
    result = app.test_cli_runner().invoke(args=[*command, *(["--"] if command[1] == "build" else []), number])
    assert result.exit_code == 2, (result.output, result.exception)
