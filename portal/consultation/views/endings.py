"""How does a draft end: withdrawn with a public reason, or adopted as an act?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, g, redirect, url_for
from flask_babel import gettext as _

from portal.consultation.actions.endings import adopt_reported_draft
from portal.consultation.opening_forms import AdoptForm, WithdrawForm
from portal.consultation.policy import ensure_reported
from portal.consultation.queries.drafts import get_file
from portal.consultation.views.blueprint import blueprint
from portal.drafts.actions.drafts import withdraw_draft
from portal.drafts.desk_head import DeskHead, desk_head
from portal.drafts.policy import LONGEST_REASON, ensure_adoptable, ensure_withdrawable
from portal.drafts.queries.desk import DeskFile, get_desk_file
from portal.kernel.clock import today
from portal.kernel.errors import Refused
from portal.web.access import access
from portal.web.errors import sentence
from portal.web.forms import attempt
from portal.web.pages import show


@dataclass(frozen=True)
class EndingPage:
    """The form that ends a draft, or why it cannot end yet; `latest` is the last day that may be entered."""

    head: DeskHead
    longest: int
    latest: date
    not_yet: str


@blueprint.get("/desk/drafts/<int:draft_id>/withdraw")
@access("draft.publish")
def withdraw_draft_form(draft_id: int) -> Any:
    """The form for withdrawing; refused at once where it could not be sent."""
    file = get_desk_file(g.actor, draft_id)
    ensure_withdrawable(g.actor, file.draft)
    return _show("consultation/withdraw_draft.html", file, WithdrawForm())


@blueprint.post("/desk/drafts/<int:draft_id>/withdraw")
@access("draft.publish")
def withdraw_draft_for_good(draft_id: int) -> Any:
    """Withdraw the draft."""
    file, form = get_desk_file(g.actor, draft_id), WithdrawForm()
    reason = {"kk": form.reason_kk.data, "ru": form.reason_ru.data}
    with attempt(form) as tried:
        withdraw_draft(g.actor, draft=file.draft, reason=reason)
    if not tried.done:
        return _show("consultation/withdraw_draft.html", file, form)
    flash(_("The draft is withdrawn; the reason is public."), "success")
    return redirect(url_for("drafts.overview", draft_id=draft_id))


@blueprint.get("/desk/drafts/<int:draft_id>/adopt")
@access("draft.publish")
def adopt_draft_form(draft_id: int) -> Any:
    """The form for marking the act adopted, or what has to come first."""
    file = get_desk_file(g.actor, draft_id)
    ensure_adoptable(g.actor, file.draft)
    try:
        ensure_reported(get_file(draft_id).phase)
    except Refused as refusal:
        return _show("consultation/adopt_draft.html", file, None, sentence(refusal))
    return _show("consultation/adopt_draft.html", file, AdoptForm())


@blueprint.post("/desk/drafts/<int:draft_id>/adopt")
@access("draft.publish")
def adopt_draft(draft_id: int) -> Any:
    """Say when and as what the act was adopted."""
    file, form = get_desk_file(g.actor, draft_id), AdoptForm()
    if not form.was_sent_and_is_valid():
        return _show("consultation/adopt_draft.html", file, form)
    day, reference = form.adopted_on.data, form.reference.data
    with attempt(form) as tried:
        adopt_reported_draft(g.actor, file=get_file(draft_id), adopted_on=day, reference=reference)
    if not tried.done:
        return _show("consultation/adopt_draft.html", file, form)
    flash(_("The draft is marked adopted."), "success")
    return redirect(url_for("consultation.adopted_desk", draft_id=draft_id))


def _show(template: str, file: DeskFile, form: WithdrawForm | AdoptForm | None, not_yet: str = "") -> Any:
    return show(template, EndingPage(desk_head(file, ""), LONGEST_REASON, today(), not_yet), form)
