"""Where are published reports read and downloaded?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Response, current_app, jsonify, url_for

from portal.reports.models import Report
from portal.reports.presentation import PresentedReport, present
from portal.reports.queries import count_reports, get_published_report, list_reports, shown_document
from portal.reports.render.docx import render_docx
from portal.reports.views.blueprint import blueprint
from portal.web.access import public
from portal.web.locale import current_language
from portal.web.pages import Page, PageNumbers, page_numbers, show

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAGE = 20


@dataclass(frozen=True)
class ReportLink:
    """A published report in the list."""

    title: str
    url: str
    body: str
    published_at: datetime
    comments: int


@dataclass(frozen=True)
class ReportsPage:
    """The list of published reports."""

    reports: tuple[ReportLink, ...]
    numbers: PageNumbers


@dataclass(frozen=True)
class ReportPage:
    """One report with where else it can be had. `published_at` is None for one only its body sees."""

    report: PresentedReport
    published_at: datetime | None
    draft_url: str
    downloads: tuple[tuple[str, str], ...]
    address: str


@blueprint.get("/reports")
@public
def reports() -> Page:
    """Every published report, newest first."""
    language = current_language()
    numbers = page_numbers(count_reports(), PAGE)
    rows = list_reports(offset=(numbers.number - 1) * PAGE, limit=PAGE)
    links = tuple(
        ReportLink(
            row.draft.title(language), url_for("reports.report", draft_id=row.draft.id), row.body.name(language),
            row.published_at, row.comments,
        )
        for row in rows
    )  # fmt: skip
    return show("reports/reports.html", ReportsPage(links, numbers))


@blueprint.get("/drafts/<int:draft_id>/report")
@public
def report(draft_id: int) -> Page:
    """The latest published edition."""
    return show("reports/report.html", report_page(get_published_report(draft_id)))


@blueprint.get("/drafts/<int:draft_id>/report.docx")
@public
def report_docx(draft_id: int) -> Response:
    """The same as a Word file in the reader's language."""
    return docx_response(get_published_report(draft_id))


@blueprint.get("/drafts/<int:draft_id>/report.json")
@public
def report_json(draft_id: int) -> Response:
    """The document the digest in the public record stands for, without what a moderator has hidden since."""
    return jsonify(shown_document(get_published_report(draft_id)))


def docx_response(report: Report) -> Response:
    """A Word file to download, named by the draft and edition."""
    language = current_language()
    name = f"report-{report.document['draft']['number']}-{report.edition}-{language}.docx"
    return Response(
        render_docx(present(report, shown_document(report), language)),
        mimetype=DOCX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def report_page(report: Report) -> ReportPage:
    """What the page of a report shows."""
    draft_id = report.draft_id
    path = url_for("reports.report", draft_id=draft_id)
    return ReportPage(
        report=present(report, shown_document(report), current_language()),
        published_at=report.published_at,
        draft_url=url_for("consultation.draft", draft_id=draft_id),
        downloads=(
            ("DOCX", url_for("reports.report_docx", draft_id=draft_id)),
            ("JSON", url_for("reports.report_json", draft_id=draft_id)),
        ),
        address=f"{current_app.config['SETTINGS'].base_url}{path}",
    )
