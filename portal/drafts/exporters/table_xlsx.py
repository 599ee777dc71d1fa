"""How does a comparative table become a workbook: words only, never a formula or a link?"""

from __future__ import annotations

from io import BytesIO

import xlsxwriter

from portal.drafts.comparative.document import TableDocument
from portal.drafts.exporters.publication import printable

LONGEST_CELL = 32_767  # characters; Excel takes no more
_WIDTHS = (24, 60, 60, 40)
_OPTIONS = {
    "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip


def table_to_xlsx(table: TableDocument) -> bytes:
    """The bytes of a .xlsx: one sheet, heads that stay in sight and stand on each printed page."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, _OPTIONS)
    book.set_properties({"title": f"{table.title}: {table.draft_title}"[:255], "author": "Talqy"})
    sheet = book.add_worksheet(table.title)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    plain = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 1)
    for column, head in enumerate(table.heads):
        sheet.write_string(0, column, head, bold)
    for place, cells in enumerate(table.rows, start=1):
        for column, text in enumerate(cells):
            sheet.write_string(place, column, _fitted(text), plain)
    book.close()
    return stream.getvalue()


def _fitted(text: str) -> str:
    """What Excel can hold: a longer cell is cut and says so."""
    text = printable(text)
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"
