"""In which words does the portal tell what a body was called, what it came from and what it became?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from portal.drafts.models import Body
from portal.drafts.queries.bodies import get_body, list_former_names, list_predecessors


@dataclass(frozen=True, slots=True)
class BodyEvent:
    """A change in the life of a body, with the act that made it; `link` is (name, address) of the other body."""

    on: date
    words: str
    reason: str
    link: tuple[str, str] | None = None


def body_history(body: Body, language: str, url: Callable[[Body], str]) -> tuple[BodyEvent, ...]:
    """What happened to a body, the latest first. Two queries, a third for one that was merged."""
    former = list_former_names(body.id)
    events = [
        BodyEvent(name.used_until, _("Renamed. Former name: %(name)s", name=name.name(language)), name.reason) for name in former
    ]
    events += [
        BodyEvent(other.dissolved_on, _("This body became part of it:"), other.ended_reason, (other.name(language), url(other)))
        for other in list_predecessors(body.id)
        if other.dissolved_on is not None
    ]
    if body.dissolved_on is not None and body.successor_id is not None:
        successor = get_body(body.successor_id)
        link = (successor.name(language), url(successor))
        events.append(BodyEvent(body.dissolved_on, _("Merged into another body:"), body.ended_reason, link))
    elif body.dissolved_on is not None:
        events.append(BodyEvent(body.dissolved_on, _("Dissolved"), body.ended_reason))
    return tuple(sorted(events, key=lambda event: event.on, reverse=True))
