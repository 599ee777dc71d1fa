"""How does a person sign in and out?"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _

from portal.accounts.addresses import LONGEST
from portal.accounts.forms import SignInForm
from portal.accounts.models import User
from portal.accounts import sessions
from portal.accounts.sessions import begin_session
from portal.accounts.sign_in import sign_in_with_password
from portal.accounts.views.blueprint import blueprint
from portal.web.access import public
from portal.web.forms import attempt
from portal.web.kept import KeptForm, read_kept
from portal.web.limits import SIGN_IN, SIGN_IN_TO_ONE_ACCOUNT, address, limit
from portal.web.navigation import desk_navigation
from portal.web.pages import safe_next, show


@dataclass(frozen=True)
class SignInPage:
    """`register_url` keeps where the person was going; `kept` is what they typed before the session ended."""

    register_url: str
    kept: KeptForm | None = None


def typed_account() -> str:
    """Whose account somebody is trying to open, as a digest: what people type is kept nowhere."""
    typed = request.form.get("email", "").strip().lower()[:LONGEST]
    return f"account:{sha256(typed.encode()).hexdigest()}"


@blueprint.get("/sign-in")
@public
def sign_in() -> Any:
    """The form; whoever is signed in goes on."""
    target = safe_next(request.args.get("next"), "")
    if g.actor.is_signed_in:
        return redirect(target or _first_page())
    return show("accounts/sign_in.html", _page(target), SignInForm(data={"next": target}))


@blueprint.post("/sign-in")
@public
@limit(SIGN_IN, by=address)
@limit(SIGN_IN_TO_ONE_ACCOUNT, by=typed_account)
def send_sign_in() -> Any:
    """Begin a new session, then go on, or give back what was typed before the old one ended."""
    form = SignInForm()
    kept = read_kept(form.kept.data)
    target = safe_next(form.next.data, "")
    if form.was_sent_and_is_valid():
        with attempt(form) as tried:
            user = sign_in_with_password(form.email.data, form.password.data)
        if tried.done:
            begin_session(user)
            return _go_on(user, target, kept)
    return show("accounts/sign_in.html", _page(target, kept), form)


@blueprint.post("/sign-out")
@public
def sign_out() -> Any:
    """End this session; others of the same person go on."""
    sessions.sign_out()
    flash(_("You are signed out."), "success")
    return redirect("/")


def _page(target: str, kept: KeptForm | None = None) -> SignInPage:
    return SignInPage(url_for("accounts.register", next=target or None), kept)


def _go_on(user: User, target: str, kept: KeptForm | None) -> Any:
    if user.confirmed_at is None:
        sentence = _("Confirm your e-mail address to take part: open the link in the letter sent to %(email)s.")
        flash(sentence % {"email": user.email}, "warning")
    if kept is not None:
        return show("accounts/kept.html", kept)
    return redirect(target or _first_page())


def _first_page() -> str:
    """Where a person's work is: the first part of the desk they may open, or the home page."""
    return next((link.url for link in desk_navigation()), "/")
