"""How does an operator load the demonstration, or start a portal with one command?"""

from __future__ import annotations

import sys
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup
from flask_migrate import upgrade

from portal.accounts.actor import OPERATOR
from portal.demo.actions import is_empty, load_demonstration
from portal.demo.people import ACCOUNTS, PASSWORD
from portal.kernel.db import db, transaction_mode
from portal.kernel.errors import Conflict
from portal.ledger.followers import rewind, run_followers
from portal.ledger.queries import count_entries
from portal.ledger.sequence import number_waiting
from portal.web.cli import serve, serving_options

LETTERS = "letters"  # the follower of `notifications`

demo = AppGroup("demo", help="The demonstration: invented drafts, comments, votes and answers.")


@demo.command("load")
def load() -> None:
    """Load the demonstration into an empty portal."""
    try:
        _load()
    except Conflict as error:
        click.echo(str(error), err=True)
        sys.exit(2)


@click.command("start")
@serving_options
@click.pass_context
def start(context: click.Context, **serving: Any) -> None:
    """Bring the database up to date, load the demonstration into an empty one, and serve until Ctrl-C."""
    upgrade()
    if is_empty():
        db.session.remove()
        _load()
    db.session.remove()
    if current_app.config["SETTINGS"].is_local:
        _show_accounts()
    context.invoke(serve, **serving)


def _load() -> None:
    def progress(done: int, total: int) -> None:
        click.echo(f"\rLoading the demonstration: {done} of {total} acts", nl=done == total)

    with transaction_mode("write"):
        made = load_demonstration(OPERATOR, progress=progress)
        db.session.flush()
        number_waiting()  # where the worker gives the numbers, it has not come by yet
        rewind(LETTERS, count_entries())  # the people of the demonstration have no letter boxes
        db.session.commit()
    click.echo("Loaded: " + ", ".join(f"{count} {name}" for name, count in made.items()))
    click.echo("Building the search index ...")
    run_followers(current_app._get_current_object())  # type: ignore[attr-defined]


def _show_accounts() -> None:
    click.echo(f"Accounts of the demonstration, all with the password “{PASSWORD}”:")
    for email, role, _, _ in ACCOUNTS:
        click.echo(f"  {role.value:<14} {email}")


commands = [demo, start]
