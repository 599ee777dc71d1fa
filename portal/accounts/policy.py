"""Who may do what to an account, and what must a name and a password be?"""

from __future__ import annotations

import re

from portal.accounts.actor import Anybody
from portal.accounts.addresses import normal_address
from portal.accounts.models import User
from portal.accounts.passwords import LONGEST, SHORTEST, is_guessable
from portal.accounts.roles import Role
from portal.kernel.errors import Conflict, Invalid, Refused, TooLarge

LONGEST_NAME = 120
LONGEST_REASON = 1000
SHORTEST_REASON = 3
_ADDRESS_IN_NAME = re.compile(r"://|www\.|@|\.(?:kz|ru|com|org|net|info|қаз|рф)\b", re.IGNORECASE)


def ensure_name(name: str) -> None:
    """A name is read by others and printed in letters: it has letters in it and advertises nothing."""
    if not name:
        raise Invalid("Enter the name others will see.", field="name")
    if len(name) > LONGEST_NAME:
        raise TooLarge("The name must be %(max)s characters or fewer.", field="name", max=LONGEST_NAME)
    if not any(letter.isalpha() for letter in name):
        raise Invalid("A name has letters in it.", field="name")
    if _ADDRESS_IN_NAME.search(name):
        raise Invalid("A name has no web or e-mail address in it.", field="name")


def ensure_address(email: str) -> None:
    """An address letters can be sent to."""
    normal_address(email)


def ensure_password(password: str, *, email: str, name: str, field: str = "password") -> None:
    """Long enough, and not among the first that a stranger would try (NIST SP 800-63B, 5.1.1.2)."""
    if len(password) < SHORTEST:
        raise Invalid("The password must have %(min)s characters or more.", field=field, min=SHORTEST)
    if len(password) > LONGEST:
        raise TooLarge("The password must have %(max)s characters or fewer.", field=field, max=LONGEST)
    if is_guessable(password, email, name):
        raise Invalid("This password is easy to guess. Take several words that do not belong together.", field=field)


def ensure_role(actor: Anybody, role: Role, body_id: int | None) -> None:
    """Everybody may become a citizen; other roles are given, and a drafter acts for a body."""
    if role is not Role.citizen and not actor.may("people.manage"):
        raise Refused("Only an administrator can give a role.")
    if role is Role.drafter and body_id is None:
        raise Invalid("Choose the state body the drafter acts for.", field="body")


def ensure_manages_people(actor: Anybody) -> None:
    """People are the administrators'."""
    if not actor.may("people.manage"):
        raise Refused("Only an administrator can manage people.")


def ensure_manages(actor: Anybody, user: User) -> None:
    """An administrator manages other people, never themselves, so that one always remains."""
    ensure_manages_people(actor)
    if actor.id is not None and actor.id == user.id:
        raise Refused("You cannot change your own role or block yourself. Ask another administrator.")


def ensure_reason(reason: str) -> None:
    """Who is blocked or let in again is told why."""
    if len(reason) < SHORTEST_REASON:
        raise Invalid("Give the reason; the person will read it.", field="reason")
    if len(reason) > LONGEST_REASON:
        raise TooLarge("The reason must be %(max)s characters or fewer.", field="reason", max=LONGEST_REASON)


def ensure_own(actor: Anybody, user: User) -> None:
    """People change their own account; an operator may change any."""
    if actor.id is not None and actor.id != user.id:
        raise Refused("This is not your account.")


def ensure_unconfirmed(user: User) -> None:
    """A confirmed address needs no second confirmation."""
    if user.confirmed_at is not None:
        raise Conflict("The address is confirmed already.")


def ensure_gets_letters(user: User) -> None:
    """What was stopped is not stopped again."""
    if not user.wants_letters:
        raise Conflict("This address gets no letters about discussions already.")
