"""What may an operator do with accounts?"""

from __future__ import annotations

import json
import sys
from typing import NoReturn

import click
from flask.cli import AppGroup

from portal.accounts.actions.registration import Registration, register_account
from portal.accounts.actor import OPERATOR
from portal.accounts.addresses import normal_address
from portal.accounts.queries import Person, find_body_id, find_by_address, list_people
from portal.accounts.roles import Role
from portal.kernel.db import db, transaction_mode
from portal.kernel.errors import DomainError
from portal.web.locale import DEFAULT, LANGUAGES

users = AppGroup("users", help="Create and list accounts.")
commands = (users,)

PAGE = 500


@users.command("create")
@click.option("--email", required=True, help="The e-mail address; it counts as confirmed.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]), help="What the person is.")
@click.option("--body", "body_code", help="Code of the state body a drafter acts for (see: flask bodies list).")
@click.option("--name", help="The name others will see; what stands before the @ when not given.")
@click.option("--language", type=click.Choice(list(LANGUAGES)), default=DEFAULT, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def create_user(
    email: str, role: str, body_code: str | None, name: str | None, language: str, as_json: bool
) -> None:
    """Create an account; the password is the first line of standard input."""
    password = _read_password()
    try:
        with transaction_mode("write"):
            given = Registration(
                email, name or email.partition("@")[0], password, language, Role(role), _body_id(role, body_code), True
            )
            if find_by_address(normal_address(email)) is not None:
                _fail(f"There is already an account with the address {email}.")
            user = register_account(OPERATOR, given=given)
            if user is None:
                _fail(f"There is already an account with the address {email}.")
            db.session.commit()
    except DomainError as error:
        _fail(str(error))
    if as_json:
        click.echo(json.dumps({"user": user.id, "email": user.email, "role": role}, ensure_ascii=False))
    else:
        click.echo(f"{user.email} is registered as {role}.")


@users.command("list")
@click.option("--role", type=click.Choice([role.value for role in Role]), help="Only people with this role.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def list_users(role: str | None, as_json: bool) -> None:
    """Everybody with an account, the latest first."""
    people: list[Person] = []
    with transaction_mode("read"):
        while page := list_people("", Role(role) if role else None, "en", offset=len(people), size=PAGE):
            people += page
        db.session.rollback()
    if as_json:
        click.echo(json.dumps([_as_json(person) for person in people], ensure_ascii=False))
        return
    for person in people:
        state = "blocked" if person.is_blocked else "" if person.is_confirmed else "not confirmed"
        click.echo("\t".join((str(person.id), person.email, person.role.value, person.body_name, person.name, state)))


def _read_password() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


def _body_id(role: str, code: str | None) -> int | None:
    if code is None:
        return None
    if role != Role.drafter:
        _fail(f"--body is for drafters; a {role} acts for no body.")
    if (body_id := find_body_id(code)) is None:
        _fail(f"There is no body with the code {code}. See: flask bodies list")
    return body_id


def _as_json(person: Person) -> dict[str, object]:
    return {
        "user": person.id, "email": person.email, "name": person.name, "role": person.role.value,
        "body": person.body_name or None, "registered_at": person.created_at.isoformat(),
        "confirmed": person.is_confirmed, "blocked": person.is_blocked,
    }  # fmt: skip


def _fail(sentence: str) -> NoReturn:
    db.session.rollback()
    click.echo(sentence, err=True)
    sys.exit(2)
