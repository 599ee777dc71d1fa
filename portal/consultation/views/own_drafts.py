"""Which drafts does my body have, in which phase is each, and what is due next?"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import g, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext, pgettext

from portal.consultation.clock_words import NAMES, left_words, overdue_words
from portal.consultation.clocks import A_YEAR
from portal.consultation.deadlines import URGENT, answers_deadline
from portal.consultation.opening_forms import BodyFilterForm
from portal.consultation.phases import Phase
from portal.consultation.queries.duties import DueRow, list_next_due
from portal.consultation.queries.own_drafts import ORDER, PAGE, OwnDraft, count_phases, list_own_drafts, list_packages
from portal.consultation.views.blueprint import blueprint
from portal.consultation.views.desk import titled
from portal.consultation.words import ARCHIVED, PHASE_TAGS, PHASES, days_left_words
from portal.drafts.calendar import WorkCalendar, working_days_left
from portal.drafts.package import Part
from portal.drafts.queries.bodies import list_body_choices
from portal.drafts.queries.reference import find_body, get_body, work_calendar
from portal.drafts.words import PARTS
from portal.kernel.clock import today
from portal.web.access import access
from portal.web.formats import format_day, format_number, format_until
from portal.web.locale import current_language
from portal.web.pages import PageNumbers, here, page_numbers, show


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A draft with what is due next; `lang` is the title's where it is not the reader's."""

    url: str
    title: str
    lang: str | None
    note: str
    due: str
    due_url: str | None
    is_urgent: bool


@dataclass(frozen=True, slots=True)
class NextLine:
    """What is due next: how long it may still wait, what it is, of which draft."""

    left: str
    what: str
    url: str
    title: str
    lang: str | None
    is_urgent: bool


@dataclass(frozen=True, slots=True)
class PhaseGroup:
    """The drafts of one page that are in one phase."""

    name: str
    tag: str
    total: int
    rows: tuple[DeskRow, ...]


@dataclass(frozen=True)
class OwnDraftsPage:
    """The drafts of a body, or of all for those who read all; `pills` as in the component."""

    body: str | None
    next: tuple[NextLine, ...]
    pills: tuple[tuple[str, str, bool, int], ...]
    groups: tuple[PhaseGroup, ...]
    numbers: PageNumbers
    new_url: str | None
    desk_url: str


@blueprint.get("/desk/drafts")
@access("desk.open")
def desk_drafts() -> Any:
    """My body's drafts; administrators and auditors see every body's, or the one they choose."""
    sees_all = g.actor.may("admin.read")
    form = _filter_form() if sees_all else None
    body = find_body(form.body.data or "") if form else (get_body(g.actor.body_id) if g.actor.body_id else None)
    body_id = body.id if body else (None if sees_all else 0)
    counts = count_phases(body_id)
    phase = _asked(counts)
    numbers = page_numbers(counts.get(phase, 0) if phase else sum(counts.values()), PAGE)
    drafts = list_own_drafts(body_id, phase, offset=(numbers.number - 1) * PAGE)
    page = OwnDraftsPage(
        body=body.name(current_language()) if body else None,
        next=_next(body_id) if phase is None and numbers.number == 1 else (),
        pills=_pills(counts, phase),
        groups=_groups(drafts, counts, names_bodies=body is None or any(each.body.id != body.id for each in drafts)),
        numbers=numbers,
        new_url=url_for("drafts.new") if g.actor.may("draft.edit") else None,
        desk_url=url_for("consultation.desk_drafts"),
    )
    return show("consultation/own_drafts.html", page, form)


def _next(body_id: int | None) -> tuple[NextLine, ...]:
    calendar = work_calendar()
    return tuple(_next_line(row, calendar) for row in list_next_due(body_id))


def _next_line(row: DueRow, calendar: WorkCalendar) -> NextLine:
    title, lang = titled(row.titles)
    overdue = row.due_on < today()
    first, last = (row.due_on, today()) if overdue else (today(), row.due_on)
    days = working_days_left(first, last, calendar) if (last - first).days <= A_YEAR else None
    what = f"{NAMES[row.what]}: {row.addressee}" if row.addressee else str(NAMES[row.what])
    return NextLine(
        left=overdue_words(days) if overdue else left_words(days),
        what=f"{what}, {format_until(row.due_on)}" if not overdue else f"{what}, {format_day(row.due_on)}",
        url=url_for("consultation.terms", draft_id=row.draft_id),
        title=title,
        lang=lang,
        is_urgent=overdue or (days is not None and days <= URGENT),
    )


def _filter_form() -> BodyFilterForm:
    form, language = BodyFilterForm(request.args), current_language()
    form.body.choices = [("", _("All bodies")), *list_body_choices(language, with_ended=True, by_code=True)]
    return form


def _asked(counts: dict[Phase, int]) -> Phase | None:
    asked = request.args.get("phase")
    return Phase(asked) if asked in set(Phase) and Phase(asked) in counts else None


def _pills(counts: dict[Phase, int], chosen: Phase | None) -> tuple[tuple[str, str, bool, int], ...]:
    every = (pgettext("drafts", "All"), here(phase=None, page=None), chosen is None, sum(counts.values()))
    return (
        every,
        *(
            (str(PHASES[phase]), here(phase=phase.value, page=None), phase is chosen, counts[phase])
            for phase in ORDER
            if phase in counts
        ),
    )


def _groups(drafts: list[OwnDraft], counts: dict[Phase, int], names_bodies: bool) -> tuple[PhaseGroup, ...]:
    calendar = work_calendar()
    packages = list_packages([draft for draft in drafts if draft.phase is Phase.preparing])
    return tuple(
        PhaseGroup(
            str(PHASES[phase]),
            PHASE_TAGS[phase],
            counts[phase],
            tuple(_row(draft, packages.get(draft.id, ()), calendar, names_bodies) for draft in group),
        )
        for phase, group in groupby(drafts, key=lambda draft: draft.phase)
    )


def _row(draft: OwnDraft, parts: tuple[Part, ...], calendar: WorkCalendar, names_body: bool) -> DeskRow:
    language = current_language()
    lang = language if draft.titles[language] else next((code for code, title in draft.titles.items() if title), "kk")
    note = [_("No %(number)s", number=draft.number), draft.act_type.name(language)]
    if names_body:
        note.append(draft.body.name(language))
    if draft.phase not in {Phase.preparing, Phase.announced}:
        note.append(_comments(draft))
    due, is_urgent = _due(draft, parts, calendar)
    return DeskRow(
        url=url_for("drafts.overview", draft_id=draft.id),
        title=draft.titles[lang] or draft.number,
        lang=lang if lang != language else None,
        note=" · ".join(note),
        due=due,
        due_url=_due_address(draft),
        is_urgent=is_urgent,
    )


def _comments(draft: OwnDraft) -> str:
    count = format_number(draft.comments)
    if not draft.comments or draft.answered == draft.comments:
        return ngettext("%(count)s comment", "%(count)s comments", draft.comments, count=count)
    return _("answered: %(answered)s of %(count)s", answered=format_number(draft.answered), count=count)


def _due_address(draft: OwnDraft) -> str | None:
    """Where to do what is due, if it can be done now."""
    if draft.phase is Phase.report_published and g.actor.may("draft.publish"):
        return url_for("consultation.adopt_draft_form", draft_id=draft.id)
    if draft.phase is Phase.answering and draft.answered < draft.comments:
        return url_for("consultation.draft_inbox", draft_id=draft.id)
    return None


def _due(draft: OwnDraft, parts: tuple[Part, ...], calendar: WorkCalendar) -> tuple[str, bool]:
    """What is due next, and whether it is urgent."""
    if draft.phase is Phase.preparing:
        missing = ", ".join(str(PARTS[part.code]).lower() for part in parts if part.state == "missing")
        return (_("Missing: %(parts)s", parts=missing) if missing else _("Complete: the discussion can be opened")), False
    if draft.phase is Phase.announced and draft.opens_on:
        return _("The discussion begins: %(date)s", date=format_day(draft.opens_on)), False
    if draft.phase is Phase.open and draft.closes_on:
        left = working_days_left(today(), draft.closes_on, calendar)
        return f"{days_left_words(left)}, {format_until(draft.closes_on)}", False
    if draft.phase is Phase.answering and draft.is_archived:
        return str(ARCHIVED), False
    if draft.phase is Phase.answering and draft.answers_due_on:
        if draft.answered >= draft.comments:
            return _("All comments are answered: the report is next"), False
        deadline = answers_deadline(draft.answers_due_on, "", calendar)
        return _("For answers: %(left)s, %(until)s", left=deadline.left.lower(), until=deadline.text), deadline.urgent
    if draft.phase is Phase.report_published:
        return _("Mark it adopted when the act is signed"), False
    if draft.phase is Phase.adopted and draft.adopted_on:
        return f"{format_day(draft.adopted_on)}. {draft.adopted_reference}", False
    return (format_day(draft.withdrawn_at) if draft.withdrawn_at else ""), False
