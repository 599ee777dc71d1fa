"""What is there to administer?"""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.accounts.queries import count_people
from portal.admin.views.blueprint import Band, band, blueprint
from portal.consultation.queries.opinions import list_channels
from portal.drafts.queries.bodies import list_bodies
from portal.drafts.queries.reference import list_areas, list_transferred_days, list_types
from portal.kernel.clock import today
from portal.ledger.queries import count_entries
from portal.search.backends import IndexUnusable
from portal.search.index import entries_behind
from portal.web.access import access
from portal.web.formats import format_number
from portal.web.pages import Page, show


@dataclass(frozen=True)
class Card:
    """A section of administration and what is in it."""

    title: str
    url: str
    text: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class StartPage:
    """The sections."""

    band: Band
    cards: tuple[Card, ...]


@blueprint.get("/admin")
@access("admin.read")
def start() -> Page:
    """Each section with what it holds."""
    return show("admin/start.html", StartPage(band(_("Administration"), "admin.start"), (_bodies(), *_rules(), _people(), _search_index())))


def _bodies() -> Card:
    bodies = list_bodies()
    standing = [body for body in bodies if body.dissolved_on is None]
    nameless = sum(not body.name_kk for body in standing)
    notes = []
    if ended := len(bodies) - len(standing):
        notes.append(ngettext("%(count)s has ended", "%(count)s have ended", ended, count=format_number(ended)))
    if nameless:
        notes.append(_("without a name in Kazakh: %(count)s", count=format_number(nameless)))
    text = ngettext("%(count)s state body", "%(count)s state bodies", len(standing), count=format_number(len(standing)))
    return Card(_("State bodies"), url_for("admin.bodies"), text, tuple(notes))


def _rules() -> tuple[Card, ...]:
    types, areas = list_types(), list_areas()
    in_use = sum(not each.is_retired for each in types)
    used_areas = sum(not each.is_retired for each in areas)
    year, channels = today().year, len(list_channels())
    days = sum(day.on.year == year for day in list_transferred_days())
    return (
        Card(
            _("Act types"), url_for("admin.types"),
            ngettext("%(count)s type in use", "%(count)s types in use", in_use, count=format_number(in_use)),
            (_("Periods, articles of law, required parts of the package"),),
        ),
        Card(
            _("Policy areas"), url_for("admin.areas"),
            ngettext("%(count)s area in use", "%(count)s areas in use", used_areas, count=format_number(used_areas)),
        ),
        Card(
            _("Channels of opinions"), url_for("admin.channels"),
            ngettext("%(count)s channel", "%(count)s channels", channels, count=format_number(channels)),
            (_("How long an opinion may take and what silence means"),),
        ),
        Card(
            _("Days off"), url_for("admin.days"),
            ngettext("%(count)s day moved in %(year)s", "%(count)s days moved in %(year)s", days, count=format_number(days), year=str(year)),
            (_("Every period is counted by this calendar"),),
        ),
    )  # fmt: skip


def _people() -> Card:
    people = count_people("", None)
    text = ngettext("%(num)s account", "%(num)s accounts", people)
    return Card(_("People"), url_for("accounts.people"), text)


def _search_index() -> Card:
    try:
        waiting = entries_behind()
    except IndexUnusable:  # all of them, until it is built
        waiting = count_entries()
    text = ngettext("%(count)s entry to be indexed", "%(count)s entries to be indexed", waiting, count=format_number(waiting))
    return Card(_("Search index"), url_for("search.admin_index"), text)
