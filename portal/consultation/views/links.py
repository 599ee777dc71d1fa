"""Which earlier drafts does a drafter link a draft to?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _

from portal.consultation.actions.links import link_draft, unlink_draft, waive_document
from portal.consultation.link_forms import LinkForm, WaiverForm
from portal.consultation.link_policy import BILLS
from portal.consultation.queries.links import (
    Candidate,
    LinkRow,
    get_link,
    lacks_document,
    list_candidates,
    list_links,
    waiver_among,
)
from portal.consultation.views.blueprint import blueprint
from portal.consultation.views.desk import titled
from portal.drafts.desk_head import DeskHead, desk_head
from portal.drafts.models import GateOverride, LinkKind
from portal.drafts.policy import LONGEST_REASON
from portal.drafts.queries.desk import DeskFile, get_desk_file
from portal.drafts.queries.gate import list_overrides
from portal.kernel.text import clean_line
from portal.web.access import access
from portal.web.forms import PortalForm, attempt
from portal.web.locale import current_language
from portal.web.pages import show

LONGEST_SEARCH = 200


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A link on the desk; without `remove_url` it was made by the other draft."""

    words: str
    number: str
    title: str
    lang: str | None
    url: str
    remove_url: str | None


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """A draft that can be linked to by a button."""

    number: str
    title: str
    lang: str | None
    is_withdrawn: bool


@dataclass(frozen=True)
class LinksPage:
    """The links of a draft and what else could be one; `lacks_document` where a bill has no consultative document.

    `waiver` is (why none was needed, in which language), once it is stated.
    """

    head: DeskHead
    can_edit: bool
    is_bill: bool
    lacks_document: bool
    link_form: LinkForm
    waiver: tuple[str, str] | None
    waiver_form: WaiverForm
    waiver_url: str
    longest: int
    links: tuple[LinkLine, ...]
    searched: str
    search_url: str
    candidates: tuple[CandidateLine, ...]


@blueprint.get("/desk/drafts/<int:draft_id>/links")
@access("draft.read_unpublished")
def links(draft_id: int) -> Any:
    """The links, and the body's own drafts to choose from: `?q=` words of a title or a number."""
    return _show(get_desk_file(g.actor, draft_id), LinkForm(formdata=None))


@blueprint.post("/desk/drafts/<int:draft_id>/links")
@access("draft.edit")
def send_link(draft_id: int) -> Any:
    """Link the draft to an earlier one by its number."""
    file, form = get_desk_file(g.actor, draft_id), LinkForm()
    if not form.was_sent_and_is_valid():
        return _show(file, form)
    with attempt(form) as tried:
        link_draft(g.actor, draft=file.draft, number=form.number.data)
    if not tried.done:
        return _show(file, form)
    flash(_("The drafts are linked."), "success")
    return redirect(url_for("consultation.links", draft_id=draft_id))


@blueprint.post("/desk/drafts/<int:draft_id>/links/waiver")
@access("draft.edit")
def waive(draft_id: int) -> Any:
    """State why the bill needed no consultative document."""
    file, form = get_desk_file(g.actor, draft_id), WaiverForm()
    reason = {"kk": form.reason_kk.data or "", "ru": form.reason_ru.data or ""}
    with attempt(form) as tried:
        waive_document(g.actor, draft=file.draft, reason=reason)
    if not tried.done:
        return _show(file, LinkForm(formdata=None), form)
    flash(_("The statement is public and in the public record."), "success")
    return redirect(url_for("consultation.links", draft_id=draft_id))


@blueprint.post("/desk/drafts/<int:draft_id>/links/<int:link_id>/remove")
@access("draft.edit")
def remove_link(draft_id: int, link_id: int) -> Any:
    """Take a link back."""
    file, form = get_desk_file(g.actor, draft_id), PortalForm()
    link = get_link(draft_id, link_id)
    with attempt(form) as tried:
        unlink_draft(g.actor, draft=file.draft, link=link)
    if tried.done:
        flash(_("The link is removed."), "success")
    else:
        flash(form.form_errors[0], "error")
    return redirect(url_for("consultation.links", draft_id=draft_id))


def link_words(link: LinkRow) -> str:
    """What the other draft is to this one."""
    if link.kind is LinkKind.consultative:
        return _("First discussed as a consultative document") if link.is_earlier else _("Followed by the bill")
    return _("Replaces a withdrawn draft") if link.is_earlier else _("Replaced by another draft")


def waiver_words(waiver: GateOverride | None) -> tuple[str, str] | None:
    """(why no consultative document was needed, in which language); in Kazakh for readers of English."""
    if waiver is None:
        return None
    return (waiver.reason_ru, "ru") if current_language() == "ru" else (waiver.reason_kk, "kk")


def _show(file: DeskFile, form: LinkForm, waiver: WaiverForm | None = None) -> Any:
    draft, code = file.draft, file.act_type.code
    can_edit = g.actor.may("draft.edit") and g.actor.acts_for(draft.body_id) and draft.withdrawn_at is None
    searched = clean_line(request.args.get("q", ""))[:LONGEST_SEARCH]
    found = list_candidates(draft.body_id, draft.id, code, searched) if can_edit else []
    page = LinksPage(
        head=desk_head(file, "consultation.links"),
        can_edit=can_edit,
        is_bill=code in BILLS,
        lacks_document=(lacks := lacks_document(draft.id, code)),
        link_form=form,
        waiver=waiver_words(waiver_among(list_overrides(draft.id))) if lacks else None,
        waiver_form=waiver or WaiverForm(formdata=None),
        waiver_url=url_for("consultation.waive", draft_id=draft.id),
        longest=LONGEST_REASON,
        links=tuple(_line(draft.id, link, can_edit) for link in list_links(draft.id)),
        searched=searched,
        search_url=url_for("consultation.links", draft_id=draft.id),
        candidates=tuple(map(_candidate, found)),
    )
    return show("consultation/links.html", page, waiver or form)


def _line(draft_id: int, link: LinkRow, can_edit: bool) -> LinkLine:
    title, lang = titled(link.titles)
    remove = url_for("consultation.remove_link", draft_id=draft_id, link_id=link.id) if link.is_earlier and can_edit else None
    return LinkLine(
        link_words(link), link.number, title, lang, url_for("consultation.draft", draft_id=link.other_id), remove
    )


def _candidate(candidate: Candidate) -> CandidateLine:
    title, lang = titled(candidate.titles)
    return CandidateLine(candidate.number, title, lang, candidate.is_withdrawn)
