"""Is the portal well enough to answer, and how do its components look?"""

from __future__ import annotations

import logging
from collections.abc import Callable

from flask import Blueprint, Response, current_app, jsonify

from portal.kernel.errors import NotFound
from portal.web.access import public
from portal.web.components_page import components_page
from portal.web.pages import Page

log = logging.getLogger(__name__)
blueprint = Blueprint("web", __name__)


@blueprint.get("/healthz")
@public
def healthz() -> tuple[Response, int]:
    """200 while the database, the queue and the index answer; otherwise 503, naming what does not."""
    checks: dict[str, Callable[[], object]] = current_app.extensions["health"]
    answers = {name: _answers(name, check) for name, check in checks.items()}
    return jsonify(answers), 200 if set(answers.values()) <= {"ok"} else 503


@blueprint.get("/components")
@public
def components() -> Page:
    """Every component in every state; only on a portal that serves its own machine."""
    if not current_app.config["SETTINGS"].is_local:
        raise NotFound("There is no page at this address, or it is no longer public.")
    return components_page()


def _answers(name: str, check: Callable[[], object]) -> str:
    try:
        check()
    except Exception as error:  # asked every few seconds: one line says it
        log.error("health check failed: %s: %s", name, error)
        return "failing"
    return "ok"
