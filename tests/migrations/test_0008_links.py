"""Do drafts and discussions of before stay, and can links, families and adopted acts be stored beside them?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.exc import IntegrityError

from tests.migrations.conftest import Stage

LINK = "INSERT INTO draft_link (from_id, to_id, kind, linked_at) VALUES (1, 2, 'consultative', '2026-01-02')"


def test_drafts_of_before_are_linked_gathered_and_adopted(at_revision: Callable[[str], Stage]) -> None:
    stage = at_revision("0007")
    stage.put("body")
    for id_ in (1, 2):
        stage.draft(id_)
        stage.put("consultation", id=id_, draft_id=id_, version_id=id_)
    stage.climb("0008")
    assert stage.run("SELECT draft_id, family_id FROM consultation ORDER BY id") == [(1, None), (2, None)]
    stage.run(LINK)
    with pytest.raises(IntegrityError):
        stage.run(LINK)
    stage.run("INSERT INTO family (id, size) VALUES (1, 2)")
    stage.run("UPDATE consultation SET family_id = 1")
    stage.run("INSERT INTO fingerprint (draft_id, language, signature) VALUES (1, 'ru', x'00')")
    stage.run("INSERT INTO fingerprint_band (value, draft_id) VALUES (-9000000000, 1)")
    stage.run("INSERT INTO adopted_act (draft_id, url, counts) VALUES (1, '', '{}')")
    stage.run(
        "INSERT INTO adopted_text (draft_id, language, digest, source_name, uploaded_at, outline)"
        " VALUES (1, 'ru', 'd', 'ru.docx', '2026-01-01', '{}')"
    )
    assert stage.run("SELECT id FROM consultation WHERE family_id IS NOT NULL ORDER BY id") == [(1,), (2,)]
    stage.climb("head")
    assert stage.run("SELECT count(*) FROM draft_link") == [(1,)]
