"""How do administrators find and manage people, and how do auditors look on?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import pgettext
from wtforms.fields.choices import SelectChoice

from portal.accounts.actions.people import block_account, change_role, unblock_account
from portal.accounts.forms import ROLE_NAMES, PeopleForm, ReasonForm, RoleForm
from portal.accounts.models import User
from portal.accounts.queries import (
    EventLine,
    Person,
    count_people,
    get_user,
    list_body_names,
    list_events,
    list_people,
)
from portal.accounts.roles import Role
from portal.accounts.views.blueprint import blueprint
from portal.web.access import access
from portal.web.formats import format_day_table
from portal.web.forms import PortalForm, attempt
from portal.web.locale import current_language
from portal.web.pages import Page, PageNumbers, page_numbers, show

PAGE_SIZE = 50

Cell = str | tuple[str, str]


@dataclass(frozen=True)
class PeoplePage:
    """The people found, as cells of a table, and where the reader is in them."""

    rows: list[tuple[Cell, ...]]
    numbers: PageNumbers
    is_filtered: bool


@dataclass(frozen=True)
class PersonPage:
    """One person with what may be done to them; `role_form` and `reason_form` are None for who may only look."""

    id: int
    name: str
    email: str
    role: str
    body_name: str
    language: str
    created_at: datetime
    confirmed_at: datetime | None
    signed_in_at: datetime | None
    blocked_at: datetime | None
    events: list[EventLine]
    role_names: dict[Role, str]
    role_form: RoleForm | None
    reason_form: ReasonForm | None


@blueprint.get("/people")
@access("admin.read")
def people() -> Any:
    """Everybody with an account, by name, address and role."""
    form = PeopleForm(formdata=request.args)
    role = Role(form.role.data) if form.role.data in set(Role) else None
    words = (form.q.data or "")[:200]
    numbers = page_numbers(count_people(words, role), PAGE_SIZE)
    offset = (numbers.number - 1) * PAGE_SIZE
    found = list_people(words, role, current_language(), offset=offset, size=PAGE_SIZE)
    page = PeoplePage([_row(person) for person in found], numbers, bool(words or role))
    return show("accounts/people.html", page, form)


@blueprint.get("/people/<int:user_id>")
@access("admin.read")
def person(user_id: int) -> Any:
    """One person and the history of their account."""
    user = get_user(user_id)
    return _show(user, _role_form(user), ReasonForm())


@blueprint.post("/people/<int:user_id>/role")
@access("people.manage")
def send_role(user_id: int) -> Any:
    """Give a role."""
    user = get_user(user_id)
    form = _role_form(user)
    if form.was_sent_and_is_valid():
        with attempt(form) as tried:
            change_role(g.actor, user=user, role=Role(form.role.data), body_id=int(form.body.data or 0) or None)
        if tried.done:
            return _done(user, _("The role is changed."))
    return _show(user, form, ReasonForm(formdata=None), sent=form)


@blueprint.post("/people/<int:user_id>/block")
@access("people.manage")
def send_block(user_id: int) -> Any:
    """Keep a person out."""
    return _act_with_reason(user_id, block_account, _("The account is blocked."))


@blueprint.post("/people/<int:user_id>/unblock")
@access("people.manage")
def send_unblock(user_id: int) -> Any:
    """Let a person in again."""
    return _act_with_reason(user_id, unblock_account, _("The account is open again."))


def _act_with_reason(user_id: int, act: Callable[..., None], sentence: str) -> Any:
    user, form = get_user(user_id), ReasonForm()
    if form.was_sent_and_is_valid():
        with attempt(form) as tried:
            act(g.actor, user=user, reason=form.reason.data)
        if tried.done:
            return _done(user, sentence)
    return _show(user, _role_form(user, sent=False), form, sent=form)


def _done(user: User, sentence: str) -> Any:
    flash(sentence, "success")
    return redirect(url_for("accounts.person", user_id=user.id))


def _row(person: Person) -> tuple[Cell, ...]:
    state = pgettext("account", "Blocked") if person.is_blocked else "" if person.is_confirmed else _("Address not confirmed")
    role = str(ROLE_NAMES[person.role])
    return (
        (person.name, url_for("accounts.person", user_id=person.id)),
        person.email,
        f"{role}, {person.body_name}" if person.body_name else role,
        format_day_table(person.created_at),
        state or "–",
    )


def _role_names() -> dict[Role, str]:
    return {role: str(name) for role, name in ROLE_NAMES.items()}


def _role_form(user: User, *, sent: bool = True) -> RoleForm:
    data = {"role": user.role.value, "body": str(user.body_id or "")}
    form = RoleForm(data=data) if sent else RoleForm(formdata=None, data=data)
    names = list_body_names(current_language())
    form.body.choices = [SelectChoice("", pgettext("body", "None")), *(SelectChoice(str(body_id), name) for body_id, name in names)]
    return form


def _show(user: User, role_form: RoleForm, reason_form: ReasonForm, sent: PortalForm | None = None) -> Page:
    may_manage = g.actor.may("people.manage") and g.actor.id != user.id
    bodies = {choice.value: choice.label for choice in role_form.body.choices}
    page = PersonPage(
        user.id, user.name, user.email, str(ROLE_NAMES[user.role]),
        bodies[str(user.body_id)] if user.body_id else "", user.language,
        user.created_at, user.confirmed_at, user.signed_in_at, user.blocked_at,
        list_events(user.id, current_language()), _role_names(),
        role_form if may_manage else None, reason_form if may_manage else None,
    )  # fmt: skip
    return show("accounts/person.html", page, sent)
