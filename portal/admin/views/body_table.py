"""How does an administrator take bodies from a table: look first, then confirm?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.admin.forms import ConfirmForm, TableForm
from portal.admin.views.blueprint import Band, band, blueprint
from portal.admin.words import CHANGES, ODDITIES
from portal.drafts.actions.bodies import import_bodies
from portal.drafts.actions.versions import file_store
from portal.drafts.body_import import ImportPlan
from portal.drafts.queries.bodies import read_plan
from portal.kernel.errors import Conflict
from portal.web.access import access
from portal.web.formats import format_number
from portal.web.forms import attempt
from portal.web.limits import UPLOADING, limit
from portal.web.pages import Page, show

SHOWN = 200  # lines of each list of the preview


@dataclass(frozen=True)
class TablePage:
    """The form, before a table is chosen."""

    band: Band
    back: tuple[str, str]


@dataclass(frozen=True, slots=True)
class OddLine:
    """Something odd: the line it stands on, what it is, what it is about, and whether the line is left out for it."""

    line: int
    what: str
    value: str
    is_left_out: bool


@dataclass(frozen=True)
class PreviewPage:
    """What a table would do; `more_...` say how many lines are not shown."""

    band: Band
    back: tuple[str, str]
    added: tuple[tuple[str, str], ...]
    changed: tuple[tuple[str, str], ...]
    odd: tuple[OddLine, ...]
    counts: tuple[tuple[str, str], ...]
    more_added: int
    more_changed: int
    more_odd: int
    is_empty: bool


@blueprint.get("/admin/bodies/table")
@access("reference.manage")
def body_table() -> Page:
    """Where to choose a table."""
    return _show_upload(TableForm())


@blueprint.post("/admin/bodies/table")
@access("reference.manage")
@limit(UPLOADING)
def look_at_table() -> Any:
    """Show what a table would do; nothing is changed."""
    form = TableForm()
    if not form.was_sent_and_is_valid():
        return _show_upload(form)
    with attempt(form) as tried:
        data = form.file.data.read()
        plan = read_plan(data)
    if not tried.done:
        return _show_upload(form)
    return _show_plan(plan, file_store().put(data), ConfirmForm(formdata=None))


@blueprint.post("/admin/bodies/table/confirm")
@access("reference.manage")
def take_table() -> Any:
    """Do what was shown, all of it or nothing; shown anew when it would no longer be the same."""
    form, table = ConfirmForm(), TableForm(formdata=None)
    plan = None
    with attempt(table) as tried:
        plan = read_plan(file_store().read(form.table.data or ""))
    if not tried.done or plan is None:
        return _show_upload(table)
    with attempt(form) as taken:
        if plan.digest != form.plan.data:
            raise Conflict("The bodies have changed meanwhile. Look at the table again.")
        count = import_bodies(g.actor, plan=plan)
    if not taken.done:
        return _show_plan(plan, form.table.data or "", form)
    flash(ngettext("%(num)s body is taken from the table.", "%(num)s bodies are taken from the table.", count), "success")
    return redirect(url_for("admin.bodies"))


def _back() -> tuple[str, str]:
    return _("State bodies"), url_for("admin.bodies")


def _show_upload(form: TableForm) -> Page:
    return show("admin/body_table.html", TablePage(band(_("Bodies from a table"), "admin.bodies"), _back()), form)


def _show_plan(plan: ImportPlan, digest: str, form: ConfirmForm) -> Page:
    form.table.data, form.plan.data = digest, plan.digest
    changed = tuple((change.old_name, ", ".join(str(CHANGES[what]) for what in change.what)) for change in plan.changed)
    odd = tuple(OddLine(each.line, str(ODDITIES[each.code]), each.value, each.is_left_out) for each in plan.oddities)
    counts = (
        (_("will be added"), format_number(len(plan.added))),
        (_("will be changed"), format_number(len(changed))),
        (_("are as in the table already"), format_number(plan.unchanged)),
        (_("lines are left out"), format_number(len({each.line for each in odd if each.is_left_out}))),
    )
    page = PreviewPage(
        band(_("What the table would do"), "admin.bodies"),
        (_("Bodies from a table"), url_for("admin.body_table")),
        tuple((row.name_ru, row.name_kk) for row in plan.added[:SHOWN]), changed[:SHOWN], odd[:SHOWN], counts,
        max(0, len(plan.added) - SHOWN), max(0, len(changed) - SHOWN), max(0, len(odd) - SHOWN),
        is_empty=not plan.added and not plan.changed,
    )  # fmt: skip
    return show("admin/body_preview.html", page, form)
