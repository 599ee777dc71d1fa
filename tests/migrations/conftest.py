"""How is a migration tried: on a database at the revision before it, with rows in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask_migrate import upgrade

from portal import create_app
from portal.kernel.db import db
from tests.conftest import SETTINGS


class Stage:
    """A database that climbs from revision to revision; `run` executes SQL between two of them."""

    def __init__(self, path: Path) -> None:
        self._app = create_app(replace(SETTINGS, instance=path.parent, database_url=f"sqlite:///{path}"))

    def climb(self, revision: str) -> None:
        """Migrate up to a revision."""
        with self._app.app_context():
            upgrade(revision=revision)
            db.session.remove()
            db.engine.dispose()

    def run(self, statement: str, **values: object) -> list[tuple[object, ...]]:
        """Execute one statement and commit; the rows it gives, if any."""
        with self._app.app_context(), db.engine.connect() as connection:
            result = connection.execute(sa.text(statement), values)
            rows = [tuple(row) for row in result] if result.returns_rows else []
            connection.commit()
            return rows


@pytest.fixture
def at_revision(tmp_path: Path) -> Iterator[Callable[[str], Stage]]:
    """`stage = at_revision("0004")`: a fresh database migrated up to there."""

    def make(revision: str) -> Stage:
        stage = Stage(tmp_path / "portal.sqlite3")
        stage.climb(revision)
        return stage

    yield make
