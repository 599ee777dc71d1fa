"""Which reports are there, and which bodies with what record?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func

from portal.consultation.models import Consultation, Tally
from portal.drafts.models import Body, Draft
from portal.kernel.clock import now
from portal.kernel.db import db
from portal.kernel.errors import NotFound
from portal.reports.models import Report


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A published report in a list."""

    draft: Draft
    body: Body
    published_at: datetime
    comments: int


@dataclass(frozen=True, slots=True)
class DueRow:
    """A draft of the desk whose discussion has ended; `report` is its latest edition, if one was made."""

    draft: Draft
    consultation: Consultation
    tally: Tally
    report_id: int | None
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body with how many public drafts it has."""

    body: Body
    drafts: int
    comments: int
    answered: int


def count_reports(body_id: int | None = None) -> int:
    """How many drafts have a published report."""
    return db.session.scalar(db.select(func.count()).select_from(_published(body_id).subquery())) or 0


def list_reports(*, body_id: int | None = None, offset: int = 0, limit: int = 20) -> list[ReportRow]:
    """The first published edition of each draft, newest first. One query."""
    published = _published(body_id).subquery()
    rows = db.session.execute(
        db.select(Draft, Body, published.c.published_at, Tally.comments)
        .join(published, published.c.draft_id == Draft.id)
        .join(Body, Body.id == Draft.body_id)
        .join(Tally, Tally.draft_id == Draft.id)
        .order_by(published.c.published_at.desc(), Draft.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return [ReportRow(*row) for row in rows]


def get_published_report(draft_id: int) -> Report:
    """The latest published edition of a draft's report; raises NotFound."""
    report = db.session.scalar(
        db.select(Report)
        .join(Draft, Draft.id == Report.draft_id)
        .where(Report.draft_id == draft_id, Report.published_at.is_not(None), Draft.is_public)
        .order_by(Report.edition.desc())
        .limit(1)
    )
    if report is None:
        raise NotFound("The report on this draft is not published yet.")
    return report


def find_latest_report(draft_id: int) -> Report | None:
    """The latest edition, published or not."""
    return db.session.scalar(
        db.select(Report).where(Report.draft_id == draft_id).order_by(Report.edition.desc()).limit(1)
    )


def list_due(body_id: int | None, *, limit: int = 100) -> list[DueRow]:
    """Drafts of a body (of all for None) whose discussion has ended, those without a report first, then by due day."""
    latest = (
        db.select(Report.draft_id, func.max(Report.id).label("id"), func.max(Report.published_at).label("published_at"))
        .group_by(Report.draft_id)
        .subquery()
    )
    rows = db.session.execute(
        db.select(Draft, Consultation, Tally, latest.c.id, latest.c.published_at)
        .join(Consultation, Consultation.draft_id == Draft.id)
        .join(Tally, Tally.draft_id == Draft.id)
        .outerjoin(latest, latest.c.draft_id == Draft.id)
        .where(Draft.is_public, Draft.withdrawn_at.is_(None), Consultation.closes_at <= now())
        .where(*([] if body_id is None else [Draft.body_id == body_id]))
        .order_by(Consultation.reported_at.is_not(None), Consultation.answers_due_on, Draft.id)
        .limit(limit)
    )
    return [DueRow(*row) for row in rows]


def list_bodies_with_counts() -> list[BodyRow]:
    """Every body with its public drafts, comments and answered comments. One query."""
    rows = db.session.execute(
        db.select(
            Body,
            func.count(Draft.id),
            func.coalesce(func.sum(Tally.comments), 0),
            func.coalesce(func.sum(Tally.answered), 0),
        )
        .outerjoin(Draft, (Draft.body_id == Body.id) & Draft.is_public)
        .outerjoin(Tally, Tally.draft_id == Draft.id)
        .group_by(Body.id)
        .order_by(Body.kind.desc(), Body.name_ru)
        .limit(5000)
    )
    return [BodyRow(*row) for row in rows]


def _published(body_id: int | None) -> Select[Any]:
    query = (
        db.select(Report.draft_id, func.min(Report.published_at).label("published_at"))
        .join(Draft, Draft.id == Report.draft_id)
        .where(Report.published_at.is_not(None), Draft.is_public)
        .group_by(Report.draft_id)
    )
    return query if body_id is None else query.where(Draft.body_id == body_id)
