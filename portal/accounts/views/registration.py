"""How does a person register and confirm an address?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, request, session, url_for
from flask_babel import gettext as _

from portal.accounts.actions.registration import (
    Registration,
    confirm_address,
    register_account,
    request_confirmation,
)
from portal.accounts.forms import ConfirmForm, RegistrationForm
from portal.accounts.models import User
from portal.accounts.queries import get_user
from portal.accounts.sessions import begin_session
from portal.accounts.tokens import Purpose, find_owner
from portal.accounts.views.blueprint import blueprint, dead_link, private
from portal.web.access import access, public
from portal.web.forms import attempt
from portal.web.limits import PASSWORD_RESET, REGISTRATION, SIGN_IN, address, limit
from portal.web.locale import current_language
from portal.web.pages import safe_next, show


@dataclass(frozen=True)
class RegisterPage:
    """Where somebody goes who has an account already."""

    sign_in_url: str


@dataclass(frozen=True)
class LetterSentPage:
    """The address as typed; empty when the page is opened again later."""

    email: str
    sign_in_url: str


@dataclass(frozen=True)
class ConfirmPage:
    """The address the letter went to."""

    email: str
    asks_password: bool


@blueprint.get("/register")
@public
def register() -> Any:
    """The form; whoever is signed in has an account."""
    if g.actor.is_signed_in:
        return redirect(url_for("accounts.account"))
    target = safe_next(request.args.get("next"), "")
    return show("accounts/register.html", _page(target), RegistrationForm(data={"next": target}))


@blueprint.post("/register")
@public
@limit(REGISTRATION, by=address)
def send_registration() -> Any:
    """The answer is the same whether the address is new or known."""
    form = RegistrationForm()
    target = safe_next(form.next.data, "")
    if form.was_sent_and_is_valid():
        with attempt(form) as tried:
            given = Registration(form.email.data, form.name.data, form.password.data, current_language())
            register_account(g.actor, given=given)
        if tried.done:
            session["letter_to"] = form.email.data
            return redirect(url_for("accounts.registered", next=target or None))
    return show("accounts/register.html", _page(target), form)


@blueprint.get("/registered")
@public
def registered() -> Any:
    """What to do next: open the letter."""
    sign_in_url = url_for("accounts.sign_in", next=safe_next(request.args.get("next"), "") or None)
    return show("accounts/registered.html", LetterSentPage(session.get("letter_to", ""), sign_in_url))


@blueprint.get("/confirm/<token>")
@public
def confirm(token: str) -> Any:
    """A button: programs that look into mails follow links, but press no buttons."""
    user = find_owner(Purpose.confirm, token)
    if user is None:
        return dead_link(Purpose.confirm.value)
    if user.confirmed_at is not None:
        return _confirmed(_("The address is confirmed already."))
    return _confirm_page(user, ConfirmForm())


@blueprint.post("/confirm/<token>")
@public
@limit(SIGN_IN)
def send_confirmation(token: str) -> Any:
    """Confirm the address of whoever the token is for, whoever is signed in here."""
    user = find_owner(Purpose.confirm, token)
    if user is None:
        return dead_link(Purpose.confirm.value)
    if user.confirmed_at is not None:
        return _confirmed(_("The address is confirmed already."))
    form = ConfirmForm()
    if g.actor.id == user.id or form.was_sent_and_is_valid():
        with attempt(form) as tried:
            confirm_address(g.actor, user=user, password=form.password.data or "")
        if tried.done:
            if user.blocked_at is None:
                begin_session(user)
            return _confirmed(_("Your e-mail address is confirmed."))
    return _confirm_page(user, form)


@blueprint.post("/account/confirmation")
@access("account.use")
@limit(PASSWORD_RESET)
def send_confirmation_again() -> Any:
    """Ask for the letter once more."""
    user = get_user(g.actor.id)
    request_confirmation(g.actor, user=user)
    flash(_("The letter is on its way to %(email)s.") % {"email": user.email}, "success")
    return redirect(url_for("accounts.account"))


def _page(target: str) -> RegisterPage:
    return RegisterPage(url_for("accounts.sign_in", next=target or None))


def _confirm_page(user: User, form: ConfirmForm) -> Any:
    return private(show("accounts/confirm.html", ConfirmPage(user.email, g.actor.id != user.id), form))


def _confirmed(sentence: str) -> Any:
    flash(sentence, "success")
    return redirect(url_for("accounts.account" if g.actor.is_signed_in else "accounts.sign_in"))
