"""Does every form bear whatever is typed into it, and is nothing typed ever taken for markup?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest
from lxml import etree

from portal.accounts.models import User
from portal.web.flask_app import PortalApp
from tests.client import PageClient
from tests.hostile import COMPUTED, GROUPS, MARK, MEGABYTE
from tests.journeys.addresses import addresses
from tests.journeys.stage import settings, world  # noqa: F401 - fixtures
from tests.journeys.world import World
from tests.page import check_page

TYPED = {"text", "search", "email", "password", "date", "url", "tel", "number", None}
# what would end the session the test stands on
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
LEFT_OUT = {"/sign-out"}


@dataclass(frozen=True)
class Form:
    """A POST form as it stands on a page: where it goes, what is in it, and what a person types into."""

    page: str
    action: str
    filled: dict[str, str]
    typed: tuple[str, ...]


@pytest.mark.parametrize("role", ["visitor", "citizen", "drafter", "administrator"])
def test_every_form_bears_everything(
    app: PortalApp, client: PageClient, world: World, sign_in: Callable[..., User], role: str
) -> None:
    """Fill every field of every form with each of the strings, as bytes a browser might send."""
    if role != "visitor":
        sign_in(client, user=world.people[role])
    client.inspects = False
    forms = list(_forms(app, client, world, role))
    wrong = [fault for form in forms for name, value in GROUPS.items() for fault in _sent(client, form, name, value)]
    assert not wrong, "\n".join(wrong)
    assert len(forms) >= {"visitor": 3, "citizen": 5, "drafter": 6, "administrator": 15}[role], forms
    wrong = [fault for address in addresses(app, world, role, "GET") for fault in _looked_at(client, address.url)]
    assert not wrong, "\n".join(wrong)


def test_a_megabyte_in_a_field_of_every_form(
    app: PortalApp, client: PageClient, world: World, sign_in: Callable[..., User]
) -> None:
    sign_in(client, user=world.people["administrator"])
    client.inspects = False
    wrong = []
    for form in _forms(app, client, world, "administrator"):
        status = client.post(form.action, data={**form.filled, form.typed[0]: MEGABYTE}, csrf=False).status_code
        wrong += [] if status in {413, 422} else [f"{form.page} → {form.action}, {form.typed[0]}: {status}"]
    assert not wrong, "\n".join(wrong)


def _forms(app: PortalApp, client: PageClient, world: World, role: str) -> Iterator[Form]:
    """Every form with something to type in, each once; those without fields are sent by other tests."""
    known = set()
    for address in addresses(app, world, role, "GET"):
        answer = client.get(address.url)
        if answer.status_code == 200 and answer.mimetype == "text/html" and address.url != "/components":
            for element in check_page(answer.text).iter("form"):
                form = _form(address.url, element)
                if form and form.action not in known:
                    known.add(form.action)
                    yield form
        answer.close()


def _form(page: str, element: etree._Element) -> Form | None:
    if element.get("method", "get").lower() != "post":
        return None
    filled, typed = {}, []
    for field in element.iter("input", "textarea", "select"):
        name = field.get("name")
        if not name or field.get("type") == "file":
            continue
        if field.tag == "select":
            values = [option.get("value") or "" for option in field.iter("option")]
            filled[name] = next((value for value in values if value), "")
        elif field.tag == "textarea" or field.get("type") in TYPED:
            typed.append(name)
        elif field.get("type") in {"radio", "checkbox"}:
            filled.setdefault(name, field.get("value") or "y")
        else:
            filled[name] = field.get("value") or ""
    action = (element.get("action") or page).split("#")[0]
    return Form(page, action, filled, tuple(typed)) if typed and action not in LEFT_OUT else None


def _sent(client: PageClient, form: Form, name: str, value: str) -> list[str]:
    body = urlencode({**form.filled, **dict.fromkeys(form.typed, value)}, errors="surrogatepass").encode()
    answer = client.post(form.action, data=body, content_type="application/x-www-form-urlencoded", csrf=False)
    where = f"{form.page} → {form.action} with {name}"
    if answer.status_code >= 500:
        return [f"{where}: {answer.status_code}"]
    if MARK in str(answer.headers):
        return [f"{where}: in the headers {answer.headers}"]
    return _faults(where, answer.text) if answer.status_code != 302 else []


def _looked_at(client: PageClient, url: str) -> list[str]:
    answer = client.get(url)
    text = answer.get_data().decode("utf-8", "replace") if answer.mimetype == "text/html" else ""
    status = answer.status_code
    answer.close()
    if status >= 500:
        return [f"{url}: {status} after what was sent"]
    return _faults(url, text) if text and status != 302 else []


def _faults(where: str, html: str) -> list[str]:
    """What was typed and is now part of the page itself."""
    try:
        root = check_page(html)
    except (AssertionError, ValueError, Warning) as error:  # lxml holds no control characters
        odd = sorted({html[max(0, at.start() - 80) : at.end()] for at in CONTROL.finditer(html)})[:3]
        return [f"{where}: {error} {odd or ''}"]
    faults = [
        f"{where}: {element.tag} {dict(element.attrib)} is in the page"
        for element in root.iter()
        if isinstance(element.tag, str) and (MARK in element.tag or any(MARK in key for key in element.attrib))
    ]
    return faults + ([f"{where}: a template was run"] if COMPUTED in html else [])
