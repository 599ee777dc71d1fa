"""Who is it that gives this address and this password?

Signing in is nobody's business, so it is no act: the ledger has no entry of it.
"""

from __future__ import annotations

from portal.accounts.addresses import normal_address
from portal.accounts.models import User
from portal.accounts.passwords import LONGEST, hash_password, needs_rehash, password_fits
from portal.accounts.queries import find_block_reason, find_by_address
from portal.kernel.clock import now
from portal.kernel.db import db
from portal.kernel.errors import DomainError, Invalid, Refused


def sign_in_with_password(email: str, password: str) -> User:
    """Whose address and password these are; notes when.

    Raises Invalid, with the same words and after the same time, for an unknown address and a wrong password;
    Refused, with the reason, for somebody who is blocked and gave the right one.
    """
    user = _find_typed(email)
    fits = password_fits(password[: LONGEST + 1], user.password_hash if user else None)
    if user is None or not fits:
        raise Invalid("The e-mail address or the password is wrong.")
    if user.blocked_at is not None:
        raise Refused("This account is blocked. Reason: %(reason)s", reason=find_block_reason(user.id))
    if user.password_hash is not None and needs_rehash(user.password_hash):
        user.password_hash = hash_password(password)
    user.signed_in_at = now()
    db.session.flush()
    return user


def _find_typed(email: str) -> User | None:
    try:
        return find_by_address(normal_address(email))
    except DomainError:
        return None
