"""How does SQLite's FTS5 keep and find documents, to compare with?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from portal.search.documents import Document
from portal.search.terms import Query, Word, parse

BATCH = 5_000
WEIGHTS = (2.0, 1.0, 0.6)  # of the stems of a head, of all stems, of the forms


class Fts5:
    """A table of texts without the texts themselves, filled as soon as it is made; rows are numbered from 0."""

    def __init__(
        self, path: Path | str, columns: Sequence[str], rows: Iterable[tuple[str, ...]], tokenizer: str = "unicode61"
    ) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute(
            f"CREATE VIRTUAL TABLE found USING fts5({', '.join(columns)}, content='', tokenize=\"{tokenizer}\")"
        )
        places = ", ".join("?" * (len(columns) + 1))
        numbered = ((number, *row) for number, row in enumerate(rows))
        while chunk := list(islice(numbered, BATCH)):
            self.connection.execute("BEGIN")
            self.connection.executemany(f"INSERT INTO found (rowid, {', '.join(columns)}) VALUES ({places})", chunk)
            self.connection.execute("COMMIT")
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def best(self, match: str, weights: Sequence[float], limit: int) -> list[int]:
        """The numbers of the best rows by its own BM25."""
        places = ", ".join("?" * len(weights))
        query = f"SELECT rowid, bm25(found, {places}) AS s FROM found WHERE found MATCH ? ORDER BY s LIMIT ?"
        return [number for number, _ in self.connection.execute(query, (*weights, match, limit))]

    def count(self, match: str) -> int:
        """How many rows answer."""
        (count,) = self.connection.execute("SELECT count(*) FROM found WHERE found MATCH ?", (match,)).fetchone()
        return int(count)


def of_documents(path: Path, documents: Iterable[Document]) -> Fts5:
    """The same stems and forms as the portal's engines get."""
    return Fts5(path, ("head", "stems", "exact"), map(_row, documents), "unicode61 remove_diacritics 0")


def ask(fts5: Fts5, text: str) -> None:
    """The best thousand and the count of all."""
    match = _match(parse(text))
    fts5.best(match, WEIGHTS, 1000)
    fts5.count(match)


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
