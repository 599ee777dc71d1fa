"""How is one row of a comparative table edited, added, moved and removed?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _

from portal.drafts.actions.comparative import add_row, edit_row, move_row, remove_row
from portal.drafts.comparative import Finding
from portal.drafts.comparative_forms import MoveForm, RowForm, row_values
from portal.drafts.comparative_words import FINDINGS
from portal.drafts.desk_head import DeskHead, desk_head, may_edit_text
from portal.drafts.queries.comparative import count_before, get_row, get_table, view_row
from portal.drafts.queries.desk import DeskFile, get_desk_file
from portal.drafts.views.blueprint import blueprint
from portal.drafts.views.comparative import PAGE, row_name, table_language
from portal.drafts.words import OWN_NAMES
from portal.web.access import access
from portal.web.forms import PortalForm, attempt
from portal.web.pages import show


@dataclass(frozen=True)
class RowPage:
    """A row in both languages; the addresses of what can be done with it are None for a new one."""

    head: DeskHead
    name: str
    can_edit: bool
    finding: str
    languages: tuple[tuple[str, str], ...]
    back_url: str
    remove_url: str | None
    add_url: str | None


@blueprint.get("/desk/drafts/<int:draft_id>/table/rows/<int:number>")
@access("draft.read_unpublished")
def table_row(draft_id: int, number: int) -> Any:
    """One row with its cells in both languages."""
    file = get_desk_file(g.actor, draft_id)
    row = view_row(get_row(get_table(file.version.id).id, number))
    return _show(file, number, RowForm(formdata=None, data=row_values(row)))


@blueprint.post("/desk/drafts/<int:draft_id>/table/rows/<int:number>")
@access("draft.edit")
def save_table_row(draft_id: int, number: int) -> Any:
    """Keep what was typed."""
    file, form = get_desk_file(g.actor, draft_id), RowForm()
    if not form.was_sent_and_is_valid():
        return _show(file, number, form)
    with attempt(form) as tried:
        edit_row(g.actor, draft=file.draft, number=number, revision=form.seen_revision(), typed=form.typed())
    if not tried.done:
        return _show(file, number, form)
    flash(_("The row is saved."), "success")
    return _back(file, number)


@blueprint.get("/desk/drafts/<int:draft_id>/table/rows/new")
@access("draft.edit")
def new_table_row(draft_id: int) -> Any:
    """The form of a further row; `?after=` is the number of the row it follows."""
    file = get_desk_file(g.actor, draft_id)
    get_table(file.version.id)
    return _show(file, None, RowForm(formdata=None))


@blueprint.post("/desk/drafts/<int:draft_id>/table/rows/new")
@access("draft.edit")
def add_table_row(draft_id: int) -> Any:
    """Add the row."""
    file, form = get_desk_file(g.actor, draft_id), RowForm()
    if not form.was_sent_and_is_valid():
        return _show(file, None, form)
    after = request.args.get("after", "")
    number = int(after) if after.isascii() and after.isdigit() and len(after) < 9 else 0
    with attempt(form) as tried:
        row = add_row(g.actor, draft=file.draft, typed=form.typed(), after=number)
    if not tried.done:
        return _show(file, None, form)
    flash(_("The row is added."), "success")
    return _back(file, row.number)


@blueprint.post("/desk/drafts/<int:draft_id>/table/rows/<int:number>/move")
@access("draft.edit")
def move_table_row(draft_id: int, number: int) -> Any:
    """Put the row at another place."""
    file, form = get_desk_file(g.actor, draft_id), MoveForm()
    if form.was_sent_and_is_valid() and form.place.data is not None:
        with attempt(form):
            move_row(g.actor, draft=file.draft, number=number, place=min(max(form.place.data, 1), 1_000_000))
    if form.form_errors:
        flash(form.form_errors[0], "error")
    return _back(file, number)


@blueprint.post("/desk/drafts/<int:draft_id>/table/rows/<int:number>/remove")
@access("draft.edit")
def remove_table_row(draft_id: int, number: int) -> Any:
    """Take the row out."""
    file, form = get_desk_file(g.actor, draft_id), PortalForm()
    with attempt(form) as tried:
        remove_row(g.actor, draft=file.draft, number=number)
    flash(_("The row is removed.") if tried.done else form.form_errors[0], "success" if tried.done else "error")
    return redirect(url_for("drafts.comparative_table", draft_id=draft_id))


def _back(file: DeskFile, number: int) -> Any:
    """The page of the table on which the row stands."""
    place = count_before(get_table(file.version.id).id, number) or 0
    page = place // PAGE + 1
    return redirect(
        url_for("drafts.comparative_table", draft_id=file.draft.id, page=page if page > 1 else None, _anchor=f"row-{number}")
    )


def _show(file: DeskFile, number: int | None, form: RowForm) -> Any:
    row = view_row(get_row(get_table(file.version.id).id, number)) if number is not None else None
    address = {"draft_id": file.draft.id, "number": number}
    page = RowPage(
        head=desk_head(file, "drafts.comparative_table"),
        name=row_name(row, table_language()) if row else _("New row"),
        can_edit=may_edit_text(file),
        finding=str(FINDINGS[row.finding]) if row and row.finding != Finding.none else "",
        languages=tuple((code, OWN_NAMES[code]) for code in ("kk", "ru")),
        back_url=url_for("drafts.comparative_table", draft_id=file.draft.id),
        remove_url=url_for("drafts.remove_table_row", **address) if row else None,
        add_url=url_for("drafts.new_table_row", draft_id=file.draft.id, after=number) if row else None,
    )
    return show("drafts/comparative_row.html", page, form)
