"""How does an administrator keep the list of policy areas?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, url_for
from flask_babel import gettext as _
from flask_babel import pgettext

from portal.admin.forms import AreaForm
from portal.admin.views.blueprint import Band, band, blueprint
from portal.drafts.actions.reference import AreaCard, save_area
from portal.drafts.models import LANGUAGES, PolicyArea
from portal.drafts.queries.reference import find_area, get_area, list_areas
from portal.kernel.errors import Conflict
from portal.web.access import access
from portal.web.forms import attempt
from portal.web.locale import current_language
from portal.web.pages import Page, show


@dataclass(frozen=True)
class AreasPage:
    """Every area: ((name, address), code, state) a line."""

    band: Band
    rows: tuple[tuple[tuple[str, str], str, str], ...]


@dataclass(frozen=True)
class AreaPage:
    """One area."""

    band: Band
    is_new: bool


@blueprint.get("/admin/areas")
@access("admin.read")
def areas() -> Page:
    """Every area in its order."""
    language = current_language()
    rows = tuple(
        (
            (area.name(language), url_for("admin.area", area_id=area.id)), area.code,
            pgettext("type", "retired") if area.is_retired else pgettext("type", "in use"),
        )
        for area in list_areas()
    )  # fmt: skip
    return show("admin/areas.html", AreasPage(band(_("Policy areas"), "admin.areas"), rows))


@blueprint.get("/admin/areas/new")
@access("reference.manage")
def new_area() -> Page:
    """A form for one more area."""
    return _show(AreaForm())


@blueprint.post("/admin/areas/new")
@access("reference.manage")
def create_area() -> Any:
    """Add it."""
    form = AreaForm()
    if not form.was_sent_and_is_valid():
        return _show(form)
    with attempt(form) as tried:
        if find_area(form.code.data or "") is not None:
            raise Conflict("There is a policy area with the code “%(code)s” already.", code=form.code.data, field="code")
        save_area(g.actor, card=_card(form, form.code.data or ""))
    return _saved() if tried.done else _show(form)


@blueprint.get("/admin/areas/<int:area_id>")
@access("admin.read")
def area(area_id: int) -> Page:
    """One area."""
    found = get_area(area_id)
    data: dict[str, Any] = {f"name_{code}": getattr(found, f"name_{code}") for code in LANGUAGES}
    data |= {"code": found.code, "position": found.position, "is_retired": found.is_retired}
    return _show(AreaForm(data=data), found)


@blueprint.post("/admin/areas/<int:area_id>")
@access("reference.manage")
def change_area(area_id: int) -> Any:
    """Save it."""
    found, form = get_area(area_id), AreaForm()
    if not form.was_sent_and_is_valid():
        return _show(form, found)
    with attempt(form) as tried:
        save_area(g.actor, card=_card(form, found.code))
    return _saved() if tried.done else _show(form, found)


def _card(form: AreaForm, code: str) -> AreaCard:
    return AreaCard(code, form.names(), bool(form.is_retired.data), form.position.data)


def _saved() -> Any:
    flash(_("The policy area is saved."), "success")
    return redirect(url_for("admin.areas"))


def _show(form: AreaForm, found: PolicyArea | None = None) -> Page:
    title = found.name(current_language()) if found else pgettext("page", "Add a policy area")
    return show("admin/area.html", AreaPage(band(title, "admin.areas"), found is None), form)
