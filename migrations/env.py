"""How is the schema brought up to date? Alembic on the portal's own engine, in one transaction.

A migration is plain: it names columns and types itself and never imports the portal's models, so that it still runs
when they have moved on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from alembic import context
from flask import current_app

from portal.kernel.db import Instant, db


def render_item(kind: str, item: Any, autogen: Any) -> str | bool:
    """Our own column types are written as the types they store."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    return False


def same_type(context_: Any, column: Any, metadata_column: Any, stored: Any, modelled: Any) -> bool | None:
    """An Instant is a date with time and zone; anything else is Alembic's to compare. False: no difference."""
    if isinstance(modelled, Instant):
        return not isinstance(stored, sa.DateTime)
    return None


@contextmanager
def _tables_may_be_rebuilt(connection: sa.Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew; foreign keys would delete what points at the old one meanwhile."""
    if connection.dialect.name != "sqlite":
        yield
        return
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        broken = cursor.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"rows point at rows that are not there: {broken[:5]}")
    finally:
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()


def run() -> None:
    """Upgrade or downgrade, as the command asks."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection, _tables_may_be_rebuilt(connection):
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=engine.dialect.name == "sqlite",
            render_item=render_item,
            compare_type=same_type,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
