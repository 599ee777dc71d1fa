"""How do features reach the database, and what keeps a reading request from writing?

Every request runs in one transaction whose mode is decided before its first statement: `read` or
`write`. On SQLite a writer takes its lock at BEGIN (so that two writers queue instead of failing half-way)
and a reader may not write at all (`query_only`); PostgreSQL is told `READ ONLY`. While a page is being
rendered no statement is allowed: templates receive values, not queries.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import partial
from typing import Any, Literal

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Engine, MetaData, Select, event
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

Mode = Literal["read", "write"]

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

_mode: ContextVar[Mode] = ContextVar("transaction_mode", default="write")
_rendering: ContextVar[bool] = ContextVar("rendering", default=False)


class Model(DeclarativeBase):
    """The ancestor of all stored things."""

    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(
    model_class=Model,
    disable_autonaming=False,
    session_options={"expire_on_commit": False},
    engine_options={
        "hide_parameters": True,  # what people typed never reaches a log
        # a Cyrillic letter written as \u0430 takes six bytes instead of two, and longer to read
        "json_serializer": partial(json.dumps, ensure_ascii=False, separators=(",", ":")),
    },
)


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant; SQLite keeps no zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def hold(model: type[Any], number: int) -> None:
    """Until the transaction ends whoever else holds this row waits; who reads it or points at it does not.

    What two people do at once to one thing happens one after the other. A reading transaction holds nothing, and on
    SQLite there is one writer anyway.
    """
    if _mode.get() == "write":
        db.session.execute(held(model, number))


def held(model: type[Any], number: int) -> Select[Any]:
    """The statement that holds a row; to be run before the row is read, so that it is read as the one before left it."""
    return db.select(model.id).where(model.id == number).with_for_update(key_share=True)


class QueryWhileRendering(RuntimeError):
    """A template reached the database; load what it shows before the page is made."""


@contextmanager
def transaction_mode(mode: Mode) -> Iterator[None]:
    """Decide how transactions begun within the block may use the database."""
    token = _mode.set(mode)
    try:
        yield
    finally:
        _mode.reset(token)


@contextmanager
def no_queries() -> Iterator[None]:
    """Raise `QueryWhileRendering` on any statement within the block."""
    token = _rendering.set(True)
    try:
        yield
    finally:
        _rendering.reset(token)


@event.listens_for(Engine, "connect")
def _prepare_connection(connection: Any, record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # we say BEGIN ourselves
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")  # an acknowledged comment survives a power cut
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA busy_timeout=15000")
    cursor.execute("PRAGMA cache_size=-32000")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin(connection: Any) -> None:
    reading = _mode.get() == "read"
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA query_only={'ON' if reading else 'OFF'}")
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
    elif reading:
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


@event.listens_for(Engine, "before_cursor_execute")
def _refuse_while_rendering(*arguments: Any) -> None:
    if _rendering.get():
        raise QueryWhileRendering(str(arguments[2])[:200])
