"""What does a person see and change of their own account?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _

from portal.accounts.actions.account import Profile, edit_account
from portal.accounts.actions.passwords import change_password
from portal.accounts.forms import ROLE_NAMES, AccountForm, ChangePasswordForm
from portal.accounts.models import User
from portal.accounts.queries import get_user
from portal.accounts.roles import Role
from portal.accounts.sessions import begin_session
from portal.accounts.views.blueprint import blueprint
from portal.web.access import access
from portal.web.forms import attempt
from portal.web.limits import POSTING, SIGN_IN, limit
from portal.web.navigation import account_links
from portal.web.pages import Page, show


@dataclass(frozen=True)
class AccountPage:
    """`links` are (label, address) of the person's own pages: what they did and where they work."""

    email: str
    role: str
    body_name: str
    is_confirmed: bool
    links: tuple[tuple[str, str], ...]


@blueprint.get("/account")
@access("account.use")
def account() -> Any:
    """My page."""
    user = get_user(g.actor.id)
    values = {"name": user.name, "language": user.language, "wants_letters": user.wants_letters}
    return _show(user, AccountForm(data=values))


@blueprint.post("/account")
@access("account.use")
@limit(POSTING)
def send_account() -> Any:
    """Keep what was changed."""
    user, form = get_user(g.actor.id), AccountForm()
    if form.was_sent_and_is_valid():
        with attempt(form) as tried:
            profile = Profile(form.name.data, form.language.data, form.wants_letters.data)
            edit_account(g.actor, user=user, profile=profile)
        if tried.done:
            flash(_("Saved."), "success")
            return redirect(url_for("accounts.account"))
    return _show(user, form)


@blueprint.get("/account/password")
@access("account.use")
def password() -> Any:
    """Ask for the present and the new password."""
    return show("accounts/password.html", None, ChangePasswordForm())


@blueprint.post("/account/password")
@access("account.use")
@limit(SIGN_IN)
def send_password() -> Any:
    """Change it; every other session of the person ends, this one begins anew."""
    user, form = get_user(g.actor.id), ChangePasswordForm()
    if form.was_sent_and_is_valid():
        with attempt(form) as tried:
            change_password(g.actor, user=user, present=form.present_password.data, password=form.password.data)
        if tried.done:
            begin_session(user)
            flash(_("The password is changed. You are signed out everywhere else."), "success")
            return redirect(url_for("accounts.account"))
    return show("accounts/password.html", None, form)


def _show(user: User, form: AccountForm) -> Page:
    role = "" if user.role is Role.citizen else str(ROLE_NAMES[user.role])
    links = tuple((label, url) for label, url, is_post in account_links() if not is_post and url != request.path)
    page = AccountPage(user.email, role, g.actor.body_name, user.confirmed_at is not None, links)
    return show("accounts/account.html", page, form)
