"""How do the tests visit the portal? Like a browser that reads every page with `check_page`."""

from __future__ import annotations

from typing import Any

from flask import g
from flask.testing import FlaskClient
from lxml import etree
from werkzeug.test import TestResponse

from tests.page import check_page


class PageClient(FlaskClient):
    """A client that inspects every HTML answer and adds the CSRF token to every POST.

    `page` is the last HTML answer, parsed. `csrf=False` in a call leaves the token out.
    """

    page: etree._Element | None = None
    inspects = True

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        csrf = kwargs.pop("csrf", True)
        data = kwargs.get("data")
        if csrf and kwargs.get("method") == "POST" and (data is None or isinstance(data, dict)):
            kwargs["data"] = {"csrf_token": self.token(), **(data or {})}
        response = self._visit(*args, **kwargs)
        if self.inspects and response.mimetype == "text/html" and response.status_code not in {301, 302, 303, 308}:
            html = response.get_data(as_text=True)
            if html:
                self.page = check_page(html)
        return response

    def token(self) -> str:
        """A CSRF token of this client's session."""
        response = self._visit("/sign-in")
        root = check_page(response.get_data(as_text=True)) if response.status_code == 200 else None
        found = root.find(".//input[@name='csrf_token']") if root is not None else None
        if found is not None:
            return str(found.get("value"))
        return str(self._visit("/testing/token").get_data(as_text=True))

    def _visit(self, *args: Any, **kwargs: Any) -> TestResponse:
        """One request, with nothing in `g` of those before, although all share the test's application context."""
        vars(g._get_current_object()).clear()
        return super().open(*args, **kwargs)
