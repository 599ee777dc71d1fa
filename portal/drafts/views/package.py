"""How do the explanatory note and the other documents get into a draft's package?"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, flash, g, redirect, send_file, url_for
from flask_babel import gettext as _

from portal.drafts.actions.versions import add_attachment, file_store, remove_attachment
from portal.drafts.desk_head import DeskHead, desk_head, may_edit
from portal.drafts.forms import AttachmentForm, NoteForm, PlainForm
from portal.drafts.models import LANGUAGES, Attachment, AttachmentKind
from portal.drafts.policy import AUTHENTIC, LONGEST_TEXT
from portal.drafts.queries.desk import DeskFile, get_attachment, get_desk_file
from portal.drafts.queries.texts import list_attachments
from portal.drafts.views.blueprint import blueprint
from portal.drafts.words import LANGUAGES as LANGUAGE_NAMES
from portal.drafts.words import OWN_NAMES, PARTS
from portal.kernel.errors import NotFound
from portal.web.access import access
from portal.web.forms import PortalForm, attempt
from portal.web.limits import UPLOADING, limit
from portal.web.pages import show


@dataclass(frozen=True)
class Document:
    """A part of the package. `size` in bytes; `text` is what was typed instead of a file."""

    id: int
    kind: str
    language: str | None
    lang: str | None
    name: str
    size: int
    text: str
    added_at: datetime
    url: str | None
    remove_url: str


@dataclass(frozen=True)
class PackagePage:
    """The note's form, the form of a further document and what is there."""

    head: DeskHead
    can_edit: bool
    names: dict[str, str]
    longest: int
    documents: tuple[Document, ...]
    note: NoteForm
    attachment: AttachmentForm


@blueprint.get("/desk/drafts/<int:draft_id>/package")
@access("draft.read_unpublished")
def package(draft_id: int) -> Any:
    """The package beside the texts."""
    return _show(get_desk_file(g.actor, draft_id))


@blueprint.post("/desk/drafts/<int:draft_id>/package")
@access("draft.edit")
def save_note(draft_id: int) -> Any:
    """Keep the typed note; a language left empty loses its note, one left as it was is not touched."""
    file, form = get_desk_file(g.actor, draft_id), NoteForm()
    typed = {each.language: each for each in list_attachments(draft_id) if _is_typed_note(each)}
    for language in AUTHENTIC:
        words, old = form[f"note_{language}"].data, typed.get(language)
        if words == (old.text if old else ""):
            continue
        with attempt(form):
            if old is not None:
                remove_attachment(g.actor, draft=file.draft, attachment=old)
            if words:
                add_attachment(g.actor, draft=file.draft, kind=AttachmentKind.note, language=language, text=words)
    if form.errors:
        return _show(file, note=form)
    flash(_("The explanatory note is saved."), "success")
    return redirect(url_for("drafts.package", draft_id=draft_id))


@blueprint.post("/desk/drafts/<int:draft_id>/package/files")
@access("draft.edit")
@limit(UPLOADING)
def attach(draft_id: int) -> Any:
    """Add a document."""
    file, form = get_desk_file(g.actor, draft_id), _attachment_form()
    if not form.was_sent_and_is_valid():
        return _show(file, attachment=form)
    sent = form.file.data
    with attempt(form) as tried:
        add_attachment(
            g.actor, draft=file.draft, kind=AttachmentKind(form.kind.data), language=form.language.data,
            name=sent.filename or "" if sent else "", data=sent.read() if sent else b"",
        )  # fmt: skip
    if not tried.done:
        return _show(file, attachment=form)
    flash(_("The document is added."), "success")
    return redirect(url_for("drafts.package", draft_id=draft_id))


@blueprint.get("/desk/drafts/<int:draft_id>/package/<int:attachment_id>")
@access("draft.read_unpublished")
def attachment(draft_id: int, attachment_id: int) -> Response:
    """Download a document of the package."""
    file = get_desk_file(g.actor, draft_id)
    found = get_attachment(file.draft.id, attachment_id)
    if found.file is None:
        raise NotFound("There is no such file.")
    data = io.BytesIO(file_store().read(found.file))
    return send_file(data, "application/octet-stream", as_attachment=True, download_name=found.name)


@blueprint.post("/desk/drafts/<int:draft_id>/package/<int:attachment_id>/remove")
@access("draft.edit")
def detach(draft_id: int, attachment_id: int) -> Any:
    """Take a document out of the package again."""
    file, form = get_desk_file(g.actor, draft_id), PlainForm()
    with attempt(form) as tried:
        remove_attachment(g.actor, draft=file.draft, attachment=get_attachment(draft_id, attachment_id))
    if not tried.done:
        return _show(file, refused=form)
    flash(_("The document is removed."), "success")
    return redirect(url_for("drafts.package", draft_id=draft_id))


def _show(
    file: DeskFile,
    *,
    note: NoteForm | None = None,
    attachment: AttachmentForm | None = None,
    refused: PortalForm | None = None,
) -> Any:
    there = list_attachments(file.draft.id)
    typed = {f"note_{each.language}": each.text for each in there if _is_typed_note(each)}
    page = PackagePage(
        head=desk_head(file, "drafts.package"),
        can_edit=may_edit(file),
        names=OWN_NAMES,
        longest=LONGEST_TEXT,
        documents=tuple(_document(file, each) for each in there),
        note=note or NoteForm(formdata=None, data=typed),
        attachment=attachment or _attachment_form(empty=True),
    )
    return show("drafts/package.html", page, note or attachment or refused)


def _attachment_form(empty: bool = False) -> AttachmentForm:
    form = AttachmentForm(formdata=None) if empty else AttachmentForm()
    form.kind.choices = [(kind.value, PARTS[kind.value]) for kind in AttachmentKind]
    form.language.choices = [("", _("Several or none")), *((code, LANGUAGE_NAMES[code]) for code in LANGUAGES)]
    return form


def _is_typed_note(attachment: Attachment) -> bool:
    return attachment.kind is AttachmentKind.note and bool(attachment.text) and attachment.language in AUTHENTIC


def _document(file: DeskFile, each: Attachment) -> Document:
    address = {"draft_id": file.draft.id, "attachment_id": each.id}
    return Document(
        id=each.id,
        kind=str(PARTS[each.kind.value]),
        language=str(LANGUAGE_NAMES[each.language]) if each.language else None,
        lang=each.language or None,
        name=each.name,
        size=each.size,
        text=each.text,
        added_at=each.added_at,
        url=url_for("drafts.attachment", **address) if each.file else None,
        remove_url=url_for("drafts.detach", **address),
    )
