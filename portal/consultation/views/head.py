"""What stands at the head of a draft's page: what it is, how far it has come, and what a reader can do?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from flask import g, url_for
from flask_babel import gettext as _
from flask_babel import pgettext

from portal.consultation.cards import time_left_words
from portal.consultation.phases import STEPS, Phase
from portal.consultation.queries.reading import Dossier
from portal.consultation.views.addresses import address_of, present_path, sign_in_address
from portal.consultation.views.clocks import request_calendar
from portal.consultation.words import phase_tag
from portal.drafts.calendar import working_days_left
from portal.drafts.models import LinkKind
from portal.drafts.queries.bodies import name_then
from portal.kernel.clock import legal_day, today
from portal.web.formats import format_day, format_day_long, format_number, format_until


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the life of a draft, as `components/timeline.html` shows it."""

    name: str
    state: str
    note: str | None


@dataclass(frozen=True, slots=True)
class VoteBox:
    """Votes on the draft as `components/vote_buttons.html` takes them; or where to sign in first."""

    url: str
    choices: tuple[tuple[str, str, int | None], ...]
    current: str | None
    back: str
    sign_in_url: str | None


@dataclass(frozen=True)
class Head:
    """The head of a draft's page. `lang` only where the title is not in the reader's language."""

    id: int
    title: str
    lang: str | None
    number: str
    status: str
    status_kind: str
    type: str
    version: int
    body: str
    body_url: str | None
    body_now: str
    area: str
    published_at: date
    archived_at: datetime | None  # when it came here, after all its days had passed
    steps: tuple[Step, ...]
    opens: tuple[str, str] | None  # the first and the last day while they are ahead
    calendar_url: str | None
    comment_url: str | None
    print_url: str
    report_url: str | None
    votes_for: int
    votes_against: int
    votes: VoteBox | None
    withdrawn_reason: str
    withdrawn_lang: str | None  # of the reason where it is not the reader's
    adopted_reference: str


def show_head(dossier: Dossier, language: str, version: int, text_language: str) -> Head:
    """The head in the reader's language. One query while the discussion is open."""
    draft, file = dossier.draft, dossier.file
    title, lang = title_in(dossier, language)
    reason, reason_lang = draft.why_withdrawn(language)
    body = name_then(dossier.body, legal_day(file.consultation.announced_at), language)
    status, kind = phase_tag(file.phase, file.consultation.is_archived)
    is_open_to = file.is_open and (not g.actor.is_signed_in or g.actor.may("comment.post"))
    return Head(
        id=draft.id,
        title=title,
        lang=lang,
        number=draft.number,
        status=status,
        status_kind=kind,
        type=dossier.act_type.name(language),
        version=version,
        body=body.then,
        body_url=address_of("reports.body", code=body.now_code),
        body_now=body.now,
        area=dossier.area.name(language) if dossier.area else "",
        published_at=file.consultation.announced_at,
        archived_at=file.consultation.announced_at if file.consultation.is_archived else None,
        steps=_steps(dossier),
        opens=_days_ahead(dossier),
        calendar_url=_calendar_url(dossier),
        comment_url=url_for("consultation.new_comment", draft_id=draft.id) if is_open_to else None,
        print_url=url_for("consultation.print_draft", draft_id=draft.id, version=version, language=text_language),
        report_url=address_of("reports.report", draft_id=draft.id) if file.consultation.reported_at else None,
        votes_for=file.tally.votes_for,
        votes_against=file.tally.votes_against,
        votes=_votes(dossier),
        withdrawn_reason=reason,
        withdrawn_lang=reason_lang,
        adopted_reference=draft.adopted_reference if draft.adopted_on else "",
    )


def title_in(dossier: Dossier, language: str) -> tuple[str, str | None]:
    """The title for a reader, and its language where that is another."""
    draft = dossier.draft
    title = draft.title(language)
    if getattr(draft, f"title_{language}"):
        return title, None
    return title, next((code for code in ("kk", "ru", "en") if getattr(draft, f"title_{code}")), None)


def _days_ahead(dossier: Dossier) -> tuple[str, str] | None:
    window = dossier.file.consultation
    return (format_day_long(window.opens_on), format_day_long(window.closes_on)) if dossier.file.phase is Phase.announced else None


def _calendar_url(dossier: Dossier) -> str | None:
    """Where the days that are ahead are found for a reader's own calendar."""
    if dossier.file.phase not in {Phase.announced, Phase.open}:
        return None
    return url_for("consultation.discussion_calendar", draft_id=dossier.draft.id)


def _votes(dossier: Dossier) -> VoteBox | None:
    draft, file = dossier.draft, dossier.file
    if not file.is_open or (g.actor.is_signed_in and not g.actor.may("draft.vote")):
        return None
    back = present_path()
    own = dossier.own_vote
    choices = (
        ("1", pgettext("vote on a draft", "For"), None),
        ("-1", pgettext("vote on a draft", "Against"), None),
    )
    return VoteBox(
        url=url_for("consultation.vote_draft", draft_id=draft.id),
        choices=choices,
        current=None if own is None else str(own),
        back=back,
        sign_in_url=None if g.actor.is_signed_in else sign_in_address(back),
    )


def _steps(dossier: Dossier) -> tuple[Step, ...]:
    file = dossier.file
    if file.phase is Phase.withdrawn:
        return _withdrawn_steps(dossier)
    now = STEPS.index(file.phase)
    names = (
        pgettext("step", "Announced"), pgettext("step", "Discussion"), pgettext("step", "Answers"),
        pgettext("step", "Report"), pgettext("step", "Adoption"),
    )  # fmt: skip
    notes = (
        format_day(file.consultation.announced_at), _discussion_note(dossier), _answers_note(dossier),
        _report_note(dossier),
        format_day(dossier.draft.adopted_on) if dossier.draft.adopted_on else None,
    )  # fmt: skip
    states = ("done" if at < now else "current" if at == now else "next" for at in range(len(STEPS)))
    return (
        *_linked_steps(dossier, pgettext("step", "Consultative document"), is_earlier=True),
        *map(Step, names, states, notes),
        *_linked_steps(dossier, pgettext("step", "Bill"), is_earlier=False),
    )


def _linked_steps(dossier: Dossier, name: str, *, is_earlier: bool) -> tuple[Step, ...]:
    """The consultative document before a bill, the bill after a consultative document: the order of art. 17-1."""
    return tuple(
        Step(name, "done", _("No %(number)s", number=link.number))
        for link in dossier.links
        if link.kind is LinkKind.consultative and link.is_earlier == is_earlier
    )


def _withdrawn_steps(dossier: Dossier) -> tuple[Step, ...]:
    consultation, withdrawn_at = dossier.file.consultation, dossier.draft.withdrawn_at
    announced = Step(pgettext("step", "Announced"), "done", format_day(consultation.announced_at))
    last = min(consultation.closes_on, legal_day(withdrawn_at)) if withdrawn_at else consultation.closes_on
    discussion = Step(pgettext("step", "Discussion"), "done", _range(consultation.opens_on, last))
    was_held = withdrawn_at is None or withdrawn_at >= consultation.opens_at
    return (
        announced,
        *([discussion] if was_held else []),
        Step(pgettext("step", "Withdrawn"), "current", format_day(withdrawn_at) if withdrawn_at else None),
    )


def _discussion_note(dossier: Dossier) -> str:
    consultation = dossier.file.consultation
    if dossier.file.phase is not Phase.open:
        return _range(consultation.opens_on, consultation.closes_on)
    days = working_days_left(today(), consultation.closes_on, request_calendar())
    left = time_left_words(dossier.file.phase, consultation.closes_on, days)
    return ", ".join(part for part in (format_until(consultation.closes_on), _lowered(left)) if part)


def _answers_note(dossier: Dossier) -> str:
    file = dossier.file
    if file.phase in {Phase.announced, Phase.open}:
        return format_until(file.consultation.answers_due_on)
    counted = _(
        "%(answered)s of %(total)s answered",
        answered=format_number(file.tally.answered), total=format_number(file.tally.comments),
    ) if file.tally.comments else ""  # fmt: skip
    if file.phase is Phase.answering and not file.consultation.is_archived:
        return ", ".join(part for part in (format_until(file.consultation.answers_due_on), counted) if part)
    return counted


def _report_note(dossier: Dossier) -> str | None:
    consultation = dossier.file.consultation
    if consultation.reported_at is not None:
        return format_day(consultation.reported_at)
    if consultation.report_due_on is None or consultation.report_due_on < legal_day(consultation.announced_at):
        return None
    return format_until(consultation.report_due_on)


def _range(first: date, last: date) -> str:
    return f"{format_day(first)} – {format_day(last)}"


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]
