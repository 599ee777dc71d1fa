"""How does each test get the small world anew without building it anew? It is built once and copied.

A test module takes it by importing the fixtures: `from tests.journeys.stage import settings, stage, world`.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from portal import create_app
from portal.kernel.db import db, transaction_mode
from portal.kernel.settings import Settings
from tests.conftest import SETTINGS
from tests.journeys.world import World, build_world, recall_world
from tests.make import Maker


@dataclass(frozen=True)
class Stage:
    """A portal's folder with the world in it, and the numbers of everything there."""

    folder: Path
    ids: dict[str, Any]


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Stage:
    """Built once."""
    folder = tmp_path_factory.mktemp("stage")
    path = folder / "portal.sqlite3"
    shutil.copy(migrated, path)
    app = create_app(replace(SETTINGS, instance=folder, database_url=f"sqlite:///{path}"))
    with app.app_context(), transaction_mode("write"):
        ids = build_world(Maker(app)).ids()
        db.session.remove()
        with db.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()
    return Stage(folder, ids)


@pytest.fixture
def settings(tmp_path: Path, stage: Stage) -> Settings:
    """The settings of a portal in a copy of the stage."""
    shutil.copytree(stage.folder, tmp_path, dirs_exist_ok=True)
    return replace(SETTINGS, instance=tmp_path, database_url=f"sqlite:///{tmp_path / 'portal.sqlite3'}")


@pytest.fixture
def world(make: Maker, stage: Stage) -> World:
    """Everything on it, in this test's copy."""
    return recall_world(make, stage.ids)
