"""Does every refusal have a friendly page in three languages, with the right status and nothing of our insides on it?"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from werkzeug.exceptions import BadGateway, Gone, ImATeapot, ServiceUnavailable, UnsupportedMediaType

from portal.accounts.models import User
from portal.kernel.errors import Conflict, Invalid, NotFound, Refused, TooLarge, Unreadable
from portal.kernel.settings import Settings
from portal.web.access import public
from portal.web.flask_app import PortalApp
from tests.client import PageClient
from tests.make import Maker
from tests.page import check_page, text_of

TITLES = {
    403: {"kk": "Бұл бетке рұқсатыңыз жоқ", "ru": "Нет доступа к этой странице", "en": "No access to this page"},
    404: {"kk": "Бет табылмады", "ru": "Страница не найдена", "en": "Page not found"},
    405: {"en": "This address cannot be opened that way"},
    413: {"en": "The file or text is too large"},
    429: {"en": "Too many requests"},
}
LANGUAGES = ("kk", "ru", "en")
# what a page about a failure must never tell
INSIDES = ("Traceback", "sqlite", "SELECT", "RuntimeError", "/portal/", ".py", "werkzeug", "secret words")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, max_upload=50_000)


def _break() -> str:
    raise RuntimeError("secret words of a mistake")


def _visit(client: PageClient, language: str, status: int, sign_in: Callable[..., User]) -> str:
    """An answer of this status in a language, checked as a page."""
    client.set_cookie("language", language)
    if status == 403:
        sign_in(client, "citizen")
        answer = client.get("/people")
    elif status == 404:
        answer = client.get("/nowhere/at/all")
    elif status == 405:
        answer = client.put("/drafts")
    elif status == 413:
        answer = client.post("/register", data={"name": "х" * 30_000}, csrf=False)
    else:
        for _ in range(11):
            answer = client.post("/sign-in", data={"email": "a@example.kz", "password": "x"})
    assert answer.status_code == status
    assert answer.headers["Content-Language"] == language
    check_page(answer.text, language)
    return answer.text


@pytest.mark.parametrize("status", [403, 404, 405, 413])
def test_in_three_languages(client: PageClient, sign_in: Callable[..., User], status: int) -> None:
    pages = {language: _visit(client, language, status, sign_in) for language in LANGUAGES}
    titles = {language: text_of(check_page(page).find(".//h1")) for language, page in pages.items()}
    assert len(set(titles.values())) == 3, titles
    for language, title in TITLES[status].items():
        assert titles[language] == title
    for page in pages.values():
        assert not [word for word in INSIDES if word in page]
        assert 'href="/"' in page, "a way on"


class TestTooMany:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(settings, limits_enabled=True)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_in_three_languages(self, client: PageClient, sign_in: Callable[..., User], language: str) -> None:
        page = _visit(client, language, 429, sign_in)
        title = text_of(check_page(page).find(".//h1"))
        assert title == TITLES[429]["en"] if language == "en" else title != TITLES[429]["en"]

    def test_says_how_long_to_wait(self, client: PageClient, sign_in: Callable[..., User]) -> None:
        _visit(client, "en", 429, sign_in)
        answer = client.post("/sign-in", data={"email": "a@example.kz", "password": "x"})
        assert 0 < int(answer.headers["Retry-After"]) <= 300


def test_a_failure_says_so_in_all_languages_at_once(app: PortalApp, client: PageClient) -> None:
    app.add_url_rule("/breaks", "breaks", public(_break), methods=["GET", "POST"])
    for answer in (client.get("/breaks"), client.post("/breaks", data={"text": "typed"})):
        assert answer.status_code == 500
        for words in ("Қызмет уақытша қолжетімсіз", "Сервис временно недоступен", "The service is temporarily unavailable"):
            assert words in answer.text
        assert not [word for word in INSIDES if word in answer.text]


def test_a_failure_while_the_database_is_away(app: PortalApp, client: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page of a failure needs nothing that may have failed."""

    def away() -> None:
        raise OSError("the disk is gone: secret words")

    app.identify = away  # type: ignore[method-assign,assignment]
    answer = client.get("/")
    assert answer.status_code == 500
    assert "The service is temporarily unavailable" in answer.text
    assert not [word for word in INSIDES if word in answer.text]


def test_a_page_that_cannot_be_made(app: PortalApp, client: PageClient) -> None:
    """Outside of tests a mistake in a template ends in the same page, not in the server's own words."""
    app.add_url_rule("/torn", "torn", public(lambda: app.make_response(None)))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = client.get("/torn")
    assert answer.status_code == 500
    assert "Internal Server Error" not in answer.text or "<main" in answer.text


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFound("There is no such draft."), 404), (Refused("The draft was withdrawn already."), 403),
        (Conflict("The address is confirmed already."), 409), (Invalid("Choose a vote from the list."), 422),
        (TooLarge("A name has 400 characters at most."), 413), (Unreadable("Choose a file."), 422),
        (Gone(), 410), (ImATeapot(), 418), (UnsupportedMediaType(), 415), (ServiceUnavailable(), 503), (BadGateway(), 502),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_is_a_page(app: PortalApp, client: PageClient, error: Exception, status: int, language: str) -> None:
    def refuse() -> str:
        raise error

    app.add_url_rule("/refuses", "refuses", public(refuse))
    client.set_cookie("language", language)
    answer = client.get("/refuses")
    assert answer.status_code == status
    check_page(answer.text, language)


def test_a_refusal_escapes_what_was_typed(app: PortalApp, client: PageClient) -> None:
    def refuse() -> str:
        raise Invalid("“%(value)s” is not the number of an entry.", value="<script>alert(1)</script>%(x)s%s")

    app.add_url_rule("/refuses", "refuses", public(refuse))
    answer = client.get("/refuses")
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text and "&lt;script&gt;alert(1)&lt;/script&gt;%(x)s%s" in answer.text


def test_405_says_what_is_allowed(client: PageClient) -> None:
    assert set(client.delete("/drafts").headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert "POST" in client.get("/sign-out").headers["Allow"]


def test_the_language_of_a_missing_page_can_be_switched(client: PageClient) -> None:
    client.get("/nowhere?q=1")
    links = {a.get("href") for a in client.page.iter("a") if "lang=" in (a.get("href") or "")}
    assert {"/nowhere?q=1&lang=kk", "/nowhere?q=1&lang=ru"} <= links
    assert client.get("/nowhere?q=1&lang=ru").headers["Content-Language"] == "ru"


def test_a_missing_page_leads_nowhere_else(client: PageClient) -> None:
    """`//evil.example` is a path of ours when asked for, and another site when linked to."""
    client.inspects = False
    for path in ("//evil.example/x", "/\\evil.example", "/a\r\nX: 1", "/.//evil.example"):
        answer = client.get("/", environ_overrides={"PATH_INFO": path})
        assert answer.status_code in {308, 404}, path
        assert "X" not in answer.headers
        if answer.status_code == 404:
            root = check_page(answer.text)
            hrefs = [a.get("href") for a in root.iter("a", "link") if a.get("href")]
            assert not [href for href in hrefs if href.startswith(("//", "/\\", "http://evil"))], hrefs
        else:
            assert not (answer.location or "").startswith("//"), answer.location


def test_too_large_a_file(client: PageClient, make: Maker, sign_in: Callable[..., User]) -> None:
    draft = make.draft()
    sign_in(client, "drafter", body=make.body())
    data = {"csrf_token": client.token(), "file_kk": (io.BytesIO(b"x" * 60_000), "law.docx")}
    answer = client.post(f"/desk/drafts/{draft.id}/text", data=data, csrf=False)
    assert answer.status_code == 413
    assert text_of(check_page(answer.text).find(".//h1")) == TITLES[413]["en"]
