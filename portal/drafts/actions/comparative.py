"""How is a comparative table built, put in order by hand, and thrown away?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func

from portal.accounts.actor import AnyActor
from portal.drafts.actions.versions import file_name, file_store
from portal.drafts.comparative import LANGUAGES, Finding, Manner, Row, RowChange, build_rows, tell_manner
from portal.drafts.comparative_policy import (
    ensure_base,
    ensure_cells,
    ensure_language,
    ensure_may_lose,
    ensure_rows,
    ensure_same_row,
    ensure_works_on,
)
from portal.drafts.importers import read_outline
from portal.drafts.models import ComparativeTable, Draft, TableRow
from portal.drafts.queries.adopted import find_published_act, get_adopted_outline, list_adopted_texts
from portal.drafts.queries.comparative import (
    RowView,
    count_rows,
    find_published,
    find_table,
    get_row,
    get_table,
    list_authentic,
    list_former_rows,
    lost_by_rebuilding,
)
from portal.drafts.queries.texts import latest_version, list_text_languages
from portal.drafts.structure import Outline
from portal.kernel.clock import now
from portal.kernel.db import db
from portal.kernel.errors import DomainError, Invalid
from portal.ledger.kinds import Kind
from portal.ledger.record import record

CELLS = ("element", "present", "proposed", "reason")


@dataclass(frozen=True)
class Base:
    """What the draft is compared with: `files` are language → (name, bytes), else `act`, the draft that became an adopted
    act whose text is published, else `number` of a published draft.
    """

    files: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)
    number: str = ""
    act: int | None = None


@dataclass(frozen=True)
class TypedRow:
    """A row as a drafter typed it; `cells` are named as in the model (`present_kk`)."""

    cells: Mapping[str, str]
    change: str


def build_table(
    actor: AnyActor, *, draft: Draft, base: Base, manner: Manner | None = None, drops_edits: bool = False
) -> ComparativeTable:
    """Build the table of the version being prepared, in place of an earlier one; reasons go over where the element stays.

    `manner` is told by the draft when it is not given. Raises Unreadable or Invalid for a base act that cannot be used,
    Refused when work by hand would be lost and `drops_edits` does not say that it may; then nothing is changed.
    """
    version = latest_version(draft.id)
    ensure_works_on(actor, draft, version)
    outlines, sources = _read_base(base)
    texts = list_authentic(version.id)
    ensure_base(outlines, texts)
    manner = manner or tell_manner(texts)
    rows = build_rows(outlines, texts, manner)
    ensure_rows(len(rows))
    former, table = list_former_rows(draft.id, version), find_table(version.id)
    digests = {each: digest for each, digest in list_text_languages(version.id).items() if each in LANGUAGES}
    if table is not None:
        ensure_may_lose(len(lost_by_rebuilding(former, {_names(row) for row in rows})), drops_edits)
        _empty(table)
        table.manner, table.base, table.texts, table.built_at = manner.value, sources, digests, now()
    else:
        table = ComparativeTable(version_id=version.id, manner=manner.value, base=sources, texts=digests, next_number=1)
        db.session.add(table)
    db.session.flush()
    _fill(table, rows, former)
    draft.updated_at = now()
    db.session.flush()
    record(Kind.COMPARATIVE_TABLE_BUILT, f"version:{version.id}", {"draft": draft.id, "rows": len(rows), **_source_facts(sources)})
    return table


def edit_row(actor: AnyActor, *, draft: Draft, number: int, revision: int, typed: TypedRow) -> None:
    """Change a row that is still at this revision; what was to be looked at counts as looked at."""
    version = latest_version(draft.id)
    ensure_works_on(actor, draft, version)
    row = get_row(get_table(version.id).id, number)
    ensure_same_row(row.revision, revision)
    ensure_cells(typed.cells, typed.change)
    is_reason_only = all(
        getattr(row, name) == text for name, text in typed.cells.items() if not name.startswith("reason_")
    ) and row.change == typed.change
    _write(row, typed)
    if not is_reason_only:
        row.revision, row.finding = row.revision + 1, Finding.none.value
    draft.updated_at = now()
    db.session.flush()
    record(Kind.COMPARATIVE_ROW_EDITED, f"version:{version.id}", {"draft": draft.id, "row": number}, secrets=dict(typed.cells))


def add_row(actor: AnyActor, *, draft: Draft, typed: TypedRow, after: int = 0) -> TableRow:
    """A further row: after the one with this number, or at the end."""
    version = latest_version(draft.id)
    ensure_works_on(actor, draft, version)
    table = get_table(version.id)
    ensure_rows(count_rows(table.id) + 1)
    ensure_cells(typed.cells, typed.change)
    place = get_row(table.id, after).place if after else _last_place(table.id)
    _shift(table.id, place, 1)
    row = TableRow(table_id=table.id, number=table.next_number, place=place + 1, revision=1)
    _write(row, typed)
    table.next_number += 1
    db.session.add(row)
    draft.updated_at = now()
    db.session.flush()
    facts = {"draft": draft.id, "row": row.number}
    record(Kind.COMPARATIVE_ROW_ADDED, f"version:{version.id}", facts, secrets=dict(typed.cells))
    return row


def remove_row(actor: AnyActor, *, draft: Draft, number: int) -> None:
    """Take a row out of the table."""
    version = latest_version(draft.id)
    ensure_works_on(actor, draft, version)
    row = get_row(get_table(version.id).id, number)
    place, table_id = row.place, row.table_id
    db.session.delete(row)
    db.session.flush()
    _shift(table_id, place, -1)
    draft.updated_at = now()
    record(Kind.COMPARATIVE_ROW_REMOVED, f"version:{version.id}", {"draft": draft.id, "row": number})


def move_row(actor: AnyActor, *, draft: Draft, number: int, place: int) -> None:
    """Put a row at another place, counted from 1; what is out of range becomes the nearest end."""
    version = latest_version(draft.id)
    ensure_works_on(actor, draft, version)
    table = get_table(version.id)
    row = get_row(table.id, number)
    target = min(max(place, 1), count_rows(table.id))
    _shift(table.id, row.place, -1)
    db.session.refresh(row)
    _shift(table.id, target - 1, 1)
    row.place = target
    draft.updated_at = now()
    db.session.flush()
    facts = {"draft": draft.id, "row": number, "place": target}
    record(Kind.COMPARATIVE_ROW_MOVED, f"version:{version.id}", facts)


def remove_table(actor: AnyActor, *, draft: Draft) -> None:
    """Throw the table of the version being prepared away."""
    version = latest_version(draft.id)
    ensure_works_on(actor, draft, version)
    table = get_table(version.id)
    _empty(table)
    db.session.delete(table)
    draft.updated_at = now()
    db.session.flush()
    record(Kind.COMPARATIVE_TABLE_REMOVED, f"version:{version.id}", {"draft": draft.id})


def _read_base(base: Base) -> tuple[dict[str, Outline], dict[str, dict[str, Any]]]:
    if base.files or not (base.act or base.number):
        return _read(base.files)
    return _adopted(base.act) if base.act else _published(base.number)


def _read(files: Mapping[str, tuple[str, bytes]]) -> tuple[dict[str, Outline], dict[str, dict[str, Any]]]:
    outlines, sources = {}, {}
    for language, (name, data) in files.items():
        if language not in LANGUAGES:
            raise Invalid("Choose the language of the text.", field="file_kk")
        try:
            outlines[language] = read_outline(data, name, language)
        except DomainError as error:
            error.field = f"file_{language}"
            raise
        ensure_language(language, {warning.code for warning in outlines[language].warnings})
        sources[language] = {"name": file_name(name), "digest": file_store().put(data)}
    return outlines, sources


def _published(number: str) -> tuple[dict[str, Outline], dict[str, dict[str, Any]]]:
    found = find_published(number)
    if found is None:
        raise Invalid("There is no published draft with this number.", field="number")
    draft, version = found
    outlines = list_authentic(version.id)
    return outlines, {language: {"draft": draft.id, "name": draft.number, "number": version.number} for language in outlines}


def _adopted(draft_id: int) -> tuple[dict[str, Outline], dict[str, dict[str, Any]]]:
    draft = find_published_act(draft_id)
    if draft is None:
        raise Invalid("Choose one of the adopted acts.", field="act")
    texts = {each: ref.digest for each, ref in list_adopted_texts(draft_id).items() if each in LANGUAGES}
    outlines = {language: get_adopted_outline(draft_id, language, digest) for language, digest in texts.items()}
    name = draft.adopted_reference or draft.number
    return outlines, {language: {"adopted": draft_id, "name": name, "digest": digest} for language, digest in texts.items()}


def _source_facts(sources: Mapping[str, Mapping[str, Any]]) -> dict[str, str | int]:
    return {
        f"base_{language}": source.get("digest") or f"draft:{source['draft']}:{source['number']}"
        for language, source in sources.items()
    }


def _names(row: Row) -> tuple[str, str]:
    return row.side("kk").element, row.side("ru").element


def _fill(table: ComparativeTable, rows: Sequence[Row], former: Sequence[RowView]) -> None:
    reasons = {(row.element_kk, row.element_ru): row for row in reversed(former) if row.element_kk or row.element_ru}
    values = []
    for place, row in enumerate(rows, start=1):
        before = reasons.get(_names(row))
        cells = {f"{cell}_{each}": getattr(row.side(each), cell) for cell in CELLS[:3] for each in LANGUAGES}
        values.append({
            "table_id": table.id, "number": table.next_number + place - 1, "place": place, "change": row.change.value,
            "finding": row.finding.value, "unit": row.unit[:500], "revision": 0, **cells,
            "reason_kk": before.reason_kk if before else "", "reason_ru": before.reason_ru if before else "",
            "element_kk": cells["element_kk"][:1000], "element_ru": cells["element_ru"][:1000],
        })  # fmt: skip
    table.next_number += len(rows)
    db.session.execute(db.insert(TableRow), values)


def _empty(table: ComparativeTable) -> None:
    db.session.execute(db.delete(TableRow).where(TableRow.table_id == table.id))


def _write(row: TableRow, typed: TypedRow) -> None:
    for cell in CELLS:
        for language in LANGUAGES:
            name = f"{cell}_{language}"
            setattr(row, name, typed.cells.get(name, ""))
    row.change = RowChange(typed.change).value


def _last_place(table_id: int) -> int:
    return db.session.scalar(db.select(func.max(TableRow.place)).where(TableRow.table_id == table_id)) or 0


def _shift(table_id: int, after: int, by: int) -> None:
    """Rows after a place go up or down by one."""
    statement = db.update(TableRow).where(TableRow.table_id == table_id, TableRow.place > after)
    db.session.execute(statement.values(place=TableRow.place + by))
