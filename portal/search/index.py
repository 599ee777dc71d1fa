"""Which index does this portal search, and how is it kept in step with the database?

The index is disposable: what is missing is built from the database, and a follower of the ledger carries every act
into it. A rebuild notes how long the ledger was when it began to read; after the swap the follower starts again
there, so that nothing written meanwhile is lost.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from flask import current_app

from portal.kernel.db import db, transaction_mode
from portal.ledger import sequence
from portal.ledger.entries import EntryView
from portal.ledger.followers import lag, position, rewind
from portal.ledger.kinds import Kind
from portal.ledger.queries import list_entries_from
from portal.search import sources
from portal.search.backends import IndexUnusable, RebuildRunning
from portal.search.backends.whoosh import WhooshEngine
from portal.search.documents import Document, comment_group, draft_group, reply_group

log = logging.getLogger(__name__)

FOLLOWER = "search"
BATCH = 500  # entries
SMALL_PORTAL = 5_000  # drafts, comments and answers that are indexed while the follower holds its transaction

_DRAFT_KINDS = frozenset({
    Kind.DRAFT_CREATED, Kind.DRAFT_EDITED, Kind.VERSION_PUBLISHED, Kind.DRAFT_WITHDRAWN, Kind.DRAFT_ADOPTED,
    Kind.CONSULTATION_ANNOUNCED,
})  # fmt: skip
_COMMENT_KINDS = frozenset({
    Kind.COMMENT_POSTED, Kind.COMMENT_EDITED, Kind.COMMENT_WITHDRAWN, Kind.COMMENT_IMPORTED, Kind.COMMENT_HIDDEN,
    Kind.COMMENT_RESTORED,
})  # fmt: skip
_REPLY_KINDS = frozenset({Kind.REPLY_POSTED, Kind.REPLY_EDITED})


def engine() -> WhooshEngine:
    """The engine of the present application."""
    return _engine_of(Path(current_app.instance_path) / "search")


@lru_cache(maxsize=8)
def _engine_of(folder: Path) -> WhooshEngine:
    return WhooshEngine(folder)


def follow_acts(entries: Sequence[EntryView]) -> None:
    """Carry what the entries did into the index. Reads the present state, so an entry may be followed twice."""
    if not engine().is_usable():
        if sources.count_sources() <= SMALL_PORTAL:
            _build(lambda count: None)
            engine().settle()
        return  # otherwise the periodic act builds it, without holding up those who write
    drafts = {_draft_id(entry) for entry in entries if entry.kind in _DRAFT_KINDS}
    comments = {int(entry.subject_id) for entry in entries if entry.kind in _COMMENT_KINDS}
    replies = {int(entry.subject_id) for entry in entries if entry.kind in _REPLY_KINDS}
    replies.update(sources.list_reply_ids(comments))
    if drafts or comments or replies:
        _update(drafts, comments, replies)


def _draft_id(entry: EntryView) -> int:
    return int(entry.subject_id) if entry.subject_kind == "draft" else int(entry.facts["draft"])


def _update(drafts: set[int], comments: set[int], replies: set[int]) -> None:
    groups = [*map(draft_group, drafts), *map(comment_group, comments), *map(reply_group, replies)]
    documents: list[Document] = [
        *sources.documents_of_drafts(drafts),
        *sources.documents_of_comments(comments),
        *sources.documents_of_replies(replies),
    ]
    engine().update(groups, documents)


def rebuild(progress: Callable[[int], None] = lambda count: None) -> int:
    """Build the whole index anew; how many documents. Holds no write lock while it reads.

    Raises RebuildRunning when another process is at it.
    """
    db.session.rollback()
    with transaction_mode("read"):
        count = _build(progress)
        db.session.rollback()
    settle()
    return count


def _build(progress: Callable[[int], None]) -> int:
    size = sequence.tree_size(db.session())
    return engine().rebuild(sources.all_documents(), progress, since=size)


def settle() -> None:
    """Let the follower go on where the reading for the live index began. Commits, so that it can be noted."""
    since = engine().unsettled()
    if since is None:
        return
    with transaction_mode("write"):
        rewind(FOLLOWER, since)
        db.session.commit()
    engine().settle()


def keep_index() -> None:
    """Called by the worker every turn: a portal without a readable index gets one, and an interrupted swap is ended."""
    settle()
    if engine().is_usable():
        return
    try:
        log.warning("there was no search index that could be read: %s documents indexed", rebuild())
    except RebuildRunning:
        log.info("another process is building the search index")


def catch_up(progress: Callable[[int], None] = lambda count: None) -> None:
    """Carry what the ledger has and the index has not; for commands run where no worker is. Commits.

    Raises RebuildRunning, IndexUnusable.
    """
    settle()
    if not engine().is_usable():
        rebuild(progress)
    while _follow_batch():
        pass


def _follow_batch() -> bool:
    """One batch as the follower would take it; was there any?"""
    with transaction_mode("read"):
        is_behind = lag(FOLLOWER) > 0
        db.session.rollback()
    if not is_behind:
        return False
    with transaction_mode("write"):
        entries = list_entries_from(position(FOLLOWER), BATCH)
        if entries:
            follow_acts(entries)
            rewind(FOLLOWER, entries[-1].number + 1)
        db.session.commit()
    return bool(entries)


def ensure_answers() -> None:
    """For the health check: raises IndexUnusable."""
    if not engine().is_usable():
        raise IndexUnusable("the search index is missing or damaged")
