"""What may an operator run about the texts of drafts and the reference data?"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from portal.accounts.actor import OPERATOR
from portal.drafts.actions.reference import TypeCard, add_body, save_act_type, save_transferred_day
from portal.drafts.commands import drafts, read_file
from portal.drafts.importers import read_outline
from portal.drafts.models import LANGUAGES, ActType
from portal.drafts.policy import BODY_KINDS
from portal.drafts.queries.reference import find_type, list_areas, list_bodies, list_transferred_days, list_types
from portal.drafts.structure import Outline, outline_to_json, walk
from portal.kernel.console import fail, json_option, plain_refusals, print_json, reading, writing

SNIPPET = 100

bodies = AppGroup("bodies", help="State bodies: ministries, agencies, akimats, maslikhats.")
types = AppGroup("types", help="Act types and the periods the law sets for them.")
areas = AppGroup("areas", help="Areas of public policy.")
days = AppGroup("days", help="Days that a decree made working days or days off.")
commands = (drafts, bodies, types, areas, days)


@drafts.command("outline")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--language", type=click.Choice(LANGUAGES), help="Language of the text; told by the text itself if left out.")
@json_option
def outline_file(file: Path, language: str | None, as_json: bool) -> None:
    """Show what the importer sees in FILE: articles, points, annexes, tables. Needs no database.

    A file that cannot be read gives one line on standard error and exit status 2.
    """
    with plain_refusals():
        outline = read_outline(read_file(file), file.name, language)
    if as_json:
        print_json(outline_to_json(outline))
    else:
        _print_tree(outline)


def _print_tree(outline: Outline) -> None:
    click.echo(f"{outline.title or '(no title)'}  [{outline.language}]\n")
    for provision, depth, _ in walk(outline.provisions):
        words = " ".join((provision.heading or provision.text).split())
        short = words if len(words) <= SNIPPET else words[: SNIPPET - 1] + "…"
        click.echo(f"{'  ' * depth}{provision.kind.value} {provision.number}".rstrip() + f"  {short}".rstrip())
    for warning in outline.warnings:
        click.echo(f"warning: {warning}", err=True)


@bodies.command("list")
@json_option
def list_all_bodies(as_json: bool) -> None:
    """List every state body with its code."""
    with reading():
        rows = [_named(body, kind=body.kind) for body in list_bodies()]
    _print(rows, as_json, "code", "kind", "name_ru")


@bodies.command("add")
@click.option("--code", required=True, help="Small Latin letters, digits and hyphens, such as akimat-almaty.")
@click.option("--kind", required=True, type=click.Choice(BODY_KINDS))
@click.option("--name-kk", required=True, help="Name in Kazakh.")
@click.option("--name-ru", required=True, help="Name in Russian.")
@click.option("--name-en", default="", help="Name in English.")
@json_option
def add_one_body(code: str, kind: str, name_kk: str, name_ru: str, name_en: str, as_json: bool) -> None:
    """Add a state body."""
    with plain_refusals(), writing():
        body = add_body(OPERATOR, code=code, kind=kind, names={"kk": name_kk, "ru": name_ru, "en": name_en})
        row = _named(body, kind=body.kind)
    _print([row], as_json, "code", "kind", "name_ru", single=True)


@types.command("list")
@json_option
def list_all_types(as_json: bool) -> None:
    """List every act type with its periods in working days."""
    with reading():
        rows = [_type_row(act_type) for act_type in list_types()]
    _print(rows, as_json, "code", "discussion_days", "answer_days", "name_ru")


@types.command("set")
@click.argument("code")
@click.option("--discussion-days", type=int, help="Working days a draft of the type is discussed.")
@click.option("--answer-days", type=int, help="Working days for the reasoned answer.")
@click.option("--rule", help='Article the period comes from, such as "art. 19".')
@click.option("--name-kk", help="Name in Kazakh.")
@click.option("--name-ru", help="Name in Russian.")
@click.option("--name-en", help="Name in English.")
@json_option
def set_type(
    code: str, discussion_days: int | None, answer_days: int | None, rule: str | None,
    name_kk: str | None, name_ru: str | None, name_en: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Change what is given of the act type CODE, or add it. Announced drafts keep their dates."""
    with plain_refusals(), writing():
        old = find_type(code)
        if old is None and discussion_days is None:
            fail(f"There is no act type “{code}”; to add it give --name-kk, --name-ru and --discussion-days.")
        names = {"kk": name_kk, "ru": name_ru, "en": name_en}
        card = TypeCard(
            code,
            {key: (getattr(old, f"name_{key}", "") if name is None else name) for key, name in names.items()},
            _given(discussion_days, old.discussion_days if old else 0),
            _given(answer_days, old.answer_days if old else 10),
            rule if rule is not None else (old.rule if old else ""),
        )
        row = _type_row(save_act_type(OPERATOR, card=card))
    _print([row], as_json, "code", "discussion_days", "answer_days", "name_ru", single=True)


@areas.command("list")
@json_option
def list_all_areas(as_json: bool) -> None:
    """List the areas of public policy with their codes."""
    with reading():
        rows = [_named(area) for area in list_areas()]
    _print(rows, as_json, "code", "name_ru")


@days.command("list")
@json_option
def list_all_days(as_json: bool) -> None:
    """List the days entered against the calendar."""
    with reading():
        rows = [
            {"on": str(day.on), "is_working": day.is_working, "reason": day.reason} for day in list_transferred_days()
        ]
    _print(rows, as_json, "on", "is_working", "reason")


@days.command("set")
@click.argument("day", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--working/--off", "is_working", required=True, help="Is the day worked, or is it a day off?")
@click.option("--reason", default="", help="The decree, such as its number and date.")
def set_day(day: datetime, is_working: bool, reason: str) -> None:
    """Make DAY (YYYY-MM-DD) a working day or a day off, against the calendar."""
    with plain_refusals(), writing():
        save_transferred_day(OPERATOR, on=day.date(), is_working=is_working, reason=reason)
    click.echo(f"{day.date()} is now a {'working day' if is_working else 'day off'}.")


def _given(value: int | None, old: int) -> int:
    return old if value is None else value


def _named(row: object, **more: object) -> dict[str, object]:
    names = {f"name_{language}": getattr(row, f"name_{language}") for language in LANGUAGES}
    return {"id": getattr(row, "id"), "code": getattr(row, "code"), **more, **names}


def _type_row(act_type: ActType) -> dict[str, object]:
    return _named(
        act_type, discussion_days=act_type.discussion_days, answer_days=act_type.answer_days, rule=act_type.rule
    )


def _print(rows: list[dict[str, object]], as_json: bool, *columns: str, single: bool = False) -> None:
    if as_json:
        print_json(rows[0] if single else rows)
        return
    widths = [max((len(str(row[column])) for row in rows), default=0) for column in columns]
    for row in rows:
        cells = (str(row[column]).ljust(width) for column, width in zip(columns, widths))
        click.echo("  ".join(cells).rstrip())
