"""Where is an exported file kept that took long to make, so that it is not made twice?

A folder beside the file store: everything in it can be made again, so it may be emptied at any time.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

WORTH_KEEPING = 0.25  # seconds; what is made faster is made anew
MOST_FILES = 2_000


def made(folder: Path, name: str, make: Callable[[], bytes]) -> bytes:
    """The bytes kept under a name, or made now. A name says all that the bytes depend on; of old ones the oldest go."""
    path = folder / name
    try:
        return path.read_bytes()
    except FileNotFoundError:
        pass
    start = time.monotonic()
    data = make()
    if time.monotonic() - start >= WORTH_KEEPING:
        keep(path, data)
    return data


def keep(path: Path, data: bytes) -> None:
    """Put the bytes where `made` finds them, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".made-")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    os.replace(temporary, path)
    kept = [entry for entry in path.parent.iterdir() if not entry.name.startswith(".")]
    if len(kept) > MOST_FILES:
        for entry in sorted(kept, key=lambda entry: entry.stat().st_mtime)[: len(kept) - MOST_FILES]:
            entry.unlink(missing_ok=True)
