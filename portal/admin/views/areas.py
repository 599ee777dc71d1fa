"""How does an administrator keep the list of policy areas?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import g, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext, pgettext

from portal.admin.forms import AreaForm
from portal.admin.views.blueprint import Band, band, blueprint
from portal.admin.views.reference import Table, named
from portal.drafts.actions.reference import AreaCard, save_area
from portal.drafts.models import PolicyArea
from portal.drafts.queries.reference import find_area, get_area, list_areas
from portal.kernel.errors import Conflict
from portal.web.access import access
from portal.web.locale import current_language
from portal.web.pages import Page, show


@dataclass(frozen=True)
class AreasPage:
    """Every area: ((name, address), code, state) a line."""

    band: Band
    rows: tuple[tuple[tuple[str, str], str, str], ...]


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
    return AREAS.show(AreaForm())


@blueprint.post("/admin/areas/new")
@access("reference.manage")
def create_area() -> Any:
    """Add it."""
    return AREAS.take(AreaForm())


@blueprint.get("/admin/areas/<int:area_id>")
@access("admin.read")
def area(area_id: int) -> Page:
    """One area."""
    found = get_area(area_id)
    return AREAS.show(AreaForm(data={**named(found), "position": found.position, "is_retired": found.is_retired}), found)


@blueprint.post("/admin/areas/<int:area_id>")
@access("reference.manage")
def change_area(area_id: int) -> Any:
    """Save it."""
    return AREAS.take(AreaForm(), get_area(area_id))


def _save(form: AreaForm, row: PolicyArea | None) -> None:
    code = row.code if row else form.code.data or ""
    if row is None and find_area(code) is not None:
        raise Conflict("There is a policy area with the code “%(code)s” already.", code=code, field="code")
    save_area(g.actor, card=AreaCard(code, form.names(), bool(form.is_retired.data), form.position.data))


AREAS = Table(
    "admin.areas", "admin/area.html", _l("Policy areas"), lazy_pgettext("page", "Add a policy area"),
    _l("The policy area is saved."), _save,
)  # fmt: skip
