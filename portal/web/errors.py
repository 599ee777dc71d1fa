"""Which page answers an error, in the reader's language, with what to do next?"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Flask, Response, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException, SecurityError

from portal.kernel.db import db
from portal.kernel.errors import Conflict, DomainError, Invalid, NotFound, Refused, TooLarge
from portal.web.access import SignInNeeded
from portal.web.formats import format_day, format_moment, format_number
from portal.web.kept import KeptForm, keep_request
from portal.web.pages import Page

log = logging.getLogger(__name__)

# title, explanation, what to do next
NO_ACCESS = (
    _l("No access to this page"),
    _l("You do not have access to this page."),
    _l("Sign in with another account or go back."),
)
REQUEST_REFUSED = (
    _l("The request could not be processed"),
    _l("What was sent cannot be used."),
    _l("Go back, check what you entered and send it again."),
)
WORDS = {
    401: NO_ACCESS,
    403: NO_ACCESS,
    404: (
        _l("Page not found"),
        _l("There is no page at this address, or it is no longer public."),
        _l("Check the address or look the draft up by search."),
    ),
    405: (
        _l("This address cannot be opened that way"),
        _l("This address takes only forms that were filled in."),
        _l("Go back to the page with the form."),
    ),
    413: (
        _l("The file or text is too large"),
        _l("What was sent exceeds the permitted size."),
        _l("Go back, make it shorter or smaller and send it again."),
    ),
    429: (
        _l("Too many requests"),
        _l("Too many requests came from your address in a short time."),
        _l("Wait a few minutes and try again."),
    ),
    500: (
        _l("Service temporarily unavailable"),
        _l("Something on our side did not work. It has been written to the log."),
        _l("Try again later."),
    ),
}

AT_ONCE = _l(
    "Somebody changed the same thing at the same moment. Look at it as it is now and send yours again if it is still needed."
)
# what PostgreSQL (SQLSTATE) and SQLite say of two writers who met: twice the same, pointing at what is gone, deadlock
MET = {"23503", "23505", "40001", "40P01"}
MET_IN_SQLITE = ("UNIQUE constraint failed", "FOREIGN KEY constraint failed")

LOSING = {403, 404, 409, 429}  # refusals without the form, of which a browser forgets what was typed

STATUS: tuple[tuple[type[DomainError], int], ...] = (
    (SignInNeeded, 401),
    (NotFound, 404),
    (Refused, 403),
    (Conflict, 409),
    (TooLarge, 413),
    (Invalid, 422),
)


@dataclass(frozen=True)
class ErrorPage:
    """What went wrong, why, and what a person can do."""

    title: str
    explanation: str
    what_next: str
    kept: KeptForm | None = None  # what was sent and not taken: shown, so that no text is lost
    can_be_sent_again: bool = False


def status_of(error: DomainError) -> int:
    """The HTTP status of a domain error (RFC 9110)."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), 400)


def sentence(error: DomainError) -> str:
    """A domain error in the reader's language, its values formatted for it."""
    params = {name: _shown(value) for name, value in error.params.items()}
    if error.plural:
        return str(ngettext(error.message, error.plural, error.params["n"], **params))
    text = _(error.message)
    return str(text % params if params else text)


def _shown(value: Any) -> str:
    if isinstance(value, datetime):
        return format_moment(value)
    if isinstance(value, date):
        return format_day(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return format_number(value)
    return str(value)


def register_errors(app: Flask) -> None:
    """Give every kind of error its page."""
    app.register_error_handler(SignInNeeded, _ask_to_sign_in)
    app.register_error_handler(DomainError, _show_domain_error)
    app.register_error_handler(SecurityError, _refuse_host)
    app.register_error_handler(DBAPIError, _show_refused_by_database)
    app.register_error_handler(HTTPException, _show_http_error)
    app.register_error_handler(Exception, _show_failure)


def _ask_to_sign_in(error: SignInNeeded) -> Any:
    if request.method in {"GET", "HEAD"}:
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
    return Page("web/session_expired.html", keep_request(), status=401)


def _show_domain_error(error: DomainError) -> Page:
    db.session.rollback()
    return _error_page(status_of(error), sentence(error))


def _show_http_error(error: HTTPException) -> Any:
    db.session.rollback()
    if error.code is None or error.code < 400:
        return error
    page = _error_page(error.code, "")
    if error.code == 405 and (allowed := dict(error.get_headers()).get("Allow")):
        page.headers["Allow"] = allowed
    return page


def _refuse_host(error: SecurityError) -> Response:
    """A request for a host that is not ours gets words only: a page has links, and they would lead there."""
    sentences = ("Мұндай мекенжай жоқ.", "Такого адреса здесь нет.", "There is no such address here.")
    return Response("\n".join(sentences) + "\n", 400, mimetype="text/plain")


def _show_failure(error: Exception) -> Response:
    """Say so on a page that needs neither database nor session; the log has the rest."""
    db.session.rollback()
    # the rule and not the path: some paths are tokens
    log.exception("request failed: %s %s", request.method, request.url_rule)
    return make_response(render_template("errors/fallback.html"), 500)


def _show_refused_by_database(error: DBAPIError) -> Page | Response:
    """Rules look first and write then: of two who do that at once the database stops the second, who is told so."""
    met = getattr(error.orig, "sqlstate", None) in MET or str(error.orig).startswith(MET_IN_SQLITE)
    if not met or request.method in {"GET", "HEAD"}:
        return _show_failure(error)
    db.session.rollback()
    log.warning("two at once: %s %s: %s", request.method, request.url_rule, type(error.orig).__name__)
    return _error_page(409, str(AT_ONCE))


def _error_page(status: int, explanation: str) -> Page:
    title, general, what_next = _words(status)
    if status == 429:
        g.no_store = True
    kept = keep_request() if request.method == "POST" and status in LOSING else None
    return Page("errors/error.html", ErrorPage(title, explanation or general, what_next, kept, status == 429), status=status)


def _words(status: int) -> tuple[str, str, str]:
    """Title, explanation and what to do next."""
    title, explanation, what_next = WORDS.get(min(status, 500), REQUEST_REFUSED)
    return str(title), str(explanation), str(what_next)
