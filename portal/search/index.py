"""Which index does this portal search, and how is it kept in step with the database?

The index is disposable: what is missing is built from the database. It knows itself which entry of the ledger it has to
be fed next; feeding reads the present state of whatever the entries are about, so an entry may be fed twice. A follower
of the ledger says when there is something new; the worker's turn repairs what any crash or copy left behind.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import lru_cache
from itertools import chain
from pathlib import Path

from flask import current_app

from portal.kernel.clock import now
from portal.kernel.db import db, transaction_mode
from portal.kernel.models import JobState
from portal.kernel.progress import find_progress, is_under_way, note_waiting, reported
from portal.ledger import sequence
from portal.ledger.entries import EntryView
from portal.ledger.kinds import Kind
from portal.ledger.queries import list_entries_from
from portal.search import sources
from portal.search.analysing import documents_of
from portal.search.backends import Changes, IndexUnusable, RebuildRunning, Store
from portal.search.backends.engine import IndexEngine
from portal.search.backends.tantivy import TantivyStore
from portal.search.backends.whoosh import WhooshStore
from portal.search.documents import comment_group, document_of, draft_group, reply_group

log = logging.getLogger(__name__)

FOLLOWER = "search"
REBUILD = "search.rebuild"  # the job, and its progress
BATCH = 500  # entries
SMALL_PORTAL = 5_000  # drafts, comments and answers that are indexed where the follower stands
REST = timedelta(minutes=1)  # after a build that failed

_DRAFT_KINDS = frozenset({
    Kind.DRAFT_CREATED, Kind.DRAFT_EDITED, Kind.VERSION_PUBLISHED, Kind.DRAFT_WITHDRAWN, Kind.DRAFT_ADOPTED,
    Kind.CONSULTATION_ANNOUNCED,
})  # fmt: skip
_COMMENT_KINDS = frozenset({
    Kind.COMMENT_POSTED, Kind.COMMENT_EDITED, Kind.COMMENT_WITHDRAWN, Kind.COMMENT_IMPORTED, Kind.COMMENT_HIDDEN,
    Kind.COMMENT_RESTORED,
})  # fmt: skip
_REPLY_KINDS = frozenset({Kind.REPLY_POSTED, Kind.REPLY_EDITED})


_STORES: dict[str, type[Store]] = {"whoosh": WhooshStore, "tantivy": TantivyStore}


def engine(name: str = "") -> IndexEngine:
    """The engine of the present application; a name asks for that of an operator who is about to change."""
    name = name or current_app.config["SETTINGS"].search
    return _engine_of(Path(current_app.instance_path) / "search" / name, name)


@lru_cache(maxsize=8)
def _engine_of(folder: Path, name: str) -> IndexEngine:
    return IndexEngine(folder, _STORES[name]())


def follow_acts(entries: Sequence[EntryView]) -> None:
    """Feed the index; a small portal without one gets it at once, a large one by the worker's turn."""
    if engine().is_usable():
        while engine().feed(_changes_since):
            pass
    elif (total := sources.count_sources()) <= SMALL_PORTAL:
        _build(lambda count: None, total)


def _changes_since(number: int) -> Changes | None:
    """What the next entries of the ledger changed in the texts; None when there is no such entry."""
    entries = list_entries_from(number, BATCH)
    if not entries:
        return None
    drafts = {_draft_id(entry) for entry in entries if entry.kind in _DRAFT_KINDS}
    comments = {int(entry.subject_id) for entry in entries if entry.kind in _COMMENT_KINDS}
    replies = {int(entry.subject_id) for entry in entries if entry.kind in _REPLY_KINDS}
    replies.update(sources.list_reply_ids(comments))
    return Changes(
        groups=[*map(draft_group, drafts), *map(comment_group, comments), *map(reply_group, replies)],
        documents=map(
            document_of,
            chain(
                sources.texts_of_drafts(drafts),
                sources.texts_of_comments(comments),
                sources.texts_of_replies(replies),
            ),
        ),
        fed=entries[-1].number + 1,
    )


def _draft_id(entry: EntryView) -> int:
    return int(entry.subject_id) if entry.subject_kind == "draft" else int(entry.facts["draft"])


def rebuild(progress: Callable[[int], None] = lambda count: None, name: str = "") -> int:
    """Build the whole index anew; how many documents. Holds no write lock while it reads; says how far it is.

    Raises RebuildRunning when another process is at it, IndexUnusable where the folder cannot be written to.
    """
    db.session.rollback()
    with transaction_mode("read"):
        total = sources.count_sources()
        db.session.rollback()
        if engine(name).is_rebuilding():
            raise RebuildRunning(name)
        with reported(REBUILD, total) as advance:
            count = _build(lambda done: (progress(done), advance(done)), total, name)
        db.session.rollback()
    return count


def rebuild_by_job() -> None:
    """What an administrator asked for; somebody else's build will do as well."""
    try:
        rebuild()
    except RebuildRunning:
        log.info("another process is building the search index")


def _build(progress: Callable[[int], object], total: int, name: str = "") -> int:
    entries = sequence.tree_size(db.session())
    return engine(name).rebuild(documents_of(sources.all_texts(), total), progress, fed=entries)


def entries_behind() -> int:
    """How many entries of the ledger the index has still to be fed. Raises IndexUnusable."""
    return max(0, sequence.tree_size(db.session()) - engine().fed())


def catch_up(progress: Callable[[int], None] = lambda count: None) -> None:
    """Feed the index all that the ledger has; build it where there is none, or where it is ahead of the database.

    Raises RebuildRunning, IndexUnusable.
    """
    db.session.rollback()
    with transaction_mode("read"):
        is_ahead = engine().is_usable() and engine().fed() > sequence.tree_size(db.session())
        if not is_ahead and engine().is_usable():
            while engine().feed(_changes_since):
                pass
        db.session.rollback()
    if is_ahead or not engine().is_usable():
        rebuild(progress)


def keep_index() -> None:
    """Called by the worker every turn. A large index is built by a job, so that letters go on meanwhile."""
    try:
        if not _needs_build():
            catch_up()
        elif sources.count_sources() <= SMALL_PORTAL:
            rebuild()
        elif not _failed_just_now():
            order_rebuild()
    except RebuildRunning:
        log.info("another process is at the search index")


def _needs_build() -> bool:
    """Is there no index that can be read, one ahead of the database, or one with words that were taken out long ago?"""
    index = engine()
    if not index.is_usable():
        return True
    return index.holds_removed() or index.fed() > sequence.tree_size(db.session())


def _failed_just_now() -> bool:
    build = find_progress(REBUILD)
    return build is not None and build.state is JobState.failed and now() - build.changed_at < REST


def order_rebuild() -> bool:
    """Let the worker's queue build the index anew; False where that is being done already."""
    if engine().is_rebuilding() or is_under_way(find_progress(REBUILD)):
        return False
    note_waiting(REBUILD)
    current_app.extensions["jobs"].enqueue(REBUILD)
    return True


def ensure_answers() -> None:
    """For the health check: raises IndexUnusable."""
    if not engine().is_usable():
        raise IndexUnusable("the search index is missing or damaged")
