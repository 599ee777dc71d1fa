"""How much memory did a process hold at most while something was done?"""

from __future__ import annotations

import threading
from pathlib import Path
from types import TracebackType


class Memory:
    """`peak`: megabytes of its own and its children's (not of files mapped), looked at five times a second."""

    def __init__(self) -> None:
        self.peak = 0
        self._stop = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Memory:
        self._watcher.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stop.set()
        self._watcher.join()

    def _watch(self) -> None:
        while True:
            self.peak = max(self.peak, sum(map(_own, ("self", *_children()))))
            if self._stop.wait(0.2):
                return


def _children() -> list[str]:
    return [child for task in Path("/proc/self/task").iterdir() for child in _read(task / "children").split()]


def _own(process: str) -> int:
    """Megabytes of one process; none of one that has ended."""
    lines = _read(Path("/proc") / process / "status").splitlines()
    return sum(int(line.split()[1]) // 1024 for line in lines if line.startswith("RssAnon:"))


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
