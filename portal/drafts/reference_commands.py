"""What may an operator run about act types, policy areas, moved days and the calendar?"""

from __future__ import annotations

from datetime import datetime

import click
from flask.cli import AppGroup

from portal.accounts.actor import OPERATOR
from portal.drafts.actions.reference import (
    AreaCard,
    TypeCard,
    remove_transferred_day,
    save_act_type,
    save_area,
    save_transferred_day,
)
from portal.drafts.body_commands import DAY, name_options
from portal.drafts.calendar import DayOff, closing_date
from portal.drafts.listing import Row, named_row, print_rows
from portal.drafts.models import LANGUAGES, ActType, PolicyArea
from portal.drafts.queries.reference import (
    answers_due,
    find_area,
    find_type,
    list_areas,
    list_transferred_days,
    list_types,
    work_calendar,
)
from portal.drafts.reference_policy import REQUIRABLE
from portal.kernel.console import fail, json_option, plain_refusals, print_json, reading, writing
from portal.kernel.errors import NotFound

types = AppGroup("types", help="Act types, the periods the law sets for them and the parts they require.")
areas = AppGroup("areas", help="Areas of public policy.")
days = AppGroup("days", help="Days that a decree made working days or days off.")
calendar = AppGroup("calendar", help="Periods in working days.")


@types.command("list")
@json_option
def list_all_types(as_json: bool) -> None:
    """List every act type with its periods in working days."""
    with reading():
        rows = [_type_row(act_type) for act_type in list_types()]
    print_rows(rows, as_json, "code", "discussion_days", "answer_days", "name_ru")


@types.command("set")
@click.argument("code")
@click.option("--discussion-days", type=int, help="Working days a draft of the type is discussed.")
@click.option("--answer-days", type=int, help="Working days for the reasoned answer.")
@click.option("--report-days", type=int, help="Working days for the report after the answers.")
@click.option("--rule", help='Article the period comes from, such as "art. 19".')
@click.option("--require", help=f"Parts a package must have, with commas: {', '.join(REQUIRABLE)}; an empty word for none.")
@click.option("--retired/--in-use", "is_retired", default=None, help="May new drafts be of it?")
@click.option("--position", type=click.IntRange(0, 2**31 - 1), help="Place in lists, from 0.")
@name_options
@json_option
def set_type(
    code: str, discussion_days: int | None, answer_days: int | None, report_days: int | None, rule: str | None, require: str | None,
    is_retired: bool | None, position: int | None, as_json: bool, **names: str | None,
) -> None:  # fmt: skip
    """Change what is given of the act type CODE, or add it. Only clocks that still run are moved."""
    with plain_refusals(), writing():
        old = find_type(code)
        if old is None and discussion_days is None:
            fail(f"There is no act type “{code}”; to add it give --name-kk, --name-ru and --discussion-days.")
        card = TypeCard(
            code,
            _names(old, names),
            _given(discussion_days, old.discussion_days if old else 0),
            _given(answer_days, old.answer_days if old else 10),
            rule if rule is not None else (old.rule if old else ""),
            required_parts=None if require is None else tuple(part.strip() for part in require.split(",") if part.strip()),
            is_retired=is_retired if is_retired is not None else bool(old and old.is_retired),
            position=position,
            report_days=report_days,
        )
        row = _type_row(save_act_type(OPERATOR, card=card))
    print_rows([row], as_json, "code", "discussion_days", "answer_days", "name_ru", single=True)


@areas.command("list")
@json_option
def list_all_areas(as_json: bool) -> None:
    """List the areas of public policy with their codes."""
    with reading():
        rows = [_area_row(area) for area in list_areas()]
    print_rows(rows, as_json, "code", "name_ru")


@areas.command("set")
@click.argument("code")
@click.option("--retired/--in-use", "is_retired", default=None, help="May new drafts be of it?")
@click.option("--position", type=click.IntRange(0, 2**31 - 1), help="Place in lists, from 0.")
@name_options
@json_option
def set_area(code: str, is_retired: bool | None, position: int | None, as_json: bool, **names: str | None) -> None:
    """Change what is given of the policy area CODE, or add it."""
    with plain_refusals(), writing():
        old = find_area(code)
        retired = is_retired if is_retired is not None else bool(old and old.is_retired)
        row = _area_row(save_area(OPERATOR, card=AreaCard(code, _names(old, names), retired, position)))
    print_rows([row], as_json, "code", "name_ru", single=True)


@days.command("list")
@json_option
def list_all_days(as_json: bool) -> None:
    """List the days entered against the calendar."""
    with reading():
        rows: list[Row] = [
            {"on": str(day.on), "is_working": day.is_working, "reason": day.reason} for day in list_transferred_days()
        ]
    print_rows(rows, as_json, "on", "is_working", "reason")


@days.command("set")
@click.argument("day", type=DAY)
@click.option("--working/--off", "is_working", required=True, help="Is the day worked, or is it a day off?")
@click.option("--reason", default="", help="The decree, such as its number and date.")
def set_day(day: datetime, is_working: bool, reason: str) -> None:
    """Make DAY (YYYY-MM-DD) a working day or a day off, against the calendar."""
    with plain_refusals(), writing():
        save_transferred_day(OPERATOR, on=day.date(), is_working=is_working, reason=reason)
    click.echo(f"{day.date()} is now a {'working day' if is_working else 'day off'}.")


@days.command("remove")
@click.argument("day", type=DAY)
def remove_day(day: datetime) -> None:
    """Let DAY (YYYY-MM-DD) be again what the calendar makes of it."""
    with plain_refusals(), writing():
        remove_transferred_day(OPERATOR, on=day.date())
    click.echo(f"{day.date()} is as the calendar has it.")


@calendar.command("due")
@click.option("--type", "code", required=True, help="Code of the act type, see `flask types list`.")
@click.option("--from", "first", required=True, type=DAY, help="First day of the discussion (YYYY-MM-DD); it does not count.")
@json_option
def due(code: str, first: datetime, as_json: bool) -> None:
    """Print the day a discussion closes, and which days were passed over and why."""
    with plain_refusals(), reading():
        act_type = find_type(code)
        if act_type is None:
            raise NotFound("There is no act type “%(code)s”.", code=code)
        reasons = {day.on: day.reason for day in list_transferred_days()}
        period = closing_date(first.date(), act_type.discussion_days, work_calendar())
        due_on = answers_due(act_type, period.closes_on)
        skipped = [_skipped(day, reasons.get(day.on, "")) for day in period.skipped]
        document = {
            "type": code, "from": str(first.date()), "working_days": act_type.discussion_days, "rule": act_type.rule,
            "closes_on": str(period.closes_on), "answers_due_on": str(due_on), "skipped": skipped,
        }  # fmt: skip
    if as_json:
        print_json(document)
        return
    click.echo(f"{document['closes_on']}  last day: {document['working_days']} working days from {document['from']} ({document['rule']})")
    click.echo(f"{document['answers_due_on']}  answers due")
    for day in skipped:
        click.echo(f"{day['on']}  not counted: {day['reason']}{' – ' + str(day['name_en'] or day['decree']) if day['name_en'] or day['decree'] else ''}")


def _skipped(day: DayOff, decree: str) -> Row:
    return {"on": str(day.on), "reason": day.reason.value, "decree": decree, **{f"name_{language}": day.name(language) for language in LANGUAGES}}


def _given(value: int | None, old: int) -> int:
    return old if value is None else value


def _names(old: ActType | PolicyArea | None, given: dict[str, str | None]) -> dict[str, str]:
    names = {language: given.get(f"name_{language}") for language in LANGUAGES}
    return {code: (getattr(old, f"name_{code}", "") if name is None else name) for code, name in names.items()}


def _type_row(act_type: ActType) -> Row:
    return named_row(
        act_type, discussion_days=act_type.discussion_days, answer_days=act_type.answer_days,
        report_days=act_type.report_days, rule=act_type.rule,
        required_parts=list(act_type.required_parts), is_retired=act_type.is_retired, position=act_type.position,
    )  # fmt: skip


def _area_row(area: PolicyArea) -> Row:
    return named_row(area, is_retired=area.is_retired, position=area.position)
