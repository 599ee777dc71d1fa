"""Do opinions recorded in words before get their place in the package, and those with a file keep theirs?"""

from __future__ import annotations

from collections.abc import Callable

from tests.migrations.conftest import Stage


def test_opinions_in_words_are_a_part_of_the_package(at_revision: Callable[[str], Stage]) -> None:
    stage = at_revision("0011")
    stage.put("body")
    stage.draft()
    stage.put(
        "attachment", id=7, draft_id=1, kind="opinion", language="", text="", name="opinion.pdf", media_type="application/pdf", size=9,
        file="f" * 64, added_at="2026-11-10",
    )  # fmt: skip
    [(channel,)] = stage.run("SELECT id FROM opinion_channel WHERE code = 'ngo'")
    day = {
        "draft_id": 1, "channel_id": channel, "sent_on": "2026-11-02", "due_on": "2026-11-16", "due_at": "2026-11-16 19:00:00",
        "days": 10, "rule": "", "silence_agrees": False, "requested_at": "2026-11-02",
    }  # fmt: skip
    got = {"received_on": "2026-11-10", "recorded_at": "2026-11-10 05:00:00", "conclusion": "agrees"}
    stage.put("opinion", id=1, addressee="Council", text="Agreed.", language="en", **day, **got)
    stage.put("opinion", id=2, addressee="Chamber", text="See the file.", language="", attachment_id=7, **day, **got)
    stage.put("opinion", id=3, addressee="Silent", text="", language="", **day)
    stage.climb("0012")
    rows = stage.run(
        "SELECT o.id, a.id, a.kind, a.name, a.language, a.file IS NULL FROM opinion o LEFT JOIN attachment a ON a.id = o.attachment_id "
        "ORDER BY o.id"
    )
    assert rows == [(1, 8, "opinion", "Council", "en", 1), (2, 7, "opinion", "opinion.pdf", "", 0), (3, None, None, None, None, 1)]
    assert not stage.run("PRAGMA foreign_key_check")
