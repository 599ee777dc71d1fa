"""Who may move a day that was announced, or ask for an opinion, and when? The rules of `policy` that concern clocks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from portal.accounts.actor import AnyActor, Operator
from portal.consultation.models import Conclusion, Opinion
from portal.consultation.phases import Phase
from portal.drafts.models import Draft
from portal.drafts.policy import ensure_public_reason
from portal.kernel.errors import Invalid, Refused
from portal.kernel.text import ensure_length

FARTHEST_OPENING = timedelta(days=180)
LONGEST_WINDOW = timedelta(days=366)
LONGEST_REASON = 2_000  # characters
LONGEST_ADDRESSEE = 300
LONGEST_OPINION = 20_000
LONGEST_AGO = timedelta(days=366)  # that an opinion may have been asked for


def ensure_first_day(opens_on: date, today: date) -> None:
    """A discussion is announced for a day to come, and not too far off."""
    if opens_on < today:
        raise Invalid("The discussion cannot begin in the past.", field="opens_on")
    if opens_on > today + FARTHEST_OPENING:
        raise Invalid("Choose a first day within the next six months.", field="opens_on")


def ensure_last_day(opens_on: date, closes_on: date, earliest_close: date) -> None:
    """A discussion lasts as long as the law asks, or longer."""
    if closes_on < earliest_close:
        raise Invalid("The law asks for a last day no earlier than %(date)s.", field="closes_on", date=earliest_close)
    if closes_on - opens_on > LONGEST_WINDOW:
        raise Invalid("A discussion lasts a year at most.", field="closes_on")


def ensure_ground(ground: str, allowed: Collection[str], reason: Mapping[str, str]) -> None:
    """A shorter period stands on a ground of law that fits the act, explained in public."""
    if not ground:
        return
    if ground not in allowed:
        raise Invalid("This ground does not fit an act of this type.", field="ground")
    ensure_public_reason(reason, "ground", LONGEST_REASON)


def ensure_extendable(actor: AnyActor, draft: Draft, phase: Phase, closes_on: date) -> None:
    """The body extends a discussion while it runs: what has ended cannot be extended, only held again."""
    _ensure_keeps_days(actor, draft)
    if phase is Phase.announced:
        raise Refused("The discussion has not begun yet: it can be postponed.")
    if phase is not Phase.open:
        raise Refused("The discussion ended on %(date)s and can no longer be extended.", date=closes_on)


def ensure_extends(opens_on: date, present: date, closes_on: date, reason: Mapping[str, str]) -> None:
    """The last day moves later, never back, with a reason."""
    if closes_on <= present:
        raise Invalid("The new last day must be later than %(date)s.", field="closes_on", date=present)
    if closes_on - opens_on > LONGEST_WINDOW:
        raise Invalid("A discussion lasts a year at most.", field="closes_on")
    ensure_public_reason(reason, longest=LONGEST_REASON)


def ensure_postponable(actor: AnyActor, draft: Draft, phase: Phase, opens_on: date) -> None:
    """An announced discussion is postponed before its first day begins."""
    _ensure_keeps_days(actor, draft)
    if phase is not Phase.announced:
        raise Refused("The discussion began on %(date)s; its first day can no longer be moved.", date=opens_on)


def ensure_postpones(present: date, opens_on: date, today: date, reason: Mapping[str, str]) -> None:
    """The first day moves later: nobody who planned to take part finds that it has begun without notice."""
    if opens_on <= present:
        raise Invalid("The new first day must be later than %(date)s.", field="opens_on", date=present)
    ensure_first_day(opens_on, today)
    ensure_public_reason(reason, longest=LONGEST_REASON)


def ensure_moves_clocks(actor: AnyActor) -> None:
    """Rules move clocks by themselves: no person does."""
    if not isinstance(actor, Operator):
        raise Refused("Only an operator can do this.")


def ensure_keeps_opinions(actor: AnyActor, draft: Draft) -> None:
    """Opinions are asked for by the drafting body."""
    if not actor.may("draft.edit") or not actor.acts_for(draft.body_id):
        raise Refused("Only the body that drafts the act asks for opinions on it.")
    if draft.withdrawn_at is not None:
        raise Refused("The draft was withdrawn; no opinions are asked for any more.")
    if draft.adopted_on is not None:
        raise Refused("The act is adopted; no opinions are asked for any more.")


def ensure_request(addressee: str, sent_on: date, today: date) -> None:
    """A request names whom it was sent to and when."""
    if not addressee:
        raise Invalid("Enter who was asked.", field="addressee")
    ensure_length(addressee, LONGEST_ADDRESSEE, "addressee")
    if sent_on > today:
        raise Invalid("The request cannot be sent in the future.", field="sent_on")
    if sent_on < today - LONGEST_AGO:
        raise Invalid("Check the year of the request.", field="sent_on")


def ensure_answer(opinion: Opinion, received_on: date, today: date, conclusion: str, text: str, has_file: bool) -> None:
    """An opinion is recorded once, with its conclusion and its words."""
    if opinion.received_on is not None:
        raise Refused("The answer is recorded already and stays as it is.")
    if conclusion not in set(Conclusion):
        raise Invalid("Choose the conclusion.", field="conclusion")
    if received_on > today:
        raise Invalid("The answer cannot be received in the future.", field="received_on")
    if received_on < opinion.sent_on:
        raise Invalid("The answer cannot be earlier than the request.", field="received_on")
    if not text and not has_file:
        raise Invalid("Attach the file of the opinion or enter its text.", field="text")
    ensure_length(text, LONGEST_OPINION, "text")


def ensure_removable(draft: Draft) -> None:
    """What was public stays."""
    if draft.is_public:
        raise Refused("The draft is public: a request stays as it is.")


def _ensure_keeps_days(actor: AnyActor, draft: Draft) -> None:
    if not actor.may("draft.publish") or not actor.acts_for(draft.body_id):
        raise Refused("Only the body that drafts the act changes the days of its discussion.")
    if draft.withdrawn_at is not None:
        raise Refused("The draft was withdrawn already.")
