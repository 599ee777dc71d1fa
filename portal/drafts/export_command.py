"""What does an operator run to take a version out of the portal?"""

from __future__ import annotations

from pathlib import Path

import click

from portal.drafts.exporters import FORMATS, export
from portal.drafts.models import LANGUAGES
from portal.drafts.queries.publications import get_publication
from portal.kernel.console import fail, json_option, plain_refusals, print_json, reading, write_file


@click.command("export")
@click.argument("draft_id", type=click.IntRange(1, 2**31 - 1), metavar="ID")
@click.option("--version", "number", type=click.IntRange(1, 2**31 - 1), required=True, help="Number of the version.")
@click.option("--format", "code", type=click.Choice(list(FORMATS)), required=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, metavar="FILE")
@click.option("--language", type=click.Choice(LANGUAGES), help="Left out: every language where the format holds several, else the first.")
@json_option
def export_version(draft_id: int, number: int, code: str, out: Path, language: str | None, as_json: bool) -> None:
    """Write a version of the draft ID to FILE as Akoma Ntoso, Word, PDF, HTML or JSON."""
    with plain_refusals(), reading():
        publication = get_publication(draft_id, number)
        if language is not None and language not in publication.texts:
            fail(f"Version {number} has no text in “{language}”; it has {', '.join(publication.texts)}.")
    data = export(publication, code, language)
    write_file(out, data)
    if as_json:
        print_json({"draft": draft_id, "version": number, "format": code, "language": language, "bytes": len(data)})
    else:
        click.echo(f"{out}: {len(data)} bytes")
