"""Are judged questions read as editors of any system write them?"""

from __future__ import annotations

from pathlib import Path

from portal.search.judge import read_judgements


def test_marks_and_ends_of_lines_of_other_systems_are_no_error(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    lines = '\ufeff{"query": "салық\u2028төлеу", "expected": [7]}\r\n\r\n{"query": "а", "expected": ["12-1"]}\r\n'
    file.write_text(lines, encoding="utf-8", newline="")
    first, second = read_judgements(file)
    assert first.query == "салық\u2028төлеу" and first.expected == {"7"}
    assert second.expected == {"12-1"}
