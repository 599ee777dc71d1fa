"""What is a change, what is none, and which words are marked?"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from portal.drafts.compare import Change, Comparison, compare, compare_texts, comparison_to_json, mark
from portal.drafts.importers import read_outline
from portal.drafts.structure import Kind, Outline, Provision, assign_keys, walk
from portal.drafts.structure.wording import tokens, visible
from tests.shared_data import shared

LONG = "Государственный орган размещает проект на портале для публичного обсуждения"
OTHER = "Каждый комментарий рассматривается, ответ на него обоснован и открыт для всех"
THIRD = "Срок публичного обсуждения составляет не менее пятнадцати рабочих дней"


def unit(kind: Kind, number: str, text: str, *children: Provision, heading: str = "") -> Provision:
    return Provision("", kind, number, heading, text, children)


def points(*texts: str) -> Outline:
    return act(*(unit(Kind.point, str(at + 1), text) for at, text in enumerate(texts)))


def act(*provisions: Provision) -> Outline:
    return assign_keys(Outline("ru", "Правила", provisions, ()))


def told(comparison: Comparison) -> list[tuple[str, str]]:
    return [(unit.key, unit.change.value) for unit in comparison.units]


@pytest.mark.parametrize(
    "written",
    [
        "Орган\u00a0\u2009размещает   «проект»\n\n12-1 — на портале…",
        "Ор\u00adган размещает \u200b„проект“ 12‑1 – на портале...",
        "Оpгaн рaзмещает “проект” 12–1 - на портaле...",
        "Орган размещает \"проект\" 12-1 -- на портале...".replace("--", "−"),
    ],
)
def test_what_nobody_reads_as_a_change_is_none(written: str) -> None:
    comparison = compare_texts(points("Орган размещает «проект» 12-1 — на портале..."), points(written))
    assert told(comparison) == [("pnt_1", "same")]
    assert comparison.changed == 0
    assert comparison.units[0].similarity == 1.0


@pytest.mark.parametrize(
    "written",
    ["орган размещает проект.", "Орган размещает проект;", "Орган размещает проекты.", "Орган не размещает проект.", "Орган размещает проёкт."],
)
def test_a_letter_a_case_and_a_sign_are_changes(written: str) -> None:
    comparison = compare_texts(points("Орган размещает проект."), points(written))
    assert [unit.change for unit in comparison.units] == [Change.reworded]
    assert 0 < comparison.units[0].similarity < 1


def test_added_removed_moved_and_reworded_units_are_told_in_the_order_of_the_new_text() -> None:
    old = points(LONG, OTHER, THIRD)
    new = points(f"{OTHER}.", "Совсем другое правило о сроках хранения дел и о печатях", LONG)
    comparison = compare_texts(old, new)
    assert told(comparison) == [
        ("pnt_2", "reworded"), ("pnt_3", "removed"), ("pnt_2_2", "added"), ("pnt_1", "moved"),
    ]  # fmt: skip
    assert comparison.changed == 4
    assert comparison.units[0].is_moved
    assert comparison.became("pnt_3").provision.text == THIRD
    assert comparison.became("nowhere") is None


def test_a_number_that_was_pushed_on_is_a_move_of_the_unit_but_not_of_what_stands_in_it() -> None:
    old = act(unit(Kind.article, "1", LONG, unit(Kind.point, "1", OTHER)))
    new = act(unit(Kind.article, "1", THIRD), unit(Kind.article, "2", LONG, unit(Kind.point, "1", OTHER)))
    assert told(compare_texts(old, new)) == [("art_1_2", "added"), ("art_1", "moved"), ("art_1__pnt_1", "same")]


def test_only_what_was_carried_past_its_neighbours_is_moved() -> None:
    paragraphs = [unit(Kind.indent, "", f"{text} и далее") for text in (LONG, OTHER, THIRD)]
    comparison = compare_texts(act(*paragraphs), act(paragraphs[2], *paragraphs[:2]))
    assert told(comparison) == [("ind_3", "moved"), ("ind_1", "same"), ("ind_2", "same")]


def test_a_paragraph_put_before_others_moves_none_of_them() -> None:
    comparison = compare_texts(
        act(unit(Kind.indent, "", LONG)), act(unit(Kind.indent, "", OTHER), unit(Kind.indent, "", LONG))
    )
    assert told(comparison) == [("ind_1_2", "added"), ("ind_1", "same")]


def test_a_chapter_put_round_articles_does_not_move_them() -> None:
    articles = unit(Kind.article, "1", LONG), unit(Kind.article, "2", OTHER)
    wrapped = act(unit(Kind.chapter, "1", "", *articles, heading="Общие положения"))
    assert told(compare_texts(act(*articles), wrapped)) == [("chp_1", "added"), ("art_1", "same"), ("art_2", "same")]
    assert told(compare_texts(wrapped, act(*articles))) == [("chp_1", "removed"), ("art_1", "same"), ("art_2", "same")]


def test_what_was_split_off_or_swallowed_says_from_where() -> None:
    whole, parts = points(f"{LONG}. {OTHER}. {THIRD}."), points(f"{LONG}. {OTHER}.", f"{THIRD}.")
    assert [(u.change, u.split_from) for u in compare_texts(whole, parts).units] == [
        (Change.reworded, ""), (Change.added, "pnt_1"),
    ]  # fmt: skip
    assert [(u.change, u.merged_into) for u in compare_texts(parts, whole).units] == [
        (Change.reworded, ""), (Change.removed, "pnt_1"),
    ]  # fmt: skip


def test_another_title_of_the_act_is_told_though_no_unit_changed() -> None:
    old = replace(points(LONG), title="О портале «проектов»")
    renamed = compare_texts(old, replace(old, title="О портале проектов и отчётов"))
    assert renamed.changed == 0 and not renamed.is_same
    assert ("inserted", "и отчётов") in [(kind, words.strip()) for kind, words in renamed.title]
    assert compare_texts(old, replace(old, title="О портале “проектов”")).is_same
    assert compare_texts(old, replace(old, title="")).is_same


def test_words_are_marked_as_a_reader_would_mark_them() -> None:
    assert mark("Срок составляет десять рабочих дней.", "Срок составляет не менее пятнадцати рабочих дней;") == (
        ("equal", "Срок составляет "),
        ("deleted", "десять"),
        ("equal", " "),
        ("inserted", "не менее пятнадцати"),
        ("equal", " рабочих дней"),
        ("deleted", "."),
        ("inserted", ";"),
    )
    assert mark("", "Новое.") == (("inserted", "Новое."),)
    assert mark("Старое.", "") == (("deleted", "Старое."),)
    assert mark("", "") == ()
    assert mark("«Заң»  жобасы", "“Заң” жобасы") == (("equal", "“Заң” жобасы"),)


def test_wordings_with_nothing_in_common_are_struck_and_put_in_whole() -> None:
    assert mark("Исключён приказом.", LONG) == (("deleted", "Исключён приказом."), ("inserted", LONG))


def test_cells_of_a_table_are_compared_row_by_row() -> None:
    def table(*rows: tuple[str, ...]) -> Outline:
        return act(replace(unit(Kind.table, "", ""), rows=rows))

    old = table(("Показатель", "Срок"), ("Обсуждение", "10 дней"), ("Ответ", "10 дней"))
    new = table(("Показатель", "Срок"), ("Обсуждение", "15 дней"), ("Ответ", "10 дней"), ("Отчёт", "5 дней"))
    (changed,) = compare_texts(old, new).units
    assert changed.change is Change.reworded
    rows = changed.marks().rows
    assert len(rows) == 4
    assert rows[1] == ((("equal", "Обсуждение"),), (("deleted", "10"), ("equal", " "), ("inserted", "15"), ("equal", " дней")))
    assert rows[3] == ((("inserted", "Отчёт"),), (("inserted", "5 дней"),))
    assert told(compare_texts(old, table(*(tuple(f" {cell} " for cell in row) for row in old.provisions[0].rows)))) == [
        ("tbl_1", "same")
    ]


def test_versions_of_a_draft_are_compared_by_their_keys() -> None:
    old = points(LONG, OTHER)
    new = replace(old, provisions=(replace(old.provisions[0], text=THIRD), replace(old.provisions[1], key="pnt_7")))
    assert told(compare(old, new)) == [("pnt_1", "reworded"), ("pnt_2", "removed"), ("pnt_7", "added")]


def test_programs_get_the_keys_of_both_files() -> None:
    new = points("Совсем другое правило о сроках хранения дел и о печатях", LONG)
    assert comparison_to_json(compare_texts(points(LONG), new)) == {
        "units": [
            {"key": "pnt_1", "old_key": None, "change": "added", "similarity": 0.0},
            {"key": "pnt_2", "old_key": "pnt_1", "change": "moved", "similarity": 1.0},
        ],
        "changed": 2,
    }
    assert comparison_to_json(compare_texts(new, points(LONG)))["units"] == [
        {"key": None, "old_key": "pnt_1", "change": "removed", "similarity": 0.0},
        {"key": "pnt_1", "old_key": "pnt_2", "change": "moved", "similarity": 1.0},
    ]


TEXTS = st.text(alphabet="абв «»\"-—.;\u00a0\u00ad…\ne\u0301", max_size=30)


@settings(deadline=None, max_examples=300)
@given(TEXTS, TEXTS)
def test_marks_hold_every_word_of_both_texts(old: str, new: str) -> None:
    segments = mark(old, new)

    def read(without: str) -> str:
        return "".join("".join(text for kind, text in segments if kind != without).split())

    def written(text: str) -> str:
        return "".join(visible(text).split())

    assert read("deleted") == written(new)
    assert "".join(tokens(read("inserted"))) == "".join(tokens(written(old)))


def editions() -> list[Path]:
    return sorted(shared("data/diff-pairs/rf-constitution-editions").glob("*.txt"))


def test_thirteen_editions_of_a_constitution_have_no_false_changes() -> None:
    outlines = [read_outline(path.read_bytes(), path.name, "ru") for path in editions()]
    for old, new in pairwise(outlines):
        comparison = compare_texts(old, new)
        carried = [unit for unit in comparison.units if unit.old and unit.new]
        assert len(carried) >= 0.99 * len(list(walk(old.provisions)))
        texts = Counter((p.heading, p.text) for p, _, _ in walk(old.provisions))
        for unit in comparison.units:
            if unit.change in (Change.reworded, Change.added):
                assert unit.new and texts[unit.new.heading, unit.new.text] == 0, unit.key


def test_the_command_prints_one_document_or_a_tree_in_words(app: object, tmp_path: Path) -> None:
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_text(f"Правила\n\n1. {LONG}.\n2. {OTHER}.\n", encoding="utf-8")
    new.write_text(f"Правила\n\n1. {LONG} и ждёт.\n2. {OTHER}.\n", encoding="utf-8")
    runner = app.test_cli_runner()  # type: ignore[attr-defined]
    printed = runner.invoke(args=["drafts", "compare", str(old), str(new), "--json"])
    assert printed.exit_code == 0, printed.output
    document = json.loads(printed.stdout)
    assert set(document) == {"units", "changed"}
    assert document["changed"] == 1
    assert {unit["key"]: unit["change"] for unit in document["units"]}["pnt_1"] == "reworded"
    words = runner.invoke(args=["drafts", "compare", str(old), str(new), "--language", "ru"])
    assert "{+и ждёт+}" in words.stdout and "1 of 2 units" in words.stdout
    same = runner.invoke(args=["drafts", "compare", str(old), str(old)])
    assert "No differences" in same.stdout


def test_the_command_refuses_what_it_cannot_read_in_one_line(app: object, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(f"1. {LONG}.", encoding="utf-8")
    bad.write_bytes(b"")
    runner = app.test_cli_runner()  # type: ignore[attr-defined]
    for pair in ([good, bad], [bad, good], [good, tmp_path / "none.txt"]):
        refused = runner.invoke(args=["drafts", "compare", *map(str, pair)])
        assert refused.exit_code == 2
        assert refused.stdout == ""
        assert len(refused.stderr.strip().splitlines()) == 1
