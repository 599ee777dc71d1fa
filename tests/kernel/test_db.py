"""Does the database keep readers from writing, writers in a queue, and instants in their zone?"""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, StatementError

from portal.accounts.models import User
from portal.kernel.clock import now
from portal.kernel.db import QueryWhileRendering, db, no_queries, transaction_mode
from portal.web.flask_app import PortalApp
from tests.make import Maker


def test_a_reader_cannot_write(app: PortalApp, make: Maker) -> None:
    make.user(name="As it was")
    db.session.remove()
    with transaction_mode("read"):
        for statement in (
            "UPDATE user SET name = 'x'", "DELETE FROM user", "DROP TABLE user", "CREATE TABLE x (y)",
            "INSERT INTO user (name) VALUES ('x')",
        ):  # fmt: skip
            with pytest.raises(OperationalError):
                db.session.execute(text(statement))
            db.session.rollback()
        assert db.session.scalar(db.select(User.name)) == "As it was"
        db.session.rollback()


def test_a_writer_follows_a_reader_on_the_same_connection(app: PortalApp, make: Maker) -> None:
    """The mode goes with the transaction, not with the connection that happened to serve it."""
    user = make.user(name="As it was")
    for _ in range(3):
        with transaction_mode("read"):
            db.session.scalar(db.select(User.name))
            db.session.rollback()
        with transaction_mode("write"):
            db.session.get(User, user.id).name += "!"  # type: ignore[union-attr]
            db.session.commit()
    assert db.session.scalar(db.select(User.name)) == "As it was!!!"


def test_the_mode_ends_with_its_block(app: PortalApp) -> None:
    with transaction_mode("read"), pytest.raises(OperationalError):
        db.session.execute(text("CREATE TABLE x (y)"))
    db.session.rollback()
    with pytest.raises(RuntimeError), transaction_mode("read"):
        raise RuntimeError
    db.session.execute(text("CREATE TABLE x (y)"))
    db.session.rollback()


def test_no_statement_while_a_page_is_made(app: PortalApp, make: Maker) -> None:
    make.user()
    with no_queries():
        with pytest.raises(QueryWhileRendering):
            db.session.scalar(db.select(User.name))
    assert db.session.scalar(db.select(User.name))


def test_writers_wait_for_each_other_and_none_is_lost(app: PortalApp, make: Maker) -> None:
    """Eight at once, each reading and then writing what follows from it."""
    user = make.user(name="0")
    db.session.remove()
    failures: list[Exception] = []

    def count() -> None:
        with app.app_context(), transaction_mode("write"):
            try:
                for _ in range(5):
                    one = db.session.get(User, user.id)
                    assert one is not None
                    one.name = str(int(one.name) + 1)
                    db.session.commit()
                    db.session.expire_all()
            except Exception as error:
                failures.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failures
    assert db.session.scalar(db.select(User.name)) == "40"


def test_readers_are_not_held_up_by_a_writer(app: PortalApp, make: Maker) -> None:
    user = make.user(name="Before")
    db.session.remove()
    seen: list[str | None] = []

    def read() -> None:
        with app.app_context(), transaction_mode("read"):
            seen.append(db.session.scalar(db.select(User.name)))
            db.session.remove()

    db.session.get(User, user.id).name = "After"  # type: ignore[union-attr]
    db.session.flush()
    reader = threading.Thread(target=read)
    reader.start()
    reader.join(5)
    assert seen == ["Before"], "a reader sees what was committed, at once"
    db.session.commit()


def test_an_instant_keeps_its_meaning(make: Maker) -> None:
    almaty = timezone(timedelta(hours=5))
    at = datetime(2026, 1, 1, 3, 30, tzinfo=almaty)
    user = make.user(confirmed_at=at)
    db.session.expire_all()
    stored = db.session.get(User, user.id)
    assert stored is not None and stored.confirmed_at == at
    assert stored.confirmed_at is not None and stored.confirmed_at.tzinfo == UTC


def test_an_instant_without_a_zone_is_refused(make: Maker) -> None:
    with pytest.raises(StatementError, match="time zone"):
        make.user(confirmed_at=datetime(2026, 1, 1))
    db.session.rollback()


def test_an_acknowledged_act_survives_a_power_cut(app: PortalApp) -> None:
    assert db.session.execute(text("PRAGMA synchronous")).scalar() == 2  # FULL
    assert db.session.execute(text("PRAGMA journal_mode")).scalar() == "wal"
    assert db.session.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_what_belongs_to_another_thing_cannot_stand_alone(app: PortalApp, make: Maker) -> None:
    user = make.user()
    user.body_id = 12345
    with pytest.raises(Exception, match="FOREIGN KEY"):
        db.session.commit()
    db.session.rollback()
    assert now() > datetime(2026, 1, 1, tzinfo=UTC)
