"""How does an administrator set what the law asks for an act type: periods, articles, required parts?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import g, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from portal.admin.forms import TypeForm
from portal.admin.moving import Moving, would_move
from portal.admin.views.blueprint import Band, band, blueprint
from portal.admin.views.reference import Table, named
from portal.consultation.clock_words import rule_words
from portal.consultation.queries.clocks import PeriodChange
from portal.drafts.actions.reference import TypeCard, save_act_type
from portal.drafts.models import ALWAYS_REQUIRED, ActType
from portal.drafts.policy import is_period
from portal.drafts.queries.reference import find_type, get_type, list_types
from portal.drafts.words import PARTS, lowered
from portal.kernel.errors import Conflict
from portal.web.access import access
from portal.web.formats import format_number
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


@blueprint.get("/admin/types")
@access("admin.read")
def types() -> Page:
    """Every act type with its periods."""
    return show("admin/types.html", TypesPage(band(_("Act types"), "admin.types"), tuple(map(_line, list_types()))))


@blueprint.get("/admin/types/new")
@access("reference.manage")
def new_type() -> Page:
    """A form for one more type."""
    return TYPES.show(TypeForm(data={"answer_days": 10, "report_days": 5, "required_parts": list(ALWAYS_REQUIRED)}))


@blueprint.post("/admin/types/new")
@access("reference.manage")
def create_type() -> Any:
    """Add it."""
    return TYPES.take(TypeForm())


@blueprint.get("/admin/types/<int:type_id>")
@access("admin.read")
def act_type(type_id: int) -> Page:
    """One type."""
    found = get_type(type_id)
    data: dict[str, Any] = {**named(found), **{name: getattr(found, name) for name in SAME}}
    return TYPES.show(TypeForm(data={**data, "required_parts": list(found.required_parts)}), found)


@blueprint.post("/admin/types/<int:type_id>")
@access("reference.manage")
def save_type(type_id: int) -> Any:
    """Save it, after what would move was seen."""
    return TYPES.take(TypeForm(), get_type(type_id))


def _save(form: TypeForm, row: ActType | None) -> None:
    code = row.code if row else form.code.data or ""
    if row is None and find_type(code) is not None:
        raise Conflict("There is an act type with the code “%(code)s” already.", code=code, field="code")
    save_act_type(g.actor, card=_card(form, code))


def _would_move(form: TypeForm, row: ActType) -> Moving | None:
    """Only another period moves anything; a period out of bounds is the action's to refuse."""
    days = (form.discussion_days.data or 0, form.answer_days.data or 0, form.report_days.data or 0)
    is_same = days == (row.discussion_days, row.answer_days, row.report_days)
    if form.sure.data or is_same or not all(map(is_period, days)):
        return None
    return would_move(change=PeriodChange(row.code, *days))


def _card(form: TypeForm, code: str) -> TypeCard:
    return TypeCard(
        code, form.names(), form.discussion_days.data or 0, form.answer_days.data or 0, form.rule.data or "",
        report_days=form.report_days.data or 0, answer_rule=form.answer_rule.data, report_rule=form.report_rule.data,
        required_parts=tuple(form.required_parts.data or ()), is_retired=bool(form.is_retired.data),
        position=form.position.data,
    )  # fmt: skip


def _line(act_type: ActType) -> TypeLine:
    days = " / ".join(format_number(days) for days in (act_type.discussion_days, act_type.answer_days, act_type.report_days))
    required = ", ".join(lowered(PARTS[code]) for code in act_type.required_parts if code in PARTS)
    return TypeLine(
        act_type.name(current_language()), url_for("admin.act_type", type_id=act_type.id), act_type.code, days,
        rule_words(act_type.rule), required, act_type.is_retired,
    )  # fmt: skip


TYPES = Table(
    "admin.types", "admin/type.html", _l("Act types"), lazy_pgettext("page", "Add an act type"), _l("The act type is saved."),
    _save, _would_move,
)  # fmt: skip
