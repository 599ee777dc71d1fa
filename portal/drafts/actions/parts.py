"""How is a row thrown away with all that is a part of it?"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Column, Table

from portal.kernel.db import db


def delete_with_parts(table: Table, ids: Iterable[int]) -> None:
    """Delete rows and what cannot be without them; what can be without them only forgets them."""
    ids = list(ids)
    for other in db.metadata.sorted_tables:
        for key in other.foreign_keys:
            if key.column.table is table and ids:
                _loosen(other, key.parent, ids)
    db.session.execute(table.delete().where(table.c.id.in_(ids)))


def _loosen(table: Table, column: Column[int], ids: list[int]) -> None:
    if column.nullable:
        db.session.execute(table.update().where(column.in_(ids)).values({column.name: None}))
    elif "id" in table.c:
        delete_with_parts(table, list(db.session.scalars(db.select(table.c.id).where(column.in_(ids)))))
    else:
        db.session.execute(table.delete().where(column.in_(ids)))
