"""What does an operator run to take a comparative table out of the portal?"""

from __future__ import annotations

from pathlib import Path

import click

from portal.drafts.comparative import LANGUAGES
from portal.drafts.exporters.table import TABLE_FORMATS
from portal.drafts.queries.texts import get_draft, latest_version
from portal.drafts.table_downloads import get_document
from portal.kernel.console import json_option, plain_refusals, print_json, reading, write_file


@click.command("export-table")
@click.argument("draft_id", type=click.IntRange(1, 2**31 - 1), metavar="ID")
@click.option("--format", "code", type=click.Choice(list(TABLE_FORMATS)), required=True)
@click.option("--language", type=click.Choice(LANGUAGES), required=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, metavar="FILE")
@json_option
def export_table(draft_id: int, code: str, language: str, out: Path, as_json: bool) -> None:
    """Write the comparative table of the latest version of the draft ID to FILE as Word or Excel."""
    with plain_refusals(), reading():
        document = get_document(get_draft(draft_id), latest_version(draft_id), language)
    data = TABLE_FORMATS[code][2](document)
    write_file(out, data)
    if as_json:
        print_json({"draft": draft_id, "format": code, "language": language, "rows": len(document.rows), "bytes": len(data)})
    else:
        click.echo(f"{out}: {len(data)} bytes")
