"""Which pages are there about consultations?"""

from __future__ import annotations

from portal.consultation.views import (
    carried,
    comments,
    desk_versions,
    duties,
    endings,
    exports,
    finding,
    inbox,
    lists,
    moderation,
    opening,
    opinions,
    own_drafts,
    posting,
    reading,
    terms,
    versions,
    votes,
)
from portal.consultation.views.blueprint import blueprint

__all__ = [
    "blueprint", "carried", "comments", "desk_versions", "duties", "endings", "exports", "finding", "inbox", "lists", "moderation",
    "opening", "opinions", "own_drafts", "posting", "reading", "terms", "versions", "votes",
]  # fmt: skip
