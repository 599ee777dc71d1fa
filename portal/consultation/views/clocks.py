"""How do the clocks, the moved days and the opinions of a draft look on any page?"""

from __future__ import annotations

from dataclasses import dataclass

from flask import g, url_for
from flask_babel import gettext as _

from portal.consultation.clock_words import (
    CONCLUSIONS,
    GROUNDS,
    NAMES,
    cause_words,
    moved_words,
    period_words,
    state_words,
)
from portal.consultation.clocks import Clock, State, What, clock_at, next_due
from portal.consultation.models import ClockMove
from portal.consultation.phases import Phase
from portal.consultation.queries.clocks import has_moves_and_opinions, list_moves
from portal.consultation.queries.drafts import DraftFile
from portal.consultation.queries.opinions import OpinionRow, list_opinions
from portal.consultation.terms import draft_clocks, opinion_term
from portal.drafts.calendar import WorkCalendar
from portal.drafts.models import ActType, Draft
from portal.drafts.queries.reference import work_calendar
from portal.kernel.clock import now
from portal.web.formats import format_day

URGENT = 3  # working days
MOVABLE = {What.opening.value, What.discussion.value}


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One clock: what is due, by when, how it stands, by which period and article."""

    name: str
    due: str
    state: str
    rule: str
    is_late: bool
    is_urgent: bool


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A day that moved and why; `lang` of the reason where it is not the reader's."""

    words: str
    reason: str
    lang: str | None
    moved_on: str


@dataclass(frozen=True, slots=True)
class OpinionLine:
    """An opinion asked for. `answer` is its conclusion, or what its silence means; `text` is what was typed."""

    id: int
    channel: str
    addressee: str
    sent: str
    due: str
    rule: str
    answer: str
    note: str
    is_late: bool
    is_waiting: bool
    url: str | None
    file_name: str
    text: tuple[str, ...]
    lang: str | None


@dataclass(frozen=True)
class ClocksView:
    """All clocks of a draft. `ground` is (name, explanation, its language) of a shorter period; `notices` are the moves
    of the discussion's days that a reader has to know of now; `next` says what is due next."""

    lines: tuple[ClockLine, ...]
    next: ClockLine | None
    moves: tuple[MoveLine, ...]
    notices: tuple[MoveLine, ...]
    ground: tuple[str, str, str | None] | None
    opinions: tuple[OpinionLine, ...]


def request_calendar() -> WorkCalendar:
    """The calendar of working days, read once for a page."""
    if "work_calendar" not in g:
        g.work_calendar = work_calendar()
    calendar: WorkCalendar = g.work_calendar
    return calendar


def show_clocks(
    file: DraftFile, act_type: ActType, language: str, *, known: tuple[bool, bool] | None = None
) -> ClocksView:
    """The clocks of a public draft in the reader's language. One query each for moves and opinions if there are any.

    `known` says whether there are; asked for with one query where nobody knows.
    """
    calendar, (was_moved, was_asked) = request_calendar(), known or has_moves_and_opinions(file.draft.id)
    moves = list_moves(file.draft.id) if was_moved else []
    clocks = draft_clocks(
        file.draft, file.consultation, file.tally, act_type, instant=now(), calendar=calendar
    )
    runs = file.phase in {Phase.announced, Phase.open}
    due = next_due(clocks)
    return ClocksView(
        lines=tuple(map(clock_line, clocks)),
        next=clock_line(due) if due else None,
        moves=tuple(_move_line(move, language) for move in moves if move.opinion_id is None),
        notices=tuple(_move_line(move, language) for move in moves if runs and move.what in MOVABLE),
        ground=_ground(file, language),
        opinions=show_opinions(file.draft, language, calendar) if was_asked else (),
    )


def show_opinions(draft: Draft, language: str, calendar: WorkCalendar) -> tuple[OpinionLine, ...]:
    """The opinions asked for on a draft, public or not. One query."""
    return tuple(_opinion_line(draft, row, language, calendar) for row in list_opinions(draft.id))


def clock_line(clock: Clock) -> ClockLine:
    """A clock in words."""
    days = clock.working_days
    return ClockLine(
        name=str(NAMES[clock.term.what]),
        due=format_day(clock.term.due_on),
        state=state_words(clock),
        rule=period_words(clock.term.days, clock.term.rule),
        is_late=clock.state in {State.late, State.overdue},
        is_urgent=clock.state is State.overdue or (clock.is_running and days is not None and days <= URGENT),
    )


def _move_line(move: ClockMove, language: str) -> MoveLine:
    reason, lang = cause_words(move, language)
    return MoveLine(moved_words(move), reason, lang, format_day(move.moved_at))


def _ground(file: DraftFile, language: str) -> tuple[str, str, str | None] | None:
    window = file.consultation
    if window.ground not in GROUNDS:
        return None
    reason = window.ground_reason
    found = language if language in reason else next((code for code in ("kk", "ru") if code in reason), None)
    return str(GROUNDS[window.ground]), reason.get(found or "", ""), found if found != language else None


def _opinion_line(draft: Draft, row: OpinionRow, language: str, calendar: WorkCalendar) -> OpinionLine:
    opinion = row.opinion
    clock = clock_at(opinion_term(opinion, draft.withdrawn_at), now(), calendar)
    url = None
    if row.file_name is not None:
        endpoint = "consultation.attachment" if draft.is_public else "drafts.attachment"
        url = url_for(endpoint, draft_id=draft.id, attachment_id=opinion.attachment_id)
    return OpinionLine(
        id=opinion.id,
        channel=row.channel.name(language),
        addressee=opinion.addressee,
        sent=format_day(opinion.sent_on),
        due=format_day(opinion.due_on),
        rule=period_words(opinion.days, opinion.rule),
        answer=str(CONCLUSIONS[opinion.conclusion]) if opinion.conclusion else state_words(clock),
        note=_note(clock, opinion.silence_agrees) if opinion.received_on else "",
        is_late=clock.state is State.overdue,
        is_waiting=opinion.received_on is None,
        url=url,
        file_name=row.file_name or "",
        text=tuple(line for line in opinion.text.splitlines() if line.strip()),
        lang=opinion.language or None,
    )


def _note(clock: Clock, silence_agrees: bool) -> str:
    """When the answer came; one that came after its day did not undo the agreement of silence."""
    received = _("received %(date)s", date=format_day(clock.done_on or clock.term.due_on))
    if clock.state is not State.late:
        return received
    late = _("after the last day")
    if silence_agrees:
        late = _("after the last day: until then silence counted as agreement")
    return f"{received}, {late}"
