"""Do the rows of a first installation survive all that came later?"""

from __future__ import annotations

from collections.abc import Callable

from tests.migrations.conftest import Stage


def test_a_draft_of_the_first_schema_is_carried_up(at_revision: Callable[[str], Stage]) -> None:
    stage = at_revision("0002")
    stage.put("body")
    stage.draft()
    stage.climb("head")
    assert stage.run("SELECT number, title_kk FROM draft") == [("2026-00001", "Ж")]
    assert stage.run("SELECT discussion_days FROM act_type WHERE code = 'order'") == [(10,)]
