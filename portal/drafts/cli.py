"""What may an operator run about the texts of drafts and the reference data?"""

from __future__ import annotations

from pathlib import Path

import click

from portal.drafts.body_commands import bodies
from portal.drafts.commands import drafts, read_file
from portal.drafts.compare_commands import compare_files
from portal.drafts.importers import Changes, read_outline
from portal.drafts.models import LANGUAGES
from portal.drafts.reference_commands import areas, calendar, days, types
from portal.drafts.structure import Outline, outline_to_json, walk
from portal.kernel.console import json_option, plain_refusals, print_json

SNIPPET = 100

commands = (drafts, bodies, types, areas, days, calendar)
__all__ = ["commands", "compare_files"]


@drafts.command("outline")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--language", type=click.Choice(LANGUAGES), help="Language of the text; told by the text itself if left out.")
@click.option(
    "--changes", type=click.Choice(("accepted", "refused")), default="accepted", show_default=True,
    help="What becomes of the tracked changes an office file holds.",
)  # fmt: skip
@json_option
def outline_file(file: Path, language: str | None, changes: Changes, as_json: bool) -> None:
    """Show what the importer sees in FILE: articles, points, annexes, tables. Needs no database.

    A file that cannot be read gives one line on standard error and exit status 2.
    """
    with plain_refusals():
        outline = read_outline(read_file(file), file.name, language, changes)
    if as_json:
        print_json(outline_to_json(outline, with_cells=True))
    else:
        _print_tree(outline)


def _print_tree(outline: Outline) -> None:
    click.echo(f"{outline.title or '(no title)'}  [{outline.language}]\n")
    for provision, depth, _ in walk(outline.provisions):
        words = " ".join((provision.heading or provision.text).split())
        short = words if len(words) <= SNIPPET else words[: SNIPPET - 1] + "…"
        click.echo(f"{'  ' * depth}{provision.kind.value} {provision.number}".rstrip() + f"  {short}".rstrip())
    if outline.confidence is not None:
        why = "; ".join(str(reason) for reason in outline.reasons)
        click.echo(f"confidence: {outline.confidence:.2f} ({why})", err=True)
    for warning in outline.warnings:
        click.echo(f"warning: {warning}", err=True)
