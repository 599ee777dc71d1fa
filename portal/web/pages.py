"""What does a view return, so that the page is made after the commit and without a single query?"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from math import ceil
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from flask import Response, current_app, make_response, render_template, request

from portal.kernel.db import no_queries

LONGEST_VALUE = 2000  # characters of one value of a query that go on to another page
PLAIN = "!$'()*,/:;@"  # stand in an address as they are


@dataclass(frozen=True)
class Page:
    """A template with the frozen object it shows and, where there is one, its form."""

    template: str
    page: Any = None
    form: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    def to_response(self) -> Response:
        """Render; a statement sent to the database meanwhile raises `QueryWhileRendering`."""
        with no_queries():
            body = render_template(self.template, page=self.page, form=self.form)
        return make_response(body, self.status, self.headers)


def show(template: str, page: Any = None, form: Any = None, status: int | None = None) -> Page:
    """A page; one whose form has errors answers 422 or what the form's refusal says."""
    if status is None:
        status = getattr(form, "status", 422) if form is not None and form.errors else 200
    return Page(template, page, form, status)


@dataclass(frozen=True)
class PageNumbers:
    """Where the reader stands in a long list. Pages count from 1."""

    number: int
    size: int
    total: int

    @property
    def count(self) -> int:
        return max(1, ceil(self.total / self.size))

    @property
    def first(self) -> int:
        """The place of the first item shown, from 1; 0 in an empty list."""
        return min(self.total, (self.number - 1) * self.size + 1)

    @property
    def last(self) -> int:
        return min(self.total, self.number * self.size)

    @property
    def shown(self) -> tuple[int | None, ...]:
        """Page numbers to link, None for a gap: 1 … 4 5 6 … 20."""
        near = {1, self.count, self.number - 1, self.number, self.number + 1}
        numbers = sorted(n for n in near if 1 <= n <= self.count)
        result: list[int | None] = []
        for number in numbers:
            if result and number - (result[-1] or 0) > 1:
                result.append(None)
            result.append(number)
        return tuple(result)

    def url(self, number: int) -> str:
        """The present address with another page number."""
        return here(page=number if number > 1 else None)


def page_numbers(total: int, size: int = 20) -> PageNumbers:
    """The reader's place from `?page=`; anything odd or out of range becomes the nearest page."""
    text = request.args.get("page", "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 1
    last = max(1, ceil(total / size))
    return PageNumbers(min(max(number, 1), last), size, total)


def here(**changes: Any) -> str:
    """The present address with some of its query changed; None takes a value out.

    Whatever stands in the query stays a query: no name in it can reach another page, and a value longer than any
    page looks for is cut.
    """
    values: dict[str, Any] = {name: [text[:LONGEST_VALUE] for text in request.args.getlist(name)] for name in request.args}
    values.update({name: [value] for name, value in changes.items()})
    pairs = [(name, value) for name, several in values.items() for value in several if value not in (None, "")]
    path = request.script_root + "/" + quote(request.path.lstrip("/"), safe=PLAIN)
    return f"{path}?{urlencode(pairs, safe=PLAIN)}" if pairs else path


def safe_next(target: str | None, default: str = "/") -> str:
    """A path of this portal to go on to, never another site (CWE-601)."""
    if not target or not target.startswith("/") or target.startswith("//") or "\\" in target:
        return default
    return target if target.isprintable() and len(target) <= 2000 else default


def asset(path: str) -> str:
    """The address of a static file, changing with its content so that it may be cached for ever."""
    return f"/static/{path}?v={_fingerprint(str(Path(current_app.static_folder or '') / path))}"


@lru_cache(maxsize=512)
def _fingerprint(path: str) -> str:
    file = Path(path)
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12] if file.is_file() else "missing"
