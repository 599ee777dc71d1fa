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


# what the first schema's columns must have and a test has nothing to say about
ROWS: dict[str, dict[str, object]] = {
    "body": {"id": 1, "code": "mf", "kind": "ministry", "name_kk": "Қ", "name_ru": "Ф", "name_en": "F"},
    "user": {
        "email": "a@b.kz", "name": "А", "role": "citizen", "language": "kk", "wants_letters": True, "session_key": "key",
        "created_at": "2026-11-01",
    },
    "draft": {
        "body_id": 1, "is_public": True, "created_at": "2026-01-01", "updated_at": "2026-01-01", "adopted_reference": "",
        "title_kk": "Ж", "title_ru": "П", "title_en": "", "summary_kk": "", "summary_ru": "", "summary_en": "",
        "passport": "{}", "withdrawn_reason": "{}",
    },
    "version": {"number": 1, "created_at": "2026-01-01"},
    "version_text": {"source_name": "ru.docx", "uploaded_at": "2026-01-01", "outline": "{}"},
    "consultation": {
        "announced_at": "2026-01-01", "opens_on": "2026-01-01", "closes_on": "2026-01-20", "opens_at": "2026-01-01",
        "closes_at": "2026-01-21", "answers_due_on": "2026-02-01", "answers_due_at": "2026-02-02",
    },
}  # fmt: skip


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

    def put(self, table: str, **values: object) -> None:
        """One row; what is not given comes from ROWS."""
        row = ROWS.get(table, {}) | values
        columns, marks = (", ".join(pattern % name for name in row) for pattern in ('"%s"', ":%s"))
        self.run(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', **row)

    def draft(self, id_: int = 1) -> None:
        """An order of body 1 with its first version, which has the same id."""
        [(order,)] = self.run("SELECT id FROM act_type WHERE code = 'order'")
        self.put("draft", id=id_, number=f"2026-{id_:05}", type_id=order)
        self.put("version", id=id_, draft_id=id_)


@pytest.fixture
def at_revision(tmp_path: Path) -> Iterator[Callable[[str], Stage]]:
    """`stage = at_revision("0004")`: a fresh database migrated up to there."""

    def make(revision: str) -> Stage:
        stage = Stage(tmp_path / "portal.sqlite3")
        stage.climb(revision)
        return stage

    yield make
