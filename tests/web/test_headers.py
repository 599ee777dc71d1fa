"""What do the headers of every kind of answer promise?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from werkzeug.test import TestResponse

from portal.accounts.models import User
from portal.kernel.settings import Settings
from portal.web.access import public
from portal.web.flask_app import PortalApp
from tests.client import PageClient
from tests.journeys.world import World, build_world
from tests.make import Maker


def _break() -> str:
    raise RuntimeError("a mistake of ours")


def _every_kind(app: PortalApp, client: PageClient, world: World) -> dict[str, TestResponse]:
    """One answer of each kind the portal gives."""
    app.add_url_rule("/breaks", "breaks", public(_break))
    client.inspects = False
    draft = world.open.draft.id
    return {
        "page": client.get("/"),
        "reading page": client.get(f"/drafts/{draft}"),
        "redirect": client.get("/account"),
        "refused form": client.post("/register", data={"email": "x"}),
        "kept form": client.post("/account", data={"name": "x"}),
        "stale form": client.post("/account", data={"name": "x"}, csrf=False),
        "not found": client.get("/nowhere"),
        "no such draft": client.get("/drafts/999999"),
        "method": client.put("/"),
        "too large": client.post("/register", data={"name": "x" * 400_000}, csrf=False),
        "dead link": client.get("/reset-password/x"),
        "failure": client.get("/breaks"),
        "unknown host": client.get("/", headers={"Host": "evil.example"}),
        "json": client.get("/ledger/head.json"),
        "lines": client.get("/ledger/log.jsonl"),
        "robots": client.get("/robots.txt"),
        "health": client.get("/healthz"),
        "receipt file": client.get(f"/receipts/{world.receipt}.json"),
        "attachment": client.get(f"/drafts/{draft}/files/{world.public_attachment_id}"),
        "source": client.get(f"/drafts/{draft}/versions/1/kk/file"),
        "report": client.get(f"/drafts/{world.reported.draft.id}/report.docx"),
        "static": client.get("/static/css/base.css"),
        "static not found": client.get("/static/css/missing.css?v=1"),
        "head": client.head("/"),
        "options": client.options("/"),
    }


def _directives(answer: TestResponse) -> dict[str, str]:
    parts = [part.split(maxsplit=1) for part in answer.headers["Content-Security-Policy"].split(";")]
    return {part[0]: part[1] if len(part) > 1 else "" for part in parts}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, max_upload=300_000)


@pytest.fixture
def world(make: Maker) -> World:
    return build_world(make)


def test_every_answer_is_safe(app: PortalApp, client: PageClient, world: World) -> None:
    wrong = []
    for kind, answer in _every_kind(app, client, world).items():
        policy = _directives(answer)
        faults = [
            policy.get("default-src") != "'none'",
            # a sandboxed download needs no more words than that
            "sandbox" not in policy and (policy.get("base-uri"), policy.get("frame-ancestors")) != ("'none'", "'none'"),
            "sandbox" not in policy and policy.get("form-action") != "'self'",
            "unsafe" in str(policy) or "*" in str(policy) or "http" in str(policy) or "data:" in str(policy),
            answer.headers.get("X-Content-Type-Options") != "nosniff",
            answer.headers.get("Referrer-Policy") not in {"strict-origin-when-cross-origin", "no-referrer"},
            "geolocation=()" not in answer.headers.get("Permissions-Policy", ""),
            answer.headers.get("Cross-Origin-Opener-Policy") != "same-origin",
            "Strict-Transport-Security" in answer.headers,
            not answer.headers.get("Cache-Control"),
            "werkzeug" in answer.headers.get("Server", "").lower() or "X-Powered-By" in answer.headers,
        ]
        answer.close()
        wrong += [f"{kind}: fault {place} in {answer.headers}" for place, fault in enumerate(faults) if fault]
    assert not wrong, "\n".join(wrong)


def test_every_answer_has_the_status_of_its_kind(app: PortalApp, client: PageClient, world: World) -> None:
    statuses = {}
    for kind, answer in _every_kind(app, client, world).items():
        statuses[kind] = answer.status_code
        answer.close()
    refusals = {
        "redirect": 302, "refused form": 422, "kept form": 401, "stale form": 400, "not found": 404, "no such draft": 404,
        "method": 405, "too large": 413, "dead link": 410, "failure": 500, "unknown host": 400, "static not found": 404,
    }  # fmt: skip
    assert statuses == {**dict.fromkeys(statuses, 200), **refusals}


def test_downloads_are_never_opened_in_the_portal(app: PortalApp, client: PageClient, world: World) -> None:
    answers = _every_kind(app, client, world)
    for kind in ("attachment", "source", "report", "receipt file", "lines"):
        assert answers[kind].headers["Content-Disposition"].startswith("attachment"), kind
        assert answers[kind].mimetype != "text/html"
    for answer in answers.values():
        answer.close()


def _control(client: PageClient, url: str) -> str:
    answer = client.get(url)
    answer.close()
    return answer.headers["Cache-Control"]


def test_what_is_kept_for_how_long(
    app: PortalApp, client: PageClient, world: World, sign_in: Callable[..., User]
) -> None:
    client.inspects = False
    visitor = client.get("/")
    assert visitor.headers["Cache-Control"] == "no-cache"
    assert {"Cookie", "Accept-Language"} <= {part.strip() for part in visitor.headers["Vary"].split(",")}
    assert _control(client, "/static/css/base.css?v=1") == "public, max-age=31536000, immutable"
    assert _control(client, "/static/css/base.css") == "public, max-age=3600"
    sign_in(client, user=world.people["citizen"])
    for url in ("/", "/account", "/account/password", f"/drafts/{world.open.draft.id}", "/nowhere", "/my/comments"):
        assert _control(client, url) == "private, no-store", url


def test_what_is_not_there_is_not_kept_for_a_year(client: PageClient) -> None:
    """A file that a second server does not have yet must not be missing for ever."""
    answer = client.get("/static/css/missing.css?v=0123456789ab")
    assert answer.status_code == 404
    assert "immutable" not in answer.headers["Cache-Control"]
    assert "31536000" not in answer.headers["Cache-Control"]


def test_a_failure_is_not_kept(app: PortalApp, client: PageClient) -> None:
    app.add_url_rule("/breaks", "breaks", public(_break))
    assert client.get("/breaks").headers["Cache-Control"] in {"no-store", "private, no-store", "no-cache"}


def test_a_mere_visit_sets_no_cookie(client: PageClient, world: World) -> None:
    """Nobody is told apart before they sign in, choose a language or open a form."""
    for url in ("/", "/drafts", f"/drafts/{world.open.draft.id}", "/ledger", "/about", "/static/css/base.css"):
        answer = client.get(url)
        answer.close()
        assert "Set-Cookie" not in answer.headers, url


def test_cookies_of_a_portal_on_this_machine(client: PageClient) -> None:
    cookies = [*client.get("/sign-in").headers.getlist("Set-Cookie"), *client.get("/?lang=ru").headers.getlist("Set-Cookie")]
    assert {cookie.split("=")[0] for cookie in cookies} == {"session", "language"}
    for cookie in cookies:
        assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie and "Domain" not in cookie
        assert "Secure" not in cookie


def test_the_session_ends(client: PageClient, sign_in: Callable[..., User]) -> None:
    """Twelve hours after the last page, not with the browser's whole life."""
    sign_in(client)
    with client.session_transaction() as session:
        session.permanent = True
    cookie = next(c for c in client.get("/account").headers.getlist("Set-Cookie") if c.startswith("session="))
    assert "Expires=" in cookie


def test_no_cookie_travels_with_a_static_file(client: PageClient, sign_in: Callable[..., User]) -> None:
    """Caches keep static files for all: one person's session must not be among what they keep."""
    sign_in(client)
    with client.session_transaction() as session:
        session.permanent = True
    answer = client.get("/static/css/base.css?v=1")
    answer.close()
    assert "Set-Cookie" not in answer.headers and "Cookie" not in answer.headers.get("Vary", "")


class TestOverTls:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(settings, base_url="https://talqy.example", secret_key="k" * 40)

    @pytest.fixture
    def client(self, app: PortalApp) -> PageClient:
        client = app.test_client()
        client.environ_base["wsgi.url_scheme"] = "https"
        client.environ_base["HTTP_HOST"] = "talqy.example"
        return client

    def test_cookies_are_bound_to_it(self, client: PageClient) -> None:
        sign_in = client.get("/sign-in", base_url="https://talqy.example")
        chosen = client.get("/?lang=ru", base_url="https://talqy.example")
        cookies = [*sign_in.headers.getlist("Set-Cookie"), *chosen.headers.getlist("Set-Cookie")]
        assert {cookie.split("=")[0] for cookie in cookies} == {"__Host-session", "language"}
        for cookie in cookies:
            assert "Secure" in cookie and "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie, cookie

    def test_browsers_are_told_to_stay(self, client: PageClient) -> None:
        for url in ("/sign-in", "/nowhere", "/static/css/base.css"):
            answer = client.get(url, base_url="https://talqy.example")
            answer.close()
            value = answer.headers["Strict-Transport-Security"]
            assert int(value.split("max-age=")[1].split(";")[0]) >= 31536000

    def test_no_component_is_shown(self, client: PageClient) -> None:
        assert client.get("/components", base_url="https://talqy.example").status_code == 404
