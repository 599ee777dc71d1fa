"""How is a search written for machines: as an Atom feed, as rows of CSV, as JSON?"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

from portal.search.documents import HitKind
from portal.search.hits import Hit

ATOM = "http://www.w3.org/2005/Atom"
SINCE = "2026"  # the year from which on the names of entries are ours (RFC 4151)
COLUMNS = (
    "kind", "id", "language", "title", "excerpt", "url", "draft_id", "draft_number", "draft_title", "body", "type",
    "status", "at",
)  # fmt: skip

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMULA = re.compile(r"^[\s]*[=+\-@\t\r]")


@dataclass(frozen=True, slots=True)
class Row:
    """One thing found, in plain words; `at` in UTC as RFC 3339 writes it, `url` with the portal's own host."""

    kind: str
    id: str
    language: str
    title: str
    excerpt: str
    url: str
    draft_id: int
    draft_number: str
    draft_title: str
    body: str
    type: str
    status: str
    at: str


def row_of(hit: Hit, url: str, language: str) -> Row:
    """A thing found as a reader of a language gets it."""
    reference, draft = hit.reference, hit.of.draft
    is_provision = reference.kind is HitKind.provision
    return Row(
        kind=reference.kind.value,
        id=f"{reference.draft_id}/{reference.provision}" if is_provision else str(reference.object_id),
        language=reference.language,
        title=hit.plain_title or draft.title(reference.language),
        excerpt=hit.excerpt.text,
        url=url,
        draft_id=reference.draft_id,
        draft_number=draft.number,
        draft_title=draft.title(language),
        body=hit.of.body.name(language),
        type=hit.of.act_type.name(language),
        status=hit.of.status.value,
        at=instant(hit.at),
    )


def instant(at: datetime) -> str:
    """As RFC 3339 writes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of itself; `url` is its own address, `page` that of the same search for people, `note` what a
    reader has to know of it.
    """

    title: str
    url: str
    page: str
    language: str
    author: str
    updated: datetime
    note: str = ""


def write_atom(feed: Feed, rows: Iterable[Row]) -> bytes:
    """The feed of RFC 4287. The id of an entry is the same in every search and language."""
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": feed.language})
    rows = list(rows)
    _add(root, "title", feed.title)
    if feed.note:
        _add(root, "subtitle", feed.note)
    _add(root, "id", feed.url)
    _add(root, "updated", max((row.at for row in rows), default=instant(feed.updated)))
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.url)
    _add(root, "link", rel="alternate", type="text/html", href=feed.page)
    _add(_add(root, "author"), "name", feed.author)
    host = urlsplit(feed.url).hostname or "localhost"
    for row in rows:
        entry = _add(root, "entry")
        entry.set("xml:lang", row.language)
        _add(entry, "id", f"tag:{host},{SINCE}:{row.kind}/{row.id}")
        title = row.title if row.kind in {HitKind.draft, HitKind.provision} else f"{row.title}: {row.draft_title}"
        _add(entry, "title", title)
        _add(entry, "published", row.at)
        _add(entry, "updated", row.at)
        _add(entry, "link", rel="alternate", type="text/html", href=row.url)
        _add(_add(entry, "author"), "name", row.title if row.kind == HitKind.comment else row.body)
        _add(entry, "category", term=row.kind)
        _add(entry, "category", term=row.status)  # such as "announced": not open yet
        _add(entry, "summary", row.excerpt or row.draft_title, type="text")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="utf-8")


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, name, {key: _NO_XML.sub("", value) for key, value in attributes.items()})
    if text:
        element.text = _NO_XML.sub("", text)
    return element


def write_csv(batches: Iterable[Sequence[Row]]) -> Iterator[str]:
    """Lines with their heading, batch by batch; begins with the mark by which spreadsheets know UTF-8."""
    yield "\ufeff" + _lines([COLUMNS])
    for batch in batches:
        yield _lines([harmless(str(value)) for value in asdict(row).values()] for row in batch)


def harmless(value: str) -> str:
    """A spreadsheet must not take what somebody wrote for a formula (CWE-1236)."""
    return f"'{value}" if _FORMULA.match(value) else value


def _lines(rows: Iterable[Sequence[str]]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return written.getvalue()
