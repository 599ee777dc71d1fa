"""Which pages are there about consultations?"""

from __future__ import annotations

from portal.consultation.views import (
    comments,
    endings,
    inbox,
    lists,
    moderation,
    opening,
    own_drafts,
    posting,
    reading,
    votes,
)
from portal.consultation.views.blueprint import blueprint

__all__ = [
    "blueprint", "comments", "endings", "inbox", "lists", "moderation", "opening", "own_drafts", "posting", "reading",
    "votes",
]  # fmt: skip
