"""What do the tests of accounts stand on beside the common fixtures?"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from werkzeug.test import TestResponse

from portal.accounts.models import User
from portal.accounts.passwords import hash_password
from portal.kernel.db import db
from portal.ledger.models import Entry
from portal.notifications.mailers import Mail
from portal.web.flask_app import PortalApp
from tests.client import PageClient
from tests.make import Maker

PASSWORD = "three unlikely words"
LINK = re.compile(r"^http://127\.0\.0\.1:8000(/\S*)$", re.MULTILINE)


def link_in(mail: Mail) -> str:
    """The first link of a letter, as a path."""
    found = LINK.search(mail.text)
    assert found is not None, mail.text
    return found.group(1)


def entries_of(subject_kind: str) -> list[str]:
    """The kinds of the ledger's entries about such subjects, in order."""
    rows = db.session.scalars(
        db.select(Entry.kind).where(Entry.subject.startswith(f"{subject_kind}:")).order_by(Entry.number)
    )
    return list(rows)


def sign_in_with(client: PageClient, email: str, password: str = PASSWORD, **more: str) -> TestResponse:
    """Fill in the form of /sign-in."""
    return client.post("/sign-in", data={"email": email, "password": password, **more})


@pytest.fixture
def letters(app: PortalApp) -> list[Mail]:
    """All that was mailed so far."""
    return app.extensions["mailer"].sent


@pytest.fixture
def person(make: Maker) -> Callable[..., User]:
    """Makes somebody with `PASSWORD`."""
    stored = hash_password(PASSWORD)

    def person(role: str = "citizen", **more: object) -> User:
        return make.user(role, **{"password_hash": stored, **more})

    return person
