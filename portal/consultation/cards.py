"""How does a draft look in a list on any page? (the object that `components/draft_card.html` and `draft_row.html` show)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.consultation.phases import Phase
from portal.consultation.queries.lists import DraftRow
from portal.consultation.words import days_left_words, phase_tag
from portal.drafts.calendar import WorkCalendar, working_days_left
from portal.kernel.clock import today
from portal.web.formats import format_day_on, format_number

LONGEST_SUMMARY = 220  # characters


@dataclass(frozen=True, slots=True)
class DraftCard:
    """A draft in the reader's language; `days_total` are the working days of its discussion, 0 unless it is open."""

    url: str
    title: str
    lang: str | None
    status: str
    status_kind: str
    body: str
    type: str
    votes: int
    comments: int
    time_left: str
    days_passed: int
    days_total: int
    summary: str
    family: tuple[str, str] | None  # (how many near-identical drafts, address of all of them)


def draft_card(row: DraftRow, language: str, calendar: WorkCalendar, *, is_folded: bool = False) -> DraftCard:
    """The card of a row of `list_drafts`; read the calendar once for the whole list (`work_calendar()`).

    In a folded list the card of a family stands for all of it.
    """
    title_language = row.title_language(language)
    passed, total = _working_days(row, calendar)
    status, kind = phase_tag(row.phase, row.is_archived)
    return DraftCard(
        url=url_for("consultation.draft", draft_id=row.id),
        title=row.title(language),
        lang=title_language if title_language != language else None,
        status=status,
        status_kind=kind,
        body=row.body.name(language),
        type=row.act_type.name(language),
        votes=row.votes,
        comments=row.comments,
        time_left=_time_words(row, total - passed),
        days_passed=passed,
        days_total=total,
        summary=_shortened(row.summary(language)),
        family=_family(row, is_folded),
    )


def _family(row: DraftRow, is_folded: bool) -> tuple[str, str] | None:
    if not row.family:
        return None
    if not is_folded or row.family == 1:
        return family_link(row.id, row.family)
    words = ngettext("and %(count)s similar draft", "and %(count)s similar drafts", row.family - 1,
                     count=format_number(row.family - 1))  # fmt: skip
    return words, url_for("consultation.family", draft_id=row.id)


def _time_words(row: DraftRow, working_days: int) -> str:
    """When an announced discussion opens, or how long an open one still goes."""
    if row.phase is Phase.announced:
        return _("Opens %(date)s", date=format_day_on(row.opens_on))
    return time_left_words(row.phase, row.closes_on, working_days)


def family_link(draft_id: int, size: int) -> tuple[str, str]:
    """(words, address): how many near-identical drafts there are, with this one."""
    words = ngettext("One of %(count)s near-identical draft", "One of %(count)s near-identical drafts", size,
                     count=format_number(size))  # fmt: skip
    return words, url_for("consultation.family", draft_id=draft_id)


def time_left_words(phase: Phase, closes_on: date, working_days: int) -> str:
    """How long an open discussion still goes; "" for the rest, and where only days off are left."""
    if phase is not Phase.open or (working_days == 0 and closes_on != today()):
        return ""
    return days_left_words(working_days)


def _working_days(row: DraftRow, calendar: WorkCalendar) -> tuple[int, int]:
    if row.phase is not Phase.open:
        return 0, 0
    total = working_days_left(row.opens_on, row.closes_on, calendar)
    return total - working_days_left(today(), row.closes_on, calendar), total


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    if len(line) <= LONGEST_SUMMARY:
        return line
    return line[:LONGEST_SUMMARY].rsplit(" ", 1)[0].rstrip(",;:–- ") + "…"
