"""How do comments that another portal collected come in, with their history, a thousand and more a second?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, update

from portal.accounts.actor import AnyActor
from portal.consultation.actions.comments import DEEPEST, count_at_provision
from portal.consultation.imported import ImportedComment
from portal.consultation.models import Comment, Tally
from portal.consultation.policy import ensure_imports
from portal.consultation.queries.drafts import DraftFile
from portal.kernel.clock import now
from portal.kernel.db import db
from portal.ledger.kinds import Kind
from portal.ledger.record import Act, record_many


@dataclass(frozen=True, slots=True)
class Place:
    """Where a comment stands in its thread."""

    id: int
    root_id: int | None
    depth: int
    provision_key: str


@dataclass
class KnownComments:
    """The imported comments of a draft by their external id; grows as batches go in."""

    places: dict[str, Place] = field(default_factory=dict)

    def __contains__(self, external_id: str) -> bool:
        return external_id in self.places


def known_comments(draft_id: int) -> KnownComments:
    """What was imported into a draft before, so that a file sent twice goes in once."""
    rows = db.session.execute(
        db.select(Comment.external_id, Comment.id, Comment.root_id, Comment.depth, Comment.provision_key).where(
            Comment.draft_id == draft_id, Comment.external_id.is_not(None)
        )
    )
    return KnownComments({external_id: Place(*place) for external_id, *place in rows})


def import_comments(
    actor: AnyActor, *, file: DraftFile, comments: Sequence[ImportedComment], known: KnownComments
) -> int:
    """Insert new comments whose parents are known, with one entry each; adds them to `known`, returns how many.

    The window may be closed: what was said elsewhere was said then. An answer stands at its parent's provision. Votes
    come as totals without voters.
    """
    ensure_imports(actor)
    rows = [_row(file, comment, known) for comment in comments if comment.external_id not in known]
    if not rows:
        return 0
    ids = list(db.session.scalars(insert(Comment).returning(Comment.id, sort_by_parameter_order=True), rows))
    entries = record_many(_act(id, row) for id, row in zip(ids, rows))
    _number(zip(ids, (entry.number for entry in entries)))
    for id, row in zip(ids, rows):
        known.places[row["external_id"]] = Place(id, row["root_id"], row["depth"], row["provision_key"])
    _count(file.draft.id, rows)
    return len(rows)


def _row(file: DraftFile, comment: ImportedComment, known: KnownComments) -> dict[str, Any]:
    parent = known.places[comment.parent] if comment.parent else None
    return {
        "draft_id": file.draft.id,
        "version_id": file.consultation.version_id,
        "provision_key": parent.provision_key if parent else comment.provision_key,
        "parent_id": parent.id if parent else None,
        "root_id": (parent.root_id or parent.id) if parent else None,
        "depth": min(parent.depth + 1, DEEPEST) if parent else 0,
        "author_name": comment.author,
        "language": comment.language,
        "stance": comment.stance,
        "text": comment.text,
        "created_at": comment.created_at or now(),
        "external_id": comment.external_id,
        "agree": comment.votes_for,
        "disagree": comment.votes_against,
    }


def _act(id: int, row: dict[str, Any]) -> Act:
    facts = {
        "draft": row["draft_id"], "version": row["version_id"], "provision": row["provision_key"] or None,
        "parent": row["parent_id"], "language": row["language"], "stance": row["stance"].value if row["stance"] else None,
        "agree": row["agree"], "disagree": row["disagree"],
    }  # fmt: skip
    secrets = {"author": row["author_name"], "text": row["text"], "external_id": row["external_id"]}
    return Act(Kind.COMMENT_IMPORTED, f"comment:{id}", facts, secrets)


def _number(numbers: Iterable[tuple[int, int | None]]) -> None:
    given = [{"id": id, "entry_number": number} for id, number in numbers if number is not None]
    if given:
        db.session.execute(update(Comment), given)


def _count(draft_id: int, rows: Sequence[dict[str, Any]]) -> None:
    db.session.execute(update(Tally).where(Tally.draft_id == draft_id).values(comments=Tally.comments + len(rows)))
    threads = Counter(row["provision_key"] for row in rows if row["root_id"] is None)
    for key, count in Counter(row["provision_key"] for row in rows).items():
        count_at_provision(draft_id, key, count, threads[key])
    for parent_id, count in Counter(row["parent_id"] for row in rows if row["parent_id"]).items():
        db.session.execute(update(Comment).where(Comment.id == parent_id).values(replies=Comment.replies + count))
