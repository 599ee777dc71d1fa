"""Which drafts lead to a draft, and to which does it lead?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_
from sqlalchemy.orm import aliased

from portal.consultation.link_policy import BILLS, CONSULTATIVE
from portal.consultation.models import Consultation, Tally
from portal.drafts.models import ActType, Draft, DraftLink, GateOverride, LinkKind
from portal.kernel.db import db
from portal.kernel.errors import Invalid, NotFound

LOOKED_THROUGH = 300  # own drafts, the newest
SHOWN = 20
DOCUMENT = "consultative-document"  # among the parts of `GateOverride`

OTHER, _OTHER_WINDOW, _OTHER_TALLY = aliased(Draft), aliased(Consultation), aliased(Tally)
LINK_COLUMNS = (
    DraftLink.id, DraftLink.kind, DraftLink.from_id, OTHER.id, OTHER.number, OTHER.title_kk, OTHER.title_ru, OTHER.title_en,
    _OTHER_TALLY.comments, _OTHER_WINDOW.announced_at, _OTHER_WINDOW.reported_at,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link as one of its two drafts sees it: `other_id` is the other draft, `is_earlier` says that it came before."""

    id: int
    kind: LinkKind
    is_earlier: bool
    other_id: int
    number: str
    titles: tuple[str, str, str]  # kk, ru, en
    comments: int
    announced_at: datetime
    reported_at: datetime | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A public draft of the body that can be linked to."""

    number: str
    titles: tuple[str, str, str]
    is_withdrawn: bool


def with_links(query: Any) -> Any:
    """A query over Draft joined (outer) with its links to public drafts: a row for each, `LINK_COLUMNS` are theirs."""
    other_id = case((DraftLink.from_id == Draft.id, DraftLink.to_id), else_=DraftLink.from_id)
    return (
        query.outerjoin(DraftLink, or_(DraftLink.from_id == Draft.id, DraftLink.to_id == Draft.id))
        .outerjoin(OTHER, and_(OTHER.id == other_id, OTHER.is_public))
        .outerjoin(_OTHER_WINDOW, _OTHER_WINDOW.draft_id == OTHER.id)
        .outerjoin(_OTHER_TALLY, _OTHER_TALLY.draft_id == OTHER.id)
    )


def link_row(draft_id: int, row: Any) -> LinkRow | None:
    """The link in `LINK_COLUMNS`; None where there is none, or the other draft is not public yet."""
    id_, kind, from_id, other_id, number, kk, ru, en, comments, announced_at, reported_at = row
    if id_ is None or other_id is None:
        return None
    return LinkRow(id_, kind, from_id != draft_id, other_id, number, (kk, ru, en), comments or 0, announced_at, reported_at)


def list_links(draft_id: int) -> list[LinkRow]:
    """The links of a draft to public ones, in the order they were made."""
    query = with_links(db.select(*LINK_COLUMNS).select_from(Draft)).where(Draft.id == draft_id).order_by(DraftLink.id)
    rows = (link_row(draft_id, row) for row in db.session.execute(query))
    return [row for row in rows if row is not None]


def count_links(draft_id: int) -> int:
    """How many links a draft has in either direction."""
    query = db.select(func.count()).select_from(DraftLink)
    return db.session.scalar(query.where(or_(DraftLink.from_id == draft_id, DraftLink.to_id == draft_id))) or 0


def find_link(from_id: int, to_id: int) -> DraftLink | None:
    """The link from one draft to another, or back."""
    pairs = or_(and_(DraftLink.from_id == from_id, DraftLink.to_id == to_id),
                and_(DraftLink.from_id == to_id, DraftLink.to_id == from_id))  # fmt: skip
    return db.session.scalar(db.select(DraftLink).where(pairs).limit(1))


def get_link(draft_id: int, link_id: int) -> DraftLink:
    """A link made by a draft, the later of the two; raises NotFound."""
    link = db.session.get(DraftLink, link_id)
    if link is None or link.to_id != draft_id:
        raise NotFound("There is no such link.")
    return link


def get_by_number(number: str) -> tuple[Draft, str]:
    """A public draft with the code of its type; raises Invalid, for numbers are typed."""
    query = db.select(Draft, ActType.code).join(ActType, ActType.id == Draft.type_id)
    row = db.session.execute(query.where(Draft.number == number, Draft.is_public)).one_or_none()
    if row is None:
        raise Invalid("There is no public draft with this number.", field="number")
    return row[0], row[1]


def lacks_document(draft_id: int, type_code: str) -> bool:
    """Is this a bill to which no consultative document leads?"""
    if type_code not in BILLS:
        return False
    found = db.select(DraftLink.id).where(DraftLink.to_id == draft_id, DraftLink.kind == LinkKind.consultative)
    return db.session.scalar(found.limit(1)) is None


def waiver_among(overrides: Sequence[GateOverride]) -> GateOverride | None:
    """The latest statement that a bill needed no consultative document; kept as what was allowed to be missing."""
    return next((each for each in reversed(overrides) if DOCUMENT in each.parts), None)


def list_candidates(body_id: int, draft_id: int, type_code: str, words: str) -> list[Candidate]:
    """Public drafts of a body that can lead to one of a type, the newest first, whose number or title has the words."""
    fits: list[ColumnElement[bool]] = [Draft.withdrawn_at.is_not(None)]
    if type_code in BILLS:
        fits.append(ActType.code == CONSULTATIVE)
    linked = db.select(DraftLink.from_id).where(DraftLink.to_id == draft_id)
    rows = db.session.execute(
        db.select(Draft.number, Draft.title_kk, Draft.title_ru, Draft.title_en, Draft.withdrawn_at)
        .join(ActType, ActType.id == Draft.type_id)
        .where(Draft.body_id == body_id, Draft.is_public, or_(*fits), Draft.id != draft_id, Draft.id.not_in(linked))
        .order_by(Draft.id.desc())
        .limit(LOOKED_THROUGH)
    )
    wanted = words.casefold().split()
    found = [Candidate(row[0], (row[1], row[2], row[3]), row[4] is not None) for row in rows]
    return [each for each in found if _has(each, wanted)][:SHOWN]


def _has(candidate: Candidate, wanted: list[str]) -> bool:
    """SQLite folds no Cyrillic letters, so titles are looked through here."""
    text = " ".join((candidate.number, *candidate.titles)).casefold()
    return all(word in text for word in wanted)
