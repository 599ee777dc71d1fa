"""Do windows announced before get the day of their report, and those still running the rule they run by?"""

from __future__ import annotations

from collections.abc import Callable

from tests.migrations.conftest import Stage


def _window(stage: Stage, number: str, closes_on: str, *, closed: bool, comments: int = 0) -> None:
    stage.run(
        "INSERT INTO draft (number, type_id, body_id, is_public, created_at, updated_at, adopted_reference, title_kk, title_ru,"
        " title_en, summary_kk, summary_ru, summary_en, passport, withdrawn_reason)"
        " SELECT :number, act_type.id, body.id, 1, '2026-01-01', '2026-01-01', '', 'Ж', 'П', '', '', '', '', '{}', '{}'"
        " FROM act_type, body WHERE act_type.code = 'order'", number=number,
    )
    stage.run(
        "INSERT INTO version (draft_id, number, created_at) SELECT id, 1, '2026-01-01' FROM draft WHERE number = :number",
        number=number,
    )
    stage.run(
        "INSERT INTO consultation (draft_id, version_id, announced_at, opens_on, closes_on, opens_at, closes_at,"
        " answers_due_on, answers_due_at, closed_at) SELECT draft.id, version.id, '2026-11-20', '2026-11-23', :closes_on,"
        " '2026-11-22 19:00:00', :closes_on, '2026-12-21', '2026-12-21 19:00:00', :closed_at"
        " FROM draft JOIN version ON version.draft_id = draft.id WHERE draft.number = :number",
        number=number, closes_on=closes_on, closed_at="2026-12-07 19:00:00" if closed else None,
    )
    stage.run(
        "INSERT INTO tally (draft_id, comments, answered, votes_for, votes_against)"
        " SELECT id, :comments, 0, 0, 0 FROM draft WHERE number = :number", number=number, comments=comments,
    )


def test_windows_get_their_duties(at_revision: Callable[[str], Stage]) -> None:
    stage = at_revision("0004")
    stage.run("INSERT INTO body (code, kind, name_kk, name_ru, name_en) VALUES ('mf', 'ministry', 'Қ', 'Ф', 'F')")
    stage.run("INSERT INTO transferred_day (\"on\", is_working, reason) VALUES ('2026-12-23', 0, '')")
    _window(stage, "2026-00001", "2026-12-07", closed=False)
    _window(stage, "2026-00002", "2026-11-25", closed=False)
    _window(stage, "2026-00003", "2026-12-07", closed=True)
    _window(stage, "2026-00004", "2026-12-07", closed=True, comments=2)
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


