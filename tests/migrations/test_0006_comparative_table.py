"""Do drafts of before keep their versions, and can comparative tables be stored beside them?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.exc import IntegrityError

from tests.migrations.conftest import Stage

ROW = (
    "INSERT INTO table_row (table_id, number, place, change, finding, unit, revision, element_kk, element_ru, reason_kk,"
    " reason_ru, present_kk, present_ru, proposed_kk, proposed_ru)"
    " VALUES (1, 1, 1, 'reworded', '', 'pnt_1', 0, '', '', '', '', '', '', '', '')"
)
TABLE = (
    "INSERT INTO comparative_table (id, version_id, manner, next_number, built_at, base, texts)"
    " VALUES (%s, 1, 'amending', 2, '2026-01-02', '{}', '{}')"
)


def test_a_version_of_before_can_have_one_table(at_revision: Callable[[str], Stage]) -> None:
    stage = at_revision("0005")
    stage.run("INSERT INTO body (id, code, kind, name_kk, name_ru, name_en) VALUES (1, 'mf', 'ministry', 'Қ', 'Ф', 'F')")
    stage.run(
        "INSERT INTO draft (id, number, type_id, body_id, is_public, created_at, updated_at, adopted_reference, title_kk,"
        " title_ru, title_en, summary_kk, summary_ru, summary_en, passport, withdrawn_reason)"
        " SELECT 1, '2026-00001', act_type.id, 1, 0, '2026-01-01', '2026-01-01', '', 'Ж', 'П', '', '', '', '', '{}', '{}'"
        " FROM act_type WHERE act_type.code = 'order'"
    )
    stage.run("INSERT INTO version (id, draft_id, number, created_at) VALUES (1, 1, 1, '2026-01-01')")
    stage.climb("0006")
    assert stage.run("SELECT number FROM version") == [(1,)]
    stage.run(TABLE % 1)
    stage.run(ROW)
    assert stage.run("SELECT place FROM table_row") == [(1,)]
    with pytest.raises(IntegrityError):
        stage.run(ROW)
    with pytest.raises(IntegrityError):
        stage.run(TABLE % 2)
