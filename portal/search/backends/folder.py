"""Which of the indexes in a folder is live, and how is another one swapped in without a moment without any?

`current` names the live index; another is built beside it and swapped in by renaming that one file, which happens wholly
or not at all. Each index keeps in its file `fed` the number of the ledger entry it has to be fed next, so that it can
tell by itself what it lacks, whenever it was built or copied. `damaged` names an index that could not be read.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from portal.search.backends import IndexUnusable, RebuildRunning


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
        """A new folder to build in; gone again if building fails."""
        self.path.mkdir(parents=True, exist_ok=True)
        target = self.path / f"{self.prefix}{uuid4().hex[:12]}"
        target.mkdir()
        try:
            yield target
        except BaseException:
            shutil.rmtree(target, ignore_errors=True)
            raise

    def swap_in(self, target: Path) -> None:
        """Make it the live index and remove all others; readers keep the files they have open."""
        self._write("current", target.name)
        for other in self.path.glob("index-*"):
            if other != target:
                shutil.rmtree(other, ignore_errors=True)

    def fed(self, index: Path) -> int:
        """The number of the entry the index has to be fed next."""
        number = self._read(f"{index.name}/fed")
        return int(number) if number.isdigit() else 0

    def note_fed(self, index: Path, number: int) -> None:
        """It was fed all entries before this number."""
        self._write(f"{index.name}/fed", str(number))

    def condemn(self, index: Path) -> None:
        """It could not be read and has to be built anew."""
        self._write("damaged", index.name)

    @contextmanager
    def locked(self, name: str, patience: float) -> Iterator[None]:
        """Hold a lock between processes, waiting `patience` seconds for it; raises RebuildRunning."""
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


def _took(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
