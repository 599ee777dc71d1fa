"""Each follower reads everything in order, at least once, whatever happens to the others."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence

import pytest
from flask import Flask
from sqlalchemy import text

from portal.kernel.db import db
from portal.ledger import sequence
from portal.ledger.entries import EntryView
from portal.ledger.followers import Follower, FollowerSet, Patience, lag, position, rewind, run_followers
from portal.ledger.kinds import Kind
from portal.ledger.record import record
from portal.ledger.worker import work, work_once
from tests.ledger.acts import fill


class Reader:
    """Remembers what it saw and writes it down; fails while it is told to."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.fails_at: int | None = None

    def follow(self, entries: Sequence[EntryView]) -> None:
        for entry in entries:
            db.session.execute(text("INSERT INTO seen VALUES (:n)"), {"n": entry.number})
            if entry.number == self.fails_at:
                raise RuntimeError("the index is broken")
        self.batches.append([entry.number for entry in entries])


@pytest.fixture
def seen(log_app: Flask):
    with log_app.app_context():
        db.session.execute(text("CREATE TABLE seen (number INTEGER)"))
        db.session.commit()

    def numbers() -> list[int]:
        with log_app.app_context():
            return list(db.session.scalars(text("SELECT number FROM seen ORDER BY rowid")))

    return numbers


def follow_with(app: Flask, **readers: Reader) -> None:
    app.extensions["followers"] = FollowerSet(
        tuple(Follower(name, reader.follow, batch=4) for name, reader in readers.items())
    )


def test_everything_in_order_in_batches(log_app: Flask, seen) -> None:
    reader = Reader()
    follow_with(log_app, reader=reader)
    fill(log_app, 10)
    assert reader.batches == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]]
    assert run_followers(log_app) == 0
    fill(log_app, 1, first=11)
    assert reader.batches[3:] == [[10]]
    assert seen() == list(range(11))
    with log_app.app_context():
        assert (position("reader"), lag("reader"), lag("newcomer")) == (11, 0, 11)


def test_a_failing_follower_keeps_its_place_and_stops_nobody(
    log_app: Flask, seen, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = Reader(), Reader()
    bad.fails_at = 5
    follow_with(log_app, bad=bad, good=good)
    with caplog.at_level(logging.ERROR):
        fill(log_app, 8)
    assert "“bad” failed" in caplog.text and "the index is broken" in caplog.text
    assert bad.batches == [[0, 1, 2, 3]]
    assert good.batches == [[0, 1, 2, 3], [4, 5, 6, 7]]
    with log_app.app_context():
        assert (position("bad"), lag("bad"), lag("good")) == (4, 4, 0)
    assert sorted(seen()) == sorted([*range(4), *range(8)])  # the failed batch wrote nothing
    bad.fails_at = None
    assert run_followers(log_app) == 4
    assert bad.batches[1:] == [[4, 5, 6, 7]]


def test_the_cursor_moves_in_the_transaction_of_the_writes(log_app: Flask, seen, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader()
    follow_with(log_app, reader=reader)

    def die() -> None:
        raise OSError("power cut")

    with monkeypatch.context() as broken:
        broken.setattr(db.session, "commit", die)
        fill_without_following(log_app, 3, broken)
        assert run_followers(log_app) == 0
    assert seen() == []
    with log_app.app_context():
        assert position("reader") == 0
    run_followers(log_app)
    assert seen() == [0, 1, 2]
    assert reader.batches == [[0, 1, 2], [0, 1, 2]]  # seen twice, written once


def fill_without_following(app: Flask, count: int, broken: pytest.MonkeyPatch) -> None:
    with app.app_context():
        for number in range(count):
            record(Kind.DRAFT_EDITED, f"draft:{number}")
        db.session().commit()


def test_a_follower_can_be_sent_back(log_app: Flask, seen) -> None:
    reader = Reader()
    follow_with(log_app, reader=reader)
    fill(log_app, 3)
    with log_app.app_context():
        rewind("reader", 1)
        db.session.commit()
    run_followers(log_app)
    assert reader.batches == [[0, 1, 2], [1, 2]]


def test_entries_say_what_was_done(log_app: Flask) -> None:
    heard: list[EntryView] = []
    log_app.extensions["followers"] = FollowerSet((Follower("listener", heard.extend),))
    fill(log_app, 1)
    assert heard[0].kind == Kind.COMMENT_POSTED
    assert heard[0].facts["draft"] == 7
    assert heard[0].subject_id == "1"


def test_names_are_unique() -> None:
    with pytest.raises(ValueError, match="share a name"):
        FollowerSet((Follower("a", print), Follower("a", print)))


def test_patience_grows_and_ends() -> None:
    now = 0.0
    patience = Patience(clock=lambda: now)
    waits = []
    for _ in range(8):
        patience.failed("index")
        start = now
        while patience.rests("index"):
            now += 1
        waits.append(now - start)
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    assert not patience.rests("mail")
    patience.recovered("index")
    patience.failed("index")
    assert patience.rests("index") and not (now := now + 1) < 0 and not patience.rests("index")


def test_a_resting_follower_is_passed_over(log_app: Flask, seen) -> None:
    bad, good = Reader(), Reader()
    bad.fails_at = 0
    follow_with(log_app, bad=bad, good=good)
    now = 0.0
    patience = Patience(clock=lambda: now)
    with log_app.app_context():
        record(Kind.DRAFT_CREATED, "draft:1")
        db.session.commit()
    assert run_followers(log_app, patience) == 1
    bad.fails_at = None
    assert run_followers(log_app, patience) == 0
    now = 1.0
    assert run_followers(log_app, patience) == 1


def test_the_worker_survives_all(log_app: Flask, seen, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failing periodic act, a locked database, then work as usual, until it is stopped."""
    reader, stop, turns = Reader(), threading.Event(), []

    def open_consultations() -> None:
        turns.append(len(turns))
        db.session.execute(text("INSERT INTO seen VALUES (-1)"))
        if len(turns) == 1:
            raise RuntimeError("not today")

    def stop_when_done() -> None:
        if reader.batches and len(turns) > 1:
            stop.set()

    follow_with(log_app, reader=reader)
    log_app.extensions["periodic"] = [open_consultations, stop_when_done]
    with log_app.app_context():
        record(Kind.DRAFT_CREATED, "draft:1")
        db.session.commit()
    original, calls = sequence.tree_size, []

    def sometimes_locked(session) -> int:
        calls.append(1)
        if len(calls) == 1:
            raise RuntimeError("database is locked")
        return original(session)

    monkeypatch.setattr(sequence, "tree_size", sometimes_locked)
    worker = threading.Thread(target=work, args=(log_app, stop, 0.05))
    worker.start()
    worker.join(20)
    assert not worker.is_alive()
    assert reader.batches == [[0]]
    assert seen().count(-1) == len(turns) - 1  # the failed turn left nothing


def test_the_worker_numbers_what_waits(log_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[EntryView] = []
    log_app.extensions["followers"] = FollowerSet((Follower("listener", heard.extend),))
    monkeypatch.setattr(sequence, "numbers_inline", lambda session: False)
    monkeypatch.setattr("portal.ledger.worker.numbers_inline", lambda session: False)
    with log_app.app_context():
        record(Kind.DRAFT_CREATED, "draft:1")
        db.session.commit()
    assert run_followers(log_app) == 0
    assert work_once(log_app) == 1
    assert [entry.number for entry in heard] == [0]
