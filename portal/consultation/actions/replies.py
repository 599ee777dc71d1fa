"""How does the agency answer a comment, or many at once?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import update

from portal.accounts.actor import AnyActor
from portal.consultation.models import Comment, DecisionKind, Reply, Tally
from portal.consultation.policy import (
    ensure_answers_for,
    ensure_can_be_answered,
    ensure_change_follows,
    ensure_reply,
    ensure_together,
)
from portal.consultation.queries.drafts import DraftFile, has_provision
from portal.drafts.queries.versions import list_versions
from portal.kernel.clock import now
from portal.kernel.db import db
from portal.kernel.errors import Invalid, NotFound
from portal.ledger.kinds import Kind
from portal.ledger.record import record


@dataclass(frozen=True, slots=True)
class ReplyDraft:
    """What the drafter typed."""

    decision: str
    text: str
    language: str
    unit: str = ""
    changed_provision: str = ""


def post_reply(actor: AnyActor, *, file: DraftFile, comment: Comment, typed: ReplyDraft) -> Reply:
    """Answer a comment, or change the answer given; one answer for each comment. The same answer again changes nothing.

    Raises Refused for another body's drafter or outside the time for answers, NotFound for a comment readers
    cannot see, Invalid without decision or reason.
    """
    ensure_answers_for(actor, file.draft)
    if comment.draft_id != file.draft.id:
        raise NotFound("There is no such comment.")
    ensure_can_be_answered(comment)
    ensure_reply(typed.text, file.phase, file.consultation.opens_on)
    decision = _decision(typed.decision)
    ensure_change_follows(decision, typed.changed_provision)
    if typed.changed_provision and not _has_ever(file, typed.changed_provision):
        raise Invalid("The draft has no such provision.", field="changed_provision")
    reply = db.session.scalar(db.select(Reply).where(Reply.comment_id == comment.id))
    if reply is not None and _says_the_same(reply, typed):
        return reply
    is_new = reply is None
    if reply is None:
        reply = _new_reply(file, comment)
    else:
        reply.edited_at = now()
    reply.author_id, reply.decision, reply.text = actor.id, decision, typed.text
    reply.language, reply.unit, reply.changed_provision = typed.language, typed.unit[:200], typed.changed_provision
    db.session.add(reply)
    db.session.flush()
    record(
        Kind.REPLY_POSTED if is_new else Kind.REPLY_EDITED,
        f"reply:{reply.id}",
        {"draft": file.draft.id, "comment": comment.id, "body": file.draft.body_id, "decision": decision.value,
         "changed": typed.changed_provision or None},
        secrets={"text": typed.text, "author": actor.id or 0},
    )  # fmt: skip
    return reply


def _has_ever(file: DraftFile, key: str) -> bool:
    """Does the version under discussion or a later one have the provision? A new one may be what the comment asked for."""
    if has_provision(file.consultation.version_id, key):
        return True
    return any(has_provision(version.id, key) for version in list_versions(file.draft.id))


def _new_reply(file: DraftFile, comment: Comment) -> Reply:
    db.session.execute(update(Tally).where(Tally.draft_id == file.draft.id).values(answered=Tally.answered + 1))
    comment.is_answered = True
    return Reply(comment_id=comment.id, draft_id=file.draft.id, body_id=file.draft.body_id, posted_at=now())


def reply_to_comments(
    actor: AnyActor, *, file: DraftFile, comments: Sequence[Comment], typed: ReplyDraft
) -> list[Reply]:
    """Give several comments the same answer, all or none; one entry for each of them.

    Raises what `post_reply` raises, and Invalid for no comment or more than 500.
    """
    ensure_together(len(comments))
    return [post_reply(actor, file=file, comment=comment, typed=typed) for comment in comments]


def _says_the_same(reply: Reply, typed: ReplyDraft) -> bool:
    return (
        reply.decision == typed.decision
        and reply.text == typed.text
        and reply.language == typed.language
        and reply.unit == typed.unit[:200]
        and reply.changed_provision == typed.changed_provision
    )


def _decision(value: str) -> DecisionKind:
    try:
        return DecisionKind(value)
    except ValueError:
        raise Invalid("Choose the outcome.", field="decision") from None
