"""Which rows of a PDF are the frame the portal prints round a text: the facts under its title, the line at each head?

They are about the text and no part of it, and are told by what a reader sees: the names of the facts in one of three
languages with the address of a text among them.
"""

from __future__ import annotations

import re

from portal.drafts.exporters.facts import WORDS
from portal.drafts.importers.pdf_rows import Row

_ADDRESS = re.compile(r"https?://\S+/drafts/\d+/versions/\d+/(?:kk|ru|en)\s*$")
_NAMES = ("number", "type", "body", "version", "published", "address", "digest")


def without_frame(rows: list[list[Row]]) -> list[list[Row]]:
    """The rows of each page without the frame; of a PDF made elsewhere all of them."""
    if not rows:
        return rows
    cover = _title_alone(rows[0])
    if cover is None:
        return rows
    return [cover, *(own[1:] if own and _is_head(own[0]) else own for own in rows[1:])]


def _title_alone(rows: list[Row]) -> list[Row] | None:
    """The first page up to its facts, which end the page; None where there are none."""
    names = [tuple(f"{words[name]}:" for name in _NAMES) for words in WORDS.values()]
    for place, row in enumerate(rows):
        own = next((each for each in names if row.text.startswith(each)), None)
        if own is not None:
            facts = rows[place:]
            has_address = any(_ADDRESS.search(fact.text) for fact in facts)
            return rows[:place] if has_address and sum(fact.text.startswith(own) for fact in facts) >= 3 else None
    return None


def _is_head(row: Row) -> bool:
    return " № " in f" {row.text}" and " · " in row.text and _ADDRESS.search(row.text) is not None
