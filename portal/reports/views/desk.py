"""Where does a body make and publish its reports?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from flask import Response, flash, g, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from portal.consultation.queries.drafts import DraftFile, get_file
from portal.drafts.desk_pages import DeskPages, desk_pages
from portal.drafts.models import Draft
from portal.kernel.db import hold
from portal.kernel.errors import NotFound
from portal.reports.actions import generate_report, publish_report
from portal.reports.document import count_unanswered
from portal.reports.models import Report
from portal.reports.presentation import PresentedReport, present
from portal.reports.queries import find_latest_report, list_due, shown_document
from portal.reports.views.blueprint import blueprint
from portal.reports.views.reports import docx_response
from portal.web.access import access
from portal.web.forms import PortalForm, attempt
from portal.web.locale import current_language
from portal.web.pages import Page, show


@dataclass(frozen=True)
class DueReport:
    """A draft in the list of reports to make."""

    title: str
    url: str
    due_on: date
    comments: int
    answered: int
    state: str  # "missing" | "ready" | "made" | "published"
    published_at: datetime | None


@dataclass(frozen=True)
class DeskReportsPage:
    """The reports of the desk."""

    reports: tuple[DueReport, ...]


@dataclass(frozen=True)
class DeskReportPage:
    """One draft's report being made."""

    draft_id: int
    pages: DeskPages
    title: str
    due_on: date
    comments: int
    unanswered: int
    inbox_url: str
    ended: bool
    may_act: bool
    edition: int
    published_at: datetime | None
    report: PresentedReport | None


@blueprint.get("/desk/reports")
@access("report.read_unpublished")
def desk_reports() -> Page:
    """Every discussion that has ended, those without a report first."""
    actor: Actor = g.actor
    everything = actor.role in {Role.administrator, Role.auditor}
    rows = list_due(None if everything else actor.body_id or 0)
    language = current_language()
    due = tuple(
        DueReport(
            row.draft.title(language), url_for("reports.desk_report", draft_id=row.draft.id),
            row.consultation.answers_due_on, row.tally.comments, row.tally.answered,
            _state(row.consultation.reported_at, row.report_id, row.tally.comments - row.tally.answered),
            row.published_at,
        )
        for row in rows
    )  # fmt: skip
    return show("reports/desk_reports.html", DeskReportsPage(due))


@blueprint.get("/desk/drafts/<int:draft_id>/report")
@access("report.read_unpublished")
def desk_report(draft_id: int) -> Page:
    """What is missing, and the latest edition."""
    return _page(_own_file(draft_id), PortalForm())


@blueprint.post("/desk/drafts/<int:draft_id>/report")
@access("report.generate")
def make_report(draft_id: int) -> Page | Redirect:
    """Make the next edition."""
    file, form = _own_file(draft_id), PortalForm()
    with attempt(form) as tried:
        generate_report(g.actor, file=file)
    if not tried.done:
        return _page(file, form)
    flash(_("The report is made. Read it and publish it."), "success")
    return redirect(url_for("reports.desk_report", draft_id=draft_id))


@blueprint.post("/desk/drafts/<int:draft_id>/report/publish")
@access("report.publish")
def publish(draft_id: int) -> Page | Redirect:
    """Publish the latest edition."""
    file, form = _own_file(draft_id), PortalForm()
    report = find_latest_report(draft_id)
    if report is None or request.form.get("edition") != str(report.edition):
        raise NotFound("There is no such report.")
    with attempt(form) as tried:
        publish_report(g.actor, file=file, report=report)
    if not tried.done:
        return _page(file, form)
    flash(_("The report is published. The participants will be told by mail."), "success")
    return redirect(url_for("reports.report", draft_id=draft_id))


@blueprint.get("/desk/drafts/<int:draft_id>/report.docx")
@access("report.read_unpublished")
def desk_report_docx(draft_id: int) -> Response:
    """The latest edition as a Word file, before it is published."""
    _own_file(draft_id)
    report = find_latest_report(draft_id)
    if report is None:
        raise NotFound("There is no such report.")
    return docx_response(report)


def _own_file(draft_id: int) -> DraftFile:
    """A draft whose reports the actor may read; for others there is none."""
    hold(Draft, draft_id)
    file = get_file(draft_id)
    if not g.actor.reads_for(file.draft.body_id):
        raise NotFound("There is no such draft.")
    return file


def _page(file: DraftFile, form: PortalForm) -> Page:
    report: Report | None = find_latest_report(file.draft.id)
    language = current_language()
    unanswered = count_unanswered(file.draft.id)
    page = DeskReportPage(
        draft_id=file.draft.id,
        pages=desk_pages(file.draft, "reports.desk_report"),
        title=file.draft.title(language),
        due_on=file.consultation.answers_due_on,
        comments=file.tally.comments,
        unanswered=unanswered,
        inbox_url=url_for("consultation.draft_inbox", draft_id=file.draft.id),
        ended=file.phase not in {"preparing", "announced", "open", "withdrawn"},
        may_act=g.actor.may("report.generate") and g.actor.acts_for(file.draft.body_id),
        edition=report.edition if report else 0,
        published_at=report.published_at if report else None,
        report=present(report, shown_document(report), language) if report else None,
    )
    return show("reports/desk_report.html", page, form)


def _state(reported_at: datetime | None, report_id: int | None, unanswered: int) -> str:
    if reported_at is not None:
        return "published"
    if unanswered:
        return "missing"
    return "made" if report_id is not None else "ready"
