"""Is long work put in the queue only once what it is about is stored, and never for what was undone?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from portal.accounts.models import User
from portal.kernel.db import db
from portal.kernel.errors import Refused
from portal.kernel.jobs import Jobs
from portal.web.access import public
from portal.web.flask_app import PortalApp
from portal.web.forms import PortalForm, attempt
from tests.client import PageClient
from tests.make import Maker


@pytest.fixture
def ran(app: PortalApp) -> Iterator[list[tuple[int, str | None]]]:
    """What the job "tests.look" found, each time it ran: its argument, and the name it saw in the database."""
    found: list[tuple[int, str | None]] = []

    def look(user_id: int) -> None:
        user = db.session.get(User, user_id)
        found.append((user_id, user.name if user else None))

    _jobs(app).register({"tests.look": look})
    yield found


def _jobs(app: PortalApp) -> Jobs:
    jobs: Jobs = app.extensions["jobs"]
    return jobs


def test_it_waits_for_the_commit(app: PortalApp, make: Maker, ran: list[tuple[int, str | None]]) -> None:
    user = make.user(name="Before")
    user.name = "After"
    _jobs(app).enqueue("tests.look", user.id)
    db.session.flush()
    assert ran == []
    db.session.commit()
    assert ran == [(user.id, "After")]


def test_it_is_put_in_the_queue_once(app: PortalApp, make: Maker, ran: list[tuple[int, str | None]]) -> None:
    user = make.user()
    _jobs(app).enqueue("tests.look", user.id)
    db.session.commit()
    db.session.commit()
    user.name = "Another name"
    db.session.commit()
    assert len(ran) == 1


def test_it_is_forgotten_with_what_was_undone(app: PortalApp, make: Maker, ran: list[tuple[int, str | None]]) -> None:
    user = make.user()
    db.session.scalar(db.select(User.id))
    _jobs(app).enqueue("tests.look", user.id)
    db.session.rollback()
    db.session.scalar(db.select(User.id))
    db.session.commit()
    assert ran == []


def test_a_savepoint_is_no_commit(app: PortalApp, make: Maker, ran: list[tuple[int, str | None]]) -> None:
    """An action runs in a savepoint of its request; the worker must not look before the request is stored."""
    user = make.user()
    with app.test_request_context(), attempt(PortalForm()) as tried:
        _jobs(app).enqueue("tests.look", user.id)
    assert tried.done
    assert ran == []
    db.session.commit()
    assert len(ran) == 1


def test_a_refused_action_asks_for_nothing(app: PortalApp, make: Maker, ran: list[tuple[int, str | None]]) -> None:
    """What was asked for in the savepoint goes with it, although the request goes on and commits."""
    user = make.user()
    with app.test_request_context(), attempt(PortalForm()) as tried:
        _jobs(app).enqueue("tests.look", user.id)
        raise Refused("The draft was withdrawn already.")
    assert not tried.done
    db.session.commit()
    assert ran == []


def test_what_was_asked_for_before_a_refused_action_still_holds(
    app: PortalApp, make: Maker, ran: list[tuple[int, str | None]]
) -> None:
    user = make.user()
    _jobs(app).enqueue("tests.look", user.id)
    with app.test_request_context(), attempt(PortalForm()):
        raise Refused("The draft was withdrawn already.")
    db.session.commit()
    assert len(ran) == 1


def test_a_request_that_fails_asks_for_nothing(
    app: PortalApp, client: PageClient, make: Maker, ran: list[tuple[int, str | None]]
) -> None:
    user = make.user()

    def fail() -> str:
        _jobs(app).enqueue("tests.look", user.id)
        raise RuntimeError

    app.add_url_rule("/fails", "fails", public(fail), methods=["POST"])
    assert client.post("/fails").status_code == 500
    assert ran == []


def test_an_unknown_job_is_a_mistake(app: PortalApp) -> None:
    with pytest.raises(KeyError):
        _jobs(app).enqueue("tests.nobody-knows")


def test_a_job_that_fails_leaves_nothing(app: PortalApp, make: Maker) -> None:
    user = make.user(name="As it was")

    def spoil(user_id: int) -> None:
        one = db.session.get(User, user_id)
        assert one is not None
        one.name = "Spoiled"
        db.session.flush()
        raise RuntimeError

    _jobs(app).register({"tests.spoil": spoil})
    _jobs(app).enqueue("tests.spoil", user.id)
    try:
        db.session.commit()
    except Exception:
        db.session.rollback()
    db.session.remove()
    assert db.session.scalar(db.select(User.name)) == "As it was"
