"""Under which key is a row of a table known: `art_5__tbl_1__row_3`, counted from 1, the head of the table included?

A row is no provision of the tree: versions and languages carry the table, and the row by its place in it.
"""

from __future__ import annotations

import re

_ROW = re.compile(r"(.+)__row_([1-9][0-9]{0,5})")


def row_key(table_key: str, place: int) -> str:
    """The key of a row; `place` counts from 1."""
    return f"{table_key}__row_{place}"


def row_of(key: str) -> tuple[str, int] | None:
    """The key of the table and the place of the row in it, or None for the key of anything else."""
    found = _ROW.fullmatch(key)
    return (found[1], int(found[2])) if found else None
