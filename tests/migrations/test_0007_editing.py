"""Do texts of before keep their structure, and can edits and acknowledgements be stored beside them?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.exc import IntegrityError

from tests.migrations.conftest import Stage

ACKNOWLEDGE = (
    "INSERT INTO acknowledgement (version_id, fingerprint, code, key, params, acknowledged_at, reason)"
    " VALUES (1, 'f', 'only_in_kk', 'pnt_1', '{}', '2026-01-01', 'x')"
)


def test_a_text_of_before_can_be_edited(at_revision: Callable[[str], Stage]) -> None:
    stage = at_revision("0006")
    stage.run("INSERT INTO body (id, code, kind, name_kk, name_ru, name_en) VALUES (1, 'mf', 'ministry', 'Қ', 'Ф', 'F')")
    stage.run(
        "INSERT INTO draft (id, number, type_id, body_id, is_public, created_at, updated_at, adopted_reference, title_kk,"
        " title_ru, title_en, summary_kk, summary_ru, summary_en, passport, withdrawn_reason)"
        " SELECT 1, '2026-00001', act_type.id, 1, 0, '2026-01-01', '2026-01-01', '', 'Ж', 'П', '', '', '', '', '{}', '{}'"
        " FROM act_type WHERE act_type.code = 'order'"
    )
    stage.run("INSERT INTO version (id, draft_id, number, created_at) VALUES (1, 1, 1, '2026-01-01')")
    stage.run(
        "INSERT INTO version_text (id, version_id, language, digest, source_name, uploaded_at, outline)"
        " VALUES (1, 1, 'ru', 'd', 'ru.docx', '2026-01-01', '{}')"
    )
    stage.climb("0007")
    assert stage.run("SELECT digest FROM version_text") == [("d",)]
    stage.run("INSERT INTO text_edits (text_id, done, edited_at, operations, imported) VALUES (1, 0, '2026-01-02', '[]', '{}')")
    stage.run(ACKNOWLEDGE)
    with pytest.raises(IntegrityError):
        stage.run(ACKNOWLEDGE)
