"""Does the table of ended sessions come, and stay the people who are signed in?"""

from __future__ import annotations

from collections.abc import Callable

from tests.migrations.conftest import Stage


def test_an_ended_session_is_kept_once_and_people_stay(at_revision: Callable[[str], Stage]) -> None:
    stage = at_revision("0010")
    stage.put("user")
    stage.climb("0011")
    stage.put("ended_session", code="code", until="2026-11-22")
    assert stage.run("SELECT code FROM ended_session") == [("code",)]
    assert stage.run("SELECT session_key FROM user") == [("key",)]
