"""A portal with an index, and how many statements a page costs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from portal.kernel.db import db
from portal.search.index import rebuild
from portal.web.flask_app import PortalApp


@pytest.fixture
def indexed(app: PortalApp) -> PortalApp:
    """The portal with an index of nothing yet; followers keep it in step."""
    rebuild()
    return app


@contextmanager
def counted_statements() -> Iterator[list[str]]:
    """The statements sent to the database within the block, without those that begin transactions."""
    sent: list[str] = []

    def note(*arguments: Any) -> None:
        if not arguments[2].startswith(("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE")):
            sent.append(arguments[2])

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
