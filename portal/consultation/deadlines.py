"""How long does an agency still have to answer, in words?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from portal.consultation.clock_words import overdue_words, rule_words
from portal.consultation.clocks import A_YEAR
from portal.consultation.words import days_left_words
from portal.drafts.calendar import WorkCalendar, working_days_left
from portal.kernel.clock import today
from portal.web.formats import format_day, format_until

URGENT = 3  # working days


@dataclass(frozen=True, slots=True)
class Deadline:
    """What `components/countdown.html` shows: what is left, until when and by which article of the law."""

    left: str
    text: str
    urgent: bool


def answers_deadline(due_on: date, rule: str, calendar: WorkCalendar) -> Deadline:
    """The term of the reasoned answers: Law "On legal acts", arts. 19(4) and 20(3); `rule` is the act type's for answers."""
    if due_on < today():
        return Deadline(_overdue(due_on, calendar), _joined(_("Due: %(date)s", date=format_day(due_on)), rule), True)
    if due_on == today():
        return Deadline(days_left_words(0), _joined(format_until(due_on), rule), True)
    days = working_days_left(today(), due_on, calendar)
    left = days_left_words(days) if days else _("Days off until the last day")
    return Deadline(left, _joined(format_until(due_on), rule), days <= URGENT)


def _overdue(due_on: date, calendar: WorkCalendar) -> str:
    is_old = (today() - due_on).days > A_YEAR
    return overdue_words(None if is_old else working_days_left(due_on, today(), calendar))


def _joined(when: str, rule: str) -> str:
    return f"{when}, {rule_words(rule)}" if rule else when
