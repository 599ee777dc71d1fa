"""How does a reader of a letter stop such letters, without signing in?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, g

from portal.accounts.actions.account import stop_letters
from portal.accounts.tokens import Purpose, find_owner
from portal.kernel.errors import NotFound
from portal.web.access import by_mail_program, public
from portal.web.limits import POSTING, limit
from portal.web.pages import show

blueprint = Blueprint("notifications", __name__)


@dataclass(frozen=True)
class StopPage:
    """Whose letters stop, and whether they have."""

    email: str
    has_stopped: bool


@blueprint.get("/letters/<token>")
@public
def stop(token: str) -> Any:
    """A button: programs that look into mails follow links, but press no buttons."""
    user = find_owner(Purpose.stop, token)
    if user is None:
        raise NotFound("This link does not work any more. Change what letters you get on your page.")
    return show("notifications/stop.html", StopPage(user.email, not user.wants_letters))


@blueprint.post("/letters/<token>")
@public
@by_mail_program
@limit(POSTING)
def send_stop(token: str) -> Any:
    """No more letters about discussions to the person the token is for."""
    user = find_owner(Purpose.stop, token)
    if user is None:
        raise NotFound("This link does not work any more. Change what letters you get on your page.")
    if user.wants_letters:
        stop_letters(g.actor, user=user)
    return show("notifications/stop.html", StopPage(user.email, True))
