"""Does every address bear whatever stands in it, in its query or in a cookie?"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote, urlencode

import pytest

from portal.accounts.models import User
from portal.web.flask_app import PortalApp
from tests.client import PageClient
from tests.hostile import COMPUTED, GROUPS, MARK, NUMBERS, STRINGS
from tests.journeys.addresses import addresses, rules
from tests.journeys.stage import settings, world  # noqa: F401 - fixtures
from tests.journeys.world import World
from tests.law.source import ROOT
from tests.page import check_page

# pages are read in full for these; for the others the status and a look for the mark are enough
INSPECTED = {"markup", "attribute", "null"}
ABSURD = {"markup", "code", "null", "writing", "spaces", "number", "surrogate"}
# what the portal and the framework call things, where a query might be mistaken for them
PLAIN = {
    "page", "q", "lang", "draft_id", "comment_id", "attachment_id", "user_id", "number", "language", "name", "code", "token",
    "endpoint", "self", "values", "changes", "_anchor", "_external", "_scheme", "_method", "csrf_token", "kept", "v",
}  # fmt: skip
FIELD = re.compile(r"^    (\w+) = \w*Field\(", re.MULTILINE)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
ARGUMENT = re.compile(r"(?:request\.(?:args|values)(?:\.get)?[\[(]|_number\()\"(\w+)\"")


def _names() -> list[str]:
    """Every name that a view or a form looks for in a query."""
    found = set(PLAIN)
    for path in (ROOT / "portal").rglob("*.py"):
        if path.name.endswith("forms.py"):
            found |= set(FIELD.findall(path.read_text("utf-8")))
        elif "views" in path.parts or path.name in {"views.py", "pages.py"}:
            found |= set(ARGUMENT.findall(path.read_text("utf-8")))
    return sorted(found)


def test_the_names_are_found() -> None:
    assert {"q", "page", "lang", "provision", "order", "below", "code", "next", "comment", "since", "phase"} <= set(_names())


@pytest.mark.parametrize("role", ["visitor", "administrator"])
def test_every_query_is_borne(
    app: PortalApp, client: PageClient, world: World, sign_in: Callable[..., User], role: str
) -> None:
    """Each page with each string in all the names it might look for at once."""
    if role != "visitor":
        sign_in(client, user=world.people[role])
    client.inspects = False
    names, wrong = _names(), []
    values = {name: GROUPS[name][:400] for name in sorted(ABSURD)} | {number: number for number in NUMBERS[-2:]}
    for address in addresses(app, world, role, "GET"):
        for name, value in values.items():
            query = urlencode(dict.fromkeys(names, value), errors="surrogatepass")
            wrong += _faults(client, f"{address.url.partition('?')[0]}?{query}", f"{address.url} with {name}", name)
    assert not wrong, "\n".join(wrong)


def test_a_million_characters_to_search_for(client: PageClient, world: World) -> None:
    client.inspects = False
    answer = client.get("/search", query_string={"q": "налогоплательщика " * 55_556})
    assert answer.status_code == 200
    assert len(answer.text) < 200_000
    check_page(answer.text)


def test_every_number_in_an_address_is_borne(
    app: PortalApp, client: PageClient, world: World, sign_in: Callable[..., User]
) -> None:
    """There is no draft of such a number; the answer says so."""
    sign_in(client, user=world.people["administrator"])
    client.inspects = False
    token, wrong = client.get("/testing/token").text, []
    for rule in rules(app):
        for number in NUMBERS if "<int:" in rule.rule else ():
            url = re.sub(r"<[^>]*>", "kk", re.sub(r"<int:\w+>", number, rule.rule))
            if "GET" in (rule.methods or ()):
                answer = client.get(url)
            else:
                answer = client.post(url, data={"csrf_token": token, "text": "x", "value": "1"}, csrf=False)
            answer.close()
            expected = {200} if (rule.endpoint, number) == ("ledger.entry", "0") else {404}
            if len(number) > 9 and "POST" in (rule.methods or ()):
                expected = {404, 405}  # the address of the page with the form has no such number either
            wrong += [] if answer.status_code in expected else [f"{rule.endpoint} {url} → {answer.status_code}"]
    assert not wrong, "\n".join(wrong)


def test_every_word_in_an_address_is_borne(app: PortalApp, client: PageClient, world: World) -> None:
    client.inspects = False
    wrong = []
    for rule in rules(app):
        if re.search(r"<\w+>", rule.rule) and "GET" in (rule.methods or ()):
            for name, value in STRINGS.items():
                word = quote(value.encode("utf-8", "surrogatepass"), safe="")
                url = re.sub(r"<int:\w+>", "1", re.sub(r"<\w+>", lambda found: word, rule.rule))
                wrong += _faults(client, url, f"{rule.rule} with {name}", name)
    assert not wrong, "\n".join(wrong)


def test_unknown_addresses_are_borne(client: PageClient) -> None:
    client.inspects = False
    wrong = []
    for name, value in STRINGS.items():
        for url in ("/" + quote(value.encode("utf-8", "surrogatepass")), "/static/" + quote(value.encode("utf-8", "surrogatepass"))):
            wrong += _faults(client, url, f"an unknown address of {name}", name)
    assert not wrong, "\n".join(wrong)


def test_cookies_are_borne(client: PageClient) -> None:
    client.inspects = False
    for name, value in STRINGS.items():
        for cookie in ("language", "session", "remember_token", "x"):
            client.set_cookie(cookie, quote(value.encode("utf-8", "surrogatepass"))[:1000])
        answer = client.get("/sign-in")
        assert answer.status_code == 200, name
        check_page(answer.text)


def _faults(client: PageClient, url: str, where: str, name: str) -> list[str]:
    answer = client.get(url)
    html = answer.get_data().decode("utf-8", "replace") if answer.mimetype == "text/html" else ""
    status, headers = answer.status_code, str(answer.headers)
    answer.close()
    if status >= 500:
        return [f"{where}: {status}"]
    if "\nset-cookie: " + MARK in headers.lower() or "\nLocation: https://evil" in headers or "Location: //" in headers:
        return [f"{where}: {headers}"]
    if not html or 300 <= status < 400:
        return []
    if name in INSPECTED:
        try:
            check_page(html)
        except (AssertionError, ValueError, Warning) as error:  # lxml holds no control characters
            odd = sorted({html[max(0, at.start() - 80) : at.end()] for at in CONTROL.finditer(html)})[:3]
            return [f"{where}: {error} {odd or ''}"]
    if f"<{MARK}" in html or f"<script>{MARK}" in html or COMPUTED in html:
        return [f"{where}: what was asked is part of the page"]
    return []
