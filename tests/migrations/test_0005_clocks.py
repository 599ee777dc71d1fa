"""Do windows announced before get the day of their report, and those still running the rule they run by?"""

from __future__ import annotations

from collections.abc import Callable

from tests.migrations.conftest import Stage


def _window(stage: Stage, id_: int, closes_on: str, *, closed: bool, comments: int = 0) -> None:
    stage.draft(id_)
    stage.put(
        "consultation", draft_id=id_, version_id=id_, opens_on="2026-11-23", closes_on=closes_on, closes_at=closes_on,
        answers_due_on="2026-12-21", answers_due_at="2026-12-21 19:00:00",
        closed_at="2026-12-07 19:00:00" if closed else None,
    )  # fmt: skip
    stage.put("tally", draft_id=id_, comments=comments, answered=0, votes_for=0, votes_against=0)


def test_windows_get_their_duties(at_revision: Callable[[str], Stage]) -> None:
    stage = at_revision("0004")
    stage.put("body")
    stage.put("transferred_day", on="2026-12-23", is_working=False, reason="")
    _window(stage, 1, "2026-12-07", closed=False)
    _window(stage, 2, "2026-11-25", closed=False)
    _window(stage, 3, "2026-12-07", closed=True)
    _window(stage, 4, "2026-12-07", closed=True, comments=2)
    stage.climb("0005")
    rows = stage.run(
        "SELECT report_due_on, report_due_at, least_days, rule, answered_at IS NOT NULL FROM consultation ORDER BY id"
    )
    # Tuesday to Tuesday over a weekend, less the day that a decree took off
    assert {row[:2] for row in rows} == {("2026-12-29", "2026-12-29 19:00:00.000000")}
    assert [row[2:] for row in rows] == [(10, "art. 20", 0), (None, "", 0), (None, "", 1), (None, "", 0)]
    assert stage.run("SELECT answer_rule, report_days FROM act_type WHERE code IN ('law', 'order') ORDER BY code") == [
        ("art. 19(4)", 5), ("art. 20(3)", 5),
    ]  # fmt: skip
    assert stage.run("SELECT count(*), sum(days), sum(silence_agrees) FROM opinion_channel") == [(7, 70, 1)]


