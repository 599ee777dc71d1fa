"""How does the index stand: usable, complete, how large, being built?"""

from __future__ import annotations

from dataclasses import dataclass

from portal.kernel.models import JobProgress
from portal.kernel.progress import find_progress, is_under_way
from portal.search.backends import IndexUnusable
from portal.search.index import REBUILD, engine, entries_behind


@dataclass(frozen=True, slots=True)
class IndexState:
    """`problem`: why it cannot be read, "" if it can. `bytes` of its files; `build` is the last one asked for."""

    engine: str
    problem: str
    is_writable: bool
    is_rebuilding: bool
    documents: int
    bytes: int
    behind: int
    build: JobProgress | None


def index_state() -> IndexState:
    """The live index of this portal, and what is being done about it. Two SQL queries."""
    index = engine()
    problem, documents, size, behind = "", 0, 0, 0
    try:
        documents, size, behind = index.count(), index.size(), entries_behind()
    except IndexUnusable as error:
        problem = str(error)
    build = find_progress(REBUILD)
    is_rebuilding = index.is_rebuilding() or is_under_way(build)
    return IndexState(
        index.store.name, problem, index.folder.is_writable(), is_rebuilding, documents, size, behind, build
    )  # fmt: skip
