"""Do the rows of a first installation survive all that came later?"""

from __future__ import annotations

from collections.abc import Callable

from tests.migrations.conftest import Stage


def test_a_draft_of_the_first_schema_is_carried_up(at_revision: Callable[[str], Stage]) -> None:
    stage = at_revision("0002")
    stage.run("INSERT INTO body (code, kind, name_kk, name_ru, name_en) VALUES ('mf', 'ministry', 'Қ', 'Ф', 'F')")
    stage.run(
        "INSERT INTO draft (number, type_id, body_id, is_public, created_at, updated_at, adopted_reference, title_kk, title_ru,"
        " title_en, summary_kk, summary_ru, summary_en, passport, withdrawn_reason)"
        " SELECT '2026-00001', act_type.id, body.id, 1, '2026-01-01', '2026-01-01', '', 'Ж', 'П', '', '', '', '', '{}', '{}'"
        " FROM act_type, body WHERE act_type.code = 'order'"
    )
    stage.climb("head")
    assert stage.run("SELECT number, title_kk FROM draft") == [("2026-00001", "Ж")]
    assert stage.run("SELECT discussion_days FROM act_type WHERE code = 'order'") == [(10,)]
