"""What proves that somebody opened a link the portal mailed?

A token names a person and what it is for, signed and dated; nothing is stored. One for a new password also names
the present one, so that it works once; one for an address names the address it was sent to.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta
from enum import StrEnum

from flask import current_app
from itsdangerous import BadData, TimestampSigner, URLSafeTimedSerializer

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.db import db


class Purpose(StrEnum):
    """What a link is for; the value goes into the signature."""

    confirm = "confirm-address"
    reset = "reset-password"
    stop = "stop-letters"


LIFETIME = {Purpose.confirm: timedelta(days=3), Purpose.reset: timedelta(hours=2), Purpose.stop: timedelta(days=3650)}


class _Signer(TimestampSigner):
    """Reads the portal's clock."""

    def get_timestamp(self) -> int:
        return int(clock.now().timestamp())


def make_token(purpose: Purpose, user: User) -> str:
    """A token for this person, good for `LIFETIME`; secret, so never to be logged."""
    return str(_serializer(purpose).dumps([user.id, _binding(purpose, user)]))


def find_owner(purpose: Purpose, token: str) -> User | None:
    """Whose token it is; None for one that is out of date, used, altered or not ours."""
    try:
        user_id, binding = _serializer(purpose).loads(token, max_age=int(LIFETIME[purpose].total_seconds()))
    except (BadData, ValueError, TypeError):
        return None
    user = db.session.get(User, user_id) if isinstance(user_id, int) else None
    return user if user is not None and hmac.compare_digest(str(binding), _binding(purpose, user)) else None


def _serializer(purpose: Purpose) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        str(current_app.secret_key),
        salt=purpose.value,
        signer=_Signer,
        signer_kwargs={"digest_method": hashlib.sha256},
    )


def _binding(purpose: Purpose, user: User) -> str:
    """A digest of what must not have changed since the token was made."""
    bound = {
        Purpose.confirm: user.email,
        Purpose.reset: f"{user.email} {user.session_key} {user.password_hash}",
        Purpose.stop: user.email,
    }
    return hashlib.sha256(bound[purpose].encode()).hexdigest()[:22]
