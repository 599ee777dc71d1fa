"""How is the demonstration loaded into an empty portal?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from portal.accounts.actor import Actor, AnyActor
from portal.accounts.models import User
from portal.consultation.models import Comment
from portal.demo.content import read_bodies, read_drafts
from portal.demo.people import ACCOUNTS, gather
from portal.demo.story import Story
from portal.drafts.actions.bodies import add_body, rename_body
from portal.drafts.actions.reference import TypeCard, save_act_type
from portal.drafts.models import LANGUAGES, Body, Draft
from portal.drafts.queries.reference import find_type
from portal.kernel.clock import frozen, now, today
from portal.kernel.db import db
from portal.kernel.errors import Conflict

EVENTS_PER_SAVEPOINT = 500


def is_empty() -> bool:
    """Is there neither a draft nor a body yet?"""
    return db.session.scalar(db.select(Draft.id).limit(1)) is None and db.session.scalar(db.select(Body.id).limit(1)) is None


def has_accounts() -> bool:
    """Are the demonstration's accounts among the people of this portal?"""
    return db.session.scalar(db.select(User.id).where(User.email == ACCOUNTS[0][0])) is not None


def load_demonstration(actor: AnyActor, *, progress: Callable[[int, int], None] = lambda done, total: None) -> dict[str, int]:
    """Bodies, people, drafts and all that happened to them; raises Conflict unless the portal is empty.

    Returns how many of each were made.
    """
    if not is_empty():
        raise Conflict("The demonstration is loaded into an empty portal only.")
    present, day = now(), today()
    contents = read_drafts()
    first = present + timedelta(days=min(int(content.card["opens"]) for content in contents) - 5)
    with frozen(first):
        bodies = _add_bodies(actor)
        people = gather(bodies)
        _ask_for_calculations(people.administrator)
    numbers: dict[str, str] = {}
    stories = [Story(content, people, present, day, numbers) for content in contents]
    events = sorted(event for story in stories for event in story.events())
    for number, event in enumerate(events, 1):
        with frozen(event.at):
            event.act()
        if number % EVENTS_PER_SAVEPOINT == 0:
            progress(number, len(events))
    progress(len(events), len(events))
    comments = db.session.scalar(db.select(db.func.count()).select_from(Comment)) or 0
    return {"bodies": len(bodies), "drafts": len(contents), "comments": comments, "acts": len(events)}


def _add_bodies(actor: AnyActor) -> dict[str, int]:
    bodies = {}
    for data in read_bodies():
        names = {code: data[f"name_{code}"] for code in LANGUAGES}
        former = data.get("former")
        first = {code: former[f"name_{code}"] for code in LANGUAGES} if former else names
        body = add_body(actor, code=data["code"], kind=data["kind"], names=first)
        if former:
            rename_body(actor, body=body, names=names, on=former["on"], reason=former["reason"])
        bodies[body.code] = body.id
    return bodies


def _ask_for_calculations(administrator: Actor) -> None:
    """A standard goes public with the calculation of what it costs: an example of what an administrator may require."""
    asking = find_type("standard")
    assert asking is not None
    names = {code: asking.name(code) for code in LANGUAGES}
    parts = (*asking.required_parts, "note", "calculation")
    card = TypeCard(
        asking.code, names, asking.discussion_days, asking.answer_days, asking.rule, required_parts=parts,
        is_retired=asking.is_retired,
    )  # fmt: skip
    save_act_type(administrator, card=card)
