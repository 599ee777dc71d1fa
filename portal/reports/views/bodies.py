"""Where does a reader see a state body, its drafts and how it answers?"""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from portal.consultation.cards import DraftCard, draft_card
from portal.consultation.clock_words import record_words
from portal.consultation.clocks import DUTIES
from portal.consultation.models import DecisionKind
from portal.consultation.queries.duties import record_of_body
from portal.consultation.queries.lists import DraftFilter, ListOrder, count_drafts, list_drafts
from portal.consultation.words import DECISIONS
from portal.drafts.queries.reference import find_body, work_calendar
from portal.kernel.errors import NotFound
from portal.reports.queries import list_bodies_with_counts
from portal.reports.statistics import Record, record_of
from portal.reports.views.blueprint import blueprint
from portal.web.access import public
from portal.web.formats import format_number, format_share
from portal.web.locale import current_language
from portal.web.pages import Page, PageNumbers, page_numbers, show

PAGE = 20


@dataclass(frozen=True)
class BodiesPage:
    """Every body: ((name, address), drafts, comments, answered) a line."""

    rows: tuple[tuple[tuple[str, str], int, int, int], ...]


@dataclass(frozen=True)
class Stat:
    """A number with what it counts and out of how many."""

    value: str
    text: str


@dataclass(frozen=True)
class BodyPage:
    """One body."""

    name: str
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
    """Every state body with its numbers."""
    language = current_language()
    rows = tuple(
        (
            (row.body.name(language), url_for("reports.body", code=row.body.code)),
            row.drafts, row.comments, row.answered,
        )
        for row in list_bodies_with_counts()
    )  # fmt: skip
    return show("reports/bodies.html", BodiesPage(rows))


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
