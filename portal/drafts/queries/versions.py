"""Which versions does a draft have, and which keys were ever given in them?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal.drafts.models import Version, VersionText
from portal.drafts.queries.texts import get_outline, list_text_languages
from portal.drafts.structure import Outline, walk
from portal.kernel.db import db
from portal.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A published version; `note` is language → what changed and why, `texts` language → digest."""

    id: int
    number: int
    published_at: datetime
    note: dict[str, str]
    texts: dict[str, str]


def list_versions(draft_id: int) -> list[VersionLine]:
    """The published versions with their texts, the newest first. One query."""
    rows = db.session.execute(
        db.select(Version.id, Version.number, Version.published_at, Version.note, VersionText.language, VersionText.digest)
        .join(VersionText, VersionText.version_id == Version.id)
        .where(Version.draft_id == draft_id, Version.published_at.is_not(None))
        .order_by(Version.number.desc())
        .limit(600)
    )
    found: dict[int, VersionLine] = {}
    for id_, number, published_at, note, language, digest in rows:
        line = found.setdefault(id_, VersionLine(id_, number, published_at, note or {}, {}))
        line.texts[language] = digest
    return list(found.values())


def get_previous(version: Version) -> Version:
    """The version before this one; raises NotFound."""
    if (previous := find_previous(version)) is None:
        raise NotFound("There is no such version.")
    return previous


def find_previous(version: Version) -> Version | None:
    """The version before this one; None for the first."""
    return db.session.scalar(
        db.select(Version).where(Version.draft_id == version.draft_id, Version.number == version.number - 1)
    )


def list_outlines(version_id: int) -> list[Outline]:
    """The texts of a version, Kazakh first."""
    return [
        get_outline(version_id, language, digest) for language, digest in list_text_languages(version_id).items()
    ]


def keys_before(version: Version) -> frozenset[str]:
    """Every key that a provision of an earlier version has or had."""
    ids = db.session.scalars(
        db.select(Version.id).where(Version.draft_id == version.draft_id, Version.number < version.number).limit(200)
    )
    outlines = [outline for id_ in ids for outline in list_outlines(id_)]
    return frozenset(provision.key for outline in outlines for provision, _, _ in walk(outline.provisions))
