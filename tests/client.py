"""How do the tests visit the portal? Like a browser that reads every page with `check_page`."""

from __future__ import annotations

from typing import Any

from flask import g
from flask.testing import FlaskClient
from lxml import etree
from werkzeug.test import TestResponse

from tests.page import check_page, text_of


class PageClient(FlaskClient):
    """A client that inspects every HTML answer and adds the CSRF token to every POST.

    `csrf=False` in a call leaves the token out.
    """

    inspects = True
    _page: etree._Element | None = None

    @property
    def page(self) -> etree._Element:
        """The last HTML answer, parsed."""
        assert self._page is not None, "no page was visited yet"
        return self._page

    @property
    def words(self) -> str:
        """All words of the last page, white space collapsed."""
        return text_of(self.page)

    @property
    def main(self) -> etree._Element:
        """What the last page is about: without the header and the footer that all pages share."""
        return self.page.find(".//main")

    @property
    def main_words(self) -> str:
        return text_of(self.main)

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        csrf = kwargs.pop("csrf", True)
        data = kwargs.get("data")
        if csrf and kwargs.get("method") == "POST" and (data is None or isinstance(data, dict)):
            kwargs["data"] = {"csrf_token": self.token(), **(data or {})}
        response = self._visit(*args, **kwargs)
        if self.inspects and response.mimetype == "text/html" and response.status_code not in {301, 302, 303, 308}:
            html = response.get_data(as_text=True)
            if html:
                self._page = check_page(html)
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
