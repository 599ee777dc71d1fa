"""How does a person who forgot the password get a new one?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, session, url_for
from flask_babel import gettext as _

from portal.accounts.actions.passwords import request_password_reset, reset_password
from portal.accounts.forms import AddressForm, NewPasswordForm
from portal.accounts.tokens import Purpose, find_owner
from portal.accounts.views.blueprint import blueprint, dead_link, private
from portal.web.access import public
from portal.web.forms import attempt
from portal.web.limits import PASSWORD_RESET, SIGN_IN, address, limit
from portal.web.pages import show


@dataclass(frozen=True)
class ResetSentPage:
    """The address as typed; empty when the page is opened again later."""

    email: str


@dataclass(frozen=True)
class NewPasswordPage:
    """Whose password is being set."""

    email: str


@blueprint.get("/forgot-password")
@public
def forgot_password() -> Any:
    """Ask for the address."""
    return show("accounts/forgot_password.html", None, AddressForm())


@blueprint.post("/forgot-password")
@public
@limit(PASSWORD_RESET, by=address)
def send_forgot_password() -> Any:
    """The answer is the same whether the address is known or not."""
    form = AddressForm()
    if form.was_sent_and_is_valid():
        with attempt(form) as tried:
            request_password_reset(g.actor, email=form.email.data)
        if tried.done:
            session["letter_to"] = form.email.data
            return redirect(url_for("accounts.reset_requested"))
    return show("accounts/forgot_password.html", None, form)


@blueprint.get("/reset-requested")
@public
def reset_requested() -> Any:
    """What to do next: open the letter, if there is an account."""
    return show("accounts/reset_requested.html", ResetSentPage(session.get("letter_to", "")))


@blueprint.get("/reset-password/<token>")
@public
def new_password(token: str) -> Any:
    """Ask for the new password."""
    user = find_owner(Purpose.reset, token)
    if user is None:
        return dead_link(Purpose.reset.value)
    return private(show("accounts/reset_password.html", NewPasswordPage(user.email), NewPasswordForm()))


@blueprint.post("/reset-password/<token>")
@public
@limit(SIGN_IN, by=address)
def send_new_password(token: str) -> Any:
    """Set it; the token names the password it replaces, so it works once."""
    user = find_owner(Purpose.reset, token)
    if user is None:
        return dead_link(Purpose.reset.value)
    form = NewPasswordForm()
    if form.was_sent_and_is_valid():
        with attempt(form) as tried:
            reset_password(g.actor, user=user, password=form.password.data)
        if tried.done:
            flash(_("The new password is set. Sign in with it."), "success")
            return redirect(url_for("accounts.sign_in"))
    return private(show("accounts/reset_password.html", NewPasswordPage(user.email), form))
