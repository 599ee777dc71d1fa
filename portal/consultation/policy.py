"""Who may take part, answer and keep order in a consultation, and when?"""

from __future__ import annotations

from datetime import date

from portal.accounts.actor import AnyActor, Operator
from portal.consultation.models import Comment, DecisionKind, Reply, Stance
from portal.consultation.phases import Phase
from portal.drafts.models import Draft
from portal.kernel.errors import Conflict, Invalid, NotFound, Refused
from portal.kernel.text import ensure_length

LONGEST_COMMENT = 10_000  # characters
LONGEST_PROPOSAL = 20_000
LONGEST_REPLY = 10_000
SHORTEST_REASON = 3
LONGEST_REASON = 2_000  # of a moderator
LONGEST_FLAG = 2_000
LONGEST_ORGANISATION = 200
RULES_OF_CONDUCT = 9  # numbered points
MOST_TOGETHER = 500  # comments answered by one form
CHANGING = (DecisionKind.accepted, DecisionKind.partly_accepted)


def ensure_window_open(phase: Phase, opens_on: date | None, closes_on: date | None) -> None:
    """Comments and votes are taken between the first and the last day, both included."""
    if phase is Phase.open:
        return
    if phase is Phase.announced:
        raise Refused("The discussion begins on %(date)s.", date=opens_on)
    if phase is Phase.withdrawn:
        raise Refused("The draft was withdrawn; it takes no comments and votes any more.")
    if phase is Phase.preparing:
        raise NotFound("There is no such draft.")
    raise Refused("The discussion ended on %(date)s; comments and votes are no longer taken.", date=closes_on)


def ensure_takes_part(actor: AnyActor, permission: str) -> None:
    """Taking part needs the right and a confirmed address."""
    if not actor.may(permission):
        raise Refused("Your role does not take part in discussions.")
    if not actor.is_confirmed:
        raise Refused("Confirm your e-mail address first: open the link in the mail we sent you.")


def ensure_comment_text(text: str, proposed: str, organisation: str = "") -> None:
    """A comment says something, within the limits."""
    if not text:
        raise Invalid("Enter your comment.", field="text")
    ensure_length(text, LONGEST_COMMENT, "text")
    ensure_length(proposed, LONGEST_PROPOSAL, "proposed_text")
    ensure_length(organisation, LONGEST_ORGANISATION, "organisation")


def ensure_flag_reason(reason: str) -> None:
    """A report to the moderators says what is wrong, within the limit."""
    if not reason:
        raise Invalid("Say what is wrong with the comment.", field="reason")
    ensure_length(reason, LONGEST_FLAG, "reason")


def ensure_same_words(posted: Comment, text: str) -> None:
    """A form sent twice posts once; one sent again with other words must not pass for the first in silence."""
    if posted.text != text:
        raise Conflict("This form was sent already, with other words. Copy your text and open the form anew.", field="text")


def ensure_own_comment(actor: AnyActor, comment: Comment) -> None:
    """Only its author changes or withdraws a comment."""
    if comment.author_id is None or comment.author_id != actor.id:
        raise Refused("Only the author can change or withdraw a comment.")
    if comment.withdrawn_at is not None:
        raise Refused("The comment was withdrawn.")
    if comment.hidden_at is not None:
        raise Refused("The comment is hidden by a moderator.")


def ensure_can_be_answered(comment: Comment) -> None:
    """Nobody answers or votes on a comment that readers cannot see."""
    if comment.hidden_at is not None or comment.withdrawn_at is not None:
        raise NotFound("There is no such comment.")


def ensure_not_own(actor: AnyActor, comment: Comment) -> None:
    """Nobody votes on a comment of their own."""
    if comment.author_id is not None and comment.author_id == actor.id:
        raise Refused("You cannot vote on a comment of your own.")


def ensure_answers_for(actor: AnyActor, draft: Draft) -> None:
    """Replies are the drafting body's."""
    if not actor.may("reply.post") or not actor.acts_for(draft.body_id):
        raise Refused("Only the body that drafts the act answers its comments.")


def ensure_reply(text: str, phase: Phase, opens_on: date) -> None:
    """A decision is reasoned and comes while the file is alive."""
    if len(text) < SHORTEST_REASON:
        raise Invalid("Give the reason for the decision.", field="text")
    ensure_length(text, LONGEST_REPLY, "text")
    if phase is Phase.announced:
        raise Refused("The discussion begins on %(date)s.", date=opens_on)
    if phase in {Phase.report_published, Phase.adopted}:
        raise Refused("The report is published; its decisions can no longer be changed.")
    if phase is Phase.withdrawn:
        raise Refused("The draft was withdrawn; its comments are no longer answered.")


def ensure_reads_inbox(actor: AnyActor, body_id: int) -> None:
    """The comments received are read at the desk of their own body, and by auditors."""
    if not actor.may("inbox.read") or not actor.reads_for(body_id):
        raise Refused("Only the body that drafts the act has its comments on the desk.")


def ensure_change_follows(decision: DecisionKind, changed_provision: str) -> None:
    """Only what was accepted, at least in part, changes a provision."""
    if changed_provision and decision not in CHANGING:
        raise Invalid("Only an accepted comment changes a provision. Take the provision out.", field="changed_provision")


def ensure_seen(reply: Reply | None, seen: str | None, text: str, stamp: str) -> None:
    """A drafter changes the answer that stood on the desk, not one that a colleague gave meanwhile.

    `seen` and `stamp` say when the answer on the desk and the present one were given; None: the form does not tell.
    """
    if seen is None or seen == stamp or reply is None or reply.text == text:
        return
    raise Conflict("A colleague has answered meanwhile. Read that answer; if you send yours, it takes its place.")


def ensure_together(count: int) -> None:
    """One form answers some comments, and no more than a person can have looked through."""
    if count == 0:
        raise Invalid("Choose at least one comment.")
    if count > MOST_TOGETHER:
        raise Invalid(
            "At most %(most)s comments can be answered at once. You chose %(chosen)s.",
            most=MOST_TOGETHER, chosen=count,
        )  # fmt: skip


def ensure_settles_reports(actor: AnyActor, comment: Comment) -> None:
    """A moderator says of a comment readers see that it keeps to the rules."""
    if not actor.may("comment.hide"):
        raise Refused("Only a moderator can hide or show comments.")
    ensure_can_be_answered(comment)


def ensure_moderates(actor: AnyActor, reason: str, rule: int) -> None:
    """A comment is hidden for a stated point of the rules, with words."""
    if not actor.may("comment.hide"):
        raise Refused("Only a moderator can hide or show comments.")
    if len(reason) < SHORTEST_REASON:
        raise Invalid("Give the reason; it will be public.", field="reason")
    ensure_length(reason, LONGEST_REASON, "reason")
    if not 1 <= rule <= RULES_OF_CONDUCT:
        raise Invalid("Choose the point of the rules of conduct.", field="rule")


def ensure_text_may_change(phase: Phase, closes_on: date) -> None:
    """A text under discussion does not change under the people who speak of it.

    A changed version is published after the discussion has closed: while the agency answers, or after its report, until the
    act is adopted. Comments given on the old words stay with them and are shown at the new ones with what became of their
    provision. Whoever wants the changed text discussed anew withdraws the draft and opens another: two texts in one
    window would leave nobody knowing which of them was supported (Law "On legal acts", arts. 19, 20: the period is for the
    draft that was posted).
    """
    if phase in {Phase.preparing, Phase.announced, Phase.open}:
        raise Refused(
            "While the draft is under discussion its text stays as it is. The new version can be published after %(date)s.",
            date=closes_on,
        )
    if phase is Phase.withdrawn:
        raise Refused("The draft was withdrawn; it gets no new version.")
    if phase is Phase.adopted:
        raise Refused("The act is adopted; its draft gets no new version.")


def ensure_announces(actor: AnyActor, draft: Draft) -> None:
    """A consultation is opened by the drafting body."""
    if not actor.may("draft.publish") or not actor.acts_for(draft.body_id):
        raise Refused("Only the body that drafts the act opens its discussion.")
    if draft.is_public:
        raise Refused("The discussion of this draft was announced already.")


def ensure_reported(phase: Phase) -> None:
    """An act is adopted after the public was told what became of its comments (Law on Public Services, art. 15)."""
    if phase in {Phase.announced, Phase.open, Phase.answering}:
        raise Refused("The draft can be marked adopted once the report on its discussion is published.")


def ensure_imports(actor: AnyActor) -> None:
    """Only the operator brings in what another portal collected: it bears no account's name."""
    if not isinstance(actor, Operator):
        raise Refused("Only an operator can import comments.")


def ensure_stance(value: str) -> Stance | None:
    """The stance named in a form or file; empty is none."""
    if not value:
        return None
    try:
        return Stance(value)
    except ValueError:
        raise Invalid("Choose a stance from the list.", field="stance") from None
