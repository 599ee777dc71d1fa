"""How is the report on completion of a public discussion made and published?"""

from __future__ import annotations

from sqlalchemy import func

from portal.accounts.actor import AnyActor
from portal.consultation.queries.drafts import DraftFile
from portal.kernel.clock import now
from portal.kernel.db import db
from portal.kernel.errors import NotFound, Refused
from portal.ledger.kinds import Kind
from portal.ledger.queries import count_entries, root_at
from portal.ledger.record import record
from portal.reports.document import build_document, canonical_digest, count_unanswered
from portal.reports.models import Report
from portal.reports.policy import ensure_complete, ensure_current, ensure_reports


def generate_report(actor: AnyActor, *, file: DraftFile) -> Report:
    """Make the next edition of a draft's report; Refused while a comment has no decision."""
    ensure_reports(actor, "report.generate", file.draft)
    ensure_complete(file.phase, count_unanswered(file.draft.id))
    size = count_entries()
    document = build_document(file)
    last = db.session.scalar(db.select(func.max(Report.edition)).where(Report.draft_id == file.draft.id)) or 0
    report = Report(
        draft_id=file.draft.id, edition=last + 1, document=document, digest=canonical_digest(document),
        ledger_size=size, ledger_root=root_at(size).hex(), generated_at=now(), generated_by=actor.id,
    )  # fmt: skip
    db.session.add(report)
    db.session.flush()
    record(
        Kind.REPORT_GENERATED,
        f"report:{report.id}",
        {"draft": file.draft.id, "edition": report.edition, "document": report.digest, "ledger_size": size},
    )
    return report


def publish_report(actor: AnyActor, *, file: DraftFile, report: Report) -> None:
    """Publish an edition; from then on the draft's comments can no longer be decided anew."""
    ensure_reports(actor, "report.publish", file.draft)
    if report.draft_id != file.draft.id:
        raise NotFound("There is no such report.")
    if report.published_at is not None:
        raise Refused("This report is published already.")
    ensure_complete(file.phase, count_unanswered(file.draft.id))
    ensure_current(report.digest, canonical_digest(build_document(file)))
    report.published_at = now()
    if file.consultation.reported_at is None:
        file.consultation.reported_at = now()
    db.session.flush()
    record(
        Kind.REPORT_PUBLISHED,
        f"report:{report.id}",
        {"draft": file.draft.id, "edition": report.edition, "document": report.digest},
    )
