"""Does every template compile, escape and keep to the page rules?"""

from __future__ import annotations

import re

import pytest

from portal.web.flask_app import PortalApp
from tests.law.source import ROOT

TEMPLATES = sorted(path.relative_to(ROOT / "templates").as_posix() for path in (ROOT / "templates").rglob("*.*"))
FORBIDDEN = {
    r"\|\s*safe\b": "|safe stands nowhere outside kernel.markup",
    r"<style\b": "no inline style sheet",
    r"\sstyle=": "no inline style",
    r"\son[a-z]+=[\"']": "no inline handler",
    r"<script(?![^>]*\bsrc=)(?![^>]*application/)": "no inline script",
    r"autoescape\s+false": "escape everything",
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_template(app: PortalApp, name: str) -> None:
    app.jinja_env.get_template(name)
    text = (ROOT / "templates" / name).read_text("utf-8")
    broken = [why for pattern, why in FORBIDDEN.items() if re.search(pattern, text)]
    assert not broken, broken


def test_undefined_names_are_errors(app: PortalApp) -> None:
    assert app.jinja_env.undefined.__name__ == "StrictUndefined"
