"""Which drafts does a body have, in which phase is each, and what is missing or due?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, func

from portal.accounts.queries import acted_for
from portal.consultation.models import Consultation, Tally
from portal.consultation.phases import Dates, Phase, phase_at, phase_column, phase_is
from portal.drafts.models import ActType, Attachment, AttachmentKind, Body, Draft, Version, VersionText
from portal.drafts.package import Part, parts_of
from portal.drafts.queries.comparative import list_built_by_draft
from portal.kernel.clock import now
from portal.kernel.db import db

PAGE = 20
# what a drafter has to do something about comes first
ORDER = (
    Phase.answering, Phase.open, Phase.announced, Phase.preparing, Phase.report_published, Phase.adopted, Phase.withdrawn
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OwnDraft:
    """A draft in the list of a body; the days are None before its discussion is announced."""

    id: int
    number: str
    titles: Mapping[str, str]
    passport: Mapping[str, Mapping[str, str]]
    withdrawn_at: datetime | None
    adopted_on: date | None
    adopted_reference: str
    act_type: ActType
    body: Body
    opens_on: date | None
    closes_on: date | None
    answers_due_on: date | None
    comments: int
    answered: int
    is_archived: bool
    phase: Phase


def count_phases(body_id: int | None) -> dict[Phase, int]:
    """How many drafts of a body and of those merged into it, or of all, are in each phase; phases without any are left out."""
    phase = phase_column(now()).label("phase")
    query = db.select(phase, func.count()).select_from(Draft).outerjoin(Consultation, Consultation.draft_id == Draft.id)
    rows = db.session.execute(_of_body(query, body_id).group_by(phase))
    return {Phase(value): count for value, count in rows}


def list_own_drafts(
    body_id: int | None, phase: Phase | None = None, *, offset: int = 0, limit: int = PAGE
) -> list[OwnDraft]:
    """Drafts by phase, within it what is due first, then the latest changed. One query."""
    instant = now()
    rank = case(*[(phase_is(each, instant), place) for place, each in enumerate(ORDER)], else_=len(ORDER))
    due = case(
        (phase_is(Phase.answering, instant), Consultation.answers_due_on),
        (phase_is(Phase.open, instant), Consultation.closes_on),
        (phase_is(Phase.announced, instant), Consultation.opens_on),
    )
    query = (
        db.select(
            Draft.id, Draft.number, Draft.title_kk, Draft.title_ru, Draft.title_en, Draft.passport,
            Draft.is_public, Draft.withdrawn_at, Draft.adopted_on, Draft.adopted_reference, ActType, Body,
            Consultation.opens_at, Consultation.closes_at, Consultation.reported_at,
            Consultation.opens_on, Consultation.closes_on, Consultation.answers_due_on, Tally.comments, Tally.answered,
            Consultation.is_archived,
        )
        .join(ActType, ActType.id == Draft.type_id)
        .join(Body, Body.id == Draft.body_id)
        .outerjoin(Consultation, Consultation.draft_id == Draft.id)
        .outerjoin(Tally, Tally.draft_id == Draft.id)
    )  # fmt: skip
    if phase is not None:
        query = query.where(phase_is(phase, instant))
    rows = db.session.execute(
        _of_body(query, body_id)
        .order_by(rank, due, Draft.updated_at.desc(), Draft.id.desc())
        .offset(offset)
        .limit(min(limit, 100))
    )
    return [_own_draft(row, instant) for row in rows]


def list_packages(drafts: Collection[OwnDraft]) -> dict[int, tuple[Part, ...]]:
    """Draft → which parts of its package are there, for the drafts of one page. Three queries."""
    ids = [draft.id for draft in drafts]
    texts: dict[int, set[str]] = {}
    rows: Any = db.session.execute(
        db.select(Version.draft_id, VersionText.language)
        .join(VersionText, VersionText.version_id == Version.id)
        .where(Version.draft_id.in_(ids))
    )
    for draft_id, language in rows:
        texts.setdefault(draft_id, set()).add(language)
    attachments: dict[int, list[tuple[AttachmentKind, str]]] = {}
    rows = db.session.execute(
        db.select(Attachment.draft_id, Attachment.kind, Attachment.language).where(Attachment.draft_id.in_(ids))
    )
    for draft_id, kind, language in rows:
        attachments.setdefault(draft_id, []).append((kind, language))
    built = list_built_by_draft(ids)
    return {
        each.id: parts_of(
            texts.get(each.id, ()), each.passport, attachments.get(each.id, ()), each.act_type.required_parts,
            built.get(each.id, ()),
        )
        for each in drafts
    }


def _of_body(query: Any, body_id: int | None) -> Any:
    return query if body_id is None else query.where(Draft.body_id.in_(acted_for(body_id)))


def _own_draft(row: Any, instant: datetime) -> OwnDraft:
    (id_, number, kk, ru, en, passport, is_public, withdrawn_at, adopted_on, reference, act_type, body,
     opens_at, closes_at, reported_at, opens_on, closes_on, due_on, comments, answered, is_archived) = row  # fmt: skip
    phase = phase_at(Dates(is_public, withdrawn_at, adopted_on, opens_at, closes_at, reported_at), instant)
    return OwnDraft(
        id_, number, {"kk": kk, "ru": ru, "en": en}, passport, withdrawn_at, adopted_on, reference, act_type, body,
        opens_on, closes_on, due_on, comments or 0, answered or 0, bool(is_archived), phase,
    )  # fmt: skip
