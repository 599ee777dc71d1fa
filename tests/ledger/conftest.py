"""A ledger of its own in a file, without the rest of the portal."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask

from portal.kernel.db import db
from portal.ledger.cli import commands
from portal.ledger.follow import FOLLOWERS
from portal.ledger.followers import FollowerSet

Tamper = Callable[..., None]


@pytest.fixture
def log_app(tmp_path: Path) -> Iterator[Flask]:
    """A bare application with an empty ledger and its own follower, outside any context."""
    app = Flask("ledger", instance_path=str(tmp_path))
    app.config.update(SQLALCHEMY_DATABASE_URI=f"sqlite:///{tmp_path / 'log.sqlite3'}", TESTING=True)
    app.extensions["followers"] = FollowerSet(FOLLOWERS)
    for command in commands:
        app.cli.add_command(command)
    db.init_app(app)
    with app.app_context():
        db.create_all()
        db.session.commit()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def in_log(log_app: Flask) -> Iterator[Flask]:
    """The same within a context."""
    with log_app.app_context():
        yield log_app


@pytest.fixture
def tamper(log_app: Flask, tmp_path: Path) -> Tamper:
    """Change the database file behind the portal's back; every statement must hit something."""

    def change(statement: str, *values: object) -> None:
        with closing(sqlite3.connect(tmp_path / "log.sqlite3")) as connection, connection:
            assert connection.execute(statement, values).rowcount != 0, statement

    return change
