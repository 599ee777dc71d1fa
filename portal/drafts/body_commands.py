"""What may an operator run about state bodies?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from portal.accounts.actor import OPERATOR
from portal.drafts.actions.bodies import (
    add_body,
    correct_body,
    dissolve_body,
    import_bodies,
    merge_body,
    move_body,
    rename_body,
    restore_body,
)
from portal.drafts.body_import import ImportPlan
from portal.drafts.body_tree import walk_tree
from portal.drafts.commands import read_file
from portal.drafts.listing import Row, named_row, print_rows
from portal.drafts.models import LANGUAGES, Body
from portal.drafts.policy import BODY_KINDS
from portal.drafts.queries.bodies import (
    find_body,
    find_successor,
    list_bodies,
    list_by_ids,
    list_former_names,
    list_predecessors,
    read_plan,
)
from portal.kernel.clock import today
from portal.kernel.console import json_option, plain_refusals, print_json, reading, writing
from portal.kernel.errors import NotFound

bodies = AppGroup("bodies", help="State bodies: ministries, agencies, akimats, maslikhats.")

DAY = click.DateTime(["%Y-%m-%d"])


def name_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--name-kk, --name-ru and --name-en, each None when left out."""
    for language, words in (("en", "English"), ("ru", "Russian"), ("kk", "Kazakh")):
        command = click.option(f"--name-{language}", help=f"Name in {words}.")(command)
    return command


@bodies.command("list")
@click.option("--tree", is_flag=True, help="Each body under the one it belongs to.")
@json_option
def list_all(tree: bool, as_json: bool) -> None:
    """List every state body with its code."""
    with reading():
        found = list_bodies()
        codes = {body.id: body.code for body in found}
        nodes = [(node.body, node.depth) for node in walk_tree(found, "ru")] if tree else [(body, 0) for body in found]
        rows = [_row(body, codes, depth) for body, depth in nodes]
    if tree and not as_json:
        for row in rows:
            click.echo(f"{'  ' * int(str(row['depth']))}{row['name_ru']}  [{row['code']}]")
        return
    print_rows(rows, as_json, "code", "kind", "name_ru")


@bodies.command("show")
@click.argument("code")
@json_option
def show(code: str, as_json: bool) -> None:
    """Show one body: its names past and present, where it stands, what it came from and what it became."""
    with plain_refusals(), reading():
        body = _get(code)
        upper = list_by_ids([body.parent_id] if body.parent_id else [])
        successor = find_successor(body)
        row = _row(body, {each.id: each.code for each in upper.values()}, 0)
        row["successor"] = successor.code if successor else None
        row["former_names"] = [
            {"from": _day(name.used_from), "until": str(name.used_until), "reason": name.reason,
             **{f"name_{language}": getattr(name, f"name_{language}") for language in LANGUAGES}}
            for name in list_former_names(body.id)
        ]  # fmt: skip
        row["merged_into_it"] = [each.code for each in list_predecessors(body.id)]
    if as_json:
        print_json(row)
    else:
        for name, value in row.items():
            click.echo(f"{name}: {value}")


@bodies.command("add")
@click.option("--code", required=True, help="Small Latin letters, digits and hyphens, such as akimat-almaty.")
@click.option("--kind", required=True, type=click.Choice(BODY_KINDS))
@click.option("--name-kk", required=True, help="Name in Kazakh.")
@click.option("--name-ru", required=True, help="Name in Russian.")
@click.option("--name-en", default="", help="Name in English.")
@click.option("--parent", help="Code of the body it belongs to.")
@json_option
def add(code: str, kind: str, name_kk: str, name_ru: str, name_en: str, parent: str | None, as_json: bool) -> None:
    """Add a state body."""
    with plain_refusals(), writing():
        names = {"kk": name_kk, "ru": name_ru, "en": name_en}
        upper = _get(parent) if parent else None
        row = _row(add_body(OPERATOR, code=code, kind=kind, names=names, parent=upper), {}, 0)
    print_rows([row], as_json, "code", "kind", "name_ru", single=True)


@bodies.command("correct")
@click.argument("code")
@click.option("--kind", type=click.Choice(BODY_KINDS))
@name_options
def correct(code: str, kind: str | None, **names: str | None) -> None:
    """Put a slip in the names of CODE right; for a real renaming use `rename`."""
    with plain_refusals(), writing():
        body = _get(code)
        correct_body(OPERATOR, body=body, kind=kind or body.kind, names=_names(body, names))
    click.echo(f"{code} is corrected.")


@bodies.command("rename")
@click.argument("code")
@click.option("--on", type=DAY, help="Day from which the new name is borne (YYYY-MM-DD); today if left out.")
@click.option("--reason", default="", help="The act: what it is called, its date and number.")
@name_options
def rename(code: str, on: datetime | None, reason: str, **names: str | None) -> None:
    """Give CODE another name from a day on; the old one is kept in its history."""
    with plain_refusals(), writing():
        body = _get(code)
        rename_body(OPERATOR, body=body, names=_names(body, names), on=on.date() if on else today(), reason=reason)
    click.echo(f"{code} is renamed.")


@bodies.command("move")
@click.argument("code")
@click.option("--under", help="Code of the body it is to stand under; at the top if left out.")
def move(code: str, under: str | None) -> None:
    """Put CODE under another body, or at the top."""
    with plain_refusals(), writing():
        move_body(OPERATOR, body=_get(code), parent=_get(under) if under else None)
    click.echo(f"{code} now stands {'under ' + under if under else 'at the top'}.")


@bodies.command("merge")
@click.argument("code")
@click.argument("successor")
@click.option("--on", type=DAY, help="Day from which CODE is no more (YYYY-MM-DD); today if left out.")
@click.option("--reason", required=True, help="The act: what it is called, its date and number.")
def merge(code: str, successor: str, on: datetime | None, reason: str) -> None:
    """Make CODE part of SUCCESSOR, which takes over the bodies under it."""
    with plain_refusals(), writing():
        day = on.date() if on else today()
        merge_body(OPERATOR, body=_get(code), successor=_get(successor), on=day, reason=reason)
    click.echo(f"{code} is merged into {successor}.")


@bodies.command("dissolve")
@click.argument("code")
@click.option("--on", type=DAY, help="Day from which CODE is no more (YYYY-MM-DD); today if left out.")
@click.option("--reason", required=True, help="The act: what it is called, its date and number.")
def dissolve(code: str, on: datetime | None, reason: str) -> None:
    """End CODE without a successor."""
    with plain_refusals(), writing():
        dissolve_body(OPERATOR, body=_get(code), on=on.date() if on else today(), reason=reason)
    click.echo(f"{code} is dissolved.")


@bodies.command("restore")
@click.argument("code")
def restore(code: str) -> None:
    """Take back that CODE ended, entered by mistake."""
    with plain_refusals(), writing():
        restore_body(OPERATOR, body=_get(code))
    click.echo(f"{code} is restored.")


@bodies.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@json_option
def import_table(file: Path, dry_run: bool, as_json: bool) -> None:
    """Take state bodies from a table FILE: columns id, parent_id, name_ru, name_kk, maybe name_en, kind, level.

    All of it or nothing. What is odd is told line by line; importing the same table again changes nothing.
    """
    with plain_refusals():
        data = read_file(file)
        if dry_run:
            with reading():
                plan = read_plan(data)
        else:
            with writing():
                plan = read_plan(data)
                import_bodies(OPERATOR, plan=plan)
    if as_json:
        print_json(_report(plan, dry_run))
        return
    for oddity in plan.oddities:
        click.echo(f"line {oddity.line}: {oddity.code}{' (left out)' if oddity.is_left_out else ''}: {oddity.value}", err=True)
    words = "would be " if dry_run else ""
    click.echo(f"{len(plan.added)} {words}added, {len(plan.changed)} {words}changed, {plan.unchanged} as they were, {len(plan.oddities)} oddities")


def _report(plan: ImportPlan, dry_run: bool) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "added": [{"line": row.line, "id": row.id, "parent": row.parent, "kind": row.kind, "name_ru": row.name_ru} for row in plan.added],
        "changed": [
            {"line": change.row.line, "id": change.row.id, "what": list(change.what), "old_name": change.old_name, "name_ru": change.row.name_ru}
            for change in plan.changed
        ],
        "unchanged": plan.unchanged,
        "left_out": sum(oddity.is_left_out for oddity in plan.oddities),
        "oddities": [
            {"line": oddity.line, "what": oddity.code, "value": oddity.value, "left_out": oddity.is_left_out}
            for oddity in plan.oddities
        ],
    }  # fmt: skip


def _get(code: str) -> Body:
    if (body := find_body(code)) is None:
        raise NotFound("There is no body with the code “%(code)s”.", code=code)
    return body


def _names(body: Body, given: dict[str, str | None]) -> dict[str, str]:
    kept = {language: given.get(f"name_{language}") for language in LANGUAGES}
    return {language: getattr(body, f"name_{language}") if name is None else name for language, name in kept.items()}


def _row(body: Body, codes: dict[int, str], depth: int) -> Row:
    return named_row(
        body, kind=body.kind, parent=codes.get(body.parent_id or 0), depth=depth, table_id=body.external_id,
        dissolved_on=_day(body.dissolved_on),
    )  # fmt: skip


def _day(day: object) -> str | None:
    return str(day) if day else None
