"""Is the demonstration kept off a portal that others can reach?"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from sqlalchemy import func

from portal import create_app
from portal.accounts.models import User
from portal.kernel.db import db
from tests.conftest import SETTINGS


def test_its_published_password_never_reaches_a_public_address(tmp_path: Path, migrated: Path) -> None:
    shutil.copy(migrated, tmp_path / "portal.sqlite3")
    address = f"sqlite:///{tmp_path / 'portal.sqlite3'}"
    public = replace(SETTINGS, instance=tmp_path, database_url=address, base_url="https://talqy.example")
    app = create_app(public)
    done = app.test_cli_runner().invoke(args=["demo", "load"])
    assert done.exit_code == 2 and "published password" in done.stderr
    with app.app_context():
        assert db.session.scalar(db.select(func.count()).select_from(User)) == 0
        db.engine.dispose()
