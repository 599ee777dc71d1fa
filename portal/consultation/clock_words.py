"""In which words does the portal speak of clocks: what is due, by which rule, how it stands, and what moved it?"""

from __future__ import annotations

import re
from datetime import date

from flask_babel import LazyString, lazy_gettext, ngettext
from flask_babel import gettext as _

from portal.consultation.clocks import Clock, State, What
from portal.consultation.models import ClockMove, Conclusion
from portal.consultation.queries.duties import DutyRecord
from portal.consultation.words import days_left_words
from portal.drafts.models import REPORT_RULE
from portal.web.formats import format_day, format_day_long, format_number, format_share

_ARTICLE = re.compile(r"art\. ([\d-]+)(?:\((\d+)\))?")
_ARTICLES = re.compile(r"arts\. ([\d,\s-]+)")

NAMES: dict[What, LazyString] = {
    What.opening: lazy_gettext("First day of the discussion"),
    What.discussion: lazy_gettext("Last day of the discussion"),
    What.answers: lazy_gettext("Answers to the comments"),
    What.report: lazy_gettext("Report on the discussion"),
    What.opinion: lazy_gettext("Opinion on the draft"),
}
CONCLUSIONS: dict[Conclusion, LazyString] = {
    Conclusion.agrees: lazy_gettext("Agrees"),
    Conclusion.agrees_with_remarks: lazy_gettext("Agrees with remarks"),
    Conclusion.objects: lazy_gettext("Objects"),
}
GROUNDS: dict[str, LazyString] = {
    "emergency": lazy_gettext("Emergency bill"),
    "trade": lazy_gettext("Restriction of trade"),
}


def rule_words(rule: str) -> str:
    """The article a period comes from, as a reader looks it up; "" where no law sets it."""
    if rule == REPORT_RULE:
        return _("Law on Public Services, article 15; Law on Access to Information, article 16")
    if found := _ARTICLE.fullmatch(rule):
        article, paragraph = found.groups()
        if paragraph:
            return _("Law “On legal acts”, article %(article)s, paragraph %(paragraph)s", article=article, paragraph=paragraph)
        return _("Law “On legal acts”, article %(article)s", article=article)
    if found := _ARTICLES.fullmatch(rule):
        return _("Law “On legal acts”, articles %(articles)s", articles=found[1])
    return rule


def period_words(days: int | None, rule: str) -> str:
    """How long a period is and by which rule: "10 working days · Law “On legal acts”, article 20"."""
    parts = [ngettext("%(num)s working day", "%(num)s working days", days) if days else ""]
    parts.append(rule_words(rule) or _("the period is set on the portal"))
    if rule == REPORT_RULE:
        parts.append(_("the number of days is set on the portal"))
    return " · ".join(part for part in parts if part)


def state_words(clock: Clock) -> str:
    """How a clock stands, in one line."""
    term, state, days = clock.term, clock.state, clock.working_days
    if state is State.ahead:
        return _("Not begun yet")
    if state is State.running:
        return left_words(days)
    if state is State.overdue:
        return overdue_words(days)
    if state is State.agreed:
        return _("No answer by %(date)s: counts as agreement, arts. 19, 20", date=format_day_long(term.due_on))
    if state is State.archived:
        return _("Was not due on this portal: imported from an archive")
    if state is State.stopped:
        return _("Stopped: the draft is withdrawn")
    if term.ends_by_itself:
        return _("Ended")
    return _done_words(clock)


def record_words(what: What, record: DutyRecord) -> tuple[str, str]:
    """The share of duties done on time, and what it is of, out of how many that were due."""
    timely, due = format_number(record.on_time), format_number(record.due)
    texts = {
        What.answers: _("discussions answered on time (%(timely)s out of %(due)s)", timely=timely, due=due),
        What.report: _("reports published on time (%(timely)s out of %(due)s)", timely=timely, due=due),
    }
    return format_share(record.on_time / record.due) if record.due else "–", texts[what]


def left_words(days: int | None) -> str:
    """How long a clock still runs; the last day may lie beyond days off alone."""
    return days_left_words(days) if days is not None else _("More than a year left")


def overdue_words(days: int | None) -> str:
    """By how many working days something is overdue; None: by more than a year."""
    if days is None:
        return _("Overdue by more than a year")
    return ngettext("%(num)s working day overdue", "%(num)s working days overdue", days) if days else _("Overdue")


def moved_words(move: ClockMove) -> str:
    """What moved from when to when."""
    return _(
        "%(what)s: moved from %(first)s to %(second)s",
        what=str(NAMES[What(move.what)]), first=format_day(move.from_on), second=format_day(move.to_on),
    )  # fmt: skip


def cause_words(move: ClockMove, language: str) -> tuple[str, str | None]:
    """Why it moved, and the language of a person's words where that is not the reader's."""
    if move.cause == "calendar":
        day = date.fromisoformat(move.source.partition(":")[2])
        return _("The calendar of working days changed: %(date)s", date=format_day(day)), None
    if move.opinion_id is not None and move.cause == "rule":
        return _("The period set for opinions of this channel changed"), None
    if move.cause == "rule":
        return _("The period set for acts of this type changed"), None
    if language in move.reason:
        return move.reason[language], None
    found = next((code for code in ("kk", "ru") if code in move.reason), None)
    return (move.reason[found], found) if found else ("", None)


def _done_words(clock: Clock) -> str:
    done_on, days = clock.done_on or clock.term.due_on, clock.working_days
    if clock.state is State.on_time:
        return _("Done on time: %(date)s", date=format_day(done_on))
    if not days:
        return _("Done late: %(date)s", date=format_day(done_on))
    late = ngettext("Done %(num)s working day late", "Done %(num)s working days late", days)
    return f"{late}: {format_day(done_on)}"
