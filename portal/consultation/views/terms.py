"""Where does a drafter see the clocks of a draft, move its days, and keep the opinions asked for?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import flash, g, redirect, url_for
from flask_babel import gettext as _
from flask_babel import pgettext

from portal.consultation.actions.extensions import extend_consultation, postpone_consultation
from portal.consultation.clock_forms import ExtendForm, PostponeForm
from portal.consultation.clock_policy import FARTHEST_OPENING, LONGEST_REASON, LONGEST_WINDOW, ensure_extendable, ensure_postponable
from portal.consultation.phases import Phase
from portal.consultation.queries.drafts import DraftFile, get_file
from portal.consultation.views.blueprint import blueprint
from portal.consultation.views.clocks import ClocksView, OpinionLine, show_clocks, show_opinions
from portal.drafts.desk_head import DeskHead, desk_head
from portal.drafts.desk_pages import may_publish
from portal.drafts.queries.desk import DeskFile, get_desk_file
from portal.drafts.queries.reference import work_calendar
from portal.kernel.clock import today
from portal.web.access import access
from portal.web.formats import format_day
from portal.web.forms import attempt
from portal.web.locale import current_language
from portal.web.pages import show


@dataclass(frozen=True)
class TermsPage:
    """The clocks once there are any; the days that can be moved now; the opinions."""

    head: DeskHead
    clocks: ClocksView | None
    opinions: tuple[OpinionLine, ...]
    ways: tuple[tuple[str, str], ...]
    ask_url: str | None
    draft_id: int
    can_remove: bool


@dataclass(frozen=True)
class MovePage:
    """The form that moves a day: the present one, and the farthest it may be."""

    head: DeskHead
    present: date
    earliest: date
    latest: date
    longest: int
    title: str
    is_extension: bool


@blueprint.get("/desk/drafts/<int:draft_id>/terms")
@access("draft.read_unpublished")
def terms(draft_id: int) -> Any:
    """What is due, by which rule, and what experts and councils said."""
    desk = get_desk_file(g.actor, draft_id)
    language, may_ask = current_language(), may_keep_opinions(desk)
    file = get_file(draft_id) if desk.draft.is_public else None
    clocks = show_clocks(file, desk.act_type, language) if file else None
    page = TermsPage(
        head=desk_head(desk, "consultation.terms"),
        clocks=clocks,
        opinions=clocks.opinions if clocks else show_opinions(desk.draft, language, work_calendar()),
        ways=_ways(desk, file),
        ask_url=url_for("consultation.ask_opinion", draft_id=draft_id) if may_ask else None,
        draft_id=draft_id,
        can_remove=may_ask and not desk.draft.is_public,
    )
    return show("consultation/terms.html", page)


@blueprint.get("/desk/drafts/<int:draft_id>/extend")
@access("draft.publish")
def extend_form(draft_id: int) -> Any:
    """The form for a later last day; refused at once where it could not be sent."""
    desk, file = _extendable(draft_id)
    return _show_extension(desk, file, ExtendForm())


@blueprint.post("/desk/drafts/<int:draft_id>/extend")
@access("draft.publish")
def extend(draft_id: int) -> Any:
    """Extend the discussion."""
    (desk, file), form = _extendable(draft_id), ExtendForm()
    if not form.was_sent_and_is_valid():
        return _show_extension(desk, file, form)
    with attempt(form) as tried:
        closes_on = extend_consultation(g.actor, file=file, closes_on=form.closes_on.data, reason=form.reason())
    if not tried.done:
        return _show_extension(desk, file, form)
    flash(_("The discussion is extended. Last day: %(date)s.", date=format_day(closes_on)), "success")
    return redirect(url_for("consultation.terms", draft_id=draft_id))


@blueprint.get("/desk/drafts/<int:draft_id>/postpone")
@access("draft.publish")
def postpone_form(draft_id: int) -> Any:
    """The form for a later first day of an announced discussion."""
    desk, file = _postponable(draft_id)
    return _show_postponement(desk, file, PostponeForm())


@blueprint.post("/desk/drafts/<int:draft_id>/postpone")
@access("draft.publish")
def postpone(draft_id: int) -> Any:
    """Postpone the discussion."""
    (desk, file), form = _postponable(draft_id), PostponeForm()
    if not form.was_sent_and_is_valid():
        return _show_postponement(desk, file, form)
    with attempt(form) as tried:
        postpone_consultation(g.actor, file=file, opens_on=form.opens_on.data, reason=form.reason())
    if not tried.done:
        return _show_postponement(desk, file, form)
    window = file.consultation
    words = _("The discussion is postponed. First day: %(first)s, last day: %(last)s.",
              first=format_day(window.opens_on), last=format_day(window.closes_on))  # fmt: skip
    flash(words, "success")
    return redirect(url_for("consultation.terms", draft_id=draft_id))


def may_keep_opinions(desk: DeskFile) -> bool:
    """May the present person ask for opinions on the draft and record them?"""
    draft = desk.draft
    is_over = draft.withdrawn_at is not None or draft.adopted_on is not None
    return bool(g.actor.may("draft.edit") and g.actor.acts_for(draft.body_id) and not is_over)


def _ways(desk: DeskFile, file: DraftFile | None) -> tuple[tuple[str, str], ...]:
    if file is None or not may_publish(desk.draft):
        return ()
    if file.phase is Phase.open:
        return ((_("Extend the discussion"), url_for("consultation.extend_form", draft_id=desk.draft.id)),)
    if file.phase is Phase.announced:
        return (
            (_("Postpone the discussion"), url_for("consultation.postpone_form", draft_id=desk.draft.id)),
            (_("Withdraw the draft"), url_for("consultation.withdraw_draft_form", draft_id=desk.draft.id)),
        )
    return ()


def _extendable(draft_id: int) -> tuple[DeskFile, DraftFile]:
    desk, file = get_desk_file(g.actor, draft_id), get_file(draft_id)
    ensure_extendable(g.actor, file.draft, file.phase, file.consultation.closes_on)
    return desk, file


def _postponable(draft_id: int) -> tuple[DeskFile, DraftFile]:
    desk, file = get_desk_file(g.actor, draft_id), get_file(draft_id)
    ensure_postponable(g.actor, file.draft, file.phase, file.consultation.opens_on)
    return desk, file


def _show_extension(desk: DeskFile, file: DraftFile, form: ExtendForm) -> Any:
    window = file.consultation
    page = MovePage(
        desk_head(desk, "consultation.terms"), window.closes_on, window.closes_on + timedelta(days=1),
        window.opens_on + LONGEST_WINDOW, LONGEST_REASON, pgettext("page", "extending the discussion"), True,
    )  # fmt: skip
    return show("consultation/move_day.html", page, form)


def _show_postponement(desk: DeskFile, file: DraftFile, form: PostponeForm) -> Any:
    window = file.consultation
    page = MovePage(
        desk_head(desk, "consultation.terms"), window.opens_on, window.opens_on + timedelta(days=1),
        today() + FARTHEST_OPENING, LONGEST_REASON, pgettext("page", "postponing the discussion"), False,
    )  # fmt: skip
    return show("consultation/move_day.html", page, form)
