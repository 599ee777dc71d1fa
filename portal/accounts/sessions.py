"""Who is signed in, and how does a session begin and end?

The session cookie names the person's `session_key`; a new key, made when the password changes or the account is
blocked, ends every session at once. Its own `code` lets one session be ended by signing out. A session lasts twelve
hours from the last page.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from flask import current_app, g, session
from flask_login import LoginManager, UserMixin, current_user, login_user

from portal.accounts.actor import Actor
from portal.accounts.models import EndedSession, User
from portal.accounts.queries import find_actor
from portal.kernel.clock import now
from portal.kernel.db import db
from portal.web.flask_app import PortalApp, Visitor
from portal.web.locale import current_language


@dataclass(frozen=True)
class SignedIn(UserMixin):
    """What Flask-Login knows of a person."""

    session_key: str
    actor: Actor

    def get_id(self) -> str:
        return self.session_key


def register_sessions(app: PortalApp) -> None:
    """Let Flask-Login keep the session and the request order ask here who acts."""
    app.config["SESSION_PROTECTION"] = None  # people change networks on the bus
    login = LoginManager()
    login.init_app(app, add_context_processor=False)
    login.user_loader(_load)
    app.identify = identify


def identify() -> Actor | Visitor:
    """The one who sent the present request; one query for a session, none without."""
    return current_user.actor if current_user.is_authenticated else Visitor()


def begin_session(user: User) -> None:
    """Sign a person in, in a session that has nothing of the one before (CWE-384)."""
    end_session()
    signed_in = _load(user.session_key)
    if signed_in is None:
        raise LookupError("a session begins for somebody who may have one")
    login_user(signed_in)
    session["code"] = secrets.token_urlsafe(16)
    session.permanent = True
    g.actor = signed_in.actor


def sign_out() -> None:
    """End this session for every copy of its cookie; others of the same person go on. Signing out is no act."""
    db.session.execute(db.delete(EndedSession).where(EndedSession.until < now()))
    if code := session.get("code"):
        db.session.merge(EndedSession(code=code, until=now() + current_app.permanent_session_lifetime))
    end_session()


def end_session() -> None:
    """Forget the person and all that the session held, the form token too."""
    session.clear()
    g.pop("csrf_token", None)
    g.pop("_login_user", None)
    g.actor = Visitor()


def _load(session_key: str) -> SignedIn | None:
    actor = find_actor(session_key, session.get("code", ""), current_language())
    return SignedIn(session_key, actor) if actor else None
