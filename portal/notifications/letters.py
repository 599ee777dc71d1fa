"""What does a letter say, in its reader's language?

A letter is the template `mail/<kind>.txt`: the first line is the subject, the text follows after an empty line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import force_locale

LONGEST_SUBJECT = 200


@dataclass(frozen=True)
class Letter:
    """Subject and text, without line breaks in the one and control characters in the other."""

    subject: str
    text: str


def write_letter(kind: str, language: str, values: Mapping[str, Any]) -> Letter:
    """The letter of a kind; every value its template names must be given."""
    subject, _, text = _render(kind, language, values).partition("\n\n")
    return Letter(_one_line(subject), text)


def write_farewell(language: str, stop_link: str) -> str:
    """The lines under a letter that one may do without, with the link that ends such letters."""
    return _render("stop", language, {"stop_link": stop_link})


def page_link(path: str) -> str:
    """The full address of a page."""
    return f"{current_app.config['SETTINGS'].base_url}{path}"


def endpoint_link(endpoint: str, **values: Any) -> str:
    """The full address of a view, outside a request too."""
    return page_link(current_app.url_map.bind("portal").build(endpoint, values))


def _render(kind: str, language: str, values: Mapping[str, Any]) -> str:
    template = current_app.jinja_env.get_template(f"mail/{kind}.txt")
    with force_locale(language):
        text = template.render(**values, portal=current_app.config["SETTINGS"].base_url)
    text = "".join(c for c in text if c == "\n" or unicodedata.category(c) != "Cc")
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SUBJECT else line[: LONGEST_SUBJECT - 1].rstrip() + "…"
