"""What changed between two published versions of a draft?"""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy import func

from portal.consultation.changes import Changes, changes_of
from portal.consultation.models import Comment
from portal.drafts.compare import Comparison, compare
from portal.drafts.models import Version
from portal.drafts.queries.texts import get_outline
from portal.drafts.queries.versions import VersionLine
from portal.drafts.structure import carry_keys
from portal.kernel.db import db


def get_comparison(old: VersionLine, new: VersionLine, language: str) -> Comparison:
    """Two published texts in a language both have. Immutable, so kept in memory under their digests."""
    return _compared((old.id, old.texts[language]), (new.id, new.texts[language]), language)


def get_changes(old: VersionLine, new: VersionLine, language: str, reader: str) -> Changes:
    """The same with what the units are called in the reader's language."""
    return _named((old.id, old.texts[language]), (new.id, new.texts[language]), language, reader)


def compare_drafts(old: VersionLine, new: VersionLine, language: str, reader: str) -> Changes:
    """The same of two drafts: the units of the second go by the keys of the first where they are the same."""
    return _of_drafts((old.id, old.texts[language]), (new.id, new.texts[language]), language, reader)


def find_later_version(draft_id: int, version_id: int) -> tuple[int, int] | None:
    """The numbers of a version and of the latest published one after it; None when there is none."""
    row = db.session.execute(
        db.select(func.min(Version.number).filter(Version.id == version_id), func.max(Version.number)).where(
            Version.draft_id == draft_id, Version.published_at.is_not(None)
        )
    ).one()
    present, latest = row
    return (present, latest) if present is not None and latest > present else None


def list_comment_ids_by_place(draft_id: int, keys: list[str], most: int) -> dict[str, list[int]]:
    """For each of a few provisions the first comments readers see on it, the most supported first."""
    rows = db.session.execute(
        db.select(Comment.provision_key, Comment.id)
        .where(Comment.draft_id == draft_id, Comment.provision_key.in_(keys), ~Comment.is_gone, Comment.root_id.is_(None))
        .order_by(Comment.rank, Comment.id)
        .limit(most * max(1, len(keys)))
    )
    found: dict[str, list[int]] = {}
    for key, id_ in rows:
        if len(ids := found.setdefault(key, [])) < most:
            ids.append(id_)
    return found


@lru_cache(maxsize=16)
def _compared(old: tuple[int, str], new: tuple[int, str], language: str) -> Comparison:
    (old_id, old_digest), (new_id, new_digest) = old, new
    return compare(get_outline(old_id, language, old_digest), get_outline(new_id, language, new_digest))


@lru_cache(maxsize=16)
def _of_drafts(old: tuple[int, str], new: tuple[int, str], language: str, reader: str) -> Changes:
    (old_id, old_digest), (new_id, new_digest) = old, new
    first = get_outline(old_id, language, old_digest)
    (carried,) = carry_keys([first], [get_outline(new_id, language, new_digest)])
    return changes_of(first, carried, compare(first, carried), reader)


@lru_cache(maxsize=16)
def _named(old: tuple[int, str], new: tuple[int, str], language: str, reader: str) -> Changes:
    (old_id, old_digest), (new_id, new_digest) = old, new
    return changes_of(
        get_outline(old_id, language, old_digest),
        get_outline(new_id, language, new_digest),
        _compared(old, new, language),
        reader,
    )
