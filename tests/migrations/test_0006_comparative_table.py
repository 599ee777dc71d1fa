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
    stage.put("body")
    stage.draft()
    stage.climb("0006")
    assert stage.run("SELECT number FROM version") == [(1,)]
    stage.run(TABLE % 1)
    stage.run(ROW)
    assert stage.run("SELECT place FROM table_row") == [(1,)]
    with pytest.raises(IntegrityError):
        stage.run(ROW)
    with pytest.raises(IntegrityError):
        stage.run(TABLE % 2)
