"""How does an administrator set what the law asks for an act type: periods, articles, required parts?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, url_for
from flask_babel import gettext as _
from flask_babel import pgettext

from portal.admin.forms import TypeForm
from portal.admin.moving import Moving, would_move
from portal.admin.views.blueprint import Band, band, blueprint
from portal.consultation.clock_words import rule_words
from portal.consultation.queries.clocks import PeriodChange
from portal.drafts.actions.reference import TypeCard, save_act_type
from portal.drafts.models import ALWAYS_REQUIRED, LANGUAGES, ActType
from portal.drafts.queries.reference import find_type, get_type, list_types
from portal.drafts.words import PARTS, lowered
from portal.kernel.errors import Conflict
from portal.web.access import access
from portal.web.formats import format_number
from portal.web.forms import attempt
from portal.web.locale import current_language
from portal.web.pages import Page, show

SAME = ("discussion_days", "rule", "answer_days", "answer_rule", "report_days", "report_rule", "position", "is_retired")


@dataclass(frozen=True)
class TypeLine:
    """An act type in the list."""

    name: str
    url: str
    code: str
    periods: str
    rule: str
    required: str
    is_retired: bool


@dataclass(frozen=True)
class TypesPage:
    """Every act type in its order."""

    band: Band
    lines: tuple[TypeLine, ...]


@dataclass(frozen=True)
class TypePage:
    """One act type; `moving` is what has to be seen before it is saved."""

    band: Band
    is_new: bool
    moving: Moving | None


@blueprint.get("/admin/types")
@access("admin.read")
def types() -> Page:
    """Every act type with its periods."""
    return show("admin/types.html", TypesPage(band(_("Act types"), "admin.types"), tuple(map(_line, list_types()))))


@blueprint.get("/admin/types/new")
@access("reference.manage")
def new_type() -> Page:
    """A form for one more type."""
    return _show(TypeForm(data={"answer_days": 10, "report_days": 5, "required_parts": list(ALWAYS_REQUIRED)}))


@blueprint.post("/admin/types/new")
@access("reference.manage")
def create_type() -> Any:
    """Add it."""
    form = TypeForm()
    if not form.was_sent_and_is_valid():
        return _show(form)
    with attempt(form) as tried:
        if find_type(form.code.data or "") is not None:
            raise Conflict("There is an act type with the code “%(code)s” already.", code=form.code.data, field="code")
        save_act_type(g.actor, card=_card(form, form.code.data or ""))
    return _saved() if tried.done else _show(form)


@blueprint.get("/admin/types/<int:type_id>")
@access("admin.read")
def act_type(type_id: int) -> Page:
    """One type."""
    found = get_type(type_id)
    data: dict[str, Any] = {name: getattr(found, name) for name in SAME}
    data |= {f"name_{code}": getattr(found, f"name_{code}") for code in LANGUAGES}
    return _show(TypeForm(data={**data, "code": found.code, "required_parts": list(found.required_parts)}), found)


@blueprint.post("/admin/types/<int:type_id>")
@access("reference.manage")
def save_type(type_id: int) -> Any:
    """Save it, after what would move was seen."""
    found, form = get_type(type_id), TypeForm()
    if not form.was_sent_and_is_valid():
        return _show(form, found)
    moving = None
    with attempt(form) as tried:
        card = _card(form, found.code)
        moving = None if form.sure.data else _moving(found, card)
        if moving is None:
            save_act_type(g.actor, card=card)
    return _saved() if tried.done and moving is None else _show(form, found, moving)


def _moving(found: ActType, card: TypeCard) -> Moving | None:
    """Only another period moves anything; a period out of bounds is the action's to refuse."""
    days = (card.discussion_days, card.answer_days, card.report_days)
    if days == (found.discussion_days, found.answer_days, found.report_days) or not all(1 <= (n or 0) <= 365 for n in days):
        return None
    return would_move(change=PeriodChange(found.code, *days))


def _card(form: TypeForm, code: str) -> TypeCard:
    return TypeCard(
        code, form.names(), form.discussion_days.data or 0, form.answer_days.data or 0, form.rule.data or "",
        report_days=form.report_days.data or 0, answer_rule=form.answer_rule.data, report_rule=form.report_rule.data,
        required_parts=tuple(form.required_parts.data or ()), is_retired=bool(form.is_retired.data),
        position=form.position.data,
    )  # fmt: skip


def _saved() -> Any:
    flash(_("The act type is saved."), "success")
    return redirect(url_for("admin.types"))


def _line(act_type: ActType) -> TypeLine:
    days = " / ".join(format_number(days) for days in (act_type.discussion_days, act_type.answer_days, act_type.report_days))
    required = ", ".join(lowered(PARTS[code]) for code in act_type.required_parts if code in PARTS)
    return TypeLine(
        act_type.name(current_language()), url_for("admin.act_type", type_id=act_type.id), act_type.code, days,
        rule_words(act_type.rule), required, act_type.is_retired,
    )  # fmt: skip


def _show(form: TypeForm, found: ActType | None = None, moving: Moving | None = None) -> Page:
    title = found.name(current_language()) if found else pgettext("page", "Add an act type")
    return show("admin/type.html", TypePage(band(title, "admin.types"), found is None, moving), form)
