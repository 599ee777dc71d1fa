"""Where does a reader see a state body, its drafts and how it answers?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from portal.consultation.cards import DraftCard, draft_card
from portal.consultation.clock_words import record_words
from portal.consultation.clocks import DUTIES
from portal.consultation.models import DecisionKind
from portal.consultation.queries.duties import record_of_body
from portal.consultation.queries.lists import DraftFilter, ListOrder, count_drafts, list_drafts
from portal.consultation.words import DECISIONS
from portal.drafts.body_history import BodyEvent, body_history
from portal.drafts.body_lines import BodyLine, body_lines
from portal.drafts.body_tree import above, by_name
from portal.drafts.models import Body
from portal.drafts.policy import BODY_KINDS
from portal.drafts.queries.bodies import BodyFilter, find_body, find_successor, list_bodies, list_tree
from portal.drafts.queries.reference import work_calendar
from portal.drafts.words import BODY_KINDS as KINDS
from portal.kernel.errors import NotFound
from portal.reports.forms import BodiesForm
from portal.reports.queries import count_by_body
from portal.reports.statistics import Record, record_of
from portal.reports.views.blueprint import blueprint
from portal.web.access import public
from portal.web.formats import format_number, format_share
from portal.web.locale import current_language
from portal.web.pages import Page, PageNumbers, page_numbers, show

PAGE = 20
LINES = 100  # bodies on a page
CHILDREN = 30  # of those that belong to a body, on its page
LONGEST_SEARCH = 200


@dataclass(frozen=True)
class BodiesPage:
    """The bodies found, in the tree or, picked out, in alphabetical order; the cells are drafts, comments, answered."""

    lines: tuple[BodyLine, ...]
    numbers: PageNumbers
    is_filtered: bool
    under: tuple[str, str] | None


@dataclass(frozen=True)
class Stat:
    """A number with what it counts and out of how many."""

    value: str
    text: str


@dataclass(frozen=True)
class BodyPage:
    """One body."""

    name: str
    note: str
    upper: tuple[tuple[str, str], ...]
    children: tuple[tuple[str, str], ...]
    all_children_url: str | None
    events: tuple[BodyEvent, ...]
    successor: tuple[str, str] | None
    stats: tuple[Stat, ...]
    duties: tuple[Stat, ...]
    overdue: int
    duties_url: str
    decisions: tuple[tuple[str, int], ...]
    answered: int
    drafts: tuple[DraftCard, ...]
    numbers: PageNumbers


@blueprint.get("/bodies")
@public
def bodies() -> Page:
    """State bodies with their numbers, each under the one it belongs to; `?under=` shows what belongs to one."""
    form, language = BodiesForm(formdata=request.args), current_language()
    under = find_body(request.args.get("under", "")[:60])
    wanted = BodyFilter(
        (form.q.data or "")[:LONGEST_SEARCH], form.kind.data if form.kind.data in BODY_KINDS else "",
        under.id if under else None, with_ended=bool(form.ended.data),
    )  # fmt: skip
    nodes = list_tree(wanted, language)
    numbers = page_numbers(len(nodes), LINES)
    counts = count_by_body()
    lines = body_lines(
        nodes[(numbers.number - 1) * LINES :][:LINES], {body.id: body for body in list_bodies()}, language,
        is_tree=wanted.is_plain, url=lambda body: url_for("reports.body", code=body.code),
        cells=lambda node: counts.get(node.body.id, (0, 0, 0)),
    )  # fmt: skip
    over = (under.name(language), url_for("reports.body", code=under.code)) if under else None
    return show("reports/bodies.html", BodiesPage(lines, numbers, wanted != BodyFilter(), over), form)


@blueprint.get("/bodies/<code>")
@public
def body(code: str) -> Page:
    """A body's record of answers and its drafts, newest first."""
    found = find_body(code)
    if found is None:
        raise NotFound("There is no such body.")
    language = current_language()
    wanted = DraftFilter(body_id=found.id)
    numbers = page_numbers(count_drafts(wanted), PAGE)
    rows = list_drafts(wanted, ListOrder.newest, offset=(numbers.number - 1) * PAGE, limit=PAGE)
    calendar = work_calendar()
    record, duties = record_of(found.id), record_of_body(found.id)
    return show(
        "reports/body.html",
        BodyPage(
            name=found.name(language),
            note=str(KINDS.get(found.kind, "")),
            **_place(found, language),
            stats=_stats(record),
            duties=tuple(Stat(*record_words(what, duties[what])) for what in DUTIES if duties[what].due),
            overdue=sum(duties[what].overdue for what in DUTIES),
            duties_url=url_for("consultation.duties", body=found.code),
            decisions=tuple((str(DECISIONS[kind]), record.decisions.get(kind, 0)) for kind in DecisionKind),
            answered=record.answered,
            drafts=tuple(draft_card(row, language, calendar) for row in rows),
            numbers=numbers,
        ),
    )


def _place(found: Body, language: str) -> dict[str, Any]:
    """Where a body stands, what belongs to it, what it was and what it became."""
    bodies = {body.id: body for body in list_bodies()}
    upper = [bodies[each] for each in above(found.id, lambda each: bodies[each].parent_id)]
    below = by_name(
        (body for body in bodies.values() if body.parent_id == found.id and body.dissolved_on is None), language
    )
    successor = find_successor(found)
    return {
        "upper": tuple(_link(body, language) for body in reversed(upper)),
        "children": tuple(_link(body, language) for body in below[:CHILDREN]),
        "all_children_url": url_for("reports.bodies", under=found.code) if len(below) > CHILDREN else None,
        "events": body_history(found, language, lambda other: url_for("reports.body", code=other.code)),
        "successor": _link(successor, language) if successor else None,
    }


def _link(body: Body, language: str) -> tuple[str, str]:
    return body.name(language), url_for("reports.body", code=body.code)


def _stats(record: Record) -> tuple[Stat, ...]:
    stats = [
        Stat(format_number(record.drafts), _("drafts published")),
        Stat(format_number(record.comments), _("comments received")),
        Stat(format_number(record.answered), _("comments answered, out of %(total)s", total=format_number(record.comments))),
    ]
    if record.share_in_time is not None:
        text = _(
            "answered in time (%(timely)s out of %(due)s)",
            timely=format_number(record.in_time), due=format_number(record.due),
        )  # fmt: skip
        stats.append(Stat(format_share(record.share_in_time), text))
    return tuple(stats)
