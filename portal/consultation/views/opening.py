"""How does a drafter open the discussion of a draft?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _

from portal.consultation.actions.windows import FARTHEST_OPENING, LONGEST_WINDOW, Ground, announce_consultation
from portal.consultation.models import Consultation
from portal.consultation.opening_forms import OpeningForm
from portal.consultation.policy import ensure_announces
from portal.consultation.queries.links import lacks_document
from portal.consultation.views.blueprint import blueprint
from portal.consultation.views.periods import Proposal, ground_choices, propose
from portal.drafts.desk_head import DeskHead, desk_head
from portal.drafts.findings import Finding, find_words
from portal.drafts.package import Part, missing_required
from portal.drafts.queries.desk import DeskFile, get_desk_file, list_package, list_sources
from portal.drafts.queries.editing import sort_differences
from portal.drafts.queries.gate import list_unallowed
from portal.drafts.words import PARTS
from portal.kernel.clock import today
from portal.web.access import access
from portal.web.formats import format_day
from portal.web.forms import attempt
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
class OpeningPage:
    """What stands in the way of opening, differences of the two texts too, or the window proposed."""

    head: DeskHead
    missing: tuple[Entry, ...]
    lacks_text: bool
    override_url: str | None
    unfilled: tuple[Entry, ...]
    proposal: Proposal
    has_grounds: bool
    earliest: date
    farthest: date
    latest: date
    differences: tuple[Finding, ...]
    differences_left: int
    acknowledged: int
    differences_url: str
    text_url: str
    preview_url: str
    links_url: str | None  # where a bill has no consultative document


@blueprint.get("/desk/drafts/<int:draft_id>/open")
@access("draft.publish")
def open_consultation(draft_id: int) -> Any:
    """The window proposed: today, and the last day that follows from the act type's period."""
    file = get_desk_file(g.actor, draft_id)
    ensure_announces(g.actor, file.draft)
    begin = today()
    form = OpeningForm(data={"opens_on": begin, "closes_on": propose(file.act_type, begin).closes_on})
    return _show(file, _with_grounds(form, file), begin)


@blueprint.post("/desk/drafts/<int:draft_id>/open")
@access("draft.publish")
def announce(draft_id: int) -> Any:
    """Publish the version and announce the discussion, or propose another last day when asked to."""
    file = get_desk_file(g.actor, draft_id)
    form = _with_grounds(OpeningForm(), file)
    is_valid = form.was_sent_and_is_valid()
    begin = form.opens_on.data or today()
    if request.form.get("act") == "propose":
        return _show(file, _proposed(file, form), begin)
    if not is_valid:
        return _show(file, form, begin)
    with attempt(form) as tried:
        window = announce_consultation(
            g.actor, draft=file.draft, opens_on=form.opens_on.data, closes_on=form.closes_on.data, ground=_ground(form),
        )
    if not tried.done:
        return _show(file, form, begin)
    flash(_said(window), "success")
    return redirect(url_for("drafts.overview", draft_id=draft_id))


def _proposed(file: DeskFile, form: OpeningForm) -> OpeningForm:
    """The same form with the last day that follows from the first one; nothing is complained of yet."""
    begin = form.opens_on.data or today()
    ground = form.ground.data or ""
    values = {
        "opens_on": begin, "closes_on": propose(file.act_type, begin, ground).closes_on, "immutable": form.immutable.data,
        "ground": ground, "ground_kk": form.ground_kk.data, "ground_ru": form.ground_ru.data,
    }  # fmt: skip
    return _with_grounds(OpeningForm(formdata=None, data=values), file)


def _with_grounds(form: OpeningForm, file: DeskFile) -> OpeningForm:
    form.ground.choices = ground_choices(file.act_type)
    return form


def _show(file: DeskFile, form: OpeningForm, begin: date) -> Any:
    parts, outlines = list_package(file), {code: each.outline for code, each in list_sources(file.version.id).items()}
    differences = sort_differences(file.version.id, outlines)
    draft_id, unallowed = file.draft.id, list_unallowed(file.draft, file.texts)
    required = tuple(part for part in missing_required(parts) if part.code in unallowed)
    page = OpeningPage(
        head=desk_head(file, "consultation.open_consultation"),
        missing=tuple(_entry(part, draft_id) for part in required),
        lacks_text=any(part.code.startswith("text-") for part in required),
        override_url=url_for("drafts.override_form", draft_id=draft_id) if g.actor.may("gate.override") and file.texts else None,
        unfilled=tuple(_entry(part, draft_id) for part in parts if part.state == "missing" and part not in required),
        proposal=propose(file.act_type, begin, form.ground.data or ""),
        has_grounds=len(form.ground.choices) > 1,
        earliest=today(),
        farthest=today() + FARTHEST_OPENING,
        latest=today() + FARTHEST_OPENING + LONGEST_WINDOW,
        differences=find_words((each.warning for each in differences.open[:MOST_DIFFERENCES]), outlines),
        differences_left=max(0, len(differences.open) - MOST_DIFFERENCES),
        acknowledged=len(differences.acknowledged),
        differences_url=url_for("drafts.differences", draft_id=draft_id),
        text_url=url_for("drafts.text", draft_id=draft_id),
        preview_url=url_for("drafts.preview", draft_id=draft_id),
        links_url=url_for("consultation.links", draft_id=draft_id) if lacks_document(draft_id, file.act_type.code) else None,
    )
    return show("consultation/opening.html", page, form)


def _ground(form: OpeningForm) -> Ground:
    return Ground(form.ground.data or "", {"kk": form.ground_kk.data or "", "ru": form.ground_ru.data or ""})


def _entry(part: Part, draft_id: int) -> Entry:
    address = "drafts.text" if part.code.startswith("text-") else "drafts.card" if part.code == "passport" else "drafts.package"
    return Entry(str(PARTS[part.code]), part.state, None, url_for(address, draft_id=draft_id))


def _said(window: Consultation) -> str:
    dates = {"first": format_day(window.opens_on), "last": format_day(window.closes_on)}
    if window.opens_on > today():
        return _("The discussion is announced. First day: %(first)s, last day: %(last)s.", **dates)
    return _("The discussion is open. Last day: %(last)s.", **dates)
