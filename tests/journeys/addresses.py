"""Where is each page of the portal, with things that are really there?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import url_for
from werkzeug.routing import Rule

from portal.accounts.tokens import Purpose
from portal.web.flask_app import PortalApp
from tests.journeys.world import World

OURS = {"static", "testing_token"}  # served or asked for by the tests themselves
NEEDED: dict[str, dict[str, Any]] = {"ledger.consistency": {"first": 1}}  # values without which there is no answer


@dataclass(frozen=True)
class Address:
    """One way into the portal."""

    endpoint: str
    method: str
    url: str


def rules(app: PortalApp) -> list[Rule]:
    """Every rule that leads to a view of a feature."""
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint not in OURS]


def addresses(app: PortalApp, world: World, role: str, method: str) -> Iterator[Address]:
    """Every address that takes the method, filled in with what fits the view and the person."""
    for rule in sorted(rules(app), key=lambda rule: rule.rule):
        if method not in (rule.methods or ()):
            continue
        values = {name: _value(world, role, rule.endpoint, name) for name in rule.arguments}
        with app.test_request_context():
            yield Address(rule.endpoint, method, url_for(rule.endpoint, **values, **NEEDED.get(rule.endpoint, {})))


def _value(world: World, role: str, endpoint: str, name: str) -> Any:
    values: dict[str, Any] = {
        "draft_id": _draft_id(world, endpoint),
        "comment_id": _comment_id(world, role, endpoint),
        "attachment_id": world.attachment_id if endpoint.startswith("drafts.") else world.public_attachment_id,
        "opinion_id": world.opinion_id,
        "link_id": 1,
        "saved_id": _saved_id(world, role, endpoint),
        "user_id": world.people["citizen"].id,
        "acknowledgement_id": 1,
        "number": 1,
        "other": world.withdrawn.draft.id if endpoint == "consultation.compare_family" else 1,
        "language": "kk",
        "suffix": "docx" if endpoint.endswith(("table_file", "table_export")) else "json",
        "name": "about",
        "code": world.body.code if endpoint.startswith("reports.") else world.receipt,
        "token": _token(world, endpoint),
        "body_id": world.body.id,
        "type_id": 1,
        "area_id": 1,
        "channel_id": 1,
        "act": "rename",
        "on": "2014-06-02",
    }
    return values[name]


def _saved_id(world: World, role: str, endpoint: str) -> int:
    """One's own; the letter with a link was written to the citizen."""
    return world.saved_searches["citizen" if endpoint.endswith("stop_search") else role if role in world.people else "citizen"]


def _draft_id(world: World, endpoint: str) -> int:
    if endpoint in {"consultation.open_consultation", "consultation.announce"} or endpoint.startswith("drafts."):
        return world.preparing.id
    if endpoint.endswith((".postpone", ".postpone_form")):
        return world.announced.draft.id
    if endpoint in {"consultation.draft_inbox", "reports.make_report"}:
        return world.answering.draft.id
    if endpoint.startswith(("consultation.adopted", "consultation.exported_adopted", "consultation.send_adopted")):
        return world.adopted.draft.id
    if endpoint.startswith(("reports.", "consultation.adopt")):
        return world.reported.draft.id
    return world.open.draft.id


def _comment_id(world: World, role: str, endpoint: str) -> int:
    if endpoint in {"consultation.show_comment", "consultation.send_show"}:
        return world.hidden.id
    if endpoint in {"consultation.edit", "consultation.send_edit", "consultation.withdraw", "consultation.send_withdraw"}:
        return world.own.get(role, world.comment).id
    return world.comment.id


def _token(world: World, endpoint: str) -> str:
    if "confirm" in endpoint:
        return world.token(Purpose.confirm, world.newcomer)
    return world.token(Purpose.stop if endpoint.startswith(("notifications.", "search.")) else Purpose.reset)
