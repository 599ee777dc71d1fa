"""What is there of a draft, what is missing, and what comes next?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import g, redirect, url_for
from flask_babel import gettext as _
from flask_babel import pgettext

from portal.drafts.desk_head import DeskHead, desk_head, may_edit
from portal.drafts.desk_pages import address_of, may_publish
from portal.drafts.package import Part, missing_required
from portal.drafts.queries.desk import DeskFile, get_desk_file, list_package
from portal.drafts.views.blueprint import blueprint
from portal.drafts.words import PARTS, PartNames
from portal.web.access import access
from portal.web.formats import format_day
from portal.web.locale import current_language
from portal.web.pages import show


@dataclass(frozen=True)
class Entry:
    """A line of the checklist."""

    name: str
    state: str
    note: str | None
    url: str | None


@dataclass(frozen=True)
class Fact:
    """A row beside the checklist."""

    key: str
    value: str | None
    lang: str | None = None


@dataclass(frozen=True)
class Step:
    """What the drafter does next."""

    words: str
    label: str
    url: str


@dataclass(frozen=True)
class OverviewPage:
    """The checklist and the next step; `withdrawn_lang` is set where the reason is not in the reader's language."""

    head: DeskHead
    entries: tuple[Entry, ...]
    facts: tuple[Fact, ...]
    step: Step | None
    endings: tuple[tuple[str, str], ...]
    withdrawn_on: Any
    withdrawn_reason: str
    withdrawn_lang: str | None
    adopted_on: date | None
    adopted_reference: str


@blueprint.get("/desk")
@access("desk.open")
def desk() -> Any:
    """The door of the desk. The list of drafts shows their discussions and so stands in a higher feature."""
    return redirect(url_for("consultation.desk_drafts"))


@blueprint.get("/desk/drafts/<int:draft_id>")
@access("draft.read_unpublished")
def overview(draft_id: int) -> Any:
    """The checklist of a draft's package."""
    file = get_desk_file(g.actor, draft_id)
    parts, draft = list_package(file), file.draft
    reason, reason_lang = draft.why_withdrawn(current_language())
    page = OverviewPage(
        head=desk_head(file, "drafts.overview"),
        entries=tuple(_entry(part, draft_id, may_edit(file)) for part in parts),
        facts=_facts(file),
        step=_next_step(file, parts) if may_edit(file) else None,
        endings=_endings(file),
        withdrawn_on=draft.withdrawn_at,
        withdrawn_reason=reason,
        withdrawn_lang=reason_lang,
        adopted_on=draft.adopted_on,
        adopted_reference=draft.adopted_reference,
    )
    return show("drafts/overview.html", page)


def _facts(file: DeskFile) -> tuple[Fact, ...]:
    draft, language = file.draft, current_language()
    titles = {"kk": _("Title in Kazakh"), "ru": _("Title in Russian"), "en": _("Title in English")}
    return (
        *(Fact(words, getattr(draft, f"title_{code}"), code) for code, words in titles.items() if code != language),
        Fact(_("Policy area"), file.area.name(language) if file.area else None),
        Fact(pgettext("draft", "Begun on"), format_day(draft.created_at)),
    )


def _endings(file: DeskFile) -> tuple[tuple[str, str], ...]:
    """(label, address) of the ways in which a draft ends."""
    draft = file.draft
    if may_edit(file):
        return ((_("Delete the draft"), url_for("drafts.delete_form", draft_id=draft.id)),)
    if not draft.is_public or draft.withdrawn_at or not may_publish(draft):
        return ()
    if draft.adopted_on:
        address = address_of("consultation.adopted_desk", draft.id)
        return ((_("Address and text of the adopted act"), address),) if address else ()
    ways = ((_("Mark as adopted"), "consultation.adopt_draft_form"), (_("Withdraw the draft"), "consultation.withdraw_draft_form"))
    return tuple((label, address) for label, name in ways if (address := address_of(name, draft.id)))


def _entry(part: Part, draft_id: int, can_edit: bool) -> Entry:
    return Entry(str(PARTS[part.code]), part.state, _note(part, can_edit), _address(part, draft_id) if can_edit else None)


def _note(part: Part, can_edit: bool) -> str | None:
    # An opened discussion may lack a part that was let through.
    if part.is_gate and part.state == "missing" and can_edit:
        return _("Without it the discussion cannot be opened.")
    if part.lacks == ("kk",):
        return _("Not filled in Kazakh.")
    if part.lacks == ("ru",):
        return _("Not filled in Russian.")
    if part.code == "text-en":
        return _("A courtesy text, shown as unofficial.")
    return _CONDITIONS[part.code]() if part.code in _CONDITIONS else None


_CONDITIONS = {
    "comparative-table": lambda: _("Needed when an act in force is amended."),
    "calculation": lambda: _("Needed when costs of business change."),
    "opinion": lambda: _("Attached when there are any."),
}


def _address(part: Part, draft_id: int) -> str:
    if part.code.startswith("text-"):
        return url_for("drafts.text", draft_id=draft_id)
    if part.code == "passport":
        return url_for("drafts.card", draft_id=draft_id)
    return url_for("drafts.package", draft_id=draft_id)


def _next_step(file: DeskFile, parts: tuple[Part, ...]) -> Step | None:
    states, draft_id = {part.code: part.state for part in parts}, file.draft.id
    required = missing_required(parts)
    if any(part.code.startswith("text-") for part in required):
        words = _("Upload the Kazakh and the Russian text: both are authentic, so the discussion opens with both.")
        return Step(words, _("Upload the texts"), url_for("drafts.text", draft_id=draft_id))
    if states["passport"] == "missing":
        words = _("Fill in the passport: readers see it beside the full text.")
        return Step(words, _("Fill in the passport"), url_for("drafts.card", draft_id=draft_id))
    if states["note"] == "missing":
        words = _("Add the explanatory note: say why the act is needed and what it changes.")
        return Step(words, _("Add the explanatory note"), url_for("drafts.package", draft_id=draft_id))
    if required:
        words = _("Add what an act of this type requires: %(parts)s.", parts=PartNames([part.code for part in required]))
        return Step(words, _("Add to the package"), url_for("drafts.package", draft_id=draft_id))
    address = address_of("consultation.open_consultation", draft_id)
    words = _("The package is complete. Look at the draft as readers will see it, then open the discussion.")
    return Step(words, _("Open the discussion"), address) if address else None
