"""How does a drafter open the discussion of a draft?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.consultation.actions.windows import FARTHEST_OPENING, LONGEST_WINDOW, announce_consultation
from portal.consultation.models import Consultation
from portal.consultation.opening_forms import OpeningForm
from portal.consultation.policy import ensure_announces
from portal.consultation.views.blueprint import blueprint
from portal.drafts.calendar import DayOff, Deadline, Reason, closing_date
from portal.drafts.desk_head import DeskHead, desk_head
from portal.drafts.findings import Finding, differences
from portal.drafts.package import Part, missing_required
from portal.drafts.queries.desk import DeskFile, get_desk_file, list_package, list_sources
from portal.drafts.queries.reference import work_calendar
from portal.drafts.words import PARTS
from portal.kernel.clock import today
from portal.web.access import access
from portal.web.formats import format_day
from portal.web.forms import attempt
from portal.web.locale import current_language
from portal.web.pages import show

MOST_DIFFERENCES = 20


@dataclass(frozen=True)
class Entry:
    """A line of the checklist."""

    name: str
    state: str
    note: str | None
    url: str | None


@dataclass(frozen=True)
class Proposal:
    """The window that follows from the type's period: the last day, why it is that one, which days were passed over."""

    opens_on: date
    closes_on: date
    answers_due_on: date
    period: str
    rule: str
    skipped: tuple[str, ...]


@dataclass(frozen=True)
class OpeningPage:
    """What stands in the way of opening, or the window proposed with what has to be acknowledged."""

    head: DeskHead
    missing: tuple[Entry, ...]
    unfilled: tuple[Entry, ...]
    proposal: Proposal
    earliest: date
    farthest: date
    latest: date
    differences: tuple[Finding, ...]
    differences_left: int
    text_url: str
    preview_url: str


@blueprint.get("/desk/drafts/<int:draft_id>/open")
@access("draft.publish")
def open_consultation(draft_id: int) -> Any:
    """The window proposed: today, and the last day that follows from the act type's period."""
    file = get_desk_file(g.actor, draft_id)
    ensure_announces(g.actor, file.draft)
    begin = today()
    form = OpeningForm(data={"opens_on": begin, "closes_on": _period(file, begin).closes_on})
    return _show(file, form, begin)


@blueprint.post("/desk/drafts/<int:draft_id>/open")
@access("draft.publish")
def announce(draft_id: int) -> Any:
    """Publish the version and announce the discussion, or propose another last day when asked to."""
    file, form = get_desk_file(g.actor, draft_id), OpeningForm()
    differ = bool(_differences(file))
    is_valid = form.was_sent_and_is_valid()
    begin = form.opens_on.data or today()
    if request.form.get("act") == "propose":
        return _show(file, _proposed(file, form), begin)
    if differ and not form.differences.data:
        is_valid = False
        form.differences.errors = [_("Look at the differences and confirm that you have seen them.")]
    if not is_valid:
        return _show(file, form, begin)
    with attempt(form) as tried:
        window = announce_consultation(
            g.actor, draft=file.draft, opens_on=form.opens_on.data, closes_on=form.closes_on.data
        )
    if not tried.done:
        return _show(file, form, begin)
    flash(_said(window), "success")
    return redirect(url_for("drafts.overview", draft_id=draft_id))


def _proposed(file: DeskFile, form: OpeningForm) -> OpeningForm:
    """The same form with the last day that follows from the first one; nothing is complained of yet."""
    begin = form.opens_on.data or today()
    values = {
        "opens_on": begin, "closes_on": _period(file, begin).closes_on,
        "differences": form.differences.data, "immutable": form.immutable.data,
    }  # fmt: skip
    return OpeningForm(formdata=None, data=values)


def _show(file: DeskFile, form: OpeningForm, begin: date) -> Any:
    parts, found = list_package(file), _differences(file)
    draft_id = file.draft.id
    page = OpeningPage(
        head=desk_head(file, "consultation.open_consultation"),
        missing=tuple(_entry(part, draft_id) for part in missing_required(parts)),
        unfilled=tuple(_entry(part, draft_id) for part in parts if part.state == "missing" and not part.is_gate),
        proposal=_proposal(file, begin),
        earliest=today(),
        farthest=today() + FARTHEST_OPENING,
        latest=today() + FARTHEST_OPENING + LONGEST_WINDOW,
        differences=found[:MOST_DIFFERENCES],
        differences_left=max(0, len(found) - MOST_DIFFERENCES),
        text_url=url_for("drafts.text", draft_id=draft_id),
        preview_url=url_for("drafts.preview", draft_id=draft_id),
    )
    return show("consultation/opening.html", page, form)


def _differences(file: DeskFile) -> tuple[Finding, ...]:
    return differences({language: each.outline for language, each in list_sources(file.version.id).items()})


def _period(file: DeskFile, begin: date) -> Deadline:
    # far-off days are refused by the action; here they must only not break the calendar
    begin = min(max(begin, today() - timedelta(days=366)), today() + 2 * FARTHEST_OPENING)
    return closing_date(begin, file.act_type.discussion_days, work_calendar())


def _proposal(file: DeskFile, begin: date) -> Proposal:
    period, days = _period(file, begin), file.act_type.discussion_days
    return Proposal(
        opens_on=begin,
        closes_on=period.closes_on,
        answers_due_on=closing_date(period.closes_on, file.act_type.answer_days, work_calendar()).closes_on,
        period=ngettext("%(num)s working day", "%(num)s working days", days),
        rule=_rule(file.act_type.rule),
        skipped=tuple(_day_off(day) for day in period.skipped),
    )


def _rule(rule: str) -> str:
    article = rule.removeprefix("art. ")
    return _("Law “On legal acts”, article %(article)s", article=article) if article != rule else rule


def _day_off(day: DayOff) -> str:
    if day.reason is Reason.weekend:
        return _("%(date)s: weekend", date=format_day(day.on))
    if day.reason is Reason.transferred:
        return _("%(date)s: moved day off", date=format_day(day.on))
    return f"{format_day(day.on)}: {day.name(current_language())}"


def _entry(part: Part, draft_id: int) -> Entry:
    address = {"passport": "drafts.card", "note": "drafts.package"}.get(part.code, "drafts.text")
    return Entry(str(PARTS[part.code]), part.state, None, url_for(address, draft_id=draft_id))


def _said(window: Consultation) -> str:
    dates = {"first": format_day(window.opens_on), "last": format_day(window.closes_on)}
    if window.opens_on > today():
        return _("The discussion is announced. First day: %(first)s, last day: %(last)s.", **dates)
    return _("The discussion is open. Last day: %(last)s.", **dates)
