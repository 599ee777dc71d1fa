"""In which order does every request run?

locale → session → actor → CSRF → access declared by the view → one transaction (read-only when the method is safe) →
view → commit → page. A view that raises leaves nothing behind. What must happen after the commit is woken last.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from flask import Flask, Request, Response, current_app, g, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_wtf.csrf import generate_csrf, validate_csrf
from jinja2 import StrictUndefined
from werkzeug.datastructures import ImmutableDict, ImmutableMultiDict, iter_multi_items
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge
from werkzeug.routing import IntegerConverter, Map
from wtforms.validators import ValidationError

from portal.kernel.db import db, transaction_mode
from portal.web.access import Actor, check_access
from portal.web.kept import keep_request
from portal.web.pages import Page

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
LARGEST_ID = 2**31 - 1  # of an INTEGER column in PostgreSQL
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
MOST_FIELDS = 2000  # of one form: an answer to five hundred comments has some five hundred and ten


class Visitor:
    """Nobody in particular: the actor before accounts says who it is, and of pages that answer errors."""

    id: int | None = None
    is_signed_in = False
    name = ""
    role = "visitor"
    body_name = ""

    def may(self, permission: str) -> bool:
        return False


class PrintableValues(ImmutableMultiDict[str, Any]):
    """What an address or form says, without control characters: no page may hold them (HTML 5, 13.2.3.5), no text needs them."""

    def __init__(self, mapping: Any = None) -> None:
        pairs = list(iter_multi_items(mapping)) if mapping else []
        super().__init__([(key, CONTROLS.sub("", value) if isinstance(value, str) else value) for key, value in pairs])


class PortalRequest(Request):
    """A request whose values can be printed."""

    parameter_storage_class = PrintableValues


class IdConverter(IntegerConverter):
    """An id in an address. A number that no column holds is an address without a page, not a failing query."""

    def __init__(self, map: Map, *args: Any, **options: Any) -> None:
        super().__init__(map, *args, **{"max": LARGEST_ID, **options})


class AddressMap(Map):
    """The portal's addresses: `<int:...>` is an id."""

    default_converters = ImmutableDict({**Map.default_converters, "int": IdConverter})


class PageSessions(SecureCookieSessionInterface):
    """Sessions of pages. A static file is anybody's and kept by caches for long: no cookie may travel with it."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if request.endpoint != "static":
            super().save_session(app, session, response)


class PortalApp(Flask):
    """Flask with the portal's request order."""

    session_interface = PageSessions()
    request_class = PortalRequest
    url_map_class = AddressMap
    # a name a template does not have is an error, not an empty string; whitespace of tags is not sent
    jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    identify: Callable[[], Actor] = staticmethod(Visitor)
    after_commit: list[Callable[[], None]]

    def dispatch_request(self) -> Any:
        """One request, one transaction, one commit."""
        g.actor = Visitor()
        if request.endpoint == "static":
            return super().dispatch_request()
        mode = "read" if request.method in SAFE else "write"
        if mode == "write":
            _receive_form()
        with transaction_mode(mode):  # type: ignore[arg-type]
            try:
                result = self._run(mode)
            except BaseException:
                db.session.rollback()
                raise
        if mode == "write":
            for wake in self.after_commit:
                wake()
        return result

    def _run(self, mode: str) -> Any:
        g.actor = self.identify()
        if request.routing_exception is not None:
            self.raise_routing_exception(request)
        if mode == "write" and (stale := _stale_form()):
            return stale
        if request.method != "OPTIONS":
            check_access(self.view_functions[request.endpoint or ""], g.actor)
        result = super().dispatch_request()
        if mode == "write":
            db.session.commit()
        else:
            db.session.rollback()
        return result

    def make_response(self, rv: Any) -> Response:
        """Views may return a `Page`; it is rendered here, after the commit."""
        return rv.to_response() if isinstance(rv, Page) else super().make_response(rv)


def _receive_form() -> None:
    """Wait for the whole form before the transaction begins: whoever sends it slowly must not hold up all who write.

    The fields of one without files are counted before they are parsed; the parser bounds only those with files.
    """
    if request.mimetype == "application/x-www-form-urlencoded" and request.get_data().count(b"&") > MOST_FIELDS:
        raise RequestEntityTooLarge
    request.form  # noqa: B018 - read and parsed here, then remembered


def _stale_form() -> Page | None:
    """A form without a valid token comes back with all that was typed in it, unless another site sent it (CWE-352)."""
    if not current_app.config.get("CSRF_CHECKED", True):
        return None
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "by_mail_program", False) and request.form.get("List-Unsubscribe") == "One-Click":
        return None
    token = request.form.get("csrf_token") or request.headers.get("X-CSRF-Token")
    try:
        validate_csrf(token)
    except ValidationError:
        if _is_from_elsewhere():
            raise BadRequest from None
        return Page("web/stale_form.html", keep_request(), status=400)
    return None


def _is_from_elsewhere() -> bool:
    """Did a page of another site send the form? The browser says so; programs and very old ones say nothing."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        return site not in {"same-origin", "none"}
    return origin is not None and origin.partition("://")[2] != request.host


def register_context(app: PortalApp, **more: Any) -> None:
    """The names every template has."""
    app.jinja_env.globals.update(csrf_token=generate_csrf, **more)

    @app.context_processor
    def ambient() -> dict[str, Any]:
        return {"actor": g.get("actor") or Visitor(), "current_path": request.full_path.rstrip("?")}

