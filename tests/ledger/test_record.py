"""Entries go in with the action, in order, and say nothing about persons."""

from __future__ import annotations

import json
import sqlite3
import threading
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.kernel import clock
from portal.kernel.db import db, transaction_mode
from portal.ledger import sequence
from portal.ledger.kinds import Kind
from portal.ledger.merkle import root
from portal.ledger.models import Entry, Node, Salt
from portal.ledger.queries import get_entry, root_at
from portal.ledger.record import Act, erase_salts, matches, record, record_many
from tests.ledger.acts import fill

NOON = datetime(2026, 11, 22, 7, 0, 0, 250, tzinfo=UTC)


def test_an_entry_is_these_bytes(in_log: Flask) -> None:
    with clock.frozen(NOON):
        entry = record(Kind.COMMENT_VOTED, "comment:17", {"value": "agree", "draft": 3, "first": True, "was": None})
    db.session.commit()
    assert entry.number == 0
    assert get_entry(0).data == (
        b'{"at":"2026-11-22T07:00:00.000250Z","facts":{"draft":3,"first":true,"value":"agree","was":null},'
        b'"kind":"comment-voted","subject":"comment:17","v":1}'
    )
    assert get_entry(0).leaf == sha256(b"\x00" + get_entry(0).data).digest() == entry.leaf
    assert (get_entry(0).subject_kind, get_entry(0).subject_id) == ("comment", "17")


def test_secrets_leave_only_salted_digests(in_log: Flask, tmp_path: Path) -> None:
    entry = record(Kind.COMMENT_POSTED, "comment:1", secrets={"author": 4, "text": "Құпия сөз", "quote": None})
    db.session.commit()
    salt = db.session.scalar(select(Salt.salt))
    digests = get_entry(0).facts["digests"]
    assert digests == {
        "author": sha256(salt + b"author\x004").hexdigest(),
        "text": sha256(salt + b"text\x00" + "Құпия сөз".encode()).hexdigest(),
    }
    assert matches(entry, "text", "Құпия сөз")
    assert not matches(entry, "text", "Құпия соз")
    assert not matches(entry, "quote", "")
    assert "Құпия".encode() not in (tmp_path / "log.sqlite3").read_bytes()


def test_two_salts_differ(in_log: Flask) -> None:
    record_many([Act(Kind.DRAFT_VOTED, "draft:1", {}, {"author": 4}), Act(Kind.DRAFT_VOTED, "draft:1", {}, {"author": 4})])
    assert get_entry(0).facts["digests"] != get_entry(1).facts["digests"]


def test_erasing_a_salt_forgets_the_person_and_keeps_the_tree(in_log: Flask) -> None:
    entry = record(Kind.COMMENT_POSTED, "comment:1", secrets={"author": 4})
    record(Kind.COMMENT_POSTED, "comment:2", secrets={"author": 4})
    before = root_at(2)
    assert erase_salts("comment:1") == 1
    db.session.commit()
    assert not matches(entry, "author", 4)
    assert root_at(2) == before
    assert db.session.scalar(select(func.count(Salt.entry_id))) == 1


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"text": "а" * 201}, "give it as a secret"),
        ({"digests": "x"}, "filled from the secrets"),
        ({"share": 0.5}, "canonically"),
        ({"who": ["a"]}, "canonically"),
        ({"number": 2**60}, "larger number"),
    ],
)
def test_facts_are_ids_and_codes(in_log: Flask, facts: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        record(Kind.COMMENT_POSTED, "comment:1", facts)


@pytest.mark.parametrize("subject", ["", "comment", "comment:", "Comment:1", "comment:1 2", "comment:" + "1" * 101, "a:b\n"])
def test_a_subject_names_one_thing(in_log: Flask, subject: str) -> None:
    with pytest.raises(ValueError, match="not a subject"):
        record(Kind.COMMENT_POSTED, subject)


def test_an_unknown_kind_is_refused(in_log: Flask) -> None:
    with pytest.raises(ValueError, match="comment-eaten"):
        record("comment-eaten", "comment:1")  # type: ignore[arg-type]


def test_every_kind_is_written_as_its_name() -> None:
    assert [kind.value for kind in Kind] == [kind.name.lower().replace("_", "-") for kind in Kind]


def test_numbers_follow_one_another_over_transactions(in_log: Flask) -> None:
    leaves = []
    for number in range(9):
        entry = record(Kind.DRAFT_EDITED, "draft:1", {"n": number})
        db.session.commit()
        assert entry.number == number
        leaves.append(entry.leaf)
    more = record_many(Act(Kind.DRAFT_EDITED, "draft:1", {"n": n}) for n in range(9, 30))
    assert [entry.number for entry in more] == list(range(9, 30))
    assert root_at(30) == root([*leaves, *(entry.leaf for entry in more)])
    assert root_at(9) == root(leaves)
    assert record_many([]) == []


def test_a_rollback_leaves_nothing_and_no_gap(in_log: Flask) -> None:
    record(Kind.DRAFT_CREATED, "draft:1")
    db.session.commit()
    record(Kind.DRAFT_EDITED, "draft:1", secrets={"author": 1})
    db.session.rollback()
    assert record(Kind.DRAFT_ADOPTED, "draft:1").number == 1
    db.session.commit()
    assert [db.session.scalar(select(func.count()).select_from(table)) for table in (Entry, Node, Salt)] == [2, 3, 0]


def test_a_savepoint_undone_leaves_nothing(in_log: Flask) -> None:
    savepoint = db.session.begin_nested()
    record(Kind.DRAFT_EDITED, "draft:1")
    savepoint.rollback()
    assert record(Kind.DRAFT_CREATED, "draft:1").number == 0


def test_a_crash_between_record_and_commit_leaves_nothing(log_app: Flask, tmp_path: Path) -> None:
    """The process dies with its connection: what was not committed never was."""
    fill(log_app, 3)
    with log_app.app_context():
        record(Kind.DRAFT_CREATED, "draft:1")
        raw = db.session.connection().connection.driver_connection
        raw.close()
        db.session.connection().invalidate()
    with sqlite3.connect(tmp_path / "log.sqlite3") as connection:
        assert connection.execute("SELECT count(*) FROM ledger_entry").fetchone() == (3,)
    with log_app.app_context():
        assert record(Kind.DRAFT_CREATED, "draft:1").number == 3


def test_a_reading_transaction_cannot_record(in_log: Flask) -> None:
    with transaction_mode("read"), pytest.raises(Exception, match="readonly"):
        record(Kind.DRAFT_CREATED, "draft:1")


def test_writers_side_by_side_share_one_sequence(log_app: Flask) -> None:
    def write() -> None:
        for _ in range(10):
            with log_app.app_context():
                record(Kind.DRAFT_EDITED, "draft:1", secrets={"author": 1})
                db.session.commit()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with log_app.app_context():
        assert sequence.tree_size(db.session()) == 40
        assert sorted(db.session.scalars(select(Entry.number))) == list(range(40))


def test_waiting_entries_are_numbered_in_the_order_of_their_commits(
    in_log: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sequence, "numbers_inline", lambda session: False)  # as on PostgreSQL
    entries = [record(Kind.DRAFT_EDITED, f"draft:{n}") for n in range(5)]
    db.session.commit()
    assert [entry.number for entry in entries] == [None] * 5
    with pytest.raises(ValueError, match="no number yet"):
        entries[0].view()
    assert sequence.number_waiting() == 5
    db.session.commit()
    assert [entry.number for entry in entries] == [0, 1, 2, 3, 4]
    assert sequence.number_waiting() == 0
    assert root_at(5) == root(entry.leaf for entry in entries)


def test_facts_that_are_no_longer_json_read_as_none(in_log: Flask, tamper) -> None:
    record(Kind.DRAFT_EDITED, "draft:1", {"n": 1})
    db.session.commit()
    tamper("UPDATE ledger_entry SET facts = '{'")
    db.session.expire_all()
    assert get_entry(0).facts == {}
    with pytest.raises(ValueError):
        json.loads(get_entry(0).data)
