"""Where do the pages of administration hang, and what stands at the head of each?"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, g, url_for
from flask_babel import gettext as _
from flask_babel import pgettext

blueprint = Blueprint("admin", __name__)

Tab = tuple[str, str, bool, int | None]


@dataclass(frozen=True)
class Band:
    """The head of a page: where the reader is and what the other pages are; `may_change` says what the reader may."""

    title: str
    tabs: tuple[Tab, ...]
    may_change: bool


def band(title: str, endpoint: str) -> Band:
    """The head of a page that belongs to the section with this endpoint."""
    sections = (
        ("admin.start", pgettext("administration", "Overview")),
        ("admin.bodies", _("State bodies")),
        ("admin.types", _("Act types")),
        ("admin.areas", _("Policy areas")),
        ("admin.channels", _("Channels of opinions")),
        ("admin.days", _("Days off")),
        ("accounts.people", _("People")),
    )
    tabs = tuple((label, url_for(name), name == endpoint, None) for name, label in sections)
    return Band(title, tabs, g.actor.may("reference.manage"))
