"""Which links stand at the top and foot of every page, for whom?

A page that belongs to another section than its address says names that section's address in `g.section`.
Links name endpoints of features higher on the ladder as words, not imports; one that is not there is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import current_app, g, request, url_for
from flask_babel import gettext as _


@dataclass(frozen=True)
class Link:
    """One link of the navigation."""

    label: str
    url: str
    is_current: bool


def navigation() -> tuple[Link, ...]:
    """The sections of the public portal, in order."""
    return _links(
        (
            ("consultation.drafts", _("Drafts")),
            ("search.search", _("Search")),
            ("reports.bodies", _("State bodies")),
            ("reports.reports", _("Reports")),
        )
    )


def desk_navigation() -> tuple[Link, ...]:
    """The sections of the desk, for what the actor may do."""
    wanted = (
        ("desk.open", "drafts.desk", _("My drafts")),
        ("inbox.read", "consultation.inbox", _("Comments received")),
        ("report.read_unpublished", "reports.desk_reports", _("Reports")),
        ("moderation.read", "consultation.moderation_queue", _("Moderation")),
        ("admin.read", "admin.start", _("Administration")),
    )
    return _links((endpoint, label) for permission, endpoint, label in wanted if g.actor.may(permission))


def account_links() -> tuple[tuple[str, str, bool], ...]:
    """(label, address, is it a form) for the menu under one's name."""
    if not g.actor.is_signed_in:
        return ()
    links = [(link.label, link.url, False) for link in desk_navigation()]
    links += [(link.label, link.url, False) for link in _links(
        (("consultation.my_comments", _("My comments")), ("search.saved_searches", _("My searches")), ("accounts.account", _("My page")))
    )]  # fmt: skip
    if "accounts.sign_out" in current_app.view_functions:
        links.append((_("Sign out"), url_for("accounts.sign_out"), True))
    return tuple(links)


def footer_links() -> tuple[tuple[str, str], ...]:
    """(label, address) of the standing pages."""
    pages = (
        ("about", _("About the portal")),
        ("help", _("Help")),
        ("rules", _("Rules of conduct")),
        ("accessibility", _("Accessibility statement")),
        ("privacy", _("Privacy policy")),
        ("terms", _("Terms of use")),
    )
    standing = [(label, f"/{name}") for name, label in pages if "home.standing_page" in current_app.view_functions]
    public = (("consultation.duties", _("Duties and their terms")), ("ledger.entries", _("Public record")), ("ledger.receipts", _("Check a receipt")), ("consultation.moderation_log", _("Moderation log")))
    return (*standing, *((link.label, link.url) for link in _links(public)))


def _links(wanted: Iterable[tuple[str, str]]) -> tuple[Link, ...]:
    there = [(label, url_for(endpoint)) for endpoint, label in wanted if endpoint in current_app.view_functions]
    path = g.get("section") or request.path
    # of /desk and /desk/comments the longer one is where the reader is
    above = [url for label, url in there if path == url or path.startswith(url + "/")]
    current = max(above, key=len, default=None)
    return tuple(Link(label, url, url == current) for label, url in there)
