"""What does the comparative table of a version say, and with what can a draft be compared?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_

from portal.drafts.cells import TablePlace, place_in
from portal.drafts.comparative import LANGUAGES
from portal.drafts.models import ComparativeTable, Draft, TableRow, Version
from portal.drafts.queries.texts import get_outline, list_text_languages
from portal.drafts.structure import Outline
from portal.kernel.db import db
from portal.kernel.errors import NotFound

TABLE = "table"  # what rows of the table are rows of, in their keys: `table__row_12`
MOST_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class RowView:
    """A row as it is stored; cells are named `present_kk` and so on, as in the model."""

    number: int
    place: int
    change: str
    finding: str
    unit: str
    revision: int
    element_kk: str
    element_ru: str
    reason_kk: str
    reason_ru: str
    present_kk: str
    present_ru: str
    proposed_kk: str
    proposed_ru: str

    def cell(self, name: str, language: str) -> str:
        """A cell in Kazakh or Russian."""
        return str(getattr(self, f"{name}_{language}"))


_COLUMNS = tuple(getattr(TableRow, name) for name in RowView.__slots__)


def find_table(version_id: int) -> ComparativeTable | None:
    """The table of a version."""
    return db.session.scalar(db.select(ComparativeTable).where(ComparativeTable.version_id == version_id))


def get_table(version_id: int) -> ComparativeTable:
    """The table of a version; raises NotFound."""
    if (table := find_table(version_id)) is None:
        raise NotFound("There is no comparative table yet.")
    return table


def count_rows(table_id: int, *, without_reason: bool = False) -> int:
    """How many rows a table has, or how many of them lack the reasons in either language."""
    query = db.select(func.count()).select_from(TableRow).where(TableRow.table_id == table_id)
    if without_reason:
        query = query.where(or_(TableRow.reason_kk == "", TableRow.reason_ru == ""))
    return db.session.scalar(query) or 0


def list_rows(table_id: int, *, offset: int = 0, limit: int = MOST_ROWS, without_reason: bool = False) -> list[RowView]:
    """The rows in their order."""
    query = db.select(*_COLUMNS).where(TableRow.table_id == table_id).order_by(TableRow.place, TableRow.number)
    if without_reason:
        query = query.where(or_(TableRow.reason_kk == "", TableRow.reason_ru == ""))
    return [RowView(*row) for row in db.session.execute(query.offset(offset).limit(limit))]


def count_before(table_id: int, number: int) -> int | None:
    """How many rows stand before the one with this number; None when there is no such row."""
    place = db.session.scalar(db.select(TableRow.place).where(TableRow.table_id == table_id, TableRow.number == number))
    if place is None:
        return None
    query = db.select(func.count()).select_from(TableRow).where(TableRow.table_id == table_id, TableRow.place < place)
    return db.session.scalar(query) or 0


def get_row(table_id: int, number: int) -> TableRow:
    """A row by its number; raises NotFound."""
    row = db.session.scalar(db.select(TableRow).where(TableRow.table_id == table_id, TableRow.number == number))
    if row is None:
        raise NotFound("There is no such row.")
    return row


def view_row(row: TableRow) -> RowView:
    """The row frozen, as lists give it."""
    return RowView(*(getattr(row, name) for name in RowView.__slots__))


def list_lost(table_id: int) -> list[RowView]:
    """The rows edited by hand, which building the table anew would lose; twenty at most."""
    query = db.select(*_COLUMNS).where(TableRow.table_id == table_id, TableRow.revision > 0)
    return [RowView(*row) for row in db.session.execute(query.order_by(TableRow.place).limit(20))]


def list_built(version_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Version → codes of the parts of the package that were made in the portal; only versions that have any."""
    rows = db.session.scalars(
        db.select(ComparativeTable.version_id)
        .where(ComparativeTable.version_id.in_(version_ids))
        .where(db.select(TableRow.id).where(TableRow.table_id == ComparativeTable.id).exists())
    )
    return {version_id: ("comparative-table",) for version_id in rows}


def list_built_by_draft(draft_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The same by draft, whichever of its versions has them: for drafts that have one version yet."""
    rows = db.session.scalars(
        db.select(Version.draft_id)
        .join(ComparativeTable, ComparativeTable.version_id == Version.id)
        .where(Version.draft_id.in_(draft_ids))
        .where(db.select(TableRow.id).where(TableRow.table_id == ComparativeTable.id).exists())
    )
    return {draft_id: ("comparative-table",) for draft_id in rows}


def table_row_of(key: str) -> int | None:
    """The number of the row a comment stands at by itself; None for the key of anything else."""
    place = place_in(key)
    return place.row if place is not None and place == TablePlace(TABLE, place.row) else None


def comment_key(row: RowView, keys: Collection[str]) -> str:
    """Where comments on a row stand: at the draft's provision where it is one of `keys`, else at the row itself."""
    return row.unit if row.unit and row.unit in keys else TablePlace(TABLE, row.number).key


def find_row_at(version_id: int, key: str) -> RowView | None:
    """The row a key of its own names, in the table of a version."""
    number = table_row_of(key)
    if number is None:
        return None
    query = (
        db.select(*_COLUMNS)
        .join(ComparativeTable, ComparativeTable.id == TableRow.table_id)
        .where(ComparativeTable.version_id == version_id, TableRow.number == number)
    )
    row = db.session.execute(query).one_or_none()
    return RowView(*row) if row is not None else None


def map_row_names(version_id: int, language: str) -> dict[str, str]:
    """Key of a row → what its element is called, for the rows of a version's table."""
    columns: Any = (TableRow.number, TableRow.element_ru if language == "ru" else TableRow.element_kk)
    rows = db.session.execute(
        db.select(*columns)
        .join(ComparativeTable, ComparativeTable.id == TableRow.table_id)
        .where(ComparativeTable.version_id == version_id)
        .limit(MOST_ROWS)
    )
    return {TablePlace(TABLE, number).key: name for number, name in rows}


def list_former_rows(draft_id: int, version: Version) -> list[RowView]:
    """The rows the drafter has worked on already: of this version's table, else of the one of an earlier version."""
    table_id = db.session.scalar(
        db.select(ComparativeTable.id)
        .join(Version, Version.id == ComparativeTable.version_id)
        .where(Version.draft_id == draft_id, Version.number <= version.number)
        .order_by(Version.number.desc())
        .limit(1)
    )
    return list_rows(table_id) if table_id is not None else []


def find_published(number: str) -> tuple[Draft, Version] | None:
    """A public draft by its number («2026-00017»), with its latest published version."""
    row = db.session.execute(
        db.select(Draft, Version)
        .join(Version, Version.draft_id == Draft.id)
        .where(Draft.number == number, Draft.is_public, Version.published_at.is_not(None))
        .order_by(Version.number.desc())
        .limit(1)
    ).one_or_none()
    return (row[0], row[1]) if row is not None else None


def list_authentic(version_id: int) -> dict[str, Outline]:
    """The Kazakh and the Russian text of a version."""
    return {
        language: get_outline(version_id, language, digest)
        for language, digest in list_text_languages(version_id).items()
        if language in LANGUAGES
    }


def is_stale(table: ComparativeTable, texts: Mapping[str, str]) -> bool:
    """Were the texts changed since the table was built from them? `texts` are language → digest."""
    return any(texts.get(language) != digest for language, digest in table.texts.items())


def lost_by_rebuilding(former: Sequence[RowView], kept: Collection[tuple[str, str]]) -> list[RowView]:
    """The rows whose work by hand would go: edited ones, and those with reasons that no new row takes over.

    `kept` are (Kazakh, Russian) names of the elements of the new rows.
    """
    return [
        row for row in former
        if row.revision or ((row.reason_kk or row.reason_ru) and (row.element_kk, row.element_ru) not in kept)
    ]  # fmt: skip
