"""How does a comment come to be, change and go?"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import text, update

from portal.accounts.actor import AnyActor
from portal.consultation.models import Comment, CommentFlag, Tally
from portal.consultation.policy import (
    ensure_can_be_answered,
    ensure_comment_text,
    ensure_flag_reason,
    ensure_own_comment,
    ensure_same_words,
    ensure_stance,
    ensure_takes_part,
)
from portal.consultation.queries.drafts import DraftFile, has_provision
from portal.kernel.clock import now
from portal.kernel.db import db
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.ledger.kinds import Kind
from portal.ledger.record import record

DEEPEST = 6  # answers below that stand beside their parent


@dataclass(frozen=True, slots=True)
class CommentDraft:
    """What a person typed."""

    text: str
    language: str
    stance: str = ""
    proposed_text: str = ""
    organisation: str = ""
    provision_key: str = ""
    submission: str = ""


def post_comment(
    actor: AnyActor, *, file: DraftFile, typed: CommentDraft, parent: Comment | None = None
) -> Comment:
    """Post a comment. The same `submission` number posts once and returns the first comment again.

    Raises Refused outside the window, NotFound for a provision or parent that is not there, Invalid and
    TooLarge for the text, Conflict for other words under a number used already.
    """
    ensure_takes_part(actor, "comment.post")
    if typed.submission and (posted := _posted_already(actor, typed.submission)):
        ensure_same_words(posted, typed.text)
        return posted
    comment = _new_comment(actor, file, typed, parent)
    db.session.add(comment)
    db.session.flush()
    _count(comment, 1, is_new=True)
    entry = record(
        Kind.COMMENT_POSTED,
        f"comment:{comment.id}",
        {"draft": file.draft.id, "version": comment.version_id, "provision": comment.provision_key or None,
         "parent": comment.parent_id, "language": comment.language, "stance": typed.stance or None},
        secrets=_secrets(comment),
    )  # fmt: skip
    comment.entry_number = entry.number
    return comment


def _new_comment(actor: AnyActor, file: DraftFile, typed: CommentDraft, parent: Comment | None) -> Comment:
    file.ensure_open()
    ensure_comment_text(typed.text, typed.proposed_text, typed.organisation)
    if parent is not None:
        _ensure_parent(file, parent)
    provision_key = parent.provision_key if parent else typed.provision_key
    if provision_key and not has_provision(file.consultation.version_id, provision_key):
        raise NotFound("The draft has no such provision.")
    return Comment(
        draft_id=file.draft.id,
        version_id=file.consultation.version_id,
        provision_key=provision_key,
        author_id=actor.id,
        author_name=actor.name,
        organisation=typed.organisation,
        language=typed.language,
        stance=ensure_stance(typed.stance),
        text=typed.text,
        proposed_text=typed.proposed_text,
        submission=typed.submission or None,
        created_at=now(),
        **_place(parent),
    )


def edit_comment(actor: AnyActor, *, file: DraftFile, comment: Comment, typed: CommentDraft) -> None:
    """Change one's own comment while the window is open; a decision already given keeps it as it is."""
    ensure_takes_part(actor, "comment.post")
    ensure_own_comment(actor, comment)
    file.ensure_open()
    ensure_comment_text(typed.text, typed.proposed_text, typed.organisation)
    if comment.is_answered:
        raise Invalid("The agency has answered this comment. Post a new one instead.", field="text")
    comment.text = typed.text
    comment.proposed_text = typed.proposed_text
    comment.organisation = typed.organisation
    comment.stance = ensure_stance(typed.stance)
    comment.edited_at = now()
    db.session.flush()
    record(
        Kind.COMMENT_EDITED,
        f"comment:{comment.id}",
        {"draft": file.draft.id, "stance": typed.stance or None},
        secrets=_secrets(comment),
    )


def withdraw_comment(actor: AnyActor, *, file: DraftFile, comment: Comment) -> None:
    """Take one's own comment back while the window is open; its place in the thread stays."""
    ensure_takes_part(actor, "comment.post")
    ensure_own_comment(actor, comment)
    file.ensure_open()
    comment.withdrawn_at = now()
    count_visible(comment, -1)
    db.session.flush()
    record(Kind.COMMENT_WITHDRAWN, f"comment:{comment.id}", {"draft": file.draft.id})


def flag_comment(actor: AnyActor, *, comment: Comment, reason: str) -> None:
    """Report a comment to the moderators; once for each person."""
    ensure_takes_part(actor, "comment.report")
    ensure_can_be_answered(comment)
    ensure_flag_reason(reason)
    if db.session.get(CommentFlag, (comment.id, actor.id)) is not None:
        raise Conflict("You have reported this comment already. The moderators will look at it.")
    db.session.add(CommentFlag(comment_id=comment.id, user_id=actor.id, reason=reason))
    db.session.flush()
    record(Kind.COMMENT_REPORTED, f"comment:{comment.id}", {"draft": comment.draft_id}, secrets={"reader": actor.id or 0})


def count_visible(comment: Comment, by: int) -> None:
    """Keep the counts right when a comment appears to readers (1) or disappears (-1)."""
    _count(comment, by)
    if comment.is_answered:
        _count_answered(comment, by)


def _posted_already(actor: AnyActor, submission: str) -> Comment | None:
    return db.session.scalar(
        db.select(Comment).where(Comment.author_id == actor.id, Comment.submission == submission)
    )


def _ensure_parent(file: DraftFile, parent: Comment) -> None:
    if parent.draft_id != file.draft.id:
        raise NotFound("There is no such comment.")
    ensure_can_be_answered(parent)


def _place(parent: Comment | None) -> dict[str, int | None]:
    if parent is None:
        return {"parent_id": None, "root_id": None, "depth": 0}
    return {"parent_id": parent.id, "root_id": parent.root_id or parent.id, "depth": min(parent.depth + 1, DEEPEST)}


def count_at_provision(draft_id: int, provision_key: str, comments: int, threads: int) -> None:
    """Add to the counts of a place of a draft; the first comment there makes them."""
    db.session.execute(
        text(
            "INSERT INTO provision_tally (draft_id, provision_key, comments, threads) "
            "VALUES (:draft_id, :key, :comments, :threads) ON CONFLICT (draft_id, provision_key) DO UPDATE "
            "SET comments = provision_tally.comments + excluded.comments, threads = provision_tally.threads + excluded.threads"
        ),
        {"draft_id": draft_id, "key": provision_key, "comments": comments, "threads": threads},
    )


def _count(comment: Comment, by: int, is_new: bool = False) -> None:
    db.session.execute(
        update(Tally).where(Tally.draft_id == comment.draft_id).values(comments=Tally.comments + by)
    )
    is_thread = is_new and comment.root_id is None
    count_at_provision(comment.draft_id, comment.provision_key, by, int(is_thread))
    if comment.parent_id is not None:
        db.session.execute(
            update(Comment).where(Comment.id == comment.parent_id).values(replies=Comment.replies + by)
        )


def _count_answered(comment: Comment, by: int) -> None:
    db.session.execute(
        update(Tally).where(Tally.draft_id == comment.draft_id).values(answered=Tally.answered + by)
    )


def _secrets(comment: Comment) -> dict[str, str | int]:
    return {"author": comment.author_id or 0, "text": comment.text, "proposed_text": comment.proposed_text}
