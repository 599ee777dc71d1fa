"""Whatever is altered behind the portal's back is found, and the first altered entry is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask

from portal.kernel.db import db
from portal.ledger import verify as verification
from portal.ledger.heads import ensure_key, find_public_key, key_path, sign_head
from portal.ledger.kinds import Kind
from portal.ledger.merkle import leaf_hash, root
from portal.ledger.models import Head, Node
from portal.ledger.queries import find_head, list_entries_from, root_at
from portal.ledger.record import erase_salts, record
from portal.ledger.verify import Altered, Verdict, verify
from tests.ledger.acts import document, fill


@pytest.fixture(params=[4096, 4], ids=["one batch", "many batches"])
def full_log(log_app: Flask, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Twenty-one entries under heads of 8, 13 and 21."""
    monkeypatch.setattr(verification, "BATCH", request.param)
    for first, count in ((1, 8), (9, 5), (14, 8)):
        fill(log_app, count, first)
    return log_app


def judge(app: Flask, **options) -> Verdict:
    with app.app_context():
        return verify(find_public_key(key_path(app.instance_path)), **options)


def test_an_empty_ledger_is_valid(log_app: Flask) -> None:
    assert judge(log_app) == Verdict(True, 0, root([]).hex())


def test_a_ledger_left_alone_is_valid(full_log: Flask) -> None:
    with full_log.app_context():
        erase_salts("comment:3")
        db.session.commit()
        expected = root_at(21).hex()
    assert judge(full_log) == Verdict(True, 21, expected, heads=3)


def test_entries_not_signed_yet_are_valid(full_log: Flask) -> None:
    with full_log.app_context():
        record(Kind.DRAFT_CREATED, "draft:1")
        db.session.commit()
    assert judge(full_log).valid and judge(full_log).entries == 22


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("facts", '{"draft":8}'),
        ("facts", "nonsense"),
        ("facts", b"\xff\xfe"),
        ("kind", "comment-hidden"),
        ("subject", "comment:99"),
        ("at", "2026-01-01 00:00:00.000000"),
        ("at", "yesterday"),
        ("at", 5),
    ],
)
@pytest.mark.parametrize("number", [0, 7, 20])
def test_an_altered_entry_is_named(full_log: Flask, tamper, column: str, value: object, number: int) -> None:
    tamper(f"UPDATE ledger_entry SET {column} = ? WHERE number = ?", value, number)
    verdict = judge(full_log)
    assert (verdict.valid, verdict.entries) == (False, 21)
    assert verdict.first_altered is not None and verdict.first_altered.number == number
    assert verdict.first_altered.kind == ("comment-hidden" if column == "kind" else "comment-posted")
    assert "does not match its hash" in verdict.reason


def test_the_first_of_several_is_named(full_log: Flask, tamper) -> None:
    tamper("UPDATE ledger_entry SET kind = 'draft-edited' WHERE number IN (19, 5, 11)")
    assert judge(full_log).first_altered == Altered(5, "draft-edited", "comment:6")


@pytest.mark.parametrize("number", [0, 6, 19])
def test_a_deleted_entry_is_missed(full_log: Flask, tamper, number: int) -> None:
    tamper("DELETE FROM ledger_salt")
    tamper("DELETE FROM ledger_entry WHERE number = ?", number)
    verdict = judge(full_log)
    assert (verdict.valid, verdict.entries, verdict.first_altered) == (False, 20, Altered(number))
    assert verdict.reason == f"Entry {number} is missing."


def test_a_deletion_closed_up_is_found(full_log: Flask, tamper) -> None:
    tamper("DELETE FROM ledger_salt")
    tamper("DELETE FROM ledger_entry WHERE number = 6")
    for number in range(7, 21):
        tamper("UPDATE ledger_entry SET number = ? WHERE number = ?", number - 1, number)
    assert judge(full_log).first_altered == Altered(6, "comment-posted", "comment:8")


def test_swapped_numbers_are_found(full_log: Flask, tamper) -> None:
    for old, new in ((3, 900), (12, 3), (900, 12)):
        tamper("UPDATE ledger_entry SET number = ? WHERE number = ?", new, old)
    assert judge(full_log).first_altered == Altered(3, "comment-posted", "comment:13")


def test_an_inserted_entry_is_found(full_log: Flask, tamper) -> None:
    insert = (
        "INSERT INTO ledger_entry (number, kind, subject, at, facts) "
        "VALUES (?, 'draft-voted', 'draft:1', '2026-11-22 00:00:00.000000', '{}')"
    )
    tamper(insert, 21)
    assert judge(full_log).first_altered == Altered(21, "draft-voted", "draft:1")
    tamper("UPDATE ledger_entry SET number = NULL WHERE number = 21")
    assert judge(full_log).first_altered == Altered(-1, "draft-voted", "draft:1")
    tamper("UPDATE ledger_entry SET number = -5 WHERE number IS NULL")
    assert judge(full_log).first_altered == Altered(-5, "draft-voted", "draft:1")
    tamper("UPDATE ledger_entry SET number = 4000000000000 WHERE number = -5")
    assert judge(full_log).first_altered == Altered(21)


def test_a_dropped_tail_is_missed(full_log: Flask, tamper) -> None:
    tamper("DELETE FROM ledger_salt")
    tamper("DELETE FROM ledger_entry WHERE number >= 18")
    verdict = judge(full_log)
    assert (verdict.valid, verdict.entries, verdict.first_altered) == (False, 18, Altered(18))
    assert "signed head" in verdict.reason
    tamper("DELETE FROM ledger_head WHERE size > 18")
    assert "follower" in judge(full_log).reason
    tamper("UPDATE ledger_cursor SET number = 13")
    assert "hashes" in judge(full_log).reason
    assert judge(full_log).first_altered == Altered(18)


@pytest.mark.parametrize("level", [0, 1, 3, 4])
def test_an_altered_node_is_found(full_log: Flask, tamper, level: int) -> None:
    tamper("UPDATE ledger_node SET hash = ? WHERE level = ? AND position = 0", b"\x00" * 32, level)
    verdict = judge(full_log)
    last = None if level == 0 else 2**level - 1
    assert not verdict.valid
    assert verdict.first_altered == Altered(0, "comment-posted", "comment:1", last)


def test_a_missing_and_a_surplus_node_are_found(full_log: Flask, tamper) -> None:
    tamper("INSERT INTO ledger_node VALUES (0, 21, ?)", b"\x00" * 32)
    assert judge(full_log).first_altered == Altered(21)
    tamper("DELETE FROM ledger_node WHERE level = 0 AND position = 21")
    assert judge(full_log).valid
    tamper("DELETE FROM ledger_node WHERE level = 2 AND position = 1")
    assert judge(full_log).first_altered == Altered(4, "comment-posted", "comment:5", 7)


def rewrite_everything(app: Flask) -> None:
    """Make entry 9 say something else and every stored hash agree with it."""
    with app.app_context():
        leaves = [leaf_hash(entry.data) for entry in list_entries_from(0)]
        db.session.query(Node).delete()
        frontier = verification.Frontier()
        for leaf in leaves:
            for place, node in frontier.append(leaf):
                db.session.add(Node(level=place.level, position=place.position, hash=node))
        db.session.commit()


def test_a_rewritten_tree_does_not_fit_the_signed_heads(full_log: Flask, tamper) -> None:
    tamper("UPDATE ledger_entry SET facts = '{}' WHERE number = 9")
    rewrite_everything(full_log)
    verdict = judge(full_log)
    assert "do not add up to the head signed over 13" in verdict.reason
    assert verdict.first_altered == Altered(8, "comment-posted", "comment:9", last=12)


def test_only_a_head_kept_elsewhere_stands_against_the_key(full_log: Flask, tamper) -> None:
    """Somebody with the database and the key rewrites everything, heads too."""
    with full_log.app_context():
        kept = find_head(13)
    assert kept is not None
    tamper("UPDATE ledger_entry SET facts = '{}' WHERE number = 9")
    rewrite_everything(full_log)
    with full_log.app_context():
        private = ensure_key(key_path(full_log.instance_path))
        for head in db.session.query(Head):
            forged = sign_head(private, head.size, root_at(head.size), head.at)
            head.root, head.signature = forged.root, forged.signature
        db.session.commit()
    assert judge(full_log).valid
    verdict = judge(full_log, known=[kept])
    assert (verdict.valid, verdict.reason) == (False, "The entries are not those of the head given.")
    assert verdict.first_altered == Altered(0, "comment-posted", "comment:1", last=12)


@pytest.mark.parametrize(
    ("column", "value"),
    [("root", b"\x00" * 32), ("signature", b"\x00" * 64), ("at", "2026-01-01 00:00:00.000000"), ("at", "never"), ("root", "text")],
)
def test_an_altered_head_is_found(full_log: Flask, tamper, column: str, value: object) -> None:
    tamper(f"UPDATE ledger_head SET {column} = ? WHERE size = 13", value)
    verdict = judge(full_log)
    assert not verdict.valid and verdict.first_altered is None
    assert "head" in verdict.reason


def test_heads_moved_or_removed_are_found(full_log: Flask, tamper) -> None:
    tamper("UPDATE ledger_head SET size = 12 WHERE size = 13")
    assert judge(full_log).reason == "The signed head over 12 entries was altered."
    tamper("DELETE FROM ledger_head")
    assert judge(full_log).reason == "The signed head over 21 entries is missing."


def test_without_the_key_nothing_is_called_valid(full_log: Flask) -> None:
    with full_log.app_context():
        assert not verify(None).valid


def test_the_command_prints_one_document(full_log: Flask, tamper) -> None:
    runner = full_log.test_cli_runner()
    with full_log.app_context():
        expected = root_at(21).hex()
    result = runner.invoke(args=["ledger", "verify", "--json"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == {"valid": True, "entries": 21, "root": expected, "heads": 3}
    assert "is valid: 21 entries" in runner.invoke(args=["ledger", "verify"]).output
    tamper("UPDATE ledger_entry SET facts = '{}' WHERE number = 9")
    result = runner.invoke(args=["ledger", "verify", "--json"])
    assert result.exit_code == 1
    assert json.loads(result.stdout) == {
        "valid": False,
        "entries": 21,
        "first_altered": {"number": 9, "kind": "comment-posted", "subject": "comment:10", "last": None},
        "reason": "Entry 9 does not match its hash.",
    }
    text = runner.invoke(args=["ledger", "verify"])
    assert text.exit_code == 1 and "First altered: entry 9, comment-posted of comment:10" in text.output


def test_the_command_takes_a_head_kept_elsewhere(full_log: Flask, tmp_path: Path) -> None:
    runner = full_log.test_cli_runner()
    with full_log.app_context():
        key, head = find_public_key(key_path(full_log.instance_path)), find_head(13)
        assert key is not None and head is not None
        note = head.note(key)
    (tmp_path / "head.txt").write_text(note, "utf-8")
    assert runner.invoke(args=["ledger", "verify", "--head", str(tmp_path / "head.txt")]).exit_code == 0
    (tmp_path / "head.txt").write_text(json.dumps({"note": note}), "utf-8")
    assert runner.invoke(args=["ledger", "verify", "--head", str(tmp_path / "head.txt")]).exit_code == 0
    (tmp_path / "head.txt").write_text('{"size": 13}', "utf-8")
    assert runner.invoke(args=["ledger", "verify", "--head", str(tmp_path / "head.txt")]).exit_code == 2
    (tmp_path / "head.txt").write_text(note.replace("\n13\n", "\n14\n"), "utf-8")
    forged = runner.invoke(args=["ledger", "verify", "--head", str(tmp_path / "head.txt")])
    assert forged.exit_code == 2 and "not signed with the key" in forged.stderr
    (tmp_path / "head.txt").write_bytes(b"\xff")
    assert runner.invoke(args=["ledger", "verify", "--head", str(tmp_path / "head.txt")]).exit_code == 2


def test_the_export_is_the_leaves(full_log: Flask, tmp_path: Path) -> None:
    out = tmp_path / "log.jsonl"
    result = full_log.test_cli_runner().invoke(args=["ledger", "export", "--out", str(out)])
    assert (result.exit_code, result.stdout) == (0, "")
    lines = out.read_bytes().splitlines()
    nowhere = full_log.test_cli_runner().invoke(args=["ledger", "export", "--out", str(tmp_path / "no" / "log")])
    assert nowhere.exit_code == 2 and "Traceback" not in nowhere.output
    with full_log.app_context():
        assert root(leaf_hash(line) for line in lines) == root_at(21)
    assert json.loads(lines[4])["subject"] == "comment:5"


def test_the_command_checks_a_receipt_file(full_log: Flask, tmp_path: Path) -> None:
    file, runner = tmp_path / "receipt.json", full_log.test_cli_runner()
    made = document(full_log, 4)
    file.write_text(json.dumps(made), "utf-8")
    result = runner.invoke(args=["ledger", "check-receipt", str(file)])
    assert result.exit_code == 0 and result.stdout.startswith("genuine: Entry 4 is in the record of 21 entries")
    file.write_text(json.dumps({**made, "number": 5}), "utf-8")
    assert runner.invoke(args=["ledger", "check-receipt", str(file)]).exit_code == 1
    file.write_text("no receipt", "utf-8")
    assert runner.invoke(args=["ledger", "check-receipt", str(file)]).exit_code == 2
    assert runner.invoke(args=["ledger", "check-receipt", str(file), "--key", "x"]).exit_code == 2
    assert runner.invoke(args=["ledger", "check-receipt", str(tmp_path / "none")]).exit_code == 2
