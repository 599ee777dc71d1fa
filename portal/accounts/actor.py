"""Who is acting? A frozen value that actions and policies receive as their first argument."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from portal.accounts.roles import Role, role_may


class Anybody(Protocol):
    """One who acts, signed in or not: a visitor registers, confirms an address and resets a password."""

    @property
    def id(self) -> int | None: ...

    def may(self, permission: str) -> bool: ...


@dataclass(frozen=True)
class Actor:
    """A signed-in person. `body_id` is set for those who act for a state body, `merged_bodies` are those that became part
    of it: what they left unfinished is its to finish.
    """

    id: int
    role: Role
    name: str
    body_id: int | None = None
    body_name: str = ""
    language: str = "kk"
    is_confirmed: bool = True
    merged_bodies: frozenset[int] = frozenset()

    is_signed_in = True

    def may(self, permission: str) -> bool:
        """Does the permission table allow it?"""
        return role_may(self.role, permission)

    def acts_for(self, body_id: int) -> bool:
        """May this person act for the body? Administrators may for each, a drafter for their own and its merged ones."""
        is_own = self.body_id is not None and (self.body_id == body_id or body_id in self.merged_bodies)
        return self.role is Role.administrator or is_own

    def reads_for(self, body_id: int) -> bool:
        """May this person read what the body has not published? As `acts_for`, and auditors."""
        return self.role is Role.auditor or self.acts_for(body_id)


@dataclass(frozen=True)
class Operator:
    """The person at the server's console: commands and the worker act as this; the table does not bind them."""

    id: int | None = None
    name: str = "operator"
    body_id: int | None = None
    body_name: str = ""
    language: str = "kk"
    is_confirmed: bool = True
    is_signed_in = True
    role = "operator"

    def may(self, permission: str) -> bool:
        return True

    def acts_for(self, body_id: int) -> bool:
        return True

    def reads_for(self, body_id: int) -> bool:
        return True


OPERATOR = Operator()
AnyActor = Actor | Operator
