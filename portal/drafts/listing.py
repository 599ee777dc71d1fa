"""How are rows of reference data printed on an operator's console?"""

from __future__ import annotations

import click

from portal.drafts.models import LANGUAGES, ActType, Body, PolicyArea
from portal.kernel.console import print_json

Row = dict[str, object]


def named_row(row: Body | ActType | PolicyArea, **more: object) -> Row:
    """Id, code, names and whatever else is said of a body, type or area."""
    names = {f"name_{language}": getattr(row, f"name_{language}") for language in LANGUAGES}
    return {"id": row.id, "code": row.code, **more, **names}


def print_rows(rows: list[Row], as_json: bool, *columns: str, single: bool = False) -> None:
    """The rows as JSON (`single`: the one row itself), or the columns as aligned text."""
    if as_json:
        print_json(rows[0] if single else rows)
        return
    widths = [max((len(str(row[column])) for row in rows), default=0) for column in columns]
    for row in rows:
        cells = (str(row[column]).ljust(width) for column, width in zip(columns, widths))
        click.echo("  ".join(cells).rstrip())
