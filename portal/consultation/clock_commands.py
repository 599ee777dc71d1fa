"""What may an operator run about the channels of opinions and the duties of bodies?"""

from __future__ import annotations

import click
from flask.cli import AppGroup

from portal.accounts.actor import OPERATOR
from portal.consultation.actions.opinions import save_opinion_channel
from portal.consultation.queries.duties import list_overdue
from portal.consultation.queries.opinions import find_channel, list_channels
from portal.kernel.console import fail, json_option, plain_refusals, print_json, reading, writing

channels = AppGroup("channels", help="Channels through which opinions on drafts are asked for.")
duties = AppGroup("duties", help="Answers and reports that bodies owe the public.")


@channels.command("list")
@json_option
def list_all_channels(as_json: bool) -> None:
    """List the channels with their periods in working days."""
    with reading():
        rows = [
            {"code": each.code, "days": each.days, "silence_agrees": each.silence_agrees, "rule": each.rule, "name_ru": each.name_ru}
            for each in list_channels()
        ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(f"{row['code']:24} {row['days']:3}  {'silence agrees' if row['silence_agrees'] else '':14}  {row['name_ru']}")


@channels.command("set")
@click.argument("code")
@click.option("--days", type=int, help="Working days for the answer.")
@click.option("--silence-agrees/--silence-is-late", "silence_agrees", default=None, help="What no answer means at the deadline.")
@click.option("--rule", help='Article the period comes from, such as "arts. 19, 20".')
def set_channel(code: str, days: int | None, silence_agrees: bool | None, rule: str | None) -> None:
    """Change what is given of the channel CODE. Opinions still waited for get the new period."""
    with plain_refusals(), writing():
        channel = find_channel(code)
        if channel is None:
            fail(f"There is no channel “{code}”; `flask channels list` shows them.")
        save_opinion_channel(
            OPERATOR,
            channel=channel,
            days=channel.days if days is None else days,
            silence_agrees=channel.silence_agrees if silence_agrees is None else silence_agrees,
            rule=channel.rule if rule is None else rule,
        )
        click.echo(f"{channel.code}: {channel.days} working days.")


@duties.command("overdue")
@json_option
def list_overdue_duties(as_json: bool) -> None:
    """List the hundred duties overdue longest."""
    with reading():
        rows = [
            {"draft": row.number, "body": row.body.code, "duty": row.what.value, "due_on": str(row.due_on)}
            for row in list_overdue(limit=100)
        ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(f"{row['due_on']}  {row['duty']:8} {row['draft']}  {row['body']}")
