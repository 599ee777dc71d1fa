"""How is an index of any format read, fed, built anew and found damaged, by several processes at once?"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from portal.search.backends import Changes, Found, IndexUnusable, Store, Wish
from portal.search.backends.clauses import Clause
from portal.search.backends.folder import IndexFolder
from portal.search.documents import Document, Reference

log = logging.getLogger(__name__)

LOCK_PATIENCE = 30.0  # seconds a writer waits for another
MOMENT = 0.2  # whoever looks whether a rebuild is running holds its lock no longer
DAY = 24 * 3600.0
PATIENCE_PER_SECOND = 30.0  # what was removed may rest in the files so many times as long as a build takes


class IndexEngine:
    """The live index below one folder. All methods but `is_usable` raise IndexUnusable where there is none."""

    def __init__(self, path: Path, store: Store) -> None:
        self.store = store
        self.folder = IndexFolder(path, f"index-{store.version}-")
        self._sizes: dict[str, int] = {}
        self._measuring = threading.Lock()

    def search(self, clause: Clause, wish: Wish) -> Found:
        """What answers the clause among the documents wished."""
        live = self._whole()
        try:
            return self.store.search(live, clause, wish)
        except Exception as error:
            return self._search_again(live, clause, wish, error)

    def _whole(self) -> Path:
        """The live index. Its files are mapped into memory: touching a place that was cut off would end the process, so
        none may have become shorter.
        """
        live = self.folder.live()
        with self._measuring:  # a thread that measured earlier must not be taken for one that finds less
            sizes = {f"{live.name}/{name}": size for name, size in self.folder.sizes(live).items()}
            known, self._sizes = self._sizes, sizes
        if any(known.get(name, 0) > size for name, size in sizes.items()):
            self.store.forget()
            self.folder.condemn(live)
            raise IndexUnusable("files of the index were cut off")
        return live

    def _search_again(self, live: Path, clause: Clause, wish: Wish, error: Exception) -> Found:
        """Swapped away under our hands, or damaged? Stores raise whatever a damaged file makes them stumble over."""
        self.store.forget()
        now_live = self.folder.live()
        try:
            return self.store.search(now_live, clause, wish)
        except Exception:
            log.exception("the index cannot be read")
        self._condemn_if_damaged(now_live)
        raise IndexUnusable(str(error)) from error

    def feed(self, read: Callable[[int], Changes | None]) -> bool:
        """Carry in what `read` gives for the number of the entry to be fed next; was there anything?

        Nobody else feeds meanwhile, so that older words never come in over newer ones.
        """
        with self.folder.locked("update.lock", LOCK_PATIENCE):
            live = self.folder.live()
            changes = read(self.folder.fed(live))
            if changes is None:
                return False
            if changes.groups:
                self._change(live, changes)
            self.folder.note_fed(live, changes.fed)
            return True

    def _change(self, live: Path, changes: Changes) -> None:
        try:
            removed = self.store.change(live, changes)
        except Exception:
            self.store.forget()
            self._condemn_if_damaged(live)
            raise
        if removed:
            self.folder.note_removed(live)

    def fed(self) -> int:
        """The number of the ledger entry to be fed next."""
        return self.folder.fed(self.folder.live())

    def rebuild(self, documents: Iterable[Document], progress: Callable[[int], object], fed: int) -> int:
        """Build beside and swap in; how many documents. `fed`: how many entries the ledger had before reading began.

        Raises RebuildRunning, and IndexUnusable where the folder cannot be written to.
        """
        started = time.monotonic()
        with self.folder.locked("rebuild.lock", MOMENT), self.folder.beside() as target:
            count = self.store.build(target, documents, progress)
            self.folder.note_built(target, fed, time.monotonic() - started)
            with self.folder.locked("update.lock", LOCK_PATIENCE):
                self.folder.swap_in(target)
        return count

    def is_rebuilding(self) -> bool:
        """Is an index being built now, by whatever process?"""
        return self.folder.is_locked("rebuild.lock")

    def is_usable(self) -> bool:
        """Is there an index of this format that opens?"""
        try:
            self.count()
        except IndexUnusable:
            return False
        return True

    def count(self) -> int:
        """How many documents there are."""
        live = self._whole()
        try:
            return self.store.count(live)
        except Exception as error:
            self.store.forget()
            raise IndexUnusable(str(error)) from error

    def prints(self) -> Iterator[tuple[Reference, int]]:
        """Every document with the print of its text."""
        return self.store.prints(self.folder.live())

    def size(self) -> int:
        """Bytes of the live index."""
        return self.folder.size(self.folder.live())

    def is_sound(self) -> bool:
        """Can all of it be read? A damaged one is noted, so that it is built anew."""
        live = self.folder.live()
        self._condemn_if_damaged(live)
        return not self.folder.is_condemned(live)

    def holds_removed(self) -> bool:
        """Do the files hold words of what was taken out, and for longer than a build is worth?

        They are found no more; but a word that was hidden must not stay on the disk for good.
        """
        live = self.folder.live()
        age = self.folder.removed_age(live)
        return age is not None and age > min(DAY, PATIENCE_PER_SECOND * max(1.0, self.folder.built_seconds(live)))

    def _condemn_if_damaged(self, live: Path) -> None:
        if not self.store.is_sound(live):
            log.error("the index is damaged and will be built anew")
            self.folder.condemn(live)
