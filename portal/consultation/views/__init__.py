"""Which pages are there about consultations?"""

from __future__ import annotations

from portal.consultation.views import (
    carried,
    comments,
    comparative,
    desk_versions,
    duties,
    endings,
    exports,
    families,
    finding,
    inbox,
    links,
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
    "blueprint", "carried", "comments", "comparative", "desk_versions", "duties", "endings", "exports", "families",
    "finding", "inbox", "links", "lists", "moderation", "opening", "opinions", "own_drafts", "posting", "reading", "terms",
    "versions", "votes",
]  # fmt: skip
