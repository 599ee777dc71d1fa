"""Which bodies are behind with their answers and reports? A page open to everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.consultation.clock_forms import DutyFilterForm
from portal.consultation.clock_words import NAMES, overdue_words, record_words
from portal.consultation.clocks import A_YEAR, DUTIES, What
from portal.consultation.queries.duties import (
    PAGE,
    DueRow,
    DutyRecord,
    count_overdue,
    list_overdue,
    record_of_body,
    records_by_body,
)
from portal.consultation.views.blueprint import blueprint
from portal.consultation.views.desk import titled
from portal.drafts.body_tree import choices_of
from portal.drafts.calendar import WorkCalendar, working_days_left
from portal.drafts.models import Body
from portal.drafts.queries.reference import list_bodies, work_calendar
from portal.kernel.clock import today
from portal.web.access import public
from portal.web.formats import format_day, format_number
from portal.web.locale import current_language
from portal.web.pages import Page, PageNumbers, page_numbers, show

MOST_BODIES = 15


@dataclass(frozen=True, slots=True)
class DutyLine:
    """An overdue duty; `lang` is the title's where it is not the reader's."""

    url: str
    title: str
    lang: str | None
    what: str
    note: str
    overdue: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it is out of."""

    value: str
    text: str


@dataclass(frozen=True)
class DutiesPage:
    """The figures of a body or of all, the bodies that are behind, and what is overdue. `bodies`: as table rows."""

    body: str | None
    figures: tuple[Figure, ...]
    bodies: tuple[tuple[object, ...], ...]
    lines: tuple[DutyLine, ...]
    numbers: PageNumbers
    clear_url: str | None


@blueprint.get("/duties")
@public
def duties() -> Page:
    """Overdue answers and reports, the longest overdue first; `?body=` and `?duty=` choose."""
    form, bodies = DutyFilterForm(request.args), list_bodies()
    language = current_language()
    body = next((each for each in bodies if each.code == form.body.data), None)
    what = What(form.duty.data) if form.duty.data in DUTIES else None
    _fill(form, bodies, body, what)
    body_id = body.id if body else None
    records = {body.id: record_of_body(body.id)} if body else records_by_body()
    numbers = page_numbers(count_overdue(body_id, what), PAGE)
    rows = list_overdue(body_id, what, offset=(numbers.number - 1) * PAGE)
    calendar = work_calendar()
    page = DutiesPage(
        body=body.name(language) if body else None,
        figures=tuple(
            _figure(each, [record[each] for record in records.values()]) for each in DUTIES if what in {None, each}
        ),
        bodies=() if body else _behind(records, {each.id: each for each in bodies}, what),
        lines=tuple(_line(row, calendar) for row in rows),
        numbers=numbers,
        clear_url=url_for("consultation.duties") if body or what else None,
    )
    return show("consultation/duties.html", page, form)


def _figure(what: What, records: list[DutyRecord]) -> Figure:
    total = DutyRecord(
        sum(each.on_time for each in records), sum(each.late for each in records), sum(each.overdue for each in records)
    )
    return Figure(*record_words(what, total))


def _behind(
    records: Mapping[int, Mapping[What, DutyRecord]], bodies: dict[int, Body], what: What | None
) -> tuple[tuple[object, ...], ...]:
    """Bodies with overdue duties, the most first: name, overdue, done late, done on time, out of how many."""
    language, rows = current_language(), list[tuple[Any, ...]]()
    for body_id, duties in records.items():
        chosen = [record for each, record in duties.items() if what in {None, each}]
        overdue = sum(record.overdue for record in chosen)
        if overdue and body_id in bodies:
            name = (bodies[body_id].name(language), url_for("consultation.duties", body=bodies[body_id].code))
            counts = (sum(r.late for r in chosen), sum(r.on_time for r in chosen), sum(r.due for r in chosen))
            rows.append((name, overdue, *counts))
    return tuple(sorted(rows, key=lambda row: (-row[1], row[0][0]))[:MOST_BODIES])


def _line(row: DueRow, calendar: WorkCalendar) -> DutyLine:
    title, lang = titled(row.titles)
    days = working_days_left(row.due_on, today(), calendar) if (today() - row.due_on).days <= A_YEAR else None
    note = [row.body.name(current_language()), _("No %(number)s", number=row.number)]
    if row.what is What.answers:
        waiting = row.comments - row.answered
        note.append(ngettext(
            "%(count)s of %(total)s comments unanswered", "%(count)s of %(total)s comments unanswered", waiting,
            count=format_number(waiting), total=format_number(row.comments),
        ))  # fmt: skip
    due = _("due by %(date)s", date=format_day(row.due_on))
    return DutyLine(
        url=url_for("consultation.draft", draft_id=row.draft_id),
        title=title,
        lang=lang,
        what=str(NAMES[row.what]),
        note=" · ".join(note),
        overdue=f"{overdue_words(days)} · {due}",
    )


def _fill(form: DutyFilterForm, bodies: list[Body], body: Body | None, what: What | None) -> None:
    form.body.choices = [("", _("All bodies")), *choices_of(bodies, current_language(), by_code=True)]
    form.duty.choices = [("", _("All duties")), *((each.value, NAMES[each]) for each in DUTIES)]
    form.body.data, form.duty.data = body.code if body else "", what.value if what else ""
