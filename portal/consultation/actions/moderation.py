"""How is a comment hidden and shown again with the reason in public, or found to keep to the rules?"""

from __future__ import annotations

from portal.accounts.actor import AnyActor
from portal.consultation.actions.comments import count_visible
from portal.consultation.models import Comment, ModerationEvent
from portal.consultation.policy import ensure_moderates, ensure_settles_reports
from portal.kernel.clock import now
from portal.kernel.db import db
from portal.kernel.errors import Refused
from portal.ledger.kinds import Kind
from portal.ledger.record import record


def hide_comment(actor: AnyActor, *, comment: Comment, rule: int, reason: str, language: str) -> ModerationEvent:
    """Hide a comment for a point of the rules of conduct; the reason is public and the author is told."""
    ensure_moderates(actor, reason, rule)
    if comment.hidden_at is not None or comment.withdrawn_at is not None:
        raise Refused("The comment is hidden or withdrawn already.")
    comment.hidden_at = now()
    count_visible(comment, -1)
    return _log(actor, Kind.COMMENT_HIDDEN, comment, "hidden", rule, reason, language)


def restore_comment(actor: AnyActor, *, comment: Comment, rule: int, reason: str, language: str) -> ModerationEvent:
    """Show a hidden comment again, with the reason."""
    ensure_moderates(actor, reason, rule)
    if comment.hidden_at is None:
        raise Refused("The comment is not hidden.")
    comment.hidden_at = None
    count_visible(comment, 1)
    return _log(actor, Kind.COMMENT_RESTORED, comment, "restored", rule, reason, language)


def dismiss_flags(actor: AnyActor, *, comment: Comment) -> ModerationEvent:
    """Find that a reported comment keeps to the rules: the reports made so far are settled, none is erased."""
    ensure_settles_reports(actor, comment)
    event = ModerationEvent(
        comment_id=comment.id, action="kept", rule=0, reason="", language="kk", moderator_id=actor.id, at=now()
    )
    db.session.add(event)
    db.session.flush()
    record(Kind.COMMENT_FLAGS_DISMISSED, f"comment:{comment.id}", {"draft": comment.draft_id})
    return event


def _log(
    actor: AnyActor, kind: Kind, comment: Comment, action: str, rule: int, reason: str, language: str
) -> ModerationEvent:
    event = ModerationEvent(
        comment_id=comment.id, action=action, rule=rule, reason=reason, language=language, moderator_id=actor.id, at=now()
    )
    db.session.add(event)
    db.session.flush()
    record(kind, f"comment:{comment.id}", {"draft": comment.draft_id, "rule": rule}, secrets={"reason": reason})
    return event
