"""Where does an administrator find the state bodies, and add one?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import pgettext

from portal.admin.forms import BodyFilterForm, NewBodyForm
from portal.admin.views.blueprint import Band, band, blueprint
from portal.drafts.actions.bodies import add_body
from portal.drafts.body_lines import BodyLine, body_lines
from portal.drafts.body_tree import Node
from portal.drafts.policy import BODY_KINDS
from portal.drafts.queries.bodies import BodyFilter, get_body, list_bodies, list_body_choices, list_tree
from portal.drafts.words import BODY_KINDS as KINDS
from portal.web.access import access
from portal.web.forms import attempt
from portal.web.locale import current_language
from portal.web.pages import Page, PageNumbers, page_numbers, show

PAGE_SIZE = 100
LONGEST_SEARCH = 200


@dataclass(frozen=True)
class BodiesPage:
    """The bodies found, in the tree or, picked out, in alphabetical order."""

    band: Band
    lines: tuple[BodyLine, ...]
    numbers: PageNumbers
    is_filtered: bool


@dataclass(frozen=True)
class FormPage:
    """A form on a page of its own: what it is about, where it leads back to, what its button says."""

    band: Band
    back: tuple[str, str]
    button: str
    kind: str = "primary"
    explanation: str = ""


@blueprint.get("/admin/bodies")
@access("admin.read")
def bodies() -> Page:
    """Every body in its place."""
    form, language = BodyFilterForm(formdata=request.args), current_language()
    wanted = BodyFilter(
        (form.q.data or "")[:LONGEST_SEARCH], form.kind.data if form.kind.data in BODY_KINDS else "",
        with_ended=bool(form.ended.data), without_kazakh=bool(form.nameless.data),
    )  # fmt: skip
    nodes = list_tree(wanted, language)
    numbers = page_numbers(len(nodes), PAGE_SIZE)
    shown = nodes[(numbers.number - 1) * PAGE_SIZE :][:PAGE_SIZE]
    lines = body_lines(
        shown, {body.id: body for body in list_bodies()}, language, is_tree=wanted.is_plain,
        url=lambda body: url_for("admin.body", body_id=body.id), cells=_cells,
    )  # fmt: skip
    page = BodiesPage(band(_("State bodies"), "admin.bodies"), lines, numbers, wanted != BodyFilter())
    return show("admin/bodies.html", page, form)


@blueprint.get("/admin/bodies/new")
@access("reference.manage")
def new_body() -> Page:
    """A form for one more body."""
    return _show_new(_new_form(under=request.args.get("under", "")))


@blueprint.post("/admin/bodies/new")
@access("reference.manage")
def create_body() -> Any:
    """Add it."""
    form = _new_form()
    if not form.was_sent_and_is_valid():
        return _show_new(form)
    with attempt(form) as tried:
        parent = get_body(int(form.parent.data)) if form.parent.data else None
        body = add_body(g.actor, code=form.code.data or "", kind=form.kind.data, names=form.names(), parent=parent)
    if not tried.done:
        return _show_new(form)
    flash(_("The body is added."), "success")
    return redirect(url_for("admin.body", body_id=body.id))


def _cells(node: Node) -> tuple[int | str, ...]:
    return (str(KINDS.get(node.body.kind, node.body.kind)), node.body.code)


def _new_form(under: str = "") -> NewBodyForm:
    form = NewBodyForm(data={"parent": under}) if under else NewBodyForm()
    form.parent.choices = [("", pgettext("body", "Nobody: stands at the top")), *list_body_choices(current_language())]
    return form


def _show_new(form: NewBodyForm) -> Page:
    back = (_("State bodies"), url_for("admin.bodies"))
    page = FormPage(band(_("Add a body"), "admin.bodies"), back, pgettext("button", "Add the body"))
    return show("admin/new_body.html", page, form)
