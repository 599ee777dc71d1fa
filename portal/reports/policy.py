"""Who may generate and publish a report, and when is it complete?"""

from __future__ import annotations

from portal.accounts.actor import AnyActor
from portal.consultation.phases import Phase
from portal.drafts.models import Draft
from portal.kernel.errors import Conflict, Refused


def ensure_reports(actor: AnyActor, permission: str, draft: Draft) -> None:
    """Reports are the drafting body's duty (Law on Public Services, art. 15)."""
    if not actor.may(permission) or not actor.acts_for(draft.body_id):
        raise Refused("Only the body that drafts the act reports on its discussion.")


def ensure_complete(phase: Phase, unanswered: int) -> None:
    """A report is made after the window, when every public comment has its decision."""
    if phase in {Phase.preparing, Phase.announced, Phase.open}:
        raise Refused("The report is made after the discussion has ended.")
    if phase is Phase.withdrawn:
        raise Refused("The draft was withdrawn; there is nothing to report on.")
    if unanswered:
        raise Refused(
            "The report cannot be made: %(n)s comment is unanswered.",
            plural="The report cannot be made: %(n)s comments are unanswered.",
            n=unanswered,
        )


def ensure_current(made_from: str, stands: str) -> None:
    """What is published says what stands: an answer changed or a comment hidden since asks for a new edition."""
    if made_from != stands:
        raise Conflict("Comments or answers have changed since this report was made. Make it anew, then publish it.")
