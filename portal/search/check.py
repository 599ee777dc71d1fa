"""Does the index hold what the database does: nothing missing, nothing extra, nothing stale?"""

from __future__ import annotations

from dataclasses import dataclass

from portal.search import sources
from portal.search.index import engine, entries_behind

MOST_NAMED = 100


@dataclass(frozen=True, slots=True)
class Differences:
    """`missing`, `extra`, `stale` name the first `MOST_NAMED` references of each kind of difference, the counts count
    all. `behind`: entries of the ledger the index has still to be fed, which explain differences.
    """

    engine: str
    documents: int
    is_sound: bool
    behind: int
    missing_count: int
    extra_count: int
    stale_count: int
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    stale: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Is there no difference, and no damage?"""
        return self.is_sound and not (self.missing_count or self.extra_count or self.stale_count)


def compare() -> Differences:
    """Compare every document by the print of its text; reads all of both. Raises IndexUnusable.

    Holds a name and a number for each document of the index, some 200 bytes.
    """
    behind, is_sound = entries_behind(), engine().is_sound()
    kept = {reference.dump(): print_ for reference, print_ in engine().prints()}
    documents = len(kept)
    missing, stale = _Named(), _Named()
    for text in sources.all_texts():
        name = text.reference.dump()
        print_ = kept.pop(name, None)
        if print_ is None:
            missing.add(name)
        elif print_ != text.print:
            stale.add(name)
    extra = sorted(kept)
    return Differences(
        engine().store.name, documents, is_sound, behind, missing.count, len(extra), stale.count,
        tuple(missing.names), tuple(extra[:MOST_NAMED]), tuple(stale.names),
    )  # fmt: skip


class _Named:
    """The first names, and how many there were."""

    def __init__(self) -> None:
        self.count = 0
        self.names: list[str] = []

    def add(self, name: str) -> None:
        self.count += 1
        if len(self.names) < MOST_NAMED:
            self.names.append(name)
