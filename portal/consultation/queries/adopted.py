"""What changed between a draft and the act it became, and what became there of the comments that were accepted?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Select, func

from portal.consultation.changes import Changes, changes_of
from portal.consultation.models import Comment, DecisionKind, Reply
from portal.drafts.compare import compare
from portal.drafts.queries.adopted import AdoptedRef, get_adopted_outline
from portal.drafts.queries.texts import get_outline
from portal.drafts.queries.versions import VersionLine
from portal.kernel.db import db

PAGE = 20
EXCERPT = 300  # characters of a comment
ACCEPTED = (DecisionKind.accepted, DecisionKind.partly_accepted)


@dataclass(frozen=True, slots=True)
class AcceptedComment:
    """A comment the body agreed with, in full or in part; `place` is the provision it spoke of or that it changed."""

    id: int
    place: str
    changed: str
    excerpt: str
    language: str
    author: str
    decision: DecisionKind


def get_adopted_changes(draft_id: int, line: VersionLine, text: AdoptedRef, reader: str) -> Changes:
    """A published version against the published text of the act, named in the reader's language. Both are immutable."""
    return _changes(draft_id, line.id, line.texts[text.language], text.digest, text.language, reader)


def count_accepted(draft_id: int) -> int:
    """How many comments on provisions were accepted, in full or in part."""
    return db.session.scalar(_accepted(db.select(func.count()), draft_id)) or 0


def list_accepted(draft_id: int, *, offset: int = 0) -> list[AcceptedComment]:
    """Those comments, the oldest first."""
    rows = db.session.execute(
        _accepted(
            db.select(
                Comment.id, Comment.provision_key, Reply.changed_provision, func.substr(Comment.text, 1, EXCERPT),
                Comment.language, Comment.author_name, Reply.decision,
            ),
            draft_id,
        )
        .order_by(Comment.id)
        .offset(offset)
        .limit(PAGE)
    )  # fmt: skip
    return [AcceptedComment(*row) for row in rows]


def _accepted(query: Select, draft_id: int) -> Select:  # type: ignore[type-arg]
    return (
        query.select_from(Reply)
        .join(Comment, Comment.id == Reply.comment_id)
        .where(Reply.draft_id == draft_id, Reply.decision.in_(ACCEPTED), ~Comment.is_gone)
    )


@lru_cache(maxsize=16)
def _changes(draft_id: int, version_id: int, old_digest: str, new_digest: str, language: str, reader: str) -> Changes:
    old = get_outline(version_id, language, old_digest)
    new = get_adopted_outline(draft_id, language, new_digest)
    return changes_of(old, new, compare(old, new), reader)
