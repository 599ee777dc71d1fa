"""Which reports are there, and which bodies with what record?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func

from portal.accounts.queries import acted_for
from portal.consultation.models import Comment, Consultation, Tally
from portal.drafts.models import Body, Draft
from portal.kernel.clock import now
from portal.kernel.db import db
from portal.kernel.errors import NotFound
from portal.kernel.remembered import A_WHILE, LARGE, count_remembered, remembered
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


def count_reports() -> int:
    """How many drafts have a published report."""
    query = db.select(func.count()).select_from(Consultation).where(Consultation.reported_at.is_not(None))
    return count_remembered("reports", lambda: db.session.scalar(query) or 0)


def list_reports(*, offset: int = 0, limit: int = 20) -> list[ReportRow]:
    """Drafts with a published report, those first published last at the head. One query."""
    chosen = (
        db.select(Consultation.id)
        .where(Consultation.reported_at.is_not(None))
        .order_by(Consultation.reported_at.desc(), Consultation.draft_id.desc())
        .offset(offset)
        .limit(limit)
    )
    rows = db.session.execute(
        db.select(Draft, Body, Consultation.reported_at, Tally.comments)
        .join(Consultation, Consultation.draft_id == Draft.id)
        .join(Body, Body.id == Draft.body_id)
        .join(Tally, Tally.draft_id == Draft.id)
        .where(Consultation.id.in_(chosen))
        .order_by(Consultation.reported_at.desc(), Draft.id.desc())
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


def shown_document(report: Report) -> dict[str, Any]:
    """The report's document without the words a moderator has hidden since it was made.

    Such a comment keeps its line, number and result, has "hidden": true, and no author or text; the digest in the
    public record stands for the document as it was made.
    """
    hidden = set(
        db.session.scalars(
            db.select(Comment.id).where(Comment.draft_id == report.draft_id, Comment.hidden_at.is_not(None))
        )
    )
    if not hidden:
        return report.document
    units = [
        {**unit, "comments": [_blanked(line) if line["id"] in hidden else line for line in unit["comments"]]}
        for unit in report.document["provisions"]
    ]
    return {**report.document, "provisions": units}


def _blanked(line: dict[str, Any]) -> dict[str, Any]:
    return {**line, "author": "", "organisation": "", "text": "", "proposed_text": "", "hidden": True}


def list_due(body_id: int | None, *, limit: int = 100) -> list[DueRow]:
    """Drafts of a body (of all for None) whose discussion has ended, those without a report first, then by due day."""
    ended = (Draft.is_public, Draft.withdrawn_at.is_(None), Consultation.closes_at <= now())
    order = (Consultation.reported_at.is_not(None), Consultation.answers_due_on, Draft.id)
    chosen = (
        db.select(Draft.id)
        .join(Consultation, Consultation.draft_id == Draft.id)
        .where(*ended, *([] if body_id is None else [Draft.body_id.in_(acted_for(body_id))]))
        .order_by(*order)
        .limit(limit)
    )
    latest = (
        db.select(Report.draft_id, func.max(Report.id).label("id"), func.max(Report.published_at).label("published_at"))
        .where(Report.draft_id.in_(chosen))
        .group_by(Report.draft_id)
        .subquery()
    )
    rows = db.session.execute(
        db.select(Draft, Consultation, Tally, latest.c.id, latest.c.published_at)
        .join(Consultation, Consultation.draft_id == Draft.id)
        .join(Tally, Tally.draft_id == Draft.id)
        .outerjoin(latest, latest.c.draft_id == Draft.id)
        .where(Draft.id.in_(chosen))
        .order_by(*order)
    )
    return [DueRow(*row) for row in rows]


def count_by_body() -> dict[int, tuple[int, int, int]]:
    """Body → public drafts, comments, answered comments; the counts of a large portal are A_WHILE old."""
    return remembered("bodies", _count_by_body, _as_long_as_is_large)


def _count_by_body() -> dict[int, tuple[int, int, int]]:
    rows = db.session.execute(
        db.select(Draft.body_id, func.count(), func.sum(Tally.comments), func.sum(Tally.answered))
        .join_from(Tally, Draft, Draft.id == Tally.draft_id)
        .group_by(Draft.body_id)
    )
    return {body_id: tuple(counts) for body_id, *counts in rows}


def _as_long_as_is_large(counts: dict[int, tuple[int, int, int]]) -> timedelta:
    return A_WHILE if sum(drafts for drafts, _, _ in counts.values()) > LARGE else timedelta()
