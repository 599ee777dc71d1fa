"""Do the operator's commands about accounts do what they say, and say what they cannot do?"""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import Result

from portal.accounts.models import User
from portal.accounts.queries import find_by_address
from portal.accounts.roles import Role
from portal.kernel.db import db
from portal.notifications.mailers import Mail
from portal.web.flask_app import PortalApp
from tests.accounts.conftest import PASSWORD, entries_of, sign_in_with
from tests.client import PageClient
from tests.make import Maker

Run = Callable[..., Result]


@pytest.fixture
def run(app: PortalApp) -> Run:
    def run(*args: str, typed: str = PASSWORD + "\n") -> Result:
        return app.test_cli_runner().invoke(args=["users", *args], input=typed)

    return run


def test_a_citizen_can_sign_in_at_once(run: Run, client: PageClient, make: Maker, letters: list[Mail]) -> None:
    result = run("create", "--email", "Aigul@example.kz", "--role", "citizen")
    assert (result.exit_code, result.stdout) == (0, "aigul@example.kz is registered as citizen.\n")
    make.commit()
    user = find_by_address("aigul@example.kz")
    assert user is not None and user.confirmed_at is not None and user.name == "Aigul"
    assert sign_in_with(client, "aigul@example.kz").status_code == 302
    assert not letters, "a confirmed address needs no letter"
    assert entries_of("user") == ["account-registered"]


def test_a_drafter_has_a_body(run: Run, make: Maker) -> None:
    body = make.body("transport")
    result = run("create", "--email", "d@example.kz", "--role", "drafter", "--body", "transport", "--name", "Дана", "--json")
    assert result.exit_code == 0
    user = find_by_address("d@example.kz")
    assert user is not None
    assert json.loads(result.stdout) == {"user": user.id, "email": "d@example.kz", "role": "drafter"}
    assert (user.role, user.body_id, user.name) == (Role.drafter, body.id, "Дана")


@pytest.mark.parametrize(
    ("args", "typed", "sentence"),
    [
        (["--email", "x", "--role", "citizen"], PASSWORD, "Enter an e-mail address"),
        (["--email", "a@example.kz", "--role", "king"], PASSWORD, "king"),
        (["--email", "a@example.kz", "--role", "drafter"], PASSWORD, "Choose the state body the drafter acts for."),
        (["--email", "a@example.kz", "--role", "drafter", "--body", "nowhere"], PASSWORD, "no body with the code nowhere"),
        (["--email", "a@example.kz", "--role", "citizen", "--body", "nowhere"], PASSWORD, "--body is for drafters"),
        (["--email", "a@example.kz", "--role", "citizen"], "short", "10 characters or more"),
        (["--email", "a@example.kz", "--role", "citizen"], "", "10 characters or more"),
        (["--email", "a@example.kz", "--role", "citizen", "--name", "www.evil.kz"], PASSWORD, "A name has no web"),
        (["--email", "known@example.kz", "--role", "citizen"], PASSWORD, "There is already an account"),
        (["--role", "citizen"], PASSWORD, "--email"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    run: Run, make: Maker, args: list[str], typed: str, sentence: str
) -> None:
    make.user(email="known@example.kz")
    before = db.session.scalar(db.select(db.func.count(User.id)))
    result = run("create", *args, typed=f"{typed}\n")
    assert result.exit_code == 2
    assert sentence in result.stderr and "Traceback" not in result.stderr
    assert result.stdout == ""
    assert db.session.scalar(db.select(db.func.count(User.id))) == before


def test_everybody_is_listed(run: Run, make: Maker) -> None:
    make.user("drafter", body=make.body(), email="d@example.kz", name="Дана")
    make.user(email="c@example.kz", confirmed_at=None)
    people = json.loads(run("list", "--json").stdout)
    assert [(person["email"], person["role"], person["body"], person["confirmed"]) for person in people] == [
        ("c@example.kz", "citizen", None, False),
        ("d@example.kz", "drafter", "Ministry of Transport", True),
    ]
    lines = run("list", "--role", "drafter").stdout.splitlines()
    assert len(lines) == 1 and "d@example.kz" in lines[0] and "Дана" in lines[0]


def test_help_reads_well(run: Run) -> None:
    text = run("create", "--help").stdout
    assert "first line of standard input" in text and "--body" in text
