"""Which versions and texts does a draft have?"""

from __future__ import annotations

from functools import lru_cache

from portal.drafts.cells import places_of
from portal.drafts.models import Attachment, Draft, Version, VersionText
from portal.drafts.structure import Outline, outline_from_json, walk
from portal.kernel.db import db
from portal.kernel.errors import NotFound


def get_draft(draft_id: int) -> Draft:
    """The draft, public or not; raises NotFound."""
    if (draft := db.session.get(Draft, draft_id)) is None:
        raise NotFound("There is no such draft.")
    return draft


def latest_version(draft_id: int) -> Version:
    """The version with the highest number; raises NotFound."""
    version = db.session.scalar(
        db.select(Version).where(Version.draft_id == draft_id).order_by(Version.number.desc()).limit(1)
    )
    if version is None:
        raise NotFound("There is no such version.")
    return version


def find_text(version_id: int, language: str) -> VersionText | None:
    """The text of a version in a language."""
    return db.session.scalar(
        db.select(VersionText).where(VersionText.version_id == version_id, VersionText.language == language)
    )


def list_text_languages(version_id: int) -> dict[str, str]:
    """Language → digest of each text a version has, Kazakh first."""
    rows = db.session.execute(
        db.select(VersionText.language, VersionText.digest).where(VersionText.version_id == version_id)
    )
    found = dict(rows.all())
    return {language: found[language] for language in ("kk", "ru", "en") if language in found}


def list_attachments(draft_id: int) -> list[Attachment]:
    """The parts of the package beside the texts, in the order they were added."""
    return list(
        db.session.scalars(db.select(Attachment).where(Attachment.draft_id == draft_id).order_by(Attachment.id).limit(200))
    )


def get_outline(version_id: int, language: str, digest: str) -> Outline:
    """The tree of a published text. Immutable, so kept in memory under its digest; read the digest first."""
    return _remembered(version_id, language, digest)


@lru_cache(maxsize=64)
def _remembered(version_id: int, language: str, digest: str) -> Outline:
    text = find_text(version_id, language)
    if text is None or text.digest != digest:
        raise NotFound("There is no text in this language.")
    return outline_from_json(text.outline)


def provision_keys(version_id: int) -> frozenset[str]:
    """Every key of a version, whatever its languages."""
    return frozenset().union(
        *(
            _keys(get_outline(version_id, language, digest))
            for language, digest in list_text_languages(version_id).items()
        )
    )


def _keys(outline: Outline) -> frozenset[str]:
    """The keys of provisions and of the rows and cells of tables, which people speak of as they do of provisions."""
    keys = {provision.key for provision, _, _ in walk(outline.provisions)}
    tables = [provision for provision, _, _ in walk(outline.provisions) if provision.rows]
    return frozenset(keys.union(place.key for table in tables for place in places_of(table.key, table.rows)))
