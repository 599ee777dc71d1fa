"""Who may call a view? Every view says so itself, and a view that says nothing is refused.

`@access("comment.post")` names one permission of the table in `portal.accounts.permissions`;
`@public` opens a view to everybody. The request order in `flask_app` asks before the view runs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from portal.kernel.errors import DomainError, Refused

View = TypeVar("View", bound=Callable[..., Any])
EVERYBODY = "everybody"


class Actor(Protocol):
    """The one who asks; `portal.accounts.actor` has the real ones."""

    @property
    def is_signed_in(self) -> bool: ...

    def may(self, permission: str) -> bool: ...


class SignInNeeded(DomainError):
    """The page exists, but only for somebody who is signed in."""


def access(permission: str) -> Callable[[View], View]:
    """Declare the permission a view needs."""

    def declare(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return declare


def public(view: View) -> View:
    """Declare a view open to everybody."""
    return access(EVERYBODY)(view)


def by_mail_program(view: View) -> View:
    """Declare that the mail program of a letter's reader may send this form with one press (RFC 8058): it has no page to
    take a token from, and the address itself is the secret.
    """
    view.by_mail_program = True  # type: ignore[attr-defined]
    return view


def permission_of(view: Callable[..., Any]) -> str | None:
    """The permission a view declares, or None when it declares none."""
    return getattr(view, "permission", None)


def check_access(view: Callable[..., Any], actor: Actor) -> None:
    """Raise `SignInNeeded` or `Refused` unless the actor may call the view."""
    permission = permission_of(view)
    if permission is None:
        raise Refused("This page is not open to anybody yet.")
    if permission == EVERYBODY or actor.may(permission):
        return
    if not actor.is_signed_in:
        raise SignInNeeded("Sign in to open this page.")
    raise Refused("You do not have access to this page.")
