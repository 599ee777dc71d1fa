"""Which pages are there about consultations?"""

from __future__ import annotations

from portal.consultation.views import (
    adopted,
    carried,
    comments,
    comparative,
    desk_adopted,
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
    "adopted", "blueprint", "carried", "comments", "comparative", "desk_adopted", "desk_versions", "duties", "endings",
    "exports", "families", "finding", "inbox", "links", "lists", "moderation", "opening", "opinions", "own_drafts", "posting", "reading", "terms",
    "versions", "votes",
]  # fmt: skip
