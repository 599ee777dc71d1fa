"""Does every request run in the order the portal promises, and leave nothing behind when it fails?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import redirect

from portal.accounts.models import User
from portal.kernel.db import QueryWhileRendering, db
from portal.kernel.errors import Refused
from portal.kernel.settings import Settings
from portal.ledger.models import Entry
from portal.web.access import access, public
from portal.web.flask_app import PortalApp
from portal.web.pages import Page, safe_next
from tests.client import PageClient
from tests.make import Maker


def _rename(name: str) -> None:
    user = db.session.scalar(db.select(User))
    assert user is not None
    user.name = name
    db.session.flush()


def _name() -> str | None:
    db.session.rollback()
    return db.session.scalar(db.select(User.name))


def _writer(app: PortalApp, *methods: str, then: Callable[[], Any] = lambda: redirect("/done")) -> None:
    def write() -> Any:
        _rename("Changed")
        return then()

    app.add_url_rule("/writes", "writes", public(write), methods=list(methods))


def _raise(error: Exception) -> Callable[[], Any]:
    def raising() -> Any:
        raise error

    return raising


def test_a_visit_that_writes_fails_and_writes_nothing(app: PortalApp, client: PageClient, make: Maker) -> None:
    make.user(name="As it was")
    _writer(app, "GET")
    assert client.get("/writes").status_code == 500
    assert client.head("/writes").status_code == 500
    assert _name() == "As it was"


def test_what_is_sent_is_kept(app: PortalApp, client: PageClient, make: Maker) -> None:
    make.user(name="As it was")
    _writer(app, "POST")
    assert client.post("/writes").location == "/done"
    assert _name() == "Changed"


@pytest.mark.parametrize(
    ("error", "status"), [(RuntimeError("a mistake of ours"), 500), (Refused("The draft was withdrawn already."), 403)]
)
def test_what_fails_leaves_nothing_and_wakes_nobody(
    app: PortalApp, client: PageClient, make: Maker, error: Exception, status: int
) -> None:
    make.user(name="As it was")
    _writer(app, "POST", then=_raise(error))
    woken: list[str] = []
    app.after_commit.append(lambda: woken.append("followers"))
    assert client.post("/writes").status_code == status
    assert _name() == "As it was"
    assert not woken


def test_followers_are_woken_by_what_was_committed(app: PortalApp, client: PageClient, make: Maker) -> None:
    make.user(name="As it was")
    names: list[str | None] = []
    app.after_commit.append(lambda: names.append(_name()))
    _writer(app, "GET", "POST")
    assert client.get("/sign-in").status_code == 200
    assert not names, "a visit changes nothing, so there is nothing to follow"
    client.post("/writes")
    assert names == ["Changed"]


def test_a_page_is_made_without_a_query(app: PortalApp, client: PageClient, make: Maker) -> None:
    make.user()

    class Lazy:
        title = explanation = "A page that looks while it is made"
        kept = None

        @property
        def what_next(self) -> str:
            return str(db.session.scalar(db.select(User.name)))

    app.add_url_rule("/lazy", "lazy", public(lambda: Page("errors/error.html", Lazy())))
    with pytest.raises(QueryWhileRendering):
        client.get("/lazy")


def test_access_is_asked_before_the_view_runs(app: PortalApp, client: PageClient) -> None:
    ran: list[str] = []
    app.add_url_rule("/secret", "secret", access("people.manage")(lambda: ran.append("view") or "secret"), methods=["GET", "POST"])
    answer = client.get("/secret?a=1&b=2")
    assert (answer.status_code, answer.location) == (302, "/sign-in?next=/secret?a%3D1%26b%3D2")
    assert client.post("/secret").status_code == 401
    assert not ran


def test_looking_and_asking(client: PageClient) -> None:
    assert client.head("/").status_code == 200
    assert client.head("/").data == b""
    answer = client.options("/sign-in")
    assert answer.status_code == 200
    assert {"GET", "HEAD", "POST", "OPTIONS"} == set(answer.headers["Allow"].split(", "))


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "ABC"])
def test_other_methods_are_refused(client: PageClient, make: Maker, method: str) -> None:
    entries = db.session.scalar(db.select(db.func.count(Entry.id)))
    for url in ("/", "/sign-in", "/account"):
        assert client.open(url, method=method).status_code == 405
    assert db.session.scalar(db.select(db.func.count(Entry.id))) == entries


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_every_unsafe_method_needs_a_token(app: PortalApp, client: PageClient, make: Maker, method: str) -> None:
    make.user(name="As it was")
    _writer(app, "PUT", "PATCH", "DELETE")
    assert getattr(client, method)("/writes").status_code == 400
    assert _name() == "As it was"


@pytest.mark.parametrize("token", ["", "wrong", "IjEyMyI.aaaa.bbbb", "\x00", "й" * 5000])
def test_a_wrong_token_does_nothing(app: PortalApp, client: PageClient, make: Maker, token: str) -> None:
    make.user(name="As it was")
    _writer(app, "POST")
    client.get("/sign-in")
    answer = client.post("/writes", data={"csrf_token": token, "text": "typed"}, csrf=False)
    assert answer.status_code == 400
    assert "typed" in answer.text
    assert _name() == "As it was"


def test_the_token_of_another_person_does_nothing(app: PortalApp, client: PageClient, make: Maker) -> None:
    make.user(name="As it was")
    _writer(app, "POST")
    stolen = app.test_client().token()
    client.get("/sign-in")
    assert client.post("/writes", data={"csrf_token": stolen}, csrf=False).status_code == 400
    assert _name() == "As it was"


def test_a_form_of_a_million_fields_is_not_even_parsed(client: PageClient) -> None:
    client.inspects = False
    body, kind = b"a&" * 1_000_000, "application/x-www-form-urlencoded"
    assert client.post("/register", data=body, content_type=kind, csrf=False).status_code == 413
    assert client.post("/register", data=b"a=&" * 1500, content_type=kind, csrf=False).status_code == 400


def test_what_is_no_form_is_no_failure(client: PageClient) -> None:
    client.inspects = False
    for kind in ("application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=", "application/xml", "x"):
        for body in (b"", b"{", b"\xff\xfe\x00", b"--\r\n\r\n", b'{"csrf_token": 1}'):
            assert client.post("/register", data=body, content_type=kind, csrf=False).status_code in {400, 413, 415}
    body = b"csrf_token=%FF%FE&name=\xff\xfe%zz%"
    assert client.post("/register", data=body, content_type="application/x-www-form-urlencoded", csrf=False).status_code == 400


def test_a_token_outlives_the_day(app: PortalApp, client: PageClient, make: Maker) -> None:
    """A comment may take a day to write: the token lasts as long as the session."""
    assert app.config["WTF_CSRF_TIME_LIMIT"] is None


def test_signing_in_makes_older_tokens_worthless(
    app: PortalApp, client: PageClient, make: Maker, sign_in: Callable[..., User]
) -> None:
    """Who slipped a session of theirs under somebody's browser knows nothing of the one begun by signing in."""
    make.user(name="As it was")
    _writer(app, "POST")
    before = client.token()
    sign_in(client)
    assert client.post("/writes", data={"csrf_token": before}, csrf=False).status_code == 400


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "http:evil.example",
        "javascript:alert(1)", "data:text/html,x", "evil.example", "", None, "/\t/evil.example", "/\n/evil.example", "/ok\r\nX: 1",
        " //evil.example", "/a\x00b", "/" + "a" * 3000, "/\u2028/x", "?next=//evil", "#x",
    ],
)  # fmt: skip
def test_nobody_is_sent_to_another_site(target: str | None) -> None:
    assert safe_next(target, "/home") == "/home"


@pytest.mark.parametrize("target", ["/", "/drafts/5?provision=pnt_1#pnt_1", "/search?q=су&kind=draft", "/drafts?a=//x", "/a b"])
def test_people_go_on_within_the_portal(target: str) -> None:
    assert safe_next(target) == target


def test_signing_in_goes_on_within_the_portal_only(client: PageClient, sign_in: Callable[..., User]) -> None:
    sign_in(client)
    assert client.get("/sign-in?next=/drafts?phase=all").location == "/drafts?phase=all"
    for target in ("//evil.example", "https://evil.example/", "/\\evil.example"):
        assert client.get("/sign-in", query_string={"next": target}).location == "/"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1:8000@evil.example", "evil.example:8000", "[::1", ""])
def test_an_unknown_host_is_refused(client: PageClient, host: str) -> None:
    answer = client.get("/sign-in", headers={"Host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_known_hosts_are_answered(client: PageClient) -> None:
    for host in ("127.0.0.1:8000", "localhost:8000", "localhost"):
        assert client.get("/sign-in", headers={"Host": host}).status_code == 200


def test_nobody_says_for_the_proxy_who_they_are(client: PageClient) -> None:
    """Without a proxy to trust its headers are anybody's."""
    answer = client.get("/", headers={"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "1.2.3.4"})
    assert answer.status_code == 200
    assert "evil.example" not in answer.text


class TestBehindAProxy:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(
            settings, base_url="https://talqy.example", secret_key="s" * 40, trusted_proxies=1
        )

    def test_its_word_counts_once(self, client: PageClient) -> None:
        trusted = {"X-Forwarded-Host": "talqy.example", "X-Forwarded-Proto": "https", "Host": "10.0.0.5:8000"}
        assert client.get("/", headers=trusted).status_code == 200
        # what the client itself put before the proxy's word is not looked at
        assert client.get("/", headers={**trusted, "X-Forwarded-Host": "talqy.example, evil.example"}).status_code == 400
        assert client.get("/", headers={**trusted, "X-Forwarded-Host": "evil.example, talqy.example"}).status_code == 200
        assert client.get("/", headers={"Host": "127.0.0.1"}).status_code == 400
