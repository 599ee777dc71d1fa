"""Which pages are there about consultations?"""

from __future__ import annotations

from portal.consultation.views import (
    adopted,
    adopted_text,
    carried,
    comments,
    comparative,
    desk_adopted,
    desk_versions,
    draft_json,
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
    reminders,
    terms,
    versions,
    votes,
)
from portal.consultation.views.blueprint import blueprint

__all__ = [
    "adopted", "adopted_text", "blueprint", "carried", "comments", "comparative", "desk_adopted", "desk_versions", "draft_json", "duties", "endings",
    "exports", "families", "finding", "inbox", "links", "lists", "moderation", "opening", "opinions", "own_drafts", "posting", "reading", "reminders", "terms",
    "versions", "votes",
]  # fmt: skip
