"""Where are the real files that nobody here wrote? Tests that need them skip where they are absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("TALQY_SHARED") or Path(__file__).resolve().parents[2] / "shared")


def shared(relative: str) -> Path:
    """A file or folder below `../shared`; skips the test when it is not there."""
    path = SHARED / relative
    if not path.exists():
        pytest.skip(f"needs the real data at ../shared/{relative}, which is not on this machine")
    return path
