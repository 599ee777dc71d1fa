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
    stage.put("body")
    stage.draft()
    stage.put("version_text", id=1, version_id=1, language="ru", digest="d")
    stage.climb("0007")
    assert stage.run("SELECT digest FROM version_text") == [("d",)]
    stage.run("INSERT INTO text_edits (text_id, done, edited_at, operations, imported) VALUES (1, 0, '2026-01-02', '[]', '{}')")
    stage.run(ACKNOWLEDGE)
    with pytest.raises(IntegrityError):
        stage.run(ACKNOWLEDGE)
