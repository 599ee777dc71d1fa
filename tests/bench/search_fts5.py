"""How does SQLite's FTS5 keep and find the same documents, to compare with?

It gets the same stems and forms, best first by its own BM25, the best thousand and how many there are.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from portal.search.documents import Document
from portal.search.terms import Query, Word, parse

BATCH = 5_000


class Fts5:
    """Built as soon as it is made."""

    def __init__(self, path: Path, documents: Iterable[Document]) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute(
            "CREATE VIRTUAL TABLE found USING fts5(head, stems, exact, content='', tokenize=\"unicode61 remove_diacritics 0\")"
        )
        rows = map(_row, documents)
        while chunk := list(islice(rows, BATCH)):
            self.connection.execute("BEGIN")
            self.connection.executemany("INSERT INTO found (head, stems, exact) VALUES (?, ?, ?)", chunk)
            self.connection.execute("COMMIT")
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def ask(self, text: str) -> None:
        """The best thousand and the count of all."""
        query = _match(parse(text))
        best = "SELECT rowid, bm25(found, 2.0, 1.0, 0.6) AS s FROM found WHERE found MATCH ? ORDER BY s LIMIT 1000"
        self.connection.execute(best, (query,)).fetchall()
        self.connection.execute("SELECT count(*) FROM found WHERE found MATCH ?", (query,)).fetchall()


def _row(document: Document) -> tuple[str, str, str]:
    head, body = document.head, document.body
    return head.stems, f"{head.stems} {body.stems}", f"{head.exact} {body.exact}"


def _match(query: Query) -> str:
    words = [_any_form(word) for word in query.words]
    return " AND ".join([*words, *(f'exact : "{" ".join(phrase)}"' for phrase in query.phrases)])


def _any_form(word: Word) -> str:
    if word.is_stop_word:
        return f'exact : "{word.surface}"'
    stems = " OR ".join(f'"{stem}"' for stem in sorted(word.wanted.stems))
    return f'({{stems head}} : ({stems}) OR exact : "{word.surface}")'
