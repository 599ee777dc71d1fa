"""Does the table of progress come and hold a row?"""

from __future__ import annotations

from collections.abc import Callable

from tests.migrations.conftest import Stage


def test_a_job_tells_how_far_it_is(at_revision: Callable[[str], Stage]) -> None:
    stage = at_revision("0009")
    stage.put("body")
    stage.climb("0010")
    stage.run("INSERT INTO job_progress (name, state, changed_at) VALUES ('search.rebuild', 'running', '2026-01-01')")
    assert stage.run("SELECT done, total, started_at, error FROM job_progress") == [(0, 0, None, "")]
    assert stage.run("SELECT code FROM body") == [("mf",)]
