"""Can an operator set the period of a channel and see what is overdue?"""

from __future__ import annotations

import json
from datetime import UTC, datetime

from portal.consultation.queries.opinions import find_channel
from portal.kernel import clock
from portal.kernel.db import db
from portal.web.flask_app import PortalApp
from tests.make import Maker


def test_a_channel_gets_another_period(app: PortalApp) -> None:
    runner = app.test_cli_runner()
    result = runner.invoke(args=["channels", "set", "anti-corruption", "--days", "20", "--rule", "art. 30"])
    assert result.exit_code == 0, result.output
    db.session.expire_all()
    channel = find_channel("anti-corruption")
    assert channel is not None and (channel.days, channel.rule, channel.silence_agrees) == (20, "art. 30", False)
    listed = json.loads(runner.invoke(args=["channels", "list", "--json"]).output)
    assert {row["code"]: row["days"] for row in listed}["anti-corruption"] == 20
    assert runner.invoke(args=["channels", "set", "gossip", "--days", "5"]).exit_code != 0
    assert runner.invoke(args=["channels", "set", "ngo", "--days", "0"]).exit_code != 0


def test_overdue_duties_are_listed(app: PortalApp, make: Maker) -> None:
    with clock.frozen(datetime(2026, 1, 12, 5, tzinfo=UTC)):
        file = make.open()
        make.comment(file)
    rows = json.loads(app.test_cli_runner().invoke(args=["duties", "overdue", "--json"]).output)
    assert [(row["draft"], row["duty"]) for row in rows] == [(file.draft.number, "answers"), (file.draft.number, "report")]
