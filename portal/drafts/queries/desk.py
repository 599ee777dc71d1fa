"""What does the desk show about one draft, public or not?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portal.accounts.actor import AnyActor
from portal.drafts.models import ActType, Attachment, Body, Draft, PolicyArea, Version, VersionText
from portal.drafts.package import Part, parts_of
from portal.drafts.policy import ensure_reads_file
from portal.drafts.queries.comparative import list_built
from portal.drafts.queries.texts import list_attachments, list_text_languages
from portal.drafts.structure import Outline, outline_from_json
from portal.kernel.db import db, hold
from portal.kernel.errors import NotFound


@dataclass(frozen=True)
class DeskFile:
    """A draft as its drafters see it, with its latest version. `texts` are language → digest."""

    draft: Draft
    body: Body
    act_type: ActType
    area: PolicyArea | None
    version: Version
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SourceText:
    """One language of a version: the tree and the file it was read from."""

    language: str
    outline: Outline
    name: str
    file: str | None


def get_desk_file(actor: AnyActor, draft_id: int) -> DeskFile:
    """The draft for its own body and auditors; NotFound for others while it is not public, then Refused.

    Where something is going to be done to it, nobody else does anything to it meanwhile.
    """
    hold(Draft, draft_id)
    row = db.session.execute(
        db.select(Draft, Body, ActType, PolicyArea, Version)
        .join(Body, Body.id == Draft.body_id)
        .join(ActType, ActType.id == Draft.type_id)
        .outerjoin(PolicyArea, PolicyArea.id == Draft.area_id)
        .join(Version, Version.draft_id == Draft.id)
        .where(Draft.id == draft_id)
        .order_by(Version.number.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such draft.")
    draft, body, act_type, area, version = row
    ensure_reads_file(actor, draft)
    return DeskFile(draft, body, act_type, area, version, list_text_languages(version.id))


def list_package(file: DeskFile) -> tuple[Part, ...]:
    """Which parts of the package are there."""
    attachments = list_attachments(file.draft.id)
    kinds = [(each.kind, each.language) for each in attachments]
    built = list_built([file.version.id]).get(file.version.id, ())
    return parts_of(file.texts, file.draft.passport, kinds, file.act_type.required_parts, built)


def list_sources(version_id: int) -> dict[str, SourceText]:
    """The texts of a version by language, read whole."""
    texts = db.session.scalars(db.select(VersionText).where(VersionText.version_id == version_id))
    return {
        text.language: SourceText(text.language, outline_from_json(text.outline), text.source_name, text.source_file)
        for text in texts
    }


def get_attachment(draft_id: int, attachment_id: int) -> Attachment:
    """A part of a draft's package; raises NotFound."""
    attachment = db.session.get(Attachment, attachment_id)
    if attachment is None or attachment.draft_id != draft_id:
        raise NotFound("There is no such file.")
    return attachment
