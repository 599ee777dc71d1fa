"""How does one person vote once, change the vote and take it back?"""

from __future__ import annotations

from sqlalchemy import update

from portal.accounts.actor import AnyActor
from portal.consultation.models import Comment, CommentVote, DraftVote, Tally
from portal.consultation.policy import ensure_can_be_answered, ensure_not_own, ensure_takes_part
from portal.consultation.queries.drafts import DraftFile
from portal.kernel.clock import now
from portal.kernel.db import db
from portal.kernel.errors import Invalid, NotFound
from portal.ledger.kinds import Kind
from portal.ledger.models import Entry
from portal.ledger.record import record


def vote_on_draft(actor: AnyActor, *, file: DraftFile, value: int | None) -> Entry | None:
    """Vote for (1) or against (-1) a draft, or take the vote back (None). The same vote again changes nothing."""
    ensure_takes_part(actor, "draft.vote")
    file.ensure_open()
    if value not in {1, -1, None}:
        raise Invalid("Choose a vote from the list.")
    vote = db.session.get(DraftVote, (file.draft.id, actor.id))
    before = vote.value if vote else None
    if before == value:
        return None
    if vote is None:
        db.session.add(DraftVote(draft_id=file.draft.id, user_id=actor.id, value=value, voted_at=now()))
    elif value is None:
        db.session.delete(vote)
    else:
        vote.value, vote.voted_at = value, now()
    for_, against = _change(before, value, 1), _change(before, value, -1)
    db.session.execute(
        update(Tally)
        .where(Tally.draft_id == file.draft.id)
        .values(votes_for=Tally.votes_for + for_, votes_against=Tally.votes_against + against)
    )
    db.session.flush()
    return _record_vote(actor, Kind.DRAFT_VOTED, Kind.DRAFT_VOTE_WITHDRAWN, f"draft:{file.draft.id}", value)


def vote_on_comment(actor: AnyActor, *, file: DraftFile, comment: Comment, value: int | None) -> Entry | None:
    """Agree (1), disagree (-1) or pass (0) on a comment, or take the vote back (None)."""
    ensure_takes_part(actor, "comment.vote")
    if comment.draft_id != file.draft.id:
        raise NotFound("There is no such comment.")
    ensure_can_be_answered(comment)
    ensure_not_own(actor, comment)
    file.ensure_open()
    if value not in {1, 0, -1, None}:
        raise Invalid("Choose a vote from the list.")
    vote = db.session.get(CommentVote, (comment.id, actor.id))
    before = vote.value if vote else None
    if before == value:
        return None
    if vote is None:
        db.session.add(CommentVote(comment_id=comment.id, user_id=actor.id, value=value, voted_at=now()))
    elif value is None:
        db.session.delete(vote)
    else:
        vote.value, vote.voted_at = value, now()
    db.session.execute(
        update(Comment)
        .where(Comment.id == comment.id)
        .values(
            agree=Comment.agree + _change(before, value, 1),
            disagree=Comment.disagree + _change(before, value, -1),
            passes=Comment.passes + _change(before, value, 0),
        )
    )
    db.session.flush()
    return _record_vote(actor, Kind.COMMENT_VOTED, Kind.COMMENT_VOTE_WITHDRAWN, f"comment:{comment.id}", value)


def _change(before: int | None, after: int | None, counted: int) -> int:
    return (after == counted) - (before == counted)


def _record_vote(actor: AnyActor, cast: Kind, withdrawn: Kind, subject: str, value: int | None) -> Entry:
    # who voted how is nobody's business: both stand in the ledger only as salted digests
    if value is None:
        return record(withdrawn, subject, secrets={"voter": actor.id or 0})
    return record(cast, subject, secrets={"voter": actor.id or 0, "value": value})
