"""How are the cells of a row of a table shown: to read, to choose among, to go from one to another?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from portal.consultation.anchors import Layout
from portal.drafts.cells import TablePlace, place_in, places_of
from portal.drafts.labels import grid_label

LONGEST_HEAD = 60  # characters of a column's head
LONGEST_HINT = 160  # characters of a cell beside a choice
MOST_CHOICES = 12  # cells that stand as choices one under another; more are chosen from a list


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell with words. `column` is what its column is called by its place, `head` what the table calls it, or ""."""

    key: str
    column: str
    head: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """A row or one of its cells to go to; `head` is in the language of the text, `lang`, `count` are words or ""."""

    label: str
    head: str
    lang: str
    url: str
    count: str
    is_current: bool


def row_cells(layout: Layout, key: str, language: str) -> tuple[CellView, ...]:
    """The cells of the row that a key names or stands in, those without words left out; () for any other place."""
    place, chain = place_in(key), layout.chain(key)
    if place is None or not chain:
        return ()
    rows = chain[-1].rows
    return tuple(
        CellView(
            key=each.key,
            column=_capital(grid_label(0, each.column, language)),
            head=_head(rows, each),
            words=each.words(rows) or "",
            is_chosen=each == place,
        )
        for each in places_of(place.table, rows) if each.column and each.row == place.row
    )  # fmt: skip


def place_links(layout: Layout, chosen: str, counts: Mapping[str, str], base: str, language: str) -> tuple[PlaceLink, ...]:
    """The row a reader has chosen, or a cell of, and its cells; `base` is what a key is added to, `counts` are words by key."""
    place, cells = place_in(chosen), row_cells(layout, chosen, language)
    if place is None or not cells:
        return ()
    row = place.whole_row.key
    whole = PlaceLink(_("The whole row"), "", layout.language, f"{base}{row}#{row}", counts.get(row, ""), row == chosen)
    return (
        whole,
        *(PlaceLink(cell.column, cell.head, layout.language, f"{base}{cell.key}#{cell.key}", counts.get(cell.key, ""),
                   cell.is_chosen) for cell in cells),
    )  # fmt: skip


def spoken_rows(counts: Mapping[str, str], chosen: str) -> frozenset[str]:
    """The keys of rows in which a cell has comments or is chosen."""
    places = (place_in(key) for key in (*counts, chosen) if "__cell_" in key)
    return frozenset(place.whole_row.key for place in places if place)


def cell_choices(layout: Layout, key: str, language: str) -> tuple[tuple[tuple[str, str], ...], Mapping[str, str]]:
    """((key, label), ...) of a row and its cells to choose the place of a comment among, and what stands under each.

    Nothing where the place is not in a table, or where the row has too many cells to stand one under another.
    """
    place, cells = place_in(key), row_cells(layout, key, language)
    if place is None or not cells or len(cells) > MOST_CHOICES:
        return (), {}
    names = (". ".join(filter(None, (cell.column, cell.head))) for cell in cells)
    choices = ((place.whole_row.key, _("The whole row")), *zip((cell.key for cell in cells), names, strict=True))
    row = layout.name(place.whole_row.key, language)
    return choices, {place.whole_row.key: row, **{cell.key: shortened(cell.words) for cell in cells}}


def shortened(words: str, most: int = LONGEST_HINT) -> str:
    """One line of it, cut at the end of a word."""
    line = " ".join(words.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + "…"


def _head(rows: tuple[tuple[str, ...], ...], place: TablePlace) -> str:
    """What the first row says of a column, where a row stands under it."""
    head = TablePlace(place.table, 1, place.column).words(rows) if place.row > 1 else None
    return shortened(head, LONGEST_HEAD) if head else ""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
