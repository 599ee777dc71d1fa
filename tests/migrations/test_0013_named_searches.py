"""Do the searches kept before stay, without a name and writing once a day?"""

from __future__ import annotations

from collections.abc import Callable

from tests.migrations.conftest import Stage


def test_searches_kept_before_write_once_a_day(at_revision: Callable[[str], Stage]) -> None:
    stage = at_revision("0012")
    stage.put("user")
    stage.put(
        "saved_search", user_id=1, language="kk", created_at="2026-11-01", seen_until="2026-11-01", parameters="q=word"
    )  # fmt: skip
    stage.climb("0013")
    assert stage.run("SELECT parameters, name, frequency FROM saved_search") == [("q=word", "", "daily")]
