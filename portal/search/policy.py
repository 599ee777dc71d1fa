"""Who may keep a search, and who may let go of one?"""

from __future__ import annotations

from portal.accounts.actor import Actor, Operator
from portal.kernel.errors import Conflict, Refused
from portal.kernel.text import ensure_length

MOST_SEARCHES = 50  # of one person
LONGEST_NAME = 100


def ensure_may_keep(actor: Actor | Operator, *, kept: int, is_kept: bool, is_narrow: bool) -> None:
    """One whose address is confirmed, so that letters go to nobody else; not twice, and not everything there is."""
    if not actor.is_confirmed:
        raise Refused("Confirm your e-mail address first: new results are sent to it.")
    if not is_narrow:
        raise Refused("Enter words or choose a filter: a search for everything cannot be kept.")
    if is_kept:
        raise Conflict("You get the new results of this search already.")
    if kept >= MOST_SEARCHES:
        raise Refused("You keep %(max)s searches already. Remove one of them first.", max=MOST_SEARCHES)


def ensure_search_name(name: str) -> None:
    """What a person calls a search fits where it is kept."""
    ensure_length(name, LONGEST_NAME, "name")


def ensure_own_search(owner_id: int | None, user_id: int) -> None:
    """Only the person it belongs to, signed in or holding the link of a letter."""
    if owner_id != user_id:
        raise Refused("This search belongs to somebody else.")
