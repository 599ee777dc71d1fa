"""How does a person come to have an account and a confirmed address?"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from portal.accounts.actor import Anybody
from portal.accounts.addresses import normal_address
from portal.accounts.models import User
from portal.accounts.passwords import LONGEST, hash_password, password_fits
from portal.accounts.policy import (
    ensure_address,
    ensure_name,
    ensure_own,
    ensure_password,
    ensure_role,
    ensure_unconfirmed,
)
from portal.accounts.queries import body_exists, find_by_address
from portal.accounts.requests import keep_request
from portal.accounts.roles import Role
from portal.kernel.clock import now
from portal.kernel.db import db
from portal.kernel.errors import Invalid, Refused
from portal.ledger.kinds import Kind
from portal.ledger.record import record


@dataclass(frozen=True)
class Registration:
    """What a person, or an operator for them, gave. A role, a body and a confirmed address are an operator's."""

    email: str
    name: str
    password: str
    language: str
    role: Role = Role.citizen
    body_id: int | None = None
    is_confirmed: bool = False


def register_account(actor: Anybody, *, given: Registration) -> User | None:
    """Make an account; None when the address has one already, whose owner then gets a letter that says so.

    Both ways take as long and look the same in the public log. Raises Invalid or TooLarge for the address, name or
    password, Refused for a role.
    """
    ensure_address(given.email)
    email = normal_address(given.email)
    ensure_name(given.name)
    ensure_password(given.password, email=email, name=given.name)
    ensure_role(actor, given.role, given.body_id)
    if given.is_confirmed and not actor.may("people.manage"):
        raise Refused("Only an administrator can confirm an address for somebody.")
    if given.body_id is not None and not body_exists(given.body_id):
        raise Invalid("Choose the state body from the list.", field="body")
    user = _new_user(email, given)
    owner = find_by_address(email) or _owner_instead(user)
    if owner is None and actor.may("people.manage"):
        facts = {"role": user.role.value, "body": user.body_id, "confirmed": given.is_confirmed}
        record(Kind.ACCOUNT_REGISTERED, f"user:{user.id}", facts, secrets={"email": email, "name": user.name})
        return user
    # The log is public: one address looks in it like another. Of a new account the entry bears the very moment.
    record(
        Kind.ADDRESS_CONFIRMATION_REQUESTED,
        keep_request(owner or user),
        secrets={"email": email},
        at=user.created_at if owner is None else None,
    )
    return user if owner is None else None


def request_confirmation(actor: Anybody, *, user: User) -> None:
    """Ask for the letter with the link that confirms one's address, once more."""
    ensure_own(actor, user)
    ensure_unconfirmed(user)
    record(Kind.ADDRESS_CONFIRMATION_REQUESTED, f"user:{user.id}")


def confirm_address(actor: Anybody, *, user: User, password: str = "") -> None:
    """Note that the person reads the mail of their address; the caller holds the token that shows it.

    Whoever is not signed in to the account gives its password too: somebody else may have registered with the
    address, and its owner must not open an account for them by pressing a button. Raises Invalid.
    """
    ensure_unconfirmed(user)
    if actor.id != user.id and not password_fits(password[: LONGEST + 1], user.password_hash):
        raise Invalid("The password is wrong.", field="password")
    user.confirmed_at = now()
    db.session.flush()
    record(Kind.ADDRESS_CONFIRMED, f"user:{user.id}")


def _new_user(email: str, given: Registration) -> User:
    return User(
        email=email,
        name=given.name,
        password_hash=hash_password(given.password),
        role=given.role,
        body_id=given.body_id if given.role is Role.drafter else None,
        language=given.language,
        created_at=now(),
        confirmed_at=now() if given.is_confirmed else None,
    )


def _owner_instead(user: User) -> User | None:
    """Keep the new account; the owner of the address if somebody registered it in the same moment."""
    try:
        with db.session.begin_nested():
            db.session.add(user)
    except IntegrityError:
        return find_by_address(user.email)
    return None
