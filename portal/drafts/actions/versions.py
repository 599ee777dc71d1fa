"""How do texts and attachments get into a version, and how is it published for good?"""

from __future__ import annotations

import hashlib

from flask import current_app

from portal.accounts.actor import AnyActor
from portal.drafts.actions.keys import take_keys
from portal.drafts.actions.structure import follow_keys, forget_edits, settle_differences
from portal.drafts.digests import outline_digest
from portal.drafts.importers import Changes, read_outline
from portal.drafts.models import LANGUAGES, Attachment, AttachmentKind, Draft, Version, VersionText
from portal.drafts.policy import LONGEST_TEXT, ensure_attachable, ensure_changeable, ensure_edits, ensure_package
from portal.drafts.queries.gate import list_unallowed
from portal.drafts.queries.texts import find_text, get_outline, latest_version, list_text_languages
from portal.drafts.structure import Outline, outline_to_json
from portal.drafts.words import PartNames
from portal.kernel.clock import now
from portal.kernel.db import db
from portal.kernel.errors import Conflict, Invalid, NotFound, Refused
from portal.kernel.files import FileStore, sniff
from portal.kernel.text import clean_line, ensure_length
from portal.ledger.kinds import Kind
from portal.ledger.record import record


def upload_text(
    actor: AnyActor, *, draft: Draft, language: str, data: bytes, name: str, drops_edits: bool = False,
    changes: Changes = "accepted",
) -> Outline:
    """Read a file into the text of the version being prepared, in place of an earlier upload.

    `changes` says what becomes of the tracked changes an office file may hold.

    Raises Unreadable for a file that cannot be read, and Refused when corrections of the structure would be lost and
    `drops_edits` does not say that they may; then nothing is changed.
    """
    ensure_edits(actor, draft.body_id)
    version = latest_version(draft.id)
    ensure_changeable(version)
    if language not in LANGUAGES:
        raise Invalid("Choose the language of the text.", field="language")
    outline = read_outline(data, name, language, changes)
    text = find_text(version.id, language)
    if text is None:
        text = VersionText(version_id=version.id, language=language)
        db.session.add(text)
    else:
        forget_edits(text.id, is_agreed=drops_edits)
    document = outline_to_json(outline)
    text.outline, text.digest = document, outline_digest(document)
    text.source_name, text.source_file, text.uploaded_at = file_name(name), file_store().put(data), now()
    draft.updated_at = now()
    db.session.flush()
    record(
        Kind.TEXT_UPLOADED,
        f"version:{version.id}",
        {"draft": draft.id, "language": language, "text": text.digest, "file": text.source_file},
    )
    return outline


def add_attachment(
    actor: AnyActor, *, draft: Draft, kind: AttachmentKind, language: str = "", text: str = "",
    name: str = "", data: bytes = b"",
) -> Attachment:  # fmt: skip
    """Add a part of the package: a typed text, or a file. Only until the draft is public.

    What a file is its content tells; raises Invalid for what is not a document.
    """
    ensure_edits(actor, draft.body_id)
    if draft.is_public:
        raise Refused("This draft is public and its package cannot be changed.")
    if not text and not data:
        raise Invalid("Enter the text or choose a file.", field="file")
    ensure_length(text, LONGEST_TEXT, "text")
    media_type = sniff(data) if data else ""
    if data:
        ensure_attachable(media_type)
    attachment = Attachment(
        draft_id=draft.id, kind=kind, language=language, text=text, name=file_name(name), media_type=media_type,
        size=len(data), file=file_store().put(data) if data else None, added_at=now(),
    )  # fmt: skip
    db.session.add(attachment)
    db.session.flush()
    content = attachment.file or hashlib.sha256(text.encode()).hexdigest()
    record(
        Kind.ATTACHMENT_ADDED,
        f"attachment:{attachment.id}",
        {"draft": draft.id, "part": kind.value, "language": language, "content": content},
    )
    return attachment


def remove_attachment(actor: AnyActor, *, draft: Draft, attachment: Attachment) -> None:
    """Take a part out of the package again; only until the draft is public."""
    ensure_edits(actor, draft.body_id)
    if draft.is_public:
        raise Refused("This draft is public and its package cannot be changed.")
    if attachment.draft_id != draft.id:
        raise NotFound("There is no such file.")
    db.session.delete(attachment)
    db.session.flush()
    record(Kind.ATTACHMENT_REMOVED, f"attachment:{attachment.id}", {"draft": draft.id})


def publish_version(actor: AnyActor, *, draft: Draft, package_complete: bool = True) -> Version:
    """Make the version being prepared immutable.

    What its act type requires must be there, unless an administrator allowed it to be missing (`override_gate`) or an
    operator imports what another portal has already published.
    """
    ensure_edits(actor, draft.body_id)
    version = latest_version(draft.id)
    if version.published_at is not None:
        raise Conflict("This version is published already.")
    texts = list_text_languages(version.id)
    if package_complete:
        missing = list_unallowed(draft, texts)
        ensure_package(missing, PartNames(missing))
    if not texts:
        raise Refused("Upload a text first.")
    outlines = {language: get_outline(version.id, language, digest) for language, digest in texts.items()}
    settle_differences(actor, draft=draft, outlines=outlines, imported=not package_complete)
    if version.number > 1:
        texts = take_keys(version)
        follow_keys(version.id, {each: get_outline(version.id, each, digest) for each, digest in texts.items()})
    version.published_at = now()
    db.session.flush()
    record(
        Kind.VERSION_PUBLISHED,
        f"version:{version.id}",
        {"draft": draft.id, "number": version.number, **{f"text_{k}": digest for k, digest in texts.items()}},
    )
    return version


def file_name(name: str) -> str:
    """The last part of a name as the browser sent it, without invisible characters: it is shown and offered again."""
    return clean_line(name.replace("\\", "/").rpartition("/")[2])[-255:]


def file_store() -> FileStore:
    """Where uploaded files are kept."""
    return FileStore(current_app.config["SETTINGS"].instance / "files")
