"""How does a published draft get its next version?"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from portal.accounts.actor import AnyActor
from portal.drafts.actions.parts import delete_with_parts
from portal.drafts.actions.versions import publish_version
from portal.drafts.compare import say_the_same
from portal.drafts.digests import outline_digest
from portal.drafts.models import LANGUAGES, Draft, Version, VersionText
from portal.drafts.policy import ensure_edits
from portal.drafts.queries.texts import find_text, get_outline, latest_version, list_text_languages
from portal.drafts.queries.versions import get_previous, list_outlines
from portal.drafts.structure import outline_to_json, with_keys_of_places
from portal.drafts.version_policy import (
    ensure_differs,
    ensure_note,
    ensure_prepared,
    ensure_resolved,
    ensure_stands,
    ensure_starts_version,
)
from portal.kernel.clock import now
from portal.kernel.db import db
from portal.kernel.errors import Conflict, NotFound
from portal.ledger.kinds import Kind
from portal.ledger.record import record


def start_version(actor: AnyActor, *, draft: Draft) -> Version:
    """Begin the next version of a published draft; readers see nothing of it until it is published."""
    latest = latest_version(draft.id)
    ensure_starts_version(actor, draft, latest)
    version = Version(draft_id=draft.id, number=latest.number + 1, created_at=now(), note={})
    db.session.add(version)
    db.session.flush()
    record(Kind.VERSION_STARTED, f"version:{version.id}", {"draft": draft.id, "number": version.number})
    return version


def describe_version(actor: AnyActor, *, draft: Draft, note: Mapping[str, str]) -> Version:
    """Say what the version being prepared changes and why (language → text); it may be said anew until publication."""
    ensure_edits(actor, draft.body_id)
    version = latest_version(draft.id)
    ensure_prepared(version)
    ensure_note(note)
    version.note = {language: note[language] for language in LANGUAGES if note.get(language)}
    db.session.flush()
    record(Kind.VERSION_DESCRIBED, f"version:{version.id}", {"draft": draft.id}, secrets=_said(version))
    return version


def carry_text(actor: AnyActor, *, draft: Draft, language: str) -> VersionText:
    """Take the text of the version before into the one being prepared, unchanged; Conflict when there is a text already."""
    ensure_edits(actor, draft.body_id)
    version = latest_version(draft.id)
    ensure_prepared(version)
    before = find_text(get_previous(version).id, language)
    if before is None:
        raise NotFound("There is no text in this language.")
    if find_text(version.id, language) is not None:
        raise Conflict("The new version has a text in this language already.")
    # as a file would be read: the keys come with the publication, for all languages together
    document = outline_to_json(with_keys_of_places(get_outline(before.version_id, language, before.digest)))
    text = VersionText(
        version_id=version.id, language=language, digest=outline_digest(document), outline=document,
        source_name=before.source_name, source_file=before.source_file, uploaded_at=now(),
    )  # fmt: skip
    db.session.add(text)
    db.session.flush()
    record(
        Kind.TEXT_CARRIED,
        f"version:{version.id}",
        {"draft": draft.id, "language": language, "text": before.digest, "from": before.version_id},
    )
    return text


def publish_next_version(actor: AnyActor, *, draft: Draft, left_out: Collection[str] = ()) -> Version:
    """Publish the version being prepared, with the keys of the one before where units go on.

    `left_out` are the languages the drafter leaves out on purpose. Raises Refused without a note in both authentic
    languages, with a language nobody decided about, or when nothing changed. Whether the time has come is for
    `consultation` to say.
    """
    version = latest_version(draft.id)
    ensure_prepared(version)
    ensure_stands(draft)
    ensure_note(version.note, is_whole=True)
    before = list_outlines(get_previous(version).id)
    ensure_resolved([outline.language for outline in before], list_text_languages(version.id), left_out)
    published = publish_version(actor, draft=draft)
    ensure_differs(say_the_same(before, list_outlines(published.id)), published.number - 1)
    return published


def discard_version(actor: AnyActor, *, draft: Draft) -> None:
    """Throw away the version being prepared with its texts, its note and what was acknowledged; the one before stays.

    The ledger keeps that it was begun. Its number goes to the next one.
    """
    ensure_edits(actor, draft.body_id)
    version = latest_version(draft.id)
    db.session.refresh(version, with_for_update=True)  # somebody may be publishing it
    ensure_prepared(version)
    version_id, facts = version.id, {"draft": draft.id, "number": version.number}
    db.session.expunge(version)
    delete_with_parts(Version.__table__, [version_id])
    db.session.expire_all()
    draft.updated_at = now()
    record(Kind.VERSION_DISCARDED, f"version:{version_id}", facts)


def _said(version: Version) -> dict[str, str | int]:
    return {f"note_{language}": text for language, text in version.note.items()}
