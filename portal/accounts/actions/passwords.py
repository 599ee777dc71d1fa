"""How does a person get another password?"""

from __future__ import annotations

import secrets

from portal.accounts.actor import Anybody
from portal.accounts.addresses import normal_address
from portal.accounts.models import User
from portal.accounts.passwords import LONGEST, hash_password, password_fits
from portal.accounts.policy import ensure_address, ensure_own, ensure_password
from portal.accounts.queries import find_by_address
from portal.accounts.requests import keep_request
from portal.kernel.clock import now
from portal.kernel.db import db
from portal.kernel.errors import Invalid
from portal.ledger.kinds import Kind
from portal.ledger.record import record


def request_password_reset(actor: Anybody, *, email: str) -> None:
    """Ask for the letter with a link to a new password. Says nothing about whether the address is known."""
    ensure_address(email)
    normal = normal_address(email)
    record(Kind.PASSWORD_RESET_REQUESTED, keep_request(find_by_address(normal)), secrets={"email": normal})


def reset_password(actor: Anybody, *, user: User, password: str) -> None:
    """Set a new password for the holder of a mailed token, who has thereby confirmed the address."""
    ensure_password(password, email=user.email, name=user.name)
    is_first_proof = user.confirmed_at is None
    if is_first_proof:
        user.confirmed_at = now()
    _set_password(user, password)
    record(Kind.PASSWORD_CHANGED, f"user:{user.id}", {"by": "letter", "confirmed": is_first_proof})


def change_password(actor: Anybody, *, user: User, present: str, password: str) -> None:
    """Set a new password for one who knows the present one; ends every session of the account."""
    ensure_own(actor, user)
    if not password_fits(present[: LONGEST + 1], user.password_hash):
        raise Invalid("The present password is wrong.", field="present_password")
    ensure_password(password, email=user.email, name=user.name)
    _set_password(user, password)
    record(Kind.PASSWORD_CHANGED, f"user:{user.id}", {"by": "password", "confirmed": False})


def _set_password(user: User, password: str) -> None:
    user.password_hash = hash_password(password)
    user.session_key = secrets.token_urlsafe(32)
    db.session.flush()
