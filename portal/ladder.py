"""In which order do the features stand, so that each may import only those before it?"""

from __future__ import annotations

LADDER = (
    "kernel",
    "language",
    "web",
    "ledger",
    "accounts",
    "drafts",
    "consultation",
    "search",
    "notifications",
    "reports",
    "admin",
    "home",
    "demo",
)
