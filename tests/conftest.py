"""What does every test stand on: a portal of its own, on a copy of a migrated database."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask_migrate import upgrade
from flask_wtf.csrf import generate_csrf
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from portal import create_app
from portal.accounts.models import User
from portal.kernel.db import db, transaction_mode
from portal.kernel.settings import Settings
from portal.web.access import public
from portal.web.flask_app import PortalApp
from tests.client import PageClient
from tests.make import Maker

PASSWORD = "correct horse battery"
SETTINGS = Settings(
    instance=Path("/nonexistent"),
    database_url="",
    secret_key="only for tests, never anywhere else",
    mail_url="memory:",
    testing=True,
    followers_inline=True,
    limits_enabled=False,
)


class ByFile(LoadFileScheduling):
    """Where tests run in several processes, a file stays in one; all that needs the browser shares one portal."""

    def _split_scope(self, nodeid: str) -> str:
        return "browser" if nodeid.startswith("tests/browser/") else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    return ByFile(config, log)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with every migration applied and nothing else, to be copied."""
    folder = tmp_path_factory.mktemp("migrated")
    path = folder / "portal.sqlite3"
    app = create_app(replace(SETTINGS, instance=folder, database_url=f"sqlite:///{path}"))
    with app.app_context():
        upgrade()
        db.session.remove()
        with db.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()
    return path


@pytest.fixture
def settings(tmp_path: Path, migrated: Path) -> Settings:
    """The settings of this test's portal; override to test with others."""
    path = tmp_path / "portal.sqlite3"
    shutil.copy(migrated, path)
    return replace(SETTINGS, instance=tmp_path, database_url=f"sqlite:///{path}")


@pytest.fixture
def app(settings: Settings) -> Iterator[PortalApp]:
    """The portal, within an application context of its own transaction mode `write`."""
    app = visitable(settings)
    with app.app_context(), transaction_mode("write"):
        yield app
        db.session.remove()
        db.engine.dispose()


def visitable(settings: Settings) -> PortalApp:
    """A portal whose visitors are a `PageClient` each."""
    app = create_app(settings)
    app.test_client_class = PageClient
    app.add_url_rule("/testing/token", "testing_token", public(_token))
    return app


def _token() -> str:
    return str(generate_csrf())


@pytest.fixture
def client(app: PortalApp) -> PageClient:
    """A visitor's browser, in English."""
    client = app.test_client()
    client.set_cookie("language", "en")
    return client


@pytest.fixture
def make(app: PortalApp) -> Maker:
    """Makes bodies, people, drafts and comments; each call commits."""
    return Maker(app)


@pytest.fixture
def sign_in(app: PortalApp, make: Maker) -> Callable[..., User]:
    """`sign_in(client, "drafter", body=body)` or `sign_in(client, user=user)`."""

    def sign_in(client: PageClient, role: str = "citizen", *, user: User | None = None, **more: Any) -> User:
        user = user or make.user(role, **more)
        with client.session_transaction() as session:
            session.clear()
            session["_user_id"] = user.session_key
            session["_fresh"] = True
        return user

    return sign_in

