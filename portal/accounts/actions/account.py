"""How do people change what the portal knows of them?"""

from __future__ import annotations

from dataclasses import dataclass

from portal.accounts.actor import Anybody
from portal.accounts.models import User
from portal.accounts.policy import ensure_gets_letters, ensure_name, ensure_own
from portal.kernel.db import db
from portal.ledger.kinds import Kind
from portal.ledger.record import record


@dataclass(frozen=True)
class Profile:
    """What a person may change about themselves."""

    name: str
    language: str
    wants_letters: bool


def edit_account(actor: Anybody, *, user: User, profile: Profile) -> None:
    """Change one's name, language of letters, and whether letters about discussions come at all."""
    ensure_own(actor, user)
    ensure_name(profile.name)
    user.name, user.language, user.wants_letters = profile.name, profile.language, profile.wants_letters
    db.session.flush()
    record(
        Kind.ACCOUNT_EDITED,
        f"user:{user.id}",
        {"language": user.language, "letters": user.wants_letters},
        secrets={"name": user.name},
    )


def stop_letters(actor: Anybody, *, user: User) -> None:
    """No more letters about discussions; the caller holds the token of such a letter."""
    ensure_gets_letters(user)
    user.wants_letters = False
    db.session.flush()
    record(Kind.ACCOUNT_EDITED, f"user:{user.id}", {"language": user.language, "letters": False})
