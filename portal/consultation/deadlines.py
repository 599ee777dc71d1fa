"""How long does an agency still have to answer, in words?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.consultation.words import days_left_words
from portal.drafts.calendar import WorkCalendar, working_days_left
from portal.kernel.clock import today
from portal.web.formats import format_day, format_until

URGENT = 3  # working days
A_YEAR = 366  # days; beyond it nobody counts working days
_ARTICLE = re.compile(r"art\. ([\d-]+)")


@dataclass(frozen=True, slots=True)
class Deadline:
    """What `components/countdown.html` shows: what is left, until when and by which article of the law."""

    left: str
    text: str
    urgent: bool
    is_overdue: bool = False


def answers_deadline(due_on: date, rule: str, calendar: WorkCalendar) -> Deadline:
    """The term of the reasoned answers: Law "On legal acts", arts. 19(4) and 20(3); `rule` is the act type's."""
    if due_on < today():
        return Deadline(_overdue(due_on, calendar), _joined(_("Due: %(date)s", date=format_day(due_on)), rule), True, True)
    if due_on == today():
        return Deadline(days_left_words(0), _joined(format_until(due_on), rule), True)
    days = working_days_left(today(), due_on, calendar)
    left = days_left_words(days) if days else _("Days off until the last day")
    return Deadline(left, _joined(format_until(due_on), rule), days <= URGENT)


def _overdue(due_on: date, calendar: WorkCalendar) -> str:
    if (today() - due_on).days > A_YEAR:
        return _("Overdue by more than a year")
    days = working_days_left(due_on, today(), calendar)
    return ngettext("%(num)s working day overdue", "%(num)s working days overdue", days) if days else _("Overdue")


def _joined(when: str, rule: str) -> str:
    article = _ARTICLE.fullmatch(rule)
    words = _("art. %(number)s", number=article[1]) if article else rule
    return f"{when}, {words}" if words else when
