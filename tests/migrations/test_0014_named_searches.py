"""Do the searches kept before stay, without a name and writing once a day?"""

from __future__ import annotations

from collections.abc import Callable

from tests.migrations.conftest import Stage


def test_searches_kept_before_write_once_a_day(at_revision: Callable[[str], Stage]) -> None:
    stage = at_revision("0013")
    stage.run(
        "INSERT INTO user (email, name, role, language, wants_letters, session_key, created_at)"
        " VALUES ('a@b.kz', 'А', 'citizen', 'kk', 1, 'key', '2026-11-01')"
    )
    stage.run(
        "INSERT INTO saved_search (user_id, language, created_at, seen_until, parameters)"
        " VALUES (1, 'kk', '2026-11-01', '2026-11-01', 'q=word')"
    )
    stage.climb("0014")
    assert stage.run("SELECT parameters, name, frequency FROM saved_search") == [("q=word", "", "daily")]
