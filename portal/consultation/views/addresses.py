"""At which address is a thing found, and where does a reader go on to?"""

from __future__ import annotations

from typing import Any

from flask import current_app, request, url_for

from portal.drafts.queries.comparative import table_row_of
from portal.web.pages import safe_next


def address_of(endpoint: str, **values: Any) -> str | None:
    """The address of another feature's page; None in a portal without that page."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else None


def sign_in_address(then: str) -> str:
    """Where to sign in and come back from."""
    return address_of("accounts.sign_in", next=then) or url_for("consultation.drafts")


def present_path() -> str:
    """This address with its query, to come back to."""
    return request.full_path.rstrip("?")


def absolute(path: str) -> str:
    """A permanent address to write down: with the portal's own host."""
    return str(current_app.config["SETTINGS"].base_url) + path


def onward(default: str, fragment: str = "") -> str:
    """Where the form's field `next` leads, never to another site."""
    target = safe_next(request.values.get("next"), default)
    return target.partition("#")[0] + (f"#{fragment}" if fragment else "")


def provision_address(draft_id: int, key: str, **more: Any) -> str:
    """The reading page with a provision chosen, at that provision."""
    if not key:
        return url_for("consultation.draft", draft_id=draft_id, _anchor="thread", **more)
    if (number := table_row_of(key)) is not None:
        return table_address(draft_id, row=number)
    return url_for("consultation.draft", draft_id=draft_id, provision=key, _anchor=key, **more)


def table_address(draft_id: int, version: int | None = None, row: int | None = None) -> str:
    """The comparative table, of the version under discussion unless another is given, at a row."""
    return url_for("consultation.comparative_table", draft_id=draft_id, version=version, row=row)
