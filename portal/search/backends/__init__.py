"""What does the portal ask of a search engine, and what does the engine answer?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from portal.search.documents import Document, HitKind, Reference
from portal.search.terms import Query


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
    """The best candidates, best first. `total` counts all documents that answer; `is_partial`: time ran out."""

    candidates: tuple[Candidate, ...]
    total: int
    is_partial: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """How to look: all words or any of them, in which kinds and language, and for how many at most."""

    needs_all: bool = True
    kinds: tuple[HitKind, ...] = ()
    language: str = ""
    limit: int = 1000


@dataclass(frozen=True, slots=True)
class Changes:
    """The groups to take out and the documents to put in, at once; `fed` is the number of the entry to feed next."""

    groups: Collection[str]
    documents: Iterable[Document]
    fed: int


class Engine(Protocol):
    """An index in a folder of its own. Reading needs no lock; one process writes at a time."""

    def search(self, query: Query, wish: Wish) -> Found:
        """Raises IndexUnusable."""

    def feed(self, read: Callable[[int], Changes | None]) -> bool:
        """Carry in what `read` gives for the number of the entry to be fed next; was there anything?"""

    def fed(self) -> int:
        """The number of the ledger entry to be fed next. Raises IndexUnusable."""

    def rebuild(self, documents: Iterable[Document], progress: Callable[[int], None], fed: int) -> int:
        """Build an index beside the live one and swap it in; how many documents. Raises RebuildRunning."""

    def is_usable(self) -> bool:
        """Is there an index that can be read?"""

    def count(self) -> int:
        """How many documents there are. Raises IndexUnusable."""
