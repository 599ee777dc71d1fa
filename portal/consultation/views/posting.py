"""How does a person comment, answer, change, withdraw and report?"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _

from portal.consultation.actions.comments import (
    CommentDraft,
    edit_comment,
    flag_comment,
    post_comment,
    withdraw_comment,
)
from portal.consultation.forms import AnswerForm, CommentForm, PlainForm, ReportForm
from portal.consultation.models import Comment
from portal.consultation.policy import (
    LONGEST_COMMENT,
    LONGEST_PROPOSAL,
    ensure_can_be_answered,
    ensure_own_comment,
    ensure_takes_part,
)
from portal.consultation.queries.comments import get_comment, row_of
from portal.consultation.queries.drafts import has_provision
from portal.consultation.queries.reading import get_dossier, list_texts
from portal.consultation.views.blueprint import blueprint
from portal.consultation.views.cells import cell_choices
from portal.consultation.views.comments import DraftLink, Place, draft_link, make_scene, show_place
from portal.consultation.views.threads import CommentView, Scene, place_name, proposed_words, show_comments
from portal.kernel.errors import NotFound
from portal.ledger.models import Entry
from portal.ledger.receipts import receipt_for
from portal.web.access import access
from portal.web.formats import format_number
from portal.web.forms import PortalForm, attempt
from portal.web.limits import POSTING, limit
from portal.web.locale import LANGUAGES, current_language
from portal.web.pages import Page, show


@dataclass(frozen=True)
class CommentFormPage:
    """A form to comment: the law's words or the comment that is answered stand above it.

    `cell_words` are what stands under the choice of a row and of each of its cells, by key, where one of them is chosen.
    """

    draft: DraftLink
    place: Place
    present: str  # the words as they are now, to propose others
    answered: CommentView | None
    is_new: bool
    cancel_url: str
    longest_text: int = LONGEST_COMMENT
    longest_proposal: int = LONGEST_PROPOSAL
    cell_words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ConfirmPage:
    """A question about one comment, before something is done with it."""

    draft: DraftLink
    comment: CommentView
    cancel_url: str


@blueprint.get("/drafts/<int:draft_id>/comments/new")
@access("comment.post")
def new_comment(draft_id: int) -> Any:
    """The form to comment on the draft, or with `?provision=` on one of its provisions."""
    ensure_takes_part(g.actor, "comment.post")
    dossier = get_dossier(draft_id)
    dossier.file.ensure_open()
    form = CommentForm(
        data={"provision": request.args.get("provision", ""), "language": current_language(), "submission": _new_number()}
    )
    return _comment_form(draft_id, form)


@blueprint.post("/drafts/<int:draft_id>/comments/new")
@access("comment.post")
@limit(POSTING)
def send_comment(draft_id: int) -> Any:
    """Post the comment; the same form sent twice leads to the same comment."""
    file, form = get_dossier(draft_id).file, CommentForm()
    if form.was_sent_and_is_valid():
        with attempt(form) as tried:
            posted = post_comment(g.actor, file=file, typed=_typed(form))
        if tried.done:
            return _posted(posted)
    return _comment_form(draft_id, form)


@blueprint.get("/comments/<int:comment_id>/answer")
@access("comment.post")
def answer_comment(comment_id: int) -> Any:
    """The form to answer a comment."""
    ensure_takes_part(g.actor, "comment.post")
    found = get_comment(comment_id)
    ensure_can_be_answered(found)
    get_dossier(found.draft_id).file.ensure_open()
    form = AnswerForm(data={"language": current_language(), "submission": _new_number()})
    return _answer_form(found, form)


@blueprint.post("/comments/<int:comment_id>/answer")
@access("comment.post")
@limit(POSTING)
def send_answer(comment_id: int) -> Any:
    """Post the answer under the comment."""
    found, form = get_comment(comment_id), AnswerForm()
    if form.was_sent_and_is_valid():
        with attempt(form) as tried:
            posted = post_comment(g.actor, file=get_dossier(found.draft_id).file, typed=_typed(form), parent=found)
        if tried.done:
            return _posted(posted)
    return _answer_form(found, form)


@blueprint.get("/comments/<int:comment_id>/edit")
@access("comment.post")
def edit(comment_id: int) -> Any:
    """The form to change one's own comment."""
    found = get_comment(comment_id)
    ensure_own_comment(g.actor, found)
    get_dossier(found.draft_id).file.ensure_open()
    form = CommentForm(
        data={
            "text": found.text, "organisation": found.organisation, "language": found.language,
            "provision": found.provision_key, "stance": found.stance.value if found.stance else "",
            "proposed_text": found.proposed_text,
        }
    )  # fmt: skip
    return _edit_form(found, form)


@blueprint.post("/comments/<int:comment_id>/edit")
@access("comment.post")
@limit(POSTING)
def send_edit(comment_id: int) -> Any:
    """Keep the changed comment; place and language stay."""
    found, form = get_comment(comment_id), CommentForm()
    if form.was_sent_and_is_valid():
        with attempt(form) as tried:
            edit_comment(g.actor, file=get_dossier(found.draft_id).file, comment=found, typed=_typed(form))
        if tried.done:
            flash(_("Your comment is changed."), "success")
            return redirect(url_for("consultation.comment", comment_id=comment_id))
    return _edit_form(found, form)


@blueprint.get("/comments/<int:comment_id>/withdraw")
@access("comment.post")
def withdraw(comment_id: int) -> Any:
    """Ask whether to take the comment back."""
    found = get_comment(comment_id)
    ensure_own_comment(g.actor, found)
    get_dossier(found.draft_id).file.ensure_open()
    return _confirm("consultation/withdraw.html", found, PlainForm())


@blueprint.post("/comments/<int:comment_id>/withdraw")
@access("comment.post")
@limit(POSTING)
def send_withdraw(comment_id: int) -> Any:
    """Take the comment back; its place in the thread stays."""
    found, form = get_comment(comment_id), PlainForm()
    with attempt(form) as tried:
        withdraw_comment(g.actor, file=get_dossier(found.draft_id).file, comment=found)
    if tried.done:
        flash(_("Your comment is withdrawn."), "success")
        return redirect(url_for("consultation.comment", comment_id=comment_id))
    return _confirm("consultation/withdraw.html", found, form)


@blueprint.get("/comments/<int:comment_id>/report")
@access("comment.report")
def report_comment(comment_id: int) -> Any:
    """The form to tell the moderators what is wrong with a comment."""
    found = get_comment(comment_id)
    ensure_can_be_answered(found)
    return _confirm("consultation/report_comment.html", found, ReportForm())


@blueprint.post("/comments/<int:comment_id>/report")
@access("comment.report")
@limit(POSTING)
def send_report(comment_id: int) -> Any:
    """Pass it on to the moderators."""
    found, form = get_comment(comment_id), ReportForm()
    if form.was_sent_and_is_valid():
        with attempt(form) as tried:
            flag_comment(g.actor, comment=found, reason=form.reason.data)
        if tried.done:
            flash(_("Your report is registered. A moderator will look at the comment."), "success")
            return redirect(url_for("consultation.comment", comment_id=comment_id))
    return _confirm("consultation/report_comment.html", found, form)


def receipt_words(entry: Entry | None) -> dict[str, str] | None:
    """Number and code of an act's receipt; None while the record gives it its number."""
    if entry is None or entry.number is None:
        return None
    receipt = receipt_for(entry)
    return {"number": format_number(receipt.number), "code": receipt.code}


def _typed(form: AnswerForm) -> CommentDraft:
    """What was typed; a field the form does not have stays empty."""
    more = {name: form.data.get(name) or "" for name in ("stance", "proposed_text")}
    language = form.language.data if form.language.data in LANGUAGES else current_language()
    return CommentDraft(
        text=form.text.data,
        language=language,
        organisation=form.organisation.data,
        provision_key=form.data.get("provision") or "",
        submission=form.submission.data or "",
        **more,
    )


def _posted(posted: Comment) -> Any:
    if posted.entry_number is None:
        flash(_("Your comment is published and is being entered in the public record."), "success")
    else:
        flash(
            _("Your comment is published and entered in the public record as No %(number)s. Keep the receipt.",
              number=format_number(posted.entry_number)),
            "success",
        )  # fmt: skip
    return redirect(url_for("consultation.comment", comment_id=posted.id))


def _comment_form(draft_id: int, form: CommentForm) -> Page:
    scene, page = _form_page(draft_id, form.provision.data or "")
    key = page.place.chosen
    if key and not has_provision(scene.dossier.file.consultation.version_id, key):
        raise NotFound("The draft has no such provision.")
    form.provision.choices = _places(scene, key)
    cells, words = cell_choices(scene.layouts[page.place.lang], key, scene.language)
    if words:
        wider = [choice for choice in form.provision.choices if choice[0] not in dict(cells)]
        form.provision.choices = [*cells, *reversed(wider)]
    return show("consultation/new_comment.html", replace(page, cell_words=words), form)


def _answer_form(found: Comment, form: AnswerForm) -> Page:
    _scene, page = _form_page(found.draft_id, found.provision_key, found)
    return show("consultation/answer.html", page, form)


def _edit_form(found: Comment, form: CommentForm) -> Page:
    scene, page = _form_page(found.draft_id, found.provision_key, is_new=False)
    form.provision.choices = [(found.provision_key, place_name(scene, found.provision_key))]
    page = CommentFormPage(
        page.draft, page.place, page.present, None, False, url_for("consultation.comment", comment_id=found.id)
    )
    return show("consultation/edit_comment.html", page, form)


def _form_page(
    draft_id: int, key: str, answered: Comment | None = None, is_new: bool = True
) -> tuple[Scene, CommentFormPage]:
    dossier, texts = get_dossier(draft_id), list_texts(draft_id)
    scene = make_scene(dossier, texts)
    place = show_place(scene, texts, key)
    view = show_comments(scene, [row_of(answered)])[0] if answered else None
    present = scene.layouts[place.lang].words(key) if place.block else proposed_words(scene, key, place.lang)
    cancel = view.url if view else place.url
    return scene, CommentFormPage(draft_link(dossier), place, present, view, is_new, cancel)


def _confirm(template: str, found: Comment, form: PortalForm) -> Page:
    dossier = get_dossier(found.draft_id)
    scene = make_scene(dossier, list_texts(found.draft_id))
    view = show_comments(scene, [row_of(found)])[0]
    return show(template, ConfirmPage(draft_link(dossier), view, view.url), form)


def _places(scene: Scene, key: str) -> list[tuple[str, str]]:
    """The whole draft, and the places near the one chosen; the chapters where none is chosen."""
    layouts = [scene.layouts[code] for code in (scene.language, "kk", "ru", "en") if code in scene.layouts]
    layout = next((layout for layout in layouts if key in layout), layouts[0])
    near = [near for near, _depth in layout.neighbourhood(key)] or [key] if key else layout.tops
    return [("", _("The whole draft")), *((near_key, place_name(scene, near_key)) for near_key in near)]


def _new_number() -> str:
    return secrets.token_urlsafe(16)
