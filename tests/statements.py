"""What does a block of code ask of the database?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event

AROUND = ("BEGIN", "PRAGMA")


@contextmanager
def counted(without: tuple[str, ...] = AROUND) -> Iterator[list[str]]:
    """The statements sent within the block, in order; those that begin with one of `without` are left out."""
    statements: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if not statement.startswith(without):
            statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)
