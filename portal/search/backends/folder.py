"""Which of the indexes in a folder is live, and how is another one swapped in without a moment without any?

`current` names the live index; another is built beside it and swapped in by renaming that one file, which happens
wholly or not at all. Each index keeps in its file `fed` the number of the ledger entry it has to be fed next, so that it can
tell by itself what it lacks, whenever it was built or copied; in `built` how many seconds building took; in `removed`
since when it holds words of what was taken out. `damaged` names an index that could not be read.
"""

from __future__ import annotations

import fcntl
import logging
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from portal.search.backends import IndexUnusable, RebuildRunning

log = logging.getLogger(__name__)


class IndexFolder:
    """`prefix` begins the names of indexes this version of the program can read."""

    def __init__(self, path: Path, prefix: str) -> None:
        self.path = path
        self.prefix = prefix

    def live(self) -> Path:
        """The folder of the live index; raises IndexUnusable."""
        name = self._read("current")
        if not name:
            raise IndexUnusable("there is no index")
        if not name.startswith(self.prefix) or "/" in name:
            raise IndexUnusable("the index was made by another version")
        if self._read("damaged") == name:
            raise IndexUnusable("the index is damaged")
        return self.path / name

    @contextmanager
    def beside(self) -> Iterator[Path]:
        """A new folder to build in; gone again if building fails. What a killed build left goes first.

        The caller holds the lock of rebuilding. Raises IndexUnusable where nothing can be written.
        """
        self._remove_all_but(self._read("current"))
        target = self.path / f"{self.prefix}{uuid4().hex[:12]}"
        try:
            target.mkdir()
        except OSError as error:
            raise IndexUnusable(str(error)) from error
        try:
            yield target
        except BaseException:
            shutil.rmtree(target, ignore_errors=True)
            raise

    def swap_in(self, target: Path) -> None:
        """Make it the live index and remove all others; readers keep the files they have open."""
        self._write("current", target.name)
        self._remove_all_but(target.name)

    def fed(self, index: Path) -> int:
        """The number of the entry the index has to be fed next."""
        number = self._read(f"{index.name}/fed")
        return int(number) if number.isdigit() else 0

    def note_fed(self, index: Path, number: int) -> None:
        """It was fed all entries before this number."""
        self._write(f"{index.name}/fed", str(number))

    def note_built(self, index: Path, fed: int, seconds: float) -> None:
        """It is complete up to an entry, and took so long."""
        self._write(f"{index.name}/built", f"{seconds:.1f}")
        self.note_fed(index, fed)

    def built_seconds(self, index: Path) -> float:
        """How long building it took; 0 where that is not known."""
        try:
            return float(self._read(f"{index.name}/built") or 0)
        except ValueError:
            return 0.0

    def note_removed(self, index: Path) -> None:
        """Something was taken out for good; the first time counts."""
        if not self._read(f"{index.name}/removed"):
            self._write(f"{index.name}/removed", "yes")

    def removed_age(self, index: Path) -> float | None:
        """For how many seconds its files have held what was taken out; None where they hold nothing such."""
        try:
            return max(0.0, time.time() - (self.path / index.name / "removed").stat().st_mtime)
        except OSError:
            return None

    def size(self, index: Path) -> int:
        """Bytes of its files."""
        return sum(path.stat().st_size for path in index.glob("*") if path.is_file())

    def sizes(self, index: Path) -> dict[str, int]:
        """Bytes of each file that is only ever written once; empty where there is no folder."""
        try:
            with os.scandir(index) as entries:
                return {entry.name: entry.stat().st_size for entry in entries if not _is_rewritten(entry.name)}
        except OSError:
            return {}

    def condemn(self, index: Path) -> None:
        """It could not be read and has to be built anew. Where that cannot be noted, nothing can be built either."""
        try:
            self._write("damaged", index.name)
        except OSError:
            log.exception("the folder of the index cannot be written to")

    def is_condemned(self, index: Path) -> bool:
        """Was it noted as damaged?"""
        return self._read("damaged") == index.name

    @contextmanager
    def locked(self, name: str, patience: float) -> Iterator[None]:
        """Hold a lock between processes, waiting `patience` seconds for it; raises RebuildRunning, IndexUnusable."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            handle = (self.path / name).open("a")
        except OSError as error:
            raise IndexUnusable(str(error)) from error
        with handle:
            deadline = time.monotonic() + patience
            while not _took(handle.fileno()):
                if time.monotonic() >= deadline:
                    raise RebuildRunning(name)
                time.sleep(0.05)
            yield

    def is_writable(self) -> bool:
        """Can an index be built and fed here? A folder that is not there yet can be made where its parent can be
        written to.
        """
        there = next((path for path in (self.path, *self.path.parents) if path.exists()), self.path)
        return os.access(there, os.W_OK)

    def is_locked(self, name: str) -> bool:
        """Does somebody hold the lock? Needs no permission to write."""
        try:
            with (self.path / name).open("r") as handle:
                return not _took(handle.fileno(), fcntl.LOCK_SH)
        except OSError:
            return False

    def _remove_all_but(self, kept: str) -> None:
        for other in self.path.glob("index-*"):
            if other.name != kept:
                shutil.rmtree(other, ignore_errors=True)

    def _read(self, name: str) -> str:
        try:
            return (self.path / name).read_text(encoding="ascii", errors="replace").strip()
        except OSError:
            return ""

    def _write(self, name: str, text: str) -> None:
        fresh = self.path / f"{name}.new"
        with fresh.open("w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path / name)


def _is_rewritten(name: str) -> bool:
    """The few files that another takes the place of: tables of contents, locks and our own marks."""
    return name.endswith((".json", ".toc", ".lock", "LOCK", ".new")) or "." not in name


def _took(handle: int, how: int = fcntl.LOCK_EX) -> bool:
    try:
        fcntl.flock(handle, how | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
