"""Do versions published before notes were kept stay as they were?"""

from __future__ import annotations

from collections.abc import Callable

from tests.migrations.conftest import Stage


def test_a_version_without_a_note_climbs_with_an_empty_one(at_revision: Callable[[str], Stage]) -> None:
    stage = at_revision("0002")
    stage.put("body")
    stage.draft()
    stage.climb("0003")
    assert stage.run("SELECT number, note FROM version") == [(1, "{}")]
    stage.put("version", draft_id=1, number=2)
    assert stage.run("SELECT note FROM version WHERE number = 2") == [("{}",)]
