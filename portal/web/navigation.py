"""Which links stand at the top of every page?"""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, request, url_for
from flask_babel import gettext as _


@dataclass(frozen=True)
class Link:
    """One link of the navigation."""

    label: str
    url: str
    is_current: bool


def navigation() -> tuple[Link, ...]:
    """The links of the public header, in order; a feature that is not there has no link."""
    wanted = (
        ("consultation.drafts", _("Drafts"), "/drafts"),
        ("search.search", _("Search"), "/search"),
        ("reports.bodies", _("State bodies"), "/bodies"),
        ("reports.reports", _("Reports"), "/reports"),
    )
    return tuple(
        Link(label, url_for(endpoint), request.path == start or request.path.startswith(start + "/"))
        for endpoint, label, start in wanted
        if endpoint in current_app.view_functions
    )
