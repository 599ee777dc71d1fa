"""How is the difference between two versions laid out for a reader: chapter by chapter, changed units first of all?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from portal.drafts.cells import TablePlace, place_in
from portal.drafts.compare import Change, Comparison, LineChange, Marks, Paragraph, UnitChange, one_wording, paragraphs
from portal.drafts.labels import grid_label, label_of, path_labels
from portal.drafts.structure import CONTAINERS, Kind, Outline, Provision

_OUTER = CONTAINERS | {Kind.annex}


@dataclass(frozen=True)
class Changes:
    """Two texts compared, with what a page needs to name each unit. `old_names` and `new_names` are by key.

    `chapters` leads from a key to the heading of the outermost part it stands in ("" where there is none).
    """

    comparison: Comparison
    old_names: Mapping[str, str]
    new_names: Mapping[str, str]
    chapters: Mapping[str, str]

    def name(self, key: str) -> str:
        """What a unit is called now, or was called last; the bare key where neither text has it."""
        name = self.new_names.get(key) or self.old_names.get(key) or key
        return name[:1].upper() + name[1:]

    def place_name(self, place: Place, language: str) -> str:
        """What a place is called now, or was called last; a row or cell by its turn in the table."""
        name, row, column = self.name(place.unit.key), place.row, place.column
        if row is None:
            return name
        return f"{name}, {grid_label(row.new or row.old, (column.new or column.old) if column else 0, language)}"


@dataclass(frozen=True, slots=True)
class Place:
    """What became of a place people speak of: a unit, or the row or cell of a table, which may stay where its table changed."""

    unit: UnitChange
    change: Change
    row: LineChange | None = None
    column: LineChange | None = None

    @property
    def key(self) -> str:
        """The key it goes by in the later text; "" for a row or cell that is gone."""
        if self.row is None:
            return self.unit.key
        if not self.row.new or (self.column and not self.column.new):
            return ""
        return TablePlace(self.unit.key, self.row.new, self.column.new if self.column else 0).key


@dataclass(frozen=True, slots=True)
class Item:
    """A unit on the page, or a run of unchanged ones (`skipped`, then `unit` is the first of them)."""

    unit: UnitChange
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a unit to print: heading, paragraphs, rows of a table; each a run of segments.

    `row_changes` say what became of each row; they are left out where no row is to be told from another.
    """

    heading: Paragraph
    paragraphs: tuple[Paragraph, ...]
    rows: tuple[tuple[Paragraph, ...], ...]
    row_changes: tuple[Change, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.heading or self.paragraphs or self.rows)


def changes_of(old: Outline, new: Outline, comparison: Comparison, language: str) -> Changes:
    """The comparison of two texts with the names of their units in the reader's language."""
    chapters: dict[str, str] = {}
    for outline in (old, new):
        for top in outline.provisions:
            _note_chapter(top, _chapter(top, outline.language), chapters)
    return Changes(comparison, path_labels(old, language), path_labels(new, language), chapters)


def _note_chapter(provision: Provision, chapter: str, chapters: dict[str, str]) -> None:
    chapters[provision.key] = chapter
    for child in provision.children:
        _note_chapter(child, chapter, chapters)


def _chapter(top: Provision, language: str) -> str:
    if top.kind not in _OUTER:
        return ""
    return ". ".join(part for part in (label_of(top, language) if top.number else "", top.heading) if part)


def items_of(comparison: Comparison, *, with_same: bool) -> list[Item]:
    """The units to show in their order; those that did not change one by one, or as runs with their number."""
    if with_same:
        return [Item(unit) for unit in comparison.units]
    items: list[Item] = []
    for is_same, group in groupby(comparison.units, lambda unit: unit.change is Change.same):
        units = list(group)
        items += [Item(units[0], len(units))] if is_same else [Item(unit) for unit in units]
    return items


def in_chapters(changes: Changes, items: Iterable[Item]) -> Iterator[tuple[str, list[Item]]]:
    """The items under the heading of the part they stand in."""
    for chapter, group in groupby(items, lambda item: changes.chapters.get(item.unit.key, "")):
        yield chapter, list(group)


def became(comparison: Comparison, key: str) -> Place | None:
    """What became of the place with this key, rows and cells included; None when the earlier text has no such place."""
    place = place_in(key)
    unit = comparison.became(place.table if place else key)
    if unit is None or place is None:
        return Place(unit, unit.change) if unit else None
    row = next((each for each in unit.rows if each.old == place.row), None)
    if row is None or not place.column:
        return Place(unit, row.change, row) if row else None
    column = next((each for each in unit.columns if each.old == place.column), None)
    return Place(unit, unit.cell_change(row, column), row, column) if column else None


def marked(unit: UnitChange) -> Words:
    """The unit's words with what was struck and put in."""
    return _words(unit.marks(), has_rows=unit.change is Change.reworded)


def marked_place(place: Place) -> Words:
    """The same of a place; of a row its cells alone, of a cell that one."""
    unit, row, column = place.unit, place.row, place.column
    if row is None:
        return marked(unit)
    cells = unit.mark_row(row)
    return Words((), (), (cells if column is None else (cells[unit.columns.index(column)],),))


def one_side(words: Words, without: str) -> Words:
    """The words as one of the versions has them: without what the other alone says ("deleted" or "inserted")."""

    def kept(paragraph: Paragraph) -> Paragraph:
        return one_wording(paragraph, without)

    absent = Change.added if without == "inserted" else Change.removed
    changes = words.row_changes or (None,) * len(words.rows)
    rows = [(row, change) for row, change in zip(words.rows, changes, strict=True) if change is not absent]
    return Words(
        kept(words.heading),
        tuple(left for paragraph in words.paragraphs if (left := kept(paragraph))),
        tuple(tuple(kept(cell) for cell in row) for row, _ in rows),
        tuple(change for _, change in rows if change),
    )


def _words(marks: Marks, *, has_rows: bool) -> Words:
    changes = tuple(row.change for row in marks.changes) if has_rows else ()
    return Words(marks.heading, tuple(paragraphs(marks.text)), marks.rows, changes)
