"""Do bodies, types and areas of an older portal keep what they had, and get what is new as it was meant?"""

from __future__ import annotations

from collections.abc import Callable

from tests.migrations.conftest import Stage


def test_what_was_there_stands_and_asks_for_both_texts(at_revision: Callable[[str], Stage]) -> None:
    stage = at_revision("0003")
    stage.put("body")
    stage.put("body", id=2, code="kgd", kind="committee", parent_id=1)
    stage.climb("0004")
    assert stage.run("SELECT code, external_id, dissolved_on, successor_id, ended_reason FROM body ORDER BY id") == [
        ("mf", None, None, None, ""), ("kgd", None, None, None, ""),
    ]  # fmt: skip
    assert stage.run("SELECT parent.code FROM body JOIN body AS parent ON parent.id = body.parent_id") == [("mf",)]
    assert stage.run("SELECT DISTINCT is_retired, required_parts FROM act_type") == [(0, '["text-kk", "text-ru"]')]
    assert stage.run("SELECT DISTINCT is_retired FROM policy_area") == [(0,)]
    assert stage.run("SELECT count(*) FROM former_name") == stage.run("SELECT count(*) FROM gate_override") == [(0,)]
