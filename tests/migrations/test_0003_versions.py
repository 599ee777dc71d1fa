"""Do versions published before notes were kept stay as they were?"""

from __future__ import annotations

from collections.abc import Callable

from tests.migrations.conftest import Stage


def test_a_version_without_a_note_climbs_with_an_empty_one(at_revision: Callable[[str], Stage]) -> None:
    stage = at_revision("0002")
    stage.run("INSERT INTO body (code, kind, name_kk, name_ru, name_en) VALUES ('mf', 'ministry', 'Қ', 'Ф', 'F')")
    stage.run(
        "INSERT INTO draft (number, type_id, body_id, is_public, created_at, updated_at, adopted_reference, title_kk, title_ru,"
        " title_en, summary_kk, summary_ru, summary_en, passport, withdrawn_reason)"
        " SELECT '2026-00001', act_type.id, body.id, 1, '2026-01-01', '2026-01-01', '', 'Ж', 'П', '', '', '', '', '{}', '{}'"
        " FROM act_type, body WHERE act_type.code = 'order'"
    )
    stage.run("INSERT INTO version (draft_id, number, created_at) SELECT id, 1, '2026-01-01' FROM draft")
    stage.climb("0003")
    assert stage.run("SELECT number, note FROM version") == [(1, "{}")]
    stage.run("INSERT INTO version (draft_id, number, created_at) SELECT id, 2, '2026-01-02' FROM draft")
    assert stage.run("SELECT note FROM version WHERE number = 2") == [("{}",)]
