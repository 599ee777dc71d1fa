"""How does an administrator let a draft go public without a required part, and how is one thrown away that never was?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, url_for
from flask_babel import gettext as _
from flask_babel import pgettext

from portal.drafts.actions.gate import delete_draft, override_gate
from portal.drafts.desk_head import DeskHead, desk_head
from portal.drafts.desk_pages import address_of
from portal.drafts.forms import OverrideForm, PlainForm
from portal.drafts.gate_policy import ensure_deletes
from portal.drafts.queries.desk import DeskFile, get_desk_file
from portal.drafts.queries.gate import list_unallowed
from portal.drafts.views.blueprint import blueprint
from portal.drafts.words import PARTS
from portal.web.access import access
from portal.web.forms import PortalForm, attempt
from portal.web.pages import Page, show


@dataclass(frozen=True)
class OverridePage:
    """What is missing, and where to go back to."""

    head: DeskHead
    missing: tuple[str, ...]
    back: str


@dataclass(frozen=True)
class DeletePage:
    """The draft that would be thrown away."""

    head: DeskHead
    back: str


@blueprint.get("/desk/drafts/<int:draft_id>/override")
@access("gate.override")
def override_form(draft_id: int) -> Page:
    """Where the reason is given."""
    return _show_override(get_desk_file(g.actor, draft_id), OverrideForm(formdata=None))


@blueprint.post("/desk/drafts/<int:draft_id>/override")
@access("gate.override")
def send_override(draft_id: int) -> Any:
    """Allow it."""
    file, form = get_desk_file(g.actor, draft_id), OverrideForm()
    with attempt(form) as tried:
        override_gate(g.actor, draft=file.draft, reason={"kk": form.reason_kk.data or "", "ru": form.reason_ru.data or ""})
    if not tried.done:
        return _show_override(file, form)
    flash(_("The discussion may be opened. The reason will stand on the page of the draft."), "success")
    return redirect(_opening(draft_id))


@blueprint.get("/desk/drafts/<int:draft_id>/delete")
@access("draft.edit")
def delete_form(draft_id: int) -> Page:
    """What would be lost."""
    file = get_desk_file(g.actor, draft_id)
    ensure_deletes(g.actor, file.draft)
    return _show_deletion(file, PlainForm())


@blueprint.post("/desk/drafts/<int:draft_id>/delete")
@access("draft.edit")
def send_deletion(draft_id: int) -> Any:
    """Throw it away."""
    file, form = get_desk_file(g.actor, draft_id), PlainForm()
    ensure_deletes(g.actor, file.draft)
    with attempt(form) as tried:
        delete_draft(g.actor, draft=file.draft)
    if not tried.done:
        return _show_deletion(file, form)
    flash(_("The draft is deleted."), "success")
    return redirect(url_for("drafts.desk"))


def _opening(draft_id: int) -> str:
    return address_of("consultation.open_consultation", draft_id) or url_for("drafts.overview", draft_id=draft_id)


def _show_override(file: DeskFile, form: OverrideForm) -> Page:
    missing = tuple(str(PARTS[code]) for code in list_unallowed(file.draft, file.texts))
    page = OverridePage(desk_head(file, "consultation.open_consultation"), missing, _opening(file.draft.id))
    return show("drafts/override.html", page, form)


def _show_deletion(file: DeskFile, form: PortalForm) -> Page:
    back = url_for("drafts.overview", draft_id=file.draft.id)
    return show("drafts/delete.html", DeletePage(desk_head(file, pgettext("page", "deletion")), back), form)
