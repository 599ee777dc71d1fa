"""How do administrators give roles, block and let in again?"""

from __future__ import annotations

import secrets

from portal.accounts.actor import Anybody
from portal.accounts.models import AccountEvent, User
from portal.accounts.policy import ensure_manages, ensure_manages_people, ensure_reason, ensure_role
from portal.accounts.queries import body_exists, list_people_of
from portal.accounts.roles import Role
from portal.kernel.clock import now
from portal.kernel.db import db
from portal.kernel.errors import Conflict, Invalid
from portal.ledger.kinds import Kind
from portal.ledger.record import record


def change_role(actor: Anybody, *, user: User, role: Role, body_id: int | None = None) -> None:
    """Give a role; a drafter's comes with a body, every other one without."""
    ensure_manages(actor, user)
    ensure_role(actor, role, body_id)
    body_id = body_id if role is Role.drafter else None
    if body_id is not None and not body_exists(body_id):
        raise Invalid("Choose the state body from the list.", field="body")
    if (user.role, user.body_id) == (role, body_id):
        raise Conflict("The person has this role already.")
    user.role, user.body_id = role, body_id
    _log(actor, user, "role", role=role, body_id=body_id)
    record(Kind.ROLE_CHANGED, f"user:{user.id}", {"role": role.value, "body": body_id, "by": actor.id})


def move_people(actor: Anybody, *, body_id: int, successor_id: int) -> int:
    """Let everybody who works for a body work for another one from now on; how many they were.

    Raises Conflict where nobody works for it: somebody pressed the button twice.
    """
    ensure_manages_people(actor)
    if body_id == successor_id or not body_exists(successor_id):
        raise Invalid("Choose the state body from the list.", field="body")
    people = list_people_of(body_id)
    if not people:
        raise Conflict("Nobody works for this body any more.")
    for user in people:
        user.body_id = successor_id
        _log(actor, user, "role", role=user.role, body_id=successor_id)
    record(Kind.PEOPLE_MOVED, f"body:{body_id}", {"successor": successor_id, "people": len(people), "by": actor.id})
    return len(people)


def block_account(actor: Anybody, *, user: User, reason: str) -> None:
    """Keep a person out, at once and with a reason they are told."""
    ensure_manages(actor, user)
    ensure_reason(reason)
    if user.blocked_at is not None:
        raise Conflict("The account is blocked already.")
    user.blocked_at = now()
    user.session_key = secrets.token_urlsafe(32)
    _log(actor, user, "blocked", reason=reason)
    record(Kind.ACCOUNT_BLOCKED, f"user:{user.id}", {"by": actor.id}, secrets={"reason": reason})


def unblock_account(actor: Anybody, *, user: User, reason: str) -> None:
    """Let a person in again, with the reason."""
    ensure_manages(actor, user)
    ensure_reason(reason)
    if user.blocked_at is None:
        raise Conflict("The account is not blocked.")
    user.blocked_at = None
    _log(actor, user, "unblocked", reason=reason)
    record(Kind.ACCOUNT_UNBLOCKED, f"user:{user.id}", {"by": actor.id}, secrets={"reason": reason})


def _log(
    actor: Anybody, user: User, action: str, *, role: Role | None = None, body_id: int | None = None, reason: str = ""
) -> None:
    event = AccountEvent(
        user_id=user.id, action=action, role=role, body_id=body_id, reason=reason, manager_id=actor.id, at=now()
    )
    db.session.add(event)
    db.session.flush()
