"""What does the page of one draft show besides its comments?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from portal.consultation.anchors import Layout, lay_out
from portal.consultation.finding import TextIndex
from portal.consultation.models import ClockMove, Consultation, DraftVote, Family, Opinion, Tally
from portal.consultation.paging import HEAVIEST, Parts, part_text
from portal.consultation.phases import dates_of, phase_at
from portal.consultation.queries.drafts import DraftFile
from portal.consultation.queries.links import LINK_COLUMNS, LinkRow, link_row, with_links
from portal.drafts.models import (
    ActType,
    AdoptedAct,
    Attachment,
    AttachmentKind,
    Body,
    Draft,
    DraftLink,
    GateOverride,
    PolicyArea,
    Version,
    VersionText,
)
from portal.drafts.queries.adopted import get_adopted_outline
from portal.drafts.queries.texts import get_outline
from portal.kernel.clock import now
from portal.kernel.db import db
from portal.kernel.errors import NotFound


@dataclass(frozen=True)
class Dossier:
    """A public draft with all that is one of a kind to it.

    `was_moved`: did one of its days move; `was_asked`: was an opinion on it asked for;
    `was_allowed`: may something be missing; `own_vote` is the reader's.
    """

    file: DraftFile
    body: Body
    act_type: ActType
    area: PolicyArea | None
    family_size: int | None
    adopted: AdoptedAct | None
    links: tuple[LinkRow, ...]
    was_moved: bool
    was_asked: bool
    was_allowed: bool
    own_vote: int | None

    @property
    def draft(self) -> Draft:
        return self.file.draft


@dataclass(frozen=True, slots=True)
class TextRef:
    """One language of one published version, without its words."""

    version_id: int
    number: int
    published_at: datetime
    language: str
    digest: str
    source_name: str
    source_file: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the package beside the texts; `text` is typed in, or empty when there is a file."""

    id: int
    kind: AttachmentKind
    language: str
    text: str
    name: str
    media_type: str
    size: int
    file: str | None


def get_dossier(draft_id: int, reader_id: int | None = None) -> Dossier:
    """A public draft with its window, counts, body, type, area and what it is linked to; raises NotFound. One query.

    `reader_id` is the person whose vote on it is wanted.
    """
    moved = db.select(ClockMove.id).where(ClockMove.draft_id == Draft.id).exists()
    asked = db.select(Opinion.id).where(Opinion.draft_id == Draft.id).exists()
    allowed = db.select(GateOverride.id).where(GateOverride.draft_id == Draft.id).exists()
    vote = db.select(DraftVote.value).where(DraftVote.draft_id == Draft.id, DraftVote.user_id == reader_id).scalar_subquery()
    query = (
        db.select(
            Draft, Consultation, Tally, Body, ActType, PolicyArea, Family.size, AdoptedAct, moved, asked, allowed, vote,
            *LINK_COLUMNS,
        )  # fmt: skip
        .join(Consultation, Consultation.draft_id == Draft.id)
        .join(Tally, Tally.draft_id == Draft.id)
        .join(Body, Body.id == Draft.body_id)
        .join(ActType, ActType.id == Draft.type_id)
        .outerjoin(PolicyArea, PolicyArea.id == Draft.area_id)
        .outerjoin(Family, Family.id == Consultation.family_id)
        .outerjoin(AdoptedAct, AdoptedAct.draft_id == Draft.id)
    )
    rows = db.session.execute(with_links(query).where(Draft.id == draft_id, Draft.is_public).order_by(DraftLink.id)).all()
    if not rows:
        raise NotFound("There is no such draft.")
    draft, consultation, tally, body, act_type, area, *about = rows[0][:12]
    links = tuple(link for row in rows if (link := link_row(draft_id, row[12:])) is not None)
    phase = phase_at(dates_of(draft, consultation), now())
    family_size, adopted, was_moved, was_asked, was_allowed, own_vote = about
    file = DraftFile(draft, consultation, phase, tally)
    return Dossier(
        file, body, act_type, area, family_size, adopted, links, bool(was_moved), bool(was_asked), bool(was_allowed), own_vote
    )


def list_texts(draft_id: int) -> list[TextRef]:
    """Every text of every published version, newest version first, Kazakh before Russian before English."""
    rows = db.session.execute(
        db.select(
            Version.id, Version.number, Version.published_at, VersionText.language, VersionText.digest,
            VersionText.source_name, VersionText.source_file,
        )
        .join(VersionText, VersionText.version_id == Version.id)
        .where(Version.draft_id == draft_id, Version.published_at.is_not(None))
    )  # fmt: skip
    texts = [TextRef(*row) for row in rows]
    return sorted(texts, key=lambda text: (-text.number, ("kk", "ru", "en").index(text.language)))


def list_parts(draft_id: int) -> list[Part]:
    """The parts of the package beside the texts, in the order they were added."""
    columns = [getattr(Attachment, name) for name in Part.__slots__]
    rows = db.session.execute(
        db.select(*columns).where(Attachment.draft_id == draft_id).order_by(Attachment.id).limit(200)
    )
    return [Part(*row) for row in rows]


def get_part(draft_id: int, part_id: int) -> Part:
    """One part of the package of a public draft; raises NotFound."""
    columns = [getattr(Attachment, name) for name in Part.__slots__]
    row = db.session.execute(
        db.select(*columns)
        .join(Draft, Draft.id == Attachment.draft_id)
        .where(Attachment.id == part_id, Attachment.draft_id == draft_id, Draft.is_public)
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such file.")
    return Part(*row)


def get_layout(text: TextRef) -> Layout:
    """A published text laid out for reading. Immutable, so kept in memory under its digest."""
    return _laid_out(text.version_id, text.language, text.digest)


@lru_cache(maxsize=64)
def _laid_out(version_id: int, language: str, digest: str) -> Layout:
    return lay_out(get_outline(version_id, language, digest))


def get_parts(text: TextRef, *, is_beside: bool = False) -> Parts:
    """The pages of a published text, kept as its layout is; half as long where another language stands beside it."""
    return _parted(text.version_id, text.language, text.digest, HEAVIEST // 2 if is_beside else HEAVIEST)


@lru_cache(maxsize=64)
def _parted(version_id: int, language: str, digest: str, heaviest: int) -> Parts:
    return part_text(_laid_out(version_id, language, digest), heaviest)


@lru_cache(maxsize=16)
def get_adopted_parts(draft_id: int, language: str, digest: str) -> Parts:
    """The pages of an adopted text, immutable as those of a version."""
    return part_text(lay_out(get_adopted_outline(draft_id, language, digest)), HEAVIEST)


def get_index(text: TextRef) -> TextIndex:
    """What is asked for words in a published text; making it for a code of three megabytes takes a second or two."""
    return _indexed(text.version_id, text.language, text.digest)


@lru_cache(maxsize=8)
def _indexed(version_id: int, language: str, digest: str) -> TextIndex:
    return TextIndex(_laid_out(version_id, language, digest))
