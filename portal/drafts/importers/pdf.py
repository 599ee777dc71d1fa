"""What does a PDF made from a text say: the structure it carries, else paragraph by paragraph, with its ruled tables?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from portal.drafts.importers.blocks import Block, Grid, Reading
from portal.drafts.importers.marked.pdf import read_carried
from portal.drafts.importers.marked.units import Unmarked, settle
from portal.drafts.importers.package import MAX_PARAGRAPHS
from portal.drafts.importers.pdf_own import without_frame
from portal.drafts.importers.pdf_paragraphs import measures, paragraphs, words_of
from portal.drafts.importers.pdf_process import Page, Piece, read_contents
from portal.drafts.importers.pdf_rows import Row, rows_of, without_margins
from portal.drafts.importers.pdf_tables import Table, tables_of
from portal.drafts.structure import Outline, Warning_
from portal.kernel.files import Unreadable

_FEW = 25  # characters: a page with fewer holds no text, only a number or a stamp
_MOST_ODD = 0.2  # of the letters


def read_pdf(data: bytes, language: str | None = None) -> Outline | Reading:
    """The outline the file carries where its pages bear it out; else paragraphs and tables in reading order.

    Unreadable for scans and for what cannot be read.
    """
    contents = read_contents(data)
    if contents.carried is None:
        return _read_pages(contents.pages)
    try:
        outline = settle(read_carried(contents.carried, contents.pages, language))
    except Unmarked:
        reading = _read_pages(contents.pages)
        return replace(reading, warnings=(Warning_("carried_differs"), *reading.warnings))
    return outline if language in (None, outline.language) else _read_pages(contents.pages)


def _read_pages(pages: Sequence[Page]) -> Reading:
    warnings = _judged(pages)
    tables = [tables_of(page) for page in pages]
    within = [frozenset(piece for table in own for piece in table.pieces) for own in tables]
    # A table's cells stay in the file's order; they are taken out of the rows before these are put together.
    every = [rows_of(_less(page, inside), place) for place, (page, inside) in enumerate(zip(pages, within))]
    rows = without_margins(pages, without_frame(every))
    blocks = tuple(_blocks(pages, rows, tables))
    if len(blocks) > MAX_PARAGRAPHS:
        raise Unreadable(
            "The document has more than %(limit)s paragraphs. Divide it.", code="too_many_paragraphs",
            limit=MAX_PARAGRAPHS,
        )
    return Reading(blocks, warnings)


def _judged(pages: Sequence[Page]) -> tuple[Warning_, ...]:
    """A warning of pages that are images; Unreadable for a scan and for fonts that do not tell their letters."""
    images = [number for number, page in enumerate(pages, 1) if page.has_image and page.characters < _FEW]
    letters = sum(page.characters for page in pages)
    if images and (len(images) * 2 >= len(pages) or letters < _FEW * len(pages)):
        raise Unreadable(
            "This PDF is a scan: its pages are images without text. Upload the Word file it was printed from, or "
            "recognise the text first.", code="scanned",
        )  # fmt: skip
    if letters and sum(page.odd for page in pages) > letters * _MOST_ODD:
        raise Unreadable(
            "The letters of this PDF cannot be read: its fonts do not say what they show. Upload the Word file it was "
            "made from.", code="unknown_letters",
        )  # fmt: skip
    return (Warning_("pages_without_text", params={"count": len(images), "page": images[0]}),) if images else ()


def _less(page: Page, inside: frozenset[Piece]) -> Page:
    if not inside:
        return page
    return replace(page, pieces=tuple(piece for piece in page.pieces if piece not in inside))


def _blocks(pages: Sequence[Page], rows: Sequence[list[Row]], tables: Sequence[list[Table]]) -> Iterator[Block]:
    numbered = _flows(rows)
    measured = measures(numbered)
    words = words_of(row for flow in numbered for row in flow)
    waiting: list[Row] = []
    grid: tuple[Table, list[tuple[str, ...]]] | None = None
    for item in _in_order(numbered, tables, len(pages)):
        if isinstance(item, Row):
            if grid is not None:
                yield Grid(tuple(grid[1]))
                grid = None
            waiting.append(item)
            continue
        if waiting:
            yield from paragraphs(waiting, measured, words)
            waiting = []
        if grid is not None and _goes_on(grid[0], item):
            is_repeated = item.rows[:1] == tuple(grid[1][:1])
            grid = (item, grid[1] + list(item.rows[is_repeated:]))
            continue
        if grid is not None:
            yield Grid(tuple(grid[1]))
        grid = (item, list(item.rows))
    if grid is not None:
        yield Grid(tuple(grid[1]))
    yield from paragraphs(waiting, measured, words)


def _flows(rows: Sequence[list[Row]]) -> list[list[Row]]:
    """The rows of each column of each page: one ends where the next row stands higher."""
    flows: list[list[Row]] = []
    for own in rows:
        before: Row | None = None
        for row in own:
            if before is None or row.y < before.y - before.height:
                flows.append([])
            flows[-1].append(replace(row, flow=len(flows) - 1))
            before = row
    return flows


def _in_order(flows: Sequence[Sequence[Row]], tables: Sequence[list[Table]], pages: int) -> Iterator[Row | Table]:
    """Rows and tables of each page in reading order: a table before the first row that stands below it."""
    by_page: list[list[Row]] = [[] for _ in range(pages)]
    for flow in flows:
        by_page[flow[0].page].extend(flow)
    for rows, own in zip(by_page, tables):
        left = sorted((table for table in own if table.rows), key=lambda table: table.ys[0])
        for row in rows:
            while left and row.y > left[0].ys[0]:
                yield left.pop(0)
            yield row
        yield from left


def _goes_on(before: Table, following: Table) -> bool:
    """Is the table on the next page the same one? Its columns stand where those of the first did."""
    return len(before.xs) == len(following.xs) and all(abs(a - b) < 6 for a, b in zip(before.xs, following.xs))
