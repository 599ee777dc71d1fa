"""Does the portal let in exactly those whom the table of access names, and is every other answer the right refusal?"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable

import pytest
from werkzeug.test import TestResponse

from portal.accounts.models import User
from portal.accounts.roles import PERMISSIONS, Role, role_may
from portal.kernel.db import db
from portal.web.access import permission_of
from portal.web.flask_app import PortalApp
from tests.client import PageClient
from tests.journeys.addresses import Address, addresses, rules
from tests.journeys.stage import settings, stage, world  # noqa: F401 - fixtures
from tests.journeys.world import HIDDEN_WORDS, ROLES, SECRET_TITLE, World
from tests.law.access import ACCESS, DECLARED, EVERYBODY
from tests.page import check_page, parse, text_of

# what each view might take, all at once: a form reads only its own fields
FILLED = {
    "text": "A text that changes something.", "reason": "A reason that changes something.", "rule": "3", "language": "kk",
    "decision": "not_accepted", "value": "1", "role": "administrator", "body": "1", "edition": "1", "provision": "",
    "stance": "for", "submission": "0123456789", "note_kk": "Жазба", "note_ru": "Записка", "title_kk": "Атау",
    "title_ru": "Название", "type": "1", "adopted_on": "2026-01-01", "reference": "No 1", "reason_kk": "Себебі",
    "reason_ru": "Причина", "opens_on": "2027-02-01", "immutable": "y", "differences": "y",
    "closes_on": "2027-03-01", "channel": "councils", "addressee": "A council", "sent_on": "2026-11-01",
    "received_on": "2026-11-22", "conclusion": "agrees",
}  # fmt: skip
REFUSALS = {403, 404}
# the auditor's own account and the doors that are open to all are no part of "changes nothing"
PERSONAL = {"account.use", EVERYBODY}


def test_the_table_is_what_the_portal_declares(app: PortalApp) -> None:
    declared = {rule.endpoint: permission_of(app.view_functions[rule.endpoint]) for rule in rules(app)}
    assert declared == DECLARED


def test_the_table_knows_only_permissions_there_are() -> None:
    assert set(DECLARED.values()) - {EVERYBODY} <= set(PERMISSIONS)
    assert set(PERMISSIONS) <= set(DECLARED.values())


def test_the_table_is_sorted_by_feature(app: PortalApp) -> None:
    assert set(ACCESS) == {rule.endpoint.split(".")[0] for rule in rules(app)}


def test_nothing_that_changes_is_reached_by_a_visit(app: PortalApp) -> None:
    """One address either shows or changes; a view that does both would be open to a mere link."""
    both = [rule.endpoint for rule in rules(app) if {"GET", "POST"} <= (rule.methods or set())]
    assert not both


@pytest.mark.parametrize("role", ["visitor", "administrator"])
def test_a_view_that_declares_nothing_is_refused(
    app: PortalApp, client: PageClient, world: World, sign_in: Callable[..., User], role: str
) -> None:
    app.add_url_rule("/undeclared", "undeclared", lambda: "secret")
    if role != "visitor":
        sign_in(client, user=world.people[role])
    answer = client.get("/undeclared")
    assert answer.status_code == 403
    assert "secret" not in answer.text


def test_who_changes_and_who_only_reads() -> None:
    """An auditor has no permission that changes anything but the own account; a drafter takes no part as a citizen."""
    auditor = {permission for permission in PERMISSIONS if role_may(Role.auditor, permission)}
    assert auditor == {
        "account.use", "desk.open", "draft.read_unpublished", "inbox.read", "report.read_unpublished", "moderation.read",
        "admin.read",
    }  # fmt: skip
    citizen = {permission for permission in PERMISSIONS if role_may(Role.citizen, permission)}
    assert citizen == {"account.use", "comment.post", "comment.report", "comment.vote", "draft.vote"}


def test_a_visitor(app: PortalApp, client: PageClient, world: World) -> None:
    client.inspects = False
    wrong = []
    for address in addresses(app, world, "visitor", "GET"):
        answer = client.get(address.url)
        answer.close()
        needed = DECLARED[address.endpoint]
        if needed != EVERYBODY:
            fine = answer.status_code == 302 and (answer.location or "").startswith("/sign-in?next=")
        else:
            fine = answer.status_code in {200, 302}
        wrong += [] if fine else [f"{address} → {answer.status_code} {answer.location or ''}"]
    token = client.get("/testing/token").text
    for address in addresses(app, world, "visitor", "POST"):
        answer = client.post(address.url, data={"csrf_token": token, "text": "Kept words."}, csrf=False)
        if DECLARED[address.endpoint] != EVERYBODY:
            fine = answer.status_code == 401 and "Kept words." in answer.text
        else:
            fine = answer.status_code < 500 and answer.status_code not in {401, 403}
        wrong += [] if fine else [f"{address} → {answer.status_code}"]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", ROLES)
def test_somebody_signed_in(
    app: PortalApp, client: PageClient, world: World, sign_in: Callable[..., User], role: str
) -> None:
    sign_in(client, user=world.people[role])
    client.inspects = False
    wrong = []
    for address in addresses(app, world, role, "GET"):
        answer = client.get(address.url)
        wrong += _fault(address, role, answer.status_code, {200, 302})
        words = _words(answer)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            check_page(words, "en")
        if not _may(role, "draft.read_unpublished") and SECRET_TITLE in words:
            wrong.append(f"{address} tells of an unpublished draft")
    token = client.get("/testing/token").text
    for address in addresses(app, world, role, "POST"):
        if address.endpoint in {"accounts.sign_out", "accounts.send_sign_in"}:
            continue
        answer = client.post(address.url, data={"csrf_token": token}, csrf=False)
        wrong += _fault(address, role, answer.status_code, {200, 302, 400, 403, 404, 409, 422})
        if answer.mimetype == "text/html" and answer.status_code != 302:
            check_page(answer.text, "en")
    assert not wrong, "\n".join(wrong)


def test_an_auditor_changes_nothing(
    app: PortalApp, client: PageClient, world: World, sign_in: Callable[..., User]
) -> None:
    sign_in(client, user=world.people["auditor"])
    _sends_in_vain(app, client, world, "auditor")


def test_another_bodys_drafter_changes_nothing(
    app: PortalApp, client: PageClient, world: World, sign_in: Callable[..., User]
) -> None:
    sign_in(client, user=world.other_drafter)
    # making a draft of one's own body is what a drafter may
    _sends_in_vain(app, client, world, "drafter", leaving_out={"drafts.create", "consultation.send_report"})


def test_another_bodys_drafter_sees_nothing_of_the_desk(
    app: PortalApp, client: PageClient, world: World, sign_in: Callable[..., User]
) -> None:
    sign_in(client, user=world.other_drafter)
    client.inspects = False
    wrong = []
    for address in addresses(app, world, "drafter", "GET"):
        answer = client.get(address.url)
        if "/desk/drafts/" in address.url and not address.url.endswith("/new") and answer.status_code not in REFUSALS:
            wrong.append(f"{address} → {answer.status_code}")
        words = _words(answer)
        # the public record names every draft by its number, and nothing more of it
        if SECRET_TITLE in words or (world.preparing.number in words and not address.endpoint.startswith("ledger.")):
            wrong.append(f"{address} tells of another body's unpublished draft")
    assert not wrong, "\n".join(wrong)


def test_hidden_words_are_read_by_nobody_but_those_who_keep_order(
    app: PortalApp, client: PageClient, world: World, sign_in: Callable[..., User]
) -> None:
    client.inspects = False
    told = []
    for role in ("visitor", "citizen"):
        if role == "citizen":
            sign_in(client, user=world.people[role])
        for address in addresses(app, world, role, "GET"):
            told += [f"{role}: {address}"] if HIDDEN_WORDS in _words(client.get(address.url)) else []
        extra = [f"/comments/{world.hidden.id}", f"/search?q={HIDDEN_WORDS}", f"/comments/{world.hidden.id}/answer"]
        for url in extra:
            # the query itself stands in the search box, the title and the sentence that nothing was found
            words = "".join(text_of(part) for part in parse(_words(client.get(url))).iter("li", "article"))
            told += [f"{role}: {url}"] if HIDDEN_WORDS in words else []
    assert not told, "\n".join(told)


def _may(role: str, permission: str) -> bool:
    return permission == EVERYBODY or role_may(Role(role), permission)


def _words(answer: TestResponse) -> str:
    """What an answer says, a Word file's too."""
    data = answer.get_data()
    answer.close()
    if data[:2] != b"PK":
        return data.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("word/document.xml").decode()


def _fault(address: Address, role: str, status: int, expected: set[int]) -> list[str]:
    if status in (expected if _may(role, DECLARED[address.endpoint]) else REFUSALS):
        return []
    return [f"{role}: {address} → {status}"]


def _sends_in_vain(
    app: PortalApp, client: PageClient, world: World, role: str, leaving_out: frozenset[str] | set[str] = frozenset()
) -> None:
    """Everything sent is refused, and the database is afterwards what it was before."""
    client.inspects = False
    token, before = client.get("/testing/token").text, _fingerprint()
    wrong = []
    for address in addresses(app, world, role, "POST"):
        if DECLARED[address.endpoint] in PERSONAL or address.endpoint in leaving_out:
            continue
        answer = client.post(address.url, data={"csrf_token": token, **FILLED}, csrf=False)
        if answer.status_code not in REFUSALS:
            wrong.append(f"{address} → {answer.status_code}")
        if _fingerprint() != before:
            wrong.append(f"{address} changed something")
            before = _fingerprint()
    assert not wrong, "\n".join(wrong)


def _fingerprint() -> str:
    """A digest of all that is stored."""
    db.session.rollback()
    connection = db.engine.raw_connection()
    try:
        dump = "\n".join(connection.driver_connection.iterdump())  # type: ignore[union-attr]
    finally:
        connection.close()
    return hashlib.sha256(dump.encode("utf-8", "surrogatepass")).hexdigest()
