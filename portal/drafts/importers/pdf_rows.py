"""Which rows of words does a page of a PDF hold, in reading order, without what every page repeats?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.drafts.importers.folding import fold
from portal.drafts.importers.pdf_process import Page, Piece

# A header or footer stands in this part of the page's height, at its top and bottom.
_MARGIN = 0.14
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:[-–—]\s*)?(?:(?:page|стр\.?|страница|с\.|бет)\s*)?(\d{1,4})(?:\s*(?:/|из|of)\s*\d{1,4})?(?:-?\s*бет)?(?:\s*[-–—])?",
    re.IGNORECASE,
)
_UNIT = re.compile(r"(?:статья|глава|article|chapter|section)\s|\d+(?:-\d+)?\s?-?\s?(?:бап|тарау)\b|\d{1,3}[.)]\s")
_MOST_ROWS = 5  # of a header or footer
_TAB = 3.5  # heights of a letter
_LIKELY = 3  # pages a header must stand on


@dataclass(frozen=True, slots=True)
class Row:
    """The words of one line from left to right; `first` is the width of the first of them.

    `page` counts from 0, `flow` the columns of all pages.
    """

    x0: float
    x1: float
    y: float
    height: float
    is_bold: bool
    first: float
    text: str
    page: int
    flow: int = 0


def _row(pieces: list[Piece], page: int) -> Row:
    pieces.sort(key=lambda piece: piece.x0)
    first = pieces[0]
    return Row(
        first.x0, max(piece.x1 for piece in pieces), first.y, max(piece.height for piece in pieces),
        all(piece.is_bold for piece in pieces), first.first, _text(pieces), page,
    )  # fmt: skip


def _text(pieces: Sequence[Piece]) -> str:
    """The words; a wide gap between two or three pieces is a tab, many gaps are only a line set wide."""
    parts = [pieces[0].text]
    for before, piece in zip(pieces, pieces[1:]):
        is_tab = len(pieces) <= 3 and piece.x0 - before.x1 > _TAB * before.height
        parts += ["\t" if is_tab else " ", piece.text]
    return "".join(parts)


def rows_of(page: Page, number: int) -> list[Row]:
    """The rows in reading order: as the file has them, or from top to bottom where the file jumps about."""
    rows: list[list[Piece]] = []
    for piece in page.pieces:
        if rows and _is_beside(rows[-1], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    jumps = sum(after[0].y < before[0].y - before[0].height for before, after in zip(rows, rows[1:]))
    if jumps > max(3, len(rows) * 0.15):
        rows = _from_the_top(page.pieces)
    return [_row(row, number) for row in rows]


def _is_beside(row: Sequence[Piece], piece: Piece) -> bool:
    """On the same line and clear of the words that are there; a raised number stands a little above."""
    last = row[-1]
    is_level = abs(piece.y - last.y) < 0.45 * max(piece.height, last.height)
    return is_level and (piece.x0 >= last.x1 - 1 or piece.x1 <= row[0].x0 + 1)


def _from_the_top(pieces: Iterable[Piece]) -> list[list[Piece]]:
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.y):
        if rows and abs(piece.y - rows[-1][0].y) < 0.45 * max(piece.height, rows[-1][0].height):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def without_margins(pages: Sequence[Page], rows: Sequence[list[Row]]) -> list[list[Row]]:
    """The rows of each page without headers, footers and page numbers: what stands alike on several pages."""
    seen: Counter[tuple[str, int]] = Counter()
    for page, own in zip(pages, rows):
        seen.update({likeness for row in own if _is_marginal(row, page) for likeness in _likenesses(row, page)})
    least = max(_LIKELY, len(pages) * 0.25)
    repeated = {likeness for likeness, count in seen.items() if count >= least}
    return [_without_edges(page, own, repeated) for page, own in zip(pages, rows)]


def _without_edges(page: Page, rows: list[Row], repeated: set[tuple[str, int]]) -> list[Row]:
    """From each edge of the page inward the repeated rows go, up to the first that is the page's own."""
    downward = sorted(rows, key=lambda row: row.y)
    gone: list[Row] = []
    for inward in (downward, downward[::-1]):
        for place, row in enumerate(inward[:_MOST_ROWS]):
            is_number = place == 0 and len(rows) > 1 and _is_number_of(row)
            if not _is_marginal(row, page) or not (is_number or repeated & _likenesses(row, page)):
                break
            gone.append(row)
    return [row for row in rows if row not in gone]


def _is_marginal(row: Row, page: Page) -> bool:
    return row.y < page.height * _MARGIN or row.y > page.height * (1 - _MARGIN)


def _likenesses(row: Row, page: Page) -> set[tuple[str, int]]:
    """What pages repeat at about the same height: the very words, or words with a number that counts the pages.

    «Статья 18» at the top of a page is neither, however many pages begin with an article.
    """
    height = round(row.y / page.height * 60)
    if _UNIT.match(fold(row.text[:40])):
        return {(row.text, height)}
    counted = _DIGITS.sub(lambda number: f"#{int(number[0][:9]) - row.page}", row.text)
    return {(row.text, height), (counted, height)}


def _is_number_of(row: Row) -> bool:
    """A row that says only the number of its page, or the number before or after where a title page is not counted."""
    found = _PAGE_NUMBER.fullmatch(row.text.strip())
    return found is not None and abs(int(found[1]) - row.page - 1) <= 1
