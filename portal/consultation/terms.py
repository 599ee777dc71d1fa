"""By which terms does a stored draft run, and how does each of its clocks stand now?"""

from __future__ import annotations

from datetime import datetime

from portal.consultation.clock_rules import Period, Window
from portal.consultation.clocks import Clock, Term, What, clock_at
from portal.consultation.models import Consultation, Opinion, Tally
from portal.drafts.calendar import WorkCalendar
from portal.drafts.models import ActType, Draft
from portal.kernel.clock import start_of


def draft_clocks(
    draft: Draft, consultation: Consultation, tally: Tally, act_type: ActType, *, instant: datetime, calendar: WorkCalendar
) -> tuple[Clock, ...]:
    """The clocks of a public draft in the order they end: discussion, answers, report."""
    terms = draft_terms(draft, consultation, tally, act_type, instant)
    return tuple(clock_at(term, instant, calendar) for term in terms)


def draft_terms(
    draft: Draft, consultation: Consultation, tally: Tally, act_type: ActType, instant: datetime
) -> tuple[Term, ...]:
    """The terms behind `draft_clocks`. Answers are given when, after the closing, no public comment waits for one."""
    window, stopped_at = consultation, draft.withdrawn_at
    discussion = Term(
        What.discussion, window.opens_at, window.closes_on, window.rule or act_type.rule, window.least_days,
        stopped_at=stopped_at, ends_by_itself=True,
    )  # fmt: skip
    is_answered = instant >= window.closes_at and tally.answered >= tally.comments and stopped_at is None
    answers = Term(
        What.answers, window.closes_at, window.answers_due_on, act_type.answer_rule or act_type.rule, act_type.answer_days,
        done_at=(window.answered_at or window.reported_at or instant) if is_answered else None, stopped_at=stopped_at,
        known_at=window.announced_at,
    )  # fmt: skip
    if window.report_due_on is None:
        return discussion, answers
    report = Term(
        What.report, window.answers_due_at, window.report_due_on, act_type.report_rule, act_type.report_days,
        done_at=window.reported_at, stopped_at=stopped_at, known_at=window.announced_at,
    )  # fmt: skip
    return discussion, answers, report


def opinion_term(opinion: Opinion, stopped_at: datetime | None) -> Term:
    """The term of an opinion; it is received on a legal day, whose first instant stands for it."""
    received_at = start_of(opinion.received_on) if opinion.received_on else None
    return Term(
        What.opinion, start_of(opinion.sent_on), opinion.due_on, opinion.rule, opinion.days, received_at, stopped_at,
        opinion.silence_agrees,
    )  # fmt: skip


def period_of(act_type: ActType, ground_type: ActType | None) -> Period:
    """The rules of a draft's type; a ground brings the discussion of its own type."""
    return Period((ground_type or act_type).discussion_days, act_type.answer_days, act_type.report_days)


def window_of(consultation: Consultation, instant: datetime) -> Window | None:
    """Which of a window's clocks still run, for `moves_of`; None when the report's day is not known."""
    if consultation.report_due_on is None or consultation.report_due_at is None:
        return None
    return Window(
        opens_on=consultation.opens_on,
        closes_on=consultation.closes_on,
        answers_due_on=consultation.answers_due_on,
        report_due_on=consultation.report_due_on,
        least_days=consultation.least_days,
        discussion_runs=instant < consultation.closes_at,
        answers_run=instant < consultation.answers_due_at and consultation.answered_at is None,
        report_runs=instant < consultation.report_due_at and consultation.reported_at is None,
    )
