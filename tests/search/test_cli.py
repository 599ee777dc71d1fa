"""Do the operator's commands print what they promise, and nothing else?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from portal.search.index import engine
from portal.search.spelling import propose
from portal.web.flask_app import PortalApp
from tests.make import Maker


def _query(app: PortalApp, *arguments: str) -> dict[str, Any]:
    result = app.test_cli_runner().invoke(args=["search", "query", *arguments, "--json"])
    assert result.exit_code == 0, result.output
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def test_prints_one_document(app: PortalApp, make: Maker) -> None:
    file = make.open()
    document = _query(app, "налогоплательщик")
    assert document == {"total": 0, "hits": []}
    document = _query(app, "перевозчиками", "--limit", "1")
    assert document["total"] == 1
    (hit,) = document["hits"]
    assert set(hit) == {"kind", "id", "url", "title", "snippet", "score"}
    assert hit["kind"] == "provision"
    assert hit["id"] == f"{file.draft.id}/pnt_2"
    assert f"/drafts/{file.draft.id}" in hit["url"]
    assert "перевозчик – лицо" in hit["snippet"]


def test_narrows_by_kind_and_language(app: PortalApp, make: Maker) -> None:
    file = make.open()
    comment = make.comment(file, text="Пассажир прав.", language="ru")
    assert {hit["kind"] for hit in _query(app, "пассажир")["hits"]} == {"draft", "provision", "comment"}
    assert [hit["id"] for hit in _query(app, "пассажир", "--kind", "comment")["hits"]] == [comment.id]
    assert _query(app, "пассажир", "--language", "kk")["total"] == 0


def test_builds_a_missing_index_first(app: PortalApp, make: Maker) -> None:
    make.open()
    (Path(app.instance_path) / "search" / "whoosh" / "current").unlink()
    assert _query(app, "пассажир")["total"] > 0


def test_any_text_is_a_query(app: PortalApp, make: Maker) -> None:
    for text in ("", "*", '"', "((", "и", "ж" * 100_000):
        assert _query(app, text)["total"] == 0


def test_rebuilds_with_progress_apart_from_the_answer(app: PortalApp, make: Maker) -> None:
    make.open()
    result = app.test_cli_runner().invoke(args=["search", "rebuild"])
    assert result.exit_code == 0
    documents, words = result.stdout.strip().splitlines()
    assert documents == f"{engine().count()} documents in the search index."
    assert int(words.removesuffix(" words known.")) > 20
    assert "documents indexed" in result.stderr and "texts learned from" in result.stderr


def test_what_may_have_been_meant_is_known_after_a_rebuild(app: PortalApp, make: Maker) -> None:
    make.open()
    assert propose("пасажир") is None
    assert app.test_cli_runner().invoke(args=["search", "rebuild"]).exit_code == 0
    assert propose("пасажир") == "пассажир"


def test_a_second_rebuild_at_once_is_refused_in_one_line(app: PortalApp, make: Maker) -> None:
    make.open()
    with engine().folder.locked("rebuild.lock", 0):
        result = app.test_cli_runner().invoke(args=["search", "rebuild"])
    assert result.exit_code == 2
    assert result.stderr.strip() == "Another process is building the search index."
