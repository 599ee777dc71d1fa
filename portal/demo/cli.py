"""How does an operator load the demonstration, or start a portal with one command?"""

from __future__ import annotations

import sys
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup
from flask_migrate import upgrade

from portal.accounts.actor import OPERATOR
from portal.demo.actions import has_accounts, is_empty, load_demonstration
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
    if not current_app.config["SETTINGS"].is_local:
        click.echo("The demonstration has accounts with a published password: it is for PORTAL_BASE_URL on this machine only.", err=True)
        sys.exit(2)
    try:
        _load()
    except Conflict as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    click.echo("Building the search index ...")
    run_followers(current_app._get_current_object())  # type: ignore[attr-defined]


@click.command("start")
@serving_options
@click.pass_context
def start(context: click.Context, **serving: Any) -> None:
    """Bring the database up to date and serve until Ctrl-C.

    An empty portal that serves only this machine gets the demonstration; the worker indexes it while the first pages are
    read.
    """
    upgrade()
    if current_app.config["SETTINGS"].is_local and is_empty():
        db.session.remove()
        _load()
    if has_accounts():
        _show_accounts()
    db.session.remove()
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


def _show_accounts() -> None:
    click.echo(f"Accounts of the demonstration, all with the password “{PASSWORD}”:")
    for email, role, _, _ in ACCOUNTS:
        click.echo(f"  {role.value:<14} {email}")


commands = [demo, start]
