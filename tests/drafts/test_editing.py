"""Do steps change the structure of a text as they say, and never its words?"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.drafts.editing import (
    Annex,
    Heading,
    Merge,
    Note,
    Operation,
    Relevel,
    Rename,
    Split,
    Unnote,
    edit_outline,
    operation_from_json,
    operation_to_json,
    find_place,
    words_of,
)
from portal.drafts.editing.lines import RANKS, flatten, nest, settle
from portal.drafts.editing.marks import find_words, partings
from portal.drafts.importers import read_outline
from portal.drafts.structure import Kind, Outline, Provision, Warning_, assign_keys, find, walk
from portal.kernel.errors import Invalid, TooLarge
from tests.make import TEXT_RU


def unit(kind: str, number: str = "", text: str = "", *children: Provision, heading: str = "", **more: object) -> Provision:
    return Provision("", Kind(kind), number, heading, text, children, **more)  # type: ignore[arg-type]


def outline(*units: Provision, language: str = "ru") -> Outline:
    return assign_keys(Outline(language, "", units, ()))


def rules() -> Outline:
    return read_outline(TEXT_RU.encode(), "ru.txt", "ru")


def shape(text: Outline) -> list[str]:
    """One line for each unit: its depth in dots, kind and number."""
    return [f"{'.' * depth}{each.kind} {each.number}".strip() for each, depth, _ in walk(text.provisions)]


def taken(text: Outline, *steps: Operation) -> Outline:
    return edit_outline(text, steps).outline


def test_a_list_of_lines_is_the_tree_again() -> None:
    text = rules()
    assert nest(settle(flatten(text))) == text.provisions
    assert edit_outline(text, ()).outline is text


def test_a_unit_goes_into_the_one_before_it() -> None:
    text = rules()
    edited = edit_outline(text, [Merge(find_place(text, "pnt_3"))])
    assert find(edited.outline, "pnt_3") is None
    merged = edit_outline(text, [Merge(find_place(text, "pnt_2__sub_2"), "new-line")])
    assert merged.key == "pnt_2__sub_1"
    assert find(merged.outline, "pnt_2__sub_1").text == "пассажир – лицо, которое едет;\n2) перевозчик – лицо, которое везёт."
    assert words_of(merged.outline) == words_of(text)


def test_what_a_merged_unit_held_goes_with_it() -> None:
    text = outline(unit("point", "1", "Раз"), unit("point", "2", "два:", unit("subpoint", "1", "три")))
    edited = taken(text, Merge(1))
    assert shape(edited) == ["point 1", ".subpoint 1"]
    assert edited.provisions[0].text == "Раз 2. два:"


def test_a_heading_goes_on_in_the_line_below() -> None:
    text = outline(unit("chapter", "1", heading="Общие", ), unit("indent", "", "положения"), unit("point", "1", "Раз."))
    edited = taken(text, Merge(1, "heading"))
    assert edited.provisions[0].heading == "Общие положения"
    with pytest.raises(Invalid, match="no heading"):
        taken(text, Merge(2, "heading"))


def test_a_unit_is_split_where_its_words_begin_another() -> None:
    text = outline(unit("chapter", "1", "", unit("point", "1", "Раз. 2. Два."), heading="Глава"))
    point = text.provisions[0].children[0]
    edited = edit_outline(text, [Split(1, point.text.index("2."))])
    assert shape(edited.outline) == ["chapter 1", ".point 1", ".point 2"]
    assert edited.key == "pnt_2" and find(edited.outline, "pnt_2").text == "Два."


def test_a_split_keeps_subpoints_after_the_words_they_follow() -> None:
    text = outline(unit("point", "1", "Раз. 2. Два:", unit("subpoint", "1", "три")))
    assert shape(taken(text, Split(0, 5))) == ["point 1", "point 2", ".subpoint 1"]
    assert shape(taken(text, Split(0, 5, Kind.indent))) == ["point 1", ".indent", ".subpoint 1"]
    # a chapter that begins within a point holds what followed
    headed = outline(unit("point", "1", "Раз.\nГлава 2. Два", unit("subpoint", "1", "три")), unit("point", "2", "четыре"))
    edited = taken(headed, Split(0, 5))
    assert shape(edited) == ["point 1", "chapter 2", ".subpoint 1", "point 2"]
    assert edited.provisions[1].heading == "Два"


def test_an_inserted_article_and_an_odd_number_are_taken_as_printed() -> None:
    text = outline(unit("article", "12", "Раз.\nСтатья 12-1. Права\nЛицо вправе.", heading="Лица"))
    edited = taken(text, Split(0, 5))
    assert shape(edited) == ["article 12", "article 12-1"]
    assert (edited.provisions[1].heading, edited.provisions[1].text) == ("Права", "Лицо вправе.")
    odd = outline(unit("point", "1", "Раз. 5¹. Два."))
    assert taken(odd, Split(0, 5, Kind.point)).provisions[-1].text == "5¹. Два."
    kazakh = outline(unit("article", "1", "Бір.\n2-бап. Екі\nҮш.", heading="Х"), language="kk")
    assert shape(taken(kazakh, Split(0, 5))) == ["article 1", "article 2"]


@pytest.mark.parametrize("at", [0, -1, 99, 2, 12])
def test_a_split_needs_a_place_between_words(at: int) -> None:
    with pytest.raises(Invalid):
        taken(outline(unit("point", "", "Первый два  ")), Split(0, at))


def test_a_unit_is_raised_and_lowered_with_all_it_holds() -> None:
    text = outline(unit("point", "1", "a"), unit("point", "2", "b", unit("indent", "", "c")), unit("point", "3", "d"))
    lower = taken(text, Relevel(1, Kind.subpoint, 1))
    assert shape(lower) == ["point 1", ".subpoint 2", "..indent", "point 3"]
    assert taken(lower, Relevel(1, Kind.point, 0)).provisions == text.provisions
    with pytest.raises(Invalid, match="cannot stand there"):
        taken(text, Relevel(1, Kind.subpoint, 2))
    with pytest.raises(Invalid, match="cannot stand there"):
        taken(text, Relevel(1, Kind.chapter, 1))


def test_a_chapter_that_becomes_words_leaves_its_units_to_the_one_before() -> None:
    text = rules()
    place = find_place(text, "chp_2")
    edited = taken(text, Relevel(place, Kind.indent, 1))
    assert [each.kind for each in edited.provisions] == [Kind.chapter]
    assert edited.provisions[0].children[-1].number == "3"


def test_a_table_stays_one() -> None:
    text = outline(unit("point", "1", "a"), unit("table", "", rows=(("x", "y"),)), unit("point", "2", "b"))
    for step in (Relevel(1, Kind.point, 0), Relevel(0, Kind.table, 0), Merge(1), Merge(2), Note(1), Annex(1)):
        with pytest.raises(Invalid):
            taken(text, step)


def test_number_and_heading_are_corrected() -> None:
    text = rules()
    edited = edit_outline(text, [Rename(find_place(text, "chp_2"), "3", "Оплата")])
    assert edited.key == "chp_3" and find(edited.outline, "chp_3").heading == "Оплата"
    for number in ("1 2", "x" * 21, "<b>", "3;"):
        with pytest.raises(Invalid):
            taken(text, Rename(0, number, ""))
    with pytest.raises(TooLarge):
        taken(text, Rename(0, "1", "x" * 2001))


def test_a_line_becomes_a_heading_and_back() -> None:
    text = outline(unit("article", "1", "Права лиц\nЛицо вправе."))
    headed = taken(text, Heading(0))
    assert (headed.provisions[0].heading, headed.provisions[0].text) == ("Права лиц", "Лицо вправе.")
    assert taken(headed, Heading(0, is_heading=False)).provisions == text.provisions
    with pytest.raises(Invalid):
        taken(headed, Heading(0))
    with pytest.raises(Invalid):
        taken(text, Heading(0, is_heading=False))


def test_a_unit_becomes_a_note_and_back() -> None:
    text = outline(unit("point", "1", "a"), unit("indent", "", "Сноска. Пункт 1 в редакции приказа."), unit("point", "2", "b"))
    noted = edit_outline(text, [Note(1)])
    assert noted.key == "pnt_1" and noted.outline.provisions[0].notes == ("Сноска. Пункт 1 в редакции приказа.",)
    back = taken(noted.outline, Unnote(0))
    assert shape(back) == ["point 1", ".indent", "point 2"]
    for step in (Note(0), Unnote(0)):
        with pytest.raises(Invalid):
            taken(text, step)


def test_an_annex_holds_what_follows_up_to_the_next_one() -> None:
    text = outline(
        unit("chapter", "1", "", unit("point", "1", "a"), unit("indent", "", "Приложение к приказу\nФорма"), unit("point", "1", "b")),
        unit("chapter", "2", "", unit("point", "2", "c")),
        unit("annex", "2", "", unit("point", "1", "d")),
    )  # fmt: skip
    edited = taken(text, Annex(2))
    assert shape(edited) == [
        "chapter 1", ".point 1", "annex", ".point 1", ".chapter 2", "..point 2", "annex 2", ".point 1"
    ]  # fmt: skip
    assert (edited.provisions[1].heading, edited.provisions[1].text) == ("Приложение к приказу", "Форма")


def test_warnings_of_the_importer_stay_with_their_units() -> None:
    text = outline(unit("point", "1", "a"), unit("point", "5", "b"), unit("point", "6", "c"))
    assert [warning.code for warning in text.warnings] == ["number_skipped"]
    text = replace(text, warnings=(*text.warnings, Warning_("other_language"), Warning_("unsure", "pnt_6")))
    edited = taken(text, Rename(1, "2", ""))
    assert [(w.code, w.key) for w in edited.warnings] == [("other_language", ""), ("unsure", "pnt_6"), ("number_skipped", "pnt_6")]
    assert [w.code for w in taken(text, Rename(1, "2", ""), Merge(2)).warnings] == ["other_language"]


def test_steps_are_plain_documents() -> None:
    steps = [
        Merge(3, "new-line"), Split(4, 17, Kind.point), Split(1, 2), Relevel(2, Kind.subpoint, 1), Rename(0, "1-1", "x"),
        Heading(1, False), Note(2), Unnote(2), Annex(5),
    ]  # fmt: skip
    assert [operation_from_json(operation_to_json(step)) for step in steps] == steps
    for odd in ({}, {"operation": "x"}, {"operation": "merge"}, {"operation": "relevel", "place": 1, "kind": "x", "depth": 0}):
        with pytest.raises((KeyError, TypeError, ValueError)):
            operation_from_json(odd)


@pytest.mark.parametrize("place", [-1, 10_000])
def test_there_is_no_unit_outside_the_text(place: int) -> None:
    with pytest.raises(Invalid):
        taken(rules(), Merge(place))


def test_places_to_part_are_lines_and_sentences() -> None:
    text = "Первое предложение. Второе; третье:\nновая строка и всё"
    assert [words for _, words in partings(text)] == ["Второе;", "третье:", "новая строка и всё"]
    assert all(text[at:].startswith(words.split()[0]) for at, words in partings(text))
    assert find_words(text, "Второе;  третье:") == (20,) and find_words(text, "торое") == () and find_words(text, " ") == ()


# Any tree, any steps

WORDS = st.lists(st.sampled_from(["Статья 5. Права", "лицо", "2) срок;", "3. Орган", "вправе.", "12-бап. Құқық", "\n"]), max_size=6)
KINDS = st.sampled_from([kind for kind in RANKS if kind is not Kind.table])
LINES = st.tuples(st.integers(0, 4), KINDS, st.sampled_from(["", "1", "2", "3-1", "IV", "а"]), WORDS, st.booleans(), st.booleans())


@st.composite
def outlines(draw: st.DrawFn) -> Outline:
    lines = []
    for depth, kind, number, words, headed, noted in draw(st.lists(LINES, min_size=1, max_size=12)):
        text = " ".join(words).strip()
        if not (number or text or headed):
            text = "слово"
        made = Provision("", kind, number, "Имя главы" if headed else "", text, notes=("Сноска.",) if noted else ())
        lines.append(replace(flatten(outline(made))[0], depth=depth))
    provisions = nest(settle(lines))
    return assign_keys(Outline(draw(st.sampled_from(["kk", "ru"])), "", provisions, ()))


@st.composite
def operations(draw: st.DrawFn) -> Operation:
    place = draw(st.integers(0, 13))
    return draw(
        st.sampled_from([Annex(place), Heading(place), Heading(place, False), Note(place), Unnote(place)])
        | st.builds(Merge, st.just(place), st.sampled_from(["line", "new-line", "heading"]))
        | st.builds(Split, st.just(place), st.integers(0, 40), st.none() | KINDS)
        | st.builds(Relevel, st.just(place), KINDS, st.integers(0, 4))
    )


def said(text: Outline, *, numbers: bool) -> list[str]:
    return [word.lower() for word in words_of(text, numbers=numbers)]


@settings(max_examples=400, deadline=None)
@given(outlines(), st.lists(operations(), max_size=8))
def test_no_step_touches_the_words(text: Outline, steps: list[Operation]) -> None:
    for step in steps:
        try:
            edited = edit_outline(text, [step])
        except Invalid:
            continue
        if isinstance(step, Relevel | Annex):  # the word before a number changes with the kind of its unit
            assert said(edited.outline, numbers=False) == said(text, numbers=False)
        else:
            assert said(edited.outline, numbers=True) == said(text, numbers=True)
        keys = [each.key for each, _, _ in walk(edited.outline.provisions)]
        assert len(set(keys)) == len(keys) and all(keys) and edited.key in keys
        assert nest(settle(flatten(edited.outline))) == edited.outline.provisions
        text = edited.outline


@settings(max_examples=100, deadline=None)
@given(outlines(), st.lists(operations(), max_size=6))
def test_steps_taken_together_are_steps_taken_one_by_one(text: Outline, steps: list[Operation]) -> None:
    one_by_one, done = text, []
    for step in steps:
        try:
            one_by_one = edit_outline(one_by_one, [step]).outline
        except Invalid:
            continue
        done.append(operation_from_json(operation_to_json(step)))
    assert edit_outline(text, done).outline.provisions == one_by_one.provisions
