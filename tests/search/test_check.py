"""Does the comparison of index and database find every difference, and does what was removed leave the files?"""

from __future__ import annotations

import json
import os
from typing import Any

import pytest

from portal.consultation.actions.moderation import hide_comment
from portal.kernel.db import db
from portal.search.backends import Changes
from portal.search.check import compare
from portal.search.documents import HitKind, Reference, Text, comment_group, document_of
from portal.search.index import engine, keep_index
from portal.web.flask_app import PortalApp
from tests.make import Maker


def _check(app: PortalApp) -> tuple[int, dict[str, Any]]:
    result = app.test_cli_runner().invoke(args=["search", "check", "--json"])
    return result.exit_code, json.loads(result.stdout)


def test_nothing_differs_after_following(indexed: PortalApp, make: Maker) -> None:
    make.comment(make.open(), text="Троллейбус.", language="ru")
    status, document = _check(indexed)
    assert status == 0
    assert document["same"] and document["is_sound"] and document["behind"] == 0
    assert document["documents"] == engine().count() > 5


def test_missing_extra_and_stale_are_named(indexed: PortalApp, make: Maker) -> None:
    file = make.open()
    first, second = (make.comment(file, text=f"Троллейбус {n}.", language="ru") for n in range(2))
    other = Text(Reference(HitKind.comment, second.id, file.draft.id, "ru"), comment_group(second.id), "", "Иное", "ru")
    strange = Text(Reference(HitKind.comment, 999, file.draft.id, "ru"), comment_group(999), "", "Лишнее", "ru")
    engine().feed(lambda fed: Changes([comment_group(first.id), comment_group(second.id)],
                                      map(document_of, [other, strange]), 0))  # fmt: skip
    status, document = _check(indexed)
    assert status == 1
    assert (document["missing_count"], document["extra_count"], document["stale_count"]) == (1, 1, 1)
    assert document["missing"] == [f"comment|{first.id}|{file.draft.id}|ru|"]
    assert document["extra"] == [f"comment|999|{file.draft.id}|ru|"]
    assert document["stale"] == [f"comment|{second.id}|{file.draft.id}|ru|"]
    assert document["behind"] > 0
    plain = indexed.test_cli_runner().invoke(args=["search", "check"])
    assert plain.exit_code == 1
    assert "missing: 1: comment|" in plain.stdout


def test_without_an_index_it_says_what_to_do(app: PortalApp) -> None:
    result = app.test_cli_runner().invoke(args=["search", "check", "--json"])
    assert result.exit_code == 2
    assert "flask search rebuild" in result.stderr


def test_the_other_engine_is_made_ready_beside_the_one_in_use(indexed: PortalApp, make: Maker) -> None:
    make.comment(make.open(), text="Троллейбус.", language="ru")
    result = indexed.test_cli_runner().invoke(args=["search", "rebuild", "--engine", "tantivy"])
    assert result.exit_code == 0, result.output
    assert engine().store.name == "whoosh"
    assert engine("tantivy").count() == engine().count()


@pytest.mark.parametrize("age", [10.0, 100_000.0])
def test_a_hidden_word_leaves_the_files_when_it_has_rested(indexed: PortalApp, make: Maker, age: float) -> None:
    comment = make.comment(make.open(), text="Сквернословиище.", language="ru")
    hide_comment(make.actor("moderator"), comment=comment, rule=2, reason="Грубость.", language="ru")
    make.commit()
    assert engine().folder.removed_age(engine().folder.live()) is not None
    assert not engine().holds_removed()
    removed = engine().folder.live() / "removed"
    os.utime(removed, (removed.stat().st_atime - age, removed.stat().st_mtime - age))
    before = engine().folder.live()
    db.session.rollback()
    keep_index()
    assert (engine().folder.live() == before) == (age < 30)
    in_files = any("сквернословиищ".encode() in path.read_bytes() for path in engine().folder.live().glob("*"))
    assert not (in_files and age > 30)
    assert compare().is_same
