"""What may an operator run to see what changed between two files?"""

from __future__ import annotations

from pathlib import Path

import click

from portal.drafts.commands import drafts, read_file
from portal.drafts.compare import Change, Comparison, Segment, UnitChange, compare_texts, comparison_to_json
from portal.drafts.importers import read_outline
from portal.drafts.models import LANGUAGES
from portal.drafts.structure import Outline, place_of
from portal.kernel.console import json_option, plain_refusals, print_json

_SIGNS = {Change.added: "+", Change.removed: "-", Change.moved: ">", Change.reworded: "~"}
_MARKS = {"equal": "%s", "deleted": "[-%s-]", "inserted": "{+%s+}"}


@drafts.command("compare")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--language", type=click.Choice(LANGUAGES), help="Language of both texts; told by the texts if left out.")
@json_option
def compare_files(old: Path, new: Path, language: str | None, as_json: bool) -> None:
    """Show what changed from OLD to NEW: units added, removed, moved, reworded. Needs no database.

    A file that cannot be read gives one line on standard error and exit status 2.
    """
    with plain_refusals():
        comparison = compare_texts(_read(old, language), _read(new, language))
    if as_json:
        print_json(comparison_to_json(comparison))
    else:
        _print(comparison)


def _read(path: Path, language: str | None) -> Outline:
    return read_outline(read_file(path), path.name, language)


def _print(comparison: Comparison) -> None:
    if comparison.is_same:
        click.echo("No differences.")
        return
    if comparison.title:
        click.echo(f"{_SIGNS[Change.reworded]} title: {_plain(comparison.title)}")
    for unit in comparison.units:
        if unit.change is not Change.same:
            click.echo(f"{_SIGNS[unit.change]} {_name(unit)}: {_words(unit)}".rstrip(" :"))
    counts = ", ".join(f"{number} {change.value}" for change, number in sorted(comparison.counts.items()))
    click.echo(f"\n{comparison.changed} of {len(comparison.units)} units changed ({counts}).")


def _name(unit: UnitChange) -> str:
    """Where the unit stands, and where it stood when that was elsewhere."""
    place = place_of(unit.provision)
    if unit.old is None or not unit.is_moved or place_of(unit.old) == place:
        return place
    return f"{place} (was {place_of(unit.old)})"


def _words(unit: UnitChange) -> str:
    if unit.change is Change.moved:
        return " ".join(f"{unit.provision.heading} {unit.provision.text}".split())
    marks = unit.marks()
    rows = (" | ".join(map(_plain, row)) for row in marks.rows)
    return "  ".join(part for part in (_plain(marks.heading), _plain(marks.text), *rows) if part)


def _plain(segments: tuple[Segment, ...]) -> str:
    return " ".join("".join(_MARKS[kind] % words for kind, words in segments).split())
