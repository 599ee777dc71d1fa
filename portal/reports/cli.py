"""How does an operator build a report as a file?"""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app, render_template
from flask.cli import AppGroup

from portal.accounts.actor import OPERATOR
from portal.consultation.queries.drafts import get_file
from portal.kernel.console import plain_refusals, write_file
from portal.kernel.db import db, transaction_mode
from portal.reports.actions import generate_report
from portal.reports.models import Report
from portal.reports.presentation import present
from portal.reports.queries import find_latest_report, shown_document
from portal.reports.render.docx import render_docx

reports = AppGroup("reports", help="Reports on completed discussions.")


@reports.command("build")
@click.argument("draft", type=click.IntRange(1, 2**31 - 1))
@click.option("--format", "form", type=click.Choice(["html", "docx"]), default="docx", show_default=True)
@click.option("--language", type=click.Choice(["kk", "ru", "en"]), default="kk", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write.")
def build(draft: int, form: str, language: str, out: Path) -> None:
    """Write the latest report on DRAFT to a file; make one first if there is none.

    Ends with status 2 and a sentence when the report cannot be made, for instance while comments are unanswered.
    """
    with plain_refusals(), transaction_mode("write"):
        report = find_latest_report(draft) or generate_report(OPERATOR, file=get_file(draft))
        db.session.commit()
    write_file(out, _render(report, form, language))
    click.echo(f"{out}: edition {report.edition}, {len(report.document['provisions'])} provisions with comments")


def _render(report: Report, form: str, language: str) -> bytes:
    base_url = current_app.config["SETTINGS"].base_url
    with current_app.test_request_context(f"/?lang={language}", base_url=base_url):
        presented = present(report, shown_document(report), language)
        if form == "docx":
            return render_docx(presented)
        return render_template("reports/file.html", report=presented, language=language).encode()


commands = [reports]
