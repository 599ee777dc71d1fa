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


class Engine(Protocol):
    """An index in a folder of its own. Reading needs no lock; one process writes at a time."""

    def search(self, query: Query, wish: Wish) -> Found:
        """Raises IndexUnusable."""

    def update(self, groups: Collection[str], documents: Iterable[Document]) -> None:
        """Take out the groups and put the documents in, at once. Raises IndexUnusable."""

    def rebuild(self, documents: Iterable[Document], progress: Callable[[int], None], since: int) -> int:
        """Build an index beside the live one and swap it in; how many documents. Raises RebuildRunning."""

    def unsettled(self) -> int | None:
        """Where in the ledger the follower has to go on for the live index, if nobody has set it there."""

    def settle(self) -> None:
        """Note that the follower was set there."""

    def is_usable(self) -> bool:
        """Is there an index that can be read?"""

    def count(self) -> int:
        """How many documents there are. Raises IndexUnusable."""
