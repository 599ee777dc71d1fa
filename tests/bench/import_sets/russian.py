"""Which articles and chapters have nine Russian codes saved from a national site, and three parses of them?"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from portal.drafts.importers import read_outline
from tests.bench.import_sets.scoring import Units, articles, chapters, scored
from tests.shared_data import SHARED

_RAISED = re.compile(r'<span class="W9"[^>]*>\s*(?:&nbsp;)?(\d+)\s*</span>')
_PARAGRAPH = re.compile(r"<p\b[^>]*>(.*?)(?=</?p\b|</body)", re.DOTALL | re.IGNORECASE)
_ARTICLE = re.compile(r"статья\s+(\d+(?:[.-]\d+)*)", re.IGNORECASE)
_CHAPTER = re.compile(r"глава\s+(\d+(?:[.-]\d+)*|[ivxlc]+(?=[.\s]))", re.IGNORECASE)


def nine_codes() -> Iterator[dict[str, object]]:
    """The headings printed as paragraphs of their own, found without the importer, are the reference."""
    for path in sorted((SHARED / "data/legal-kk-ru").glob("rf-*.html")):
        text = path.read_text("utf-8")
        outline = read_outline(path.read_bytes(), path.name)
        headings = [_plain(found) for found in _PARAGRAPH.findall(text)]
        yield scored(f"{path.stem} articles", _numbers(headings, _ARTICLE), articles(outline))
        yield scored(f"{path.stem} chapters", _numbers(headings, _CHAPTER), _of_chapters(chapters(outline)))


def three_parses() -> Iterator[dict[str, object]]:
    """Articles and chapters by a parse that others made."""
    for path in sorted((SHARED / "data/legal-kk-ru").glob("rf-*.json")):
        document = json.loads(path.read_text("utf-8"))
        outline = read_outline(path.with_suffix(".html").read_bytes(), path.name)
        titles = [_plain(title) for title in _titles(document)]
        yield scored(f"{path.stem} parse articles", _numbers(titles, _ARTICLE), articles(outline))
        yield scored(f"{path.stem} parse chapters", _numbers(titles, _CHAPTER), _of_chapters(chapters(outline)))


def _titles(document: Any) -> Iterator[str]:
    if isinstance(document, dict):
        if isinstance(document.get("title"), str):
            yield document["title"]
        for value in document.values():
            yield from _titles(value)
    elif isinstance(document, list):
        for value in document:
            yield from _titles(value)


def _plain(markup: str) -> str:
    text = re.sub(r"<[^>]*>", "", _RAISED.sub(r"-\1", markup))
    # A Roman ten is often typed as the Cyrillic letter.
    return re.sub(r"(?<=[IVX\s])Х|Х(?=[IVX.])", "X", " ".join(html.unescape(text).split()))


def _numbers(headings: list[str], pattern: re.Pattern[str]) -> Units:
    found = (pattern.match(heading) for heading in headings)
    return Counter((match[1],) for match in found if match is not None)


def _of_chapters(units: Units) -> Units:
    return Counter({(number,): count for (word, number), count in units.items() if word == "glava"})


