"""Which digest says what a text was when it was published?"""

from __future__ import annotations

import hashlib
import json
from typing import Any


def outline_digest(document: dict[str, Any]) -> str:
    """SHA-256 of an outline in canonical JSON, warnings left out: what the ledger says was published."""
    kept = {key: value for key, value in document.items() if key != "warnings"}
    canonical = json.dumps(kept, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
