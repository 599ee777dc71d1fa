"""Where do the pages of accounts hang, and what have those that open by a mailed link in common?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint

from portal.web.pages import Page, show

blueprint = Blueprint("accounts", __name__)


@dataclass(frozen=True)
class DeadLinkPage:
    """A link that opens nothing any more; `purpose` is the value of `tokens.Purpose`."""

    purpose: str


def private(page: Page) -> Page:
    """A page whose address is a secret: it is named to nobody when the reader goes on."""
    return replace(page, headers={**page.headers, "Referrer-Policy": "no-referrer"})


def dead_link(purpose: str) -> Page:
    """The same answer for a link out of date, used, altered or made up."""
    return private(show("accounts/dead_link.html", DeadLinkPage(purpose), status=410))
