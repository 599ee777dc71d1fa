"""Does the portal run on PostgreSQL: schema, demonstration, pages, two people at once, a ledger that verifies?"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from threading import Barrier

import pytest
from flask_migrate import upgrade

from portal.accounts.actor import OPERATOR
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.consultation.models import Comment
from portal.demo.actions import load_demonstration
from portal.kernel.db import db, transaction_mode
from portal.ledger.heads import find_public_key, key_path
from portal.ledger.queries import count_entries
from portal.ledger.sequence import number_waiting
from portal.ledger.verify import verify
from portal.web.flask_app import PortalApp
from tests.conftest import SETTINGS, visitable
from tests.law.test_schema import schema_differences

AT_ONCE = 2
PAGES = (
    "/", "/drafts", "/drafts?order=comments", "/drafts/9", "/drafts/11", "/drafts/11/comments", "/drafts/22/table", "/drafts/1/adopted",
    "/drafts/2/versions/1/compare/2", "/bodies", "/bodies/digital", "/duties", "/reports", "/moderation", "/ledger",
    "/drafts/1/report",
)  # fmt: skip


def find_program(name: str) -> str | None:
    """A program of the server: in the path, or where Debian keeps each of its editions."""
    editions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3].partition(".")[0]))
    return str(editions[-1]) if editions else shutil.which(name)


def find_owner() -> str | None:
    """Who may own the server, where we ourselves may not: it refuses to run as root. None: ourselves."""
    if os.geteuid() != 0:
        return None
    known = {each.pw_name for each in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in known), None)


def missing() -> str:
    """What is not there, and how it comes here; nothing when all is."""
    if find_spec("psycopg") is None:
        return "no driver for PostgreSQL: pip install psycopg[binary]"
    if not (find_program("initdb") and find_program("pg_ctl")):
        return "no PostgreSQL on this machine; to run this test: apt-get install postgresql"
    if os.geteuid() == 0 and find_owner() is None:
        return "PostgreSQL does not run as root, and there is neither “postgres” nor “nobody” to run it as"
    return ""


pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server of our own in a folder of its own, reached by a socket there alone; the address of an empty database."""
    owner = find_owner()
    with tempfile.TemporaryDirectory(prefix="talqy-", ignore_cleanup_errors=True) as folder:
        if owner:
            shutil.chown(folder, owner)
        data = f"{folder}/data"

        def run(program: str, *arguments: str) -> None:
            found = find_program(program)
            assert found is not None
            done = subprocess.run([found, *arguments], user=owner, cwd=folder, capture_output=True, text=True, timeout=60)
            assert done.returncode == 0, f"{program}: {done.stdout}{done.stderr}"

        run("initdb", "-D", data, "-U", "talqy", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        run("pg_ctl", "-D", data, "-l", f"{folder}/log", "-o", options, "-w", "start")
        try:
            yield f"postgresql+psycopg://talqy@/postgres?host={folder}"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


@pytest.fixture(scope="module")
def portal(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PortalApp]:
    """A portal on it, migrated, with the demonstration in it."""
    app = visitable(replace(SETTINGS, instance=tmp_path_factory.mktemp("portal"), database_url=server, followers_inline=False))
    with app.app_context(), transaction_mode("write"):
        upgrade()
        load_demonstration(OPERATOR)
        number_waiting()
        db.session.commit()
    yield app
    with app.app_context():
        db.engine.dispose()


def test_the_migrated_schema_equals_the_models(portal: PortalApp) -> None:
    with portal.app_context():
        assert not schema_differences()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_main_page_opens(portal: PortalApp, language: str) -> None:
    client = portal.test_client()
    client.set_cookie("language", language)
    with portal.app_context():
        for address in PAGES:
            assert client.get(address).status_code == 200, address


def test_two_people_comment_at_once_and_the_ledger_verifies(portal: PortalApp) -> None:
    start = Barrier(AT_ONCE, timeout=30)
    with portal.app_context():
        before = db.session.scalar(db.select(db.func.count()).select_from(Comment))
        citizens = db.select(User).where(User.role == Role.citizen, User.confirmed_at.is_not(None)).order_by(User.id)
        keys = [user.session_key for user in db.session.scalars(citizens.limit(AT_ONCE))]
    assert len(keys) == AT_ONCE

    def post(key: str) -> int:
        client = portal.test_client()
        with client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = key, True
        with portal.app_context():  # a session, so a connection, for each of us
            sent = {"csrf_token": client.token(), "text": "Both of us write this moment.", "stance": "for", "language": "en"}
            start.wait()
            return client.post("/drafts/9/comments/new", data=sent, csrf=False).status_code

    with ThreadPoolExecutor(AT_ONCE) as threads:
        assert list(threads.map(post, keys)) == [302] * AT_ONCE
    with portal.app_context(), transaction_mode("write"):
        assert db.session.scalar(db.select(db.func.count()).select_from(Comment)) == before + AT_ONCE
        assert number_waiting() == AT_ONCE
        db.session.commit()
        verdict = verify(find_public_key(key_path(portal.instance_path)), [])
        assert verdict.valid and verdict.entries == count_entries()
