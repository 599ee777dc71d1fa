"""Do the tables of saved searches and of words come, and hold rows?"""

from __future__ import annotations

from collections.abc import Callable

from tests.migrations.conftest import Stage


def test_searches_words_and_concepts_are_kept(at_revision: Callable[[str], Stage]) -> None:
    stage = at_revision("0008")
    stage.put("body")
    stage.climb("0009")
    stage.run("INSERT INTO corpus_word VALUES ('жол', 'ж', 3, 7)")
    stage.run("INSERT INTO concept VALUES ('kk', 'жол', 'дорога')")
    assert stage.run("SELECT text, count FROM corpus_word") == [("жол", 7)]
    assert stage.run("SELECT other FROM concept") == [("дорога",)]
    assert stage.run("SELECT code FROM body") == [("mf",)]
    assert stage.run("SELECT count(*) FROM saved_search") == [(0,)]
