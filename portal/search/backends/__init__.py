"""What does the portal ask of a search engine, and what does the engine answer?

The contract, which `tests/search/test_engines.py` tries on both engines:

- A *document* is one thing in one language: a reference, the words it is found by, already analysed (`Words`), an
  instant to sort and narrow by, and a print of its text. Texts are never kept: what is shown comes from the database.
- Documents come and go by *group* (`comment:12`), so feeding the same thing twice changes nothing.
- A *clause* (`clauses.py`) says what is looked for, in words of the index and with weights; a *wish* says among which
  documents (kinds, languages, drafts, instants), in which order and how many. Engines know neither queries as people
  type them nor the database. Both engines score by one formula, so that equal indexes answer alike, up to ties and the
  coarseness with which each keeps lengths.
- `Found.total` and `Found.kinds` count all documents that answer, not only those returned. `is_partial` says that time
  or room ran out and documents may be missing.
- A `Store` knows one format of files in one folder. `IndexEngine` (`engine.py`) does for every store the same: one
  index is live, another is built beside it and swapped in at once, a damaged one is found out. Each index remembers the
  number of the ledger entry it has to be fed next, in its own folder: it may be deleted, copied or old, and is healed.
- Reading needs no lock and no permission to write; one process writes at a time; a second rebuild is refused.
- What was taken out is found no more from the next search on, and its words leave the files with the next rebuild,
  which `IndexEngine.holds_removed` asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from portal.search.backends.clauses import Clause
from portal.search.documents import Document, HitKind, Reference


class IndexUnusable(Exception):
    """There is no index that can be read: missing, damaged, or made by another version. It has to be built."""


class RebuildRunning(Exception):
    """Somebody else is building the index."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that answers the query; only the database knows whether a reader may see it."""

    reference: Reference
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """The first candidates in the order wished.

    `total` counts all documents that answer, `kinds` those of each kind whatever kinds were wished; `is_partial`: time
    or room ran out.
    """

    candidates: tuple[Candidate, ...]
    total: int
    is_partial: bool = False
    kinds: Mapping[HitKind, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wish:
    """Among which documents to look; an empty condition is none, `drafts` None is all drafts, `things` None all things.

    `things` has the ids of the drafts, comments and answers for each kind; kinds that are not in it are not wished.

    `since` is included, `until` is not. `is_newest`: newest first instead of best first.
    """

    kinds: tuple[HitKind, ...] = ()
    language: str = ""
    drafts: frozenset[int] | None = None
    things: Mapping[HitKind, frozenset[int]] | None = None
    since: datetime | None = None
    until: datetime | None = None
    is_newest: bool = False
    limit: int = 1000


@dataclass(frozen=True, slots=True)
class Changes:
    """The groups to take out and the documents to put in, at once; `fed` is the number of the entry to feed next."""

    groups: Collection[str]
    documents: Iterable[Document]
    fed: int


class Store(Protocol):
    """One format of index files. Methods raise whatever a missing or damaged file makes them stumble over."""

    name: str
    version: str

    def build(self, folder: Path, documents: Iterable[Document], progress: Callable[[int], object]) -> int:
        """Make an index in an empty folder; how many documents. Calls `progress` with the number so far."""

    def change(self, folder: Path, changes: Changes) -> frozenset[str]:
        """Take out and put in, wholly or not at all; the groups of which nothing is left."""

    def search(self, folder: Path, clause: Clause, wish: Wish) -> Found:
        """May be called by several threads at once; sees what was changed before."""

    def count(self, folder: Path) -> int:
        """How many documents there are."""

    def prints(self, folder: Path) -> Iterator[tuple[Reference, int]]:
        """Every document with the print of its text."""

    def is_sound(self, folder: Path) -> bool:
        """Can all that search reads be read? May take seconds."""

    def forget(self) -> None:
        """Close what is kept open between searches, as far as this thread may."""
