"""How does a drafter tell what a draft became: where the act is published, and what its text says?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.consultation.link_forms import AdoptedTextForm, OfficialLinkForm
from portal.consultation.views.blueprint import blueprint
from portal.consultation.views.change_rows import summary_words
from portal.consultation.words import OWN_NAMES
from portal.drafts.actions.adopted import link_adopted_act, publish_adopted_text, upload_adopted_text
from portal.drafts.adopted_policy import ensure_describes_act, ensure_text_is_open
from portal.drafts.compare import Comparison, compare_texts
from portal.drafts.desk_head import DeskHead, desk_head
from portal.drafts.models import LANGUAGES
from portal.drafts.queries.adopted import AdoptedRef, find_adopted_act, get_adopted_outline, list_adopted_texts
from portal.drafts.queries.desk import DeskFile, get_desk_file
from portal.drafts.queries.texts import get_outline
from portal.drafts.queries.versions import VersionLine, list_versions
from portal.drafts.structure import walk
from portal.kernel.errors import DomainError
from portal.kernel.text import clean_line
from portal.web.access import access
from portal.web.forms import PortalForm, attempt
from portal.web.limits import UPLOADING, limit
from portal.web.pages import show


@dataclass(frozen=True, slots=True)
class AdoptedUpload:
    """A file that was read: what was recognised in it, and how it differs from the last version."""

    language: str
    name: str
    units: str
    changes: tuple[str, ...]


@dataclass(frozen=True)
class AdoptedDeskPage:
    """The forms about an adopted act; `links` and `texts` are the forms, `public_url` once the text is published."""

    head: DeskHead
    reference: str
    adopted_on: Any
    is_published: bool
    uploads: tuple[AdoptedUpload, ...]
    link: OfficialLinkForm
    texts: AdoptedTextForm
    publish: PortalForm
    public_url: str | None


@blueprint.get("/desk/drafts/<int:draft_id>/adopted-act")
@access("draft.publish")
def adopted_desk(draft_id: int) -> Any:
    """What is known of the adopted act, with the forms to add to it."""
    return _show(get_desk_file(g.actor, draft_id))


@blueprint.post("/desk/drafts/<int:draft_id>/adopted-act/address")
@access("draft.publish")
def send_adopted_link(draft_id: int) -> Any:
    """Say where the act is officially published."""
    file, form = get_desk_file(g.actor, draft_id), OfficialLinkForm()
    if not form.was_sent_and_is_valid():
        return _show(file, link=form)
    with attempt(form) as tried:
        link_adopted_act(g.actor, draft=file.draft, url=form.url.data)
    if not tried.done:
        return _show(file, link=form)
    flash(_("The address is saved. Readers find it on the draft’s page."), "success")
    return redirect(url_for("consultation.adopted_desk", draft_id=draft_id))


@blueprint.post("/desk/drafts/<int:draft_id>/adopted-act/texts")
@access("draft.publish")
@limit(UPLOADING)
def send_adopted_texts(draft_id: int) -> Any:
    """Read the files sent. One that cannot be read does not keep the others out."""
    file, form = get_desk_file(g.actor, draft_id), AdoptedTextForm()
    ensure_describes_act(g.actor, file.draft)
    ensure_text_is_open(find_adopted_act(draft_id))
    sent = [language for language in LANGUAGES if form[f"file_{language}"].data]
    if not sent:
        form.file_kk.errors = [_("Choose a file.")]
        return _show(file, texts=form)
    for language in sent:
        _upload(file, form, language)
    if form.errors:
        return _show(file, texts=form)
    return redirect(url_for("consultation.adopted_desk", draft_id=draft_id, _anchor="texts"))


@blueprint.post("/desk/drafts/<int:draft_id>/adopted-act/publish")
@access("draft.publish")
def send_adopted_publication(draft_id: int) -> Any:
    """Publish the adopted text for good."""
    file, form = get_desk_file(g.actor, draft_id), PortalForm()
    with attempt(form) as tried:
        publish_adopted_text(g.actor, draft=file.draft)
    if not tried.done:
        return _show(file, publish=form)
    flash(_("The adopted text is published. Everybody who took part gets a letter."), "success")
    return redirect(url_for("consultation.adopted", draft_id=draft_id))


def _upload(file: DeskFile, form: AdoptedTextForm, language: str) -> None:
    storage = form[f"file_{language}"].data
    name = clean_line(storage.filename)
    with attempt(form) as tried:
        try:
            upload_adopted_text(g.actor, draft=file.draft, language=language, data=storage.read(), name=name)
        except DomainError as error:
            error.field = f"file_{language}"  # the refusal stands beside the file it is about
            raise
    if tried.done:
        flash(_("The file “%(name)s” is read.", name=name), "success")


def _show(
    file: DeskFile, *, link: OfficialLinkForm | None = None, texts: AdoptedTextForm | None = None,
    publish: PortalForm | None = None,
) -> Any:  # fmt: skip
    ensure_describes_act(g.actor, file.draft)
    draft, act = file.draft, find_adopted_act(file.draft.id)
    is_published = act is not None and act.published_at is not None
    last, uploads = list_versions(draft.id)[0], list_adopted_texts(draft.id)
    page = AdoptedDeskPage(
        head=desk_head(file, "consultation.adopted_desk"),
        reference=draft.adopted_reference,
        adopted_on=draft.adopted_on,
        is_published=is_published,
        uploads=tuple(_recognised(draft.id, last, text) for text in uploads.values()),
        link=link or OfficialLinkForm(formdata=None, data={"url": act.url if act else ""}),
        texts=texts or AdoptedTextForm(formdata=None),
        publish=publish or PortalForm(formdata=None),
        public_url=url_for("consultation.adopted", draft_id=draft.id) if is_published else None,
    )
    return show("consultation/adopted_desk.html", page, link or texts or publish)


def _recognised(draft_id: int, last: VersionLine, text: AdoptedRef) -> AdoptedUpload:
    outline = get_adopted_outline(draft_id, text.language, text.digest)
    units = sum(1 for _unit in walk(outline.provisions))
    comparison: Comparison | None = None
    if text.language in last.texts:
        comparison = compare_texts(get_outline(last.id, text.language, last.texts[text.language]), outline)
    return AdoptedUpload(
        OWN_NAMES[text.language],
        text.source_name,
        ngettext("%(count)s unit recognised", "%(count)s units recognised", units, count=units),
        summary_words(comparison) if comparison else (),
    )
