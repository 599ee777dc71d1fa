"""Which window does the law propose for a draft, by which ground and rule, and which days are not counted?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.consultation.clock_policy import FARTHEST_OPENING
from portal.consultation.clock_rules import GROUNDS, after, grounds_for
from portal.consultation.clock_words import GROUNDS as GROUND_NAMES
from portal.consultation.clock_words import rule_words
from portal.drafts.calendar import DayOff, Reason, closing_date
from portal.drafts.models import ActType
from portal.drafts.queries.reference import list_types, work_calendar
from portal.kernel.clock import today
from portal.web.formats import format_day
from portal.web.locale import current_language


@dataclass(frozen=True)
class Proposal:
    """The window that follows from a period: the last day, why it is that one, which days were passed over."""

    opens_on: date
    closes_on: date
    answers_due_on: date
    period: str
    rule: str
    skipped: tuple[str, ...]


def propose(act_type: ActType, begin: date, ground: str = "") -> Proposal:
    """The window by the type's period, or by that of the ground. Two queries, three with a ground."""
    period, calendar = _type_of(act_type, ground), work_calendar()
    # far-off days are refused by the action; here they must only not break the calendar
    near = min(max(begin, today() - timedelta(days=366)), today() + 2 * FARTHEST_OPENING)
    found = closing_date(near, period.discussion_days, calendar)
    return Proposal(
        opens_on=begin,
        closes_on=found.closes_on,
        answers_due_on=after(found.closes_on, act_type.answer_days, calendar),
        period=ngettext("%(num)s working day", "%(num)s working days", period.discussion_days),
        rule=rule_words(period.rule),
        skipped=tuple(_day_off(day) for day in found.skipped),
    )


def ground_choices(act_type: ActType) -> list[tuple[str, str]]:
    """The periods a drafter may choose from, the ordinary one first; one alone leaves no choice."""
    types = {each.code: each for each in list_types()}
    allowed = grounds_for(act_type.code, act_type.rule, {code: each.rule for code, each in types.items()})
    ordinary = _("Ordinary period: %(period)s", period=_days(act_type.discussion_days))
    return [
        ("", ordinary),
        *((each, f"{GROUND_NAMES[each]}: {_days(types[GROUNDS[each]].discussion_days)}") for each in allowed),
    ]


def _type_of(act_type: ActType, ground: str) -> ActType:
    types = {each.code: each for each in list_types()} if ground in GROUNDS else {}
    allowed = grounds_for(act_type.code, act_type.rule, {code: each.rule for code, each in types.items()})
    return types[GROUNDS[ground]] if ground in allowed else act_type


def _days(count: int) -> str:
    return ngettext("%(num)s working day", "%(num)s working days", count)


def _day_off(day: DayOff) -> str:
    if day.reason is Reason.weekend:
        return _("%(date)s: weekend", date=format_day(day.on))
    if day.reason is Reason.transferred:
        return _("%(date)s: moved day off", date=format_day(day.on))
    return f"{format_day(day.on)}: {day.name(current_language())}"
