from __future__ import annotations

import json
from pathlib import Path

from babel.messages.pofile import read_po

from portal.drafts import structure
from portal.drafts.structure import (
    Kind,
    Outline,
    Provision,
    Warning_,
    assign_keys,
    compare_languages,
    find,
    outline_from_json,
    outline_to_json,
    walk,
)


def unit(kind: Kind, number: str = "", *children: Provision, text: str = "", rows: int = 0) -> Provision:
    return Provision("", kind, number, "", text, children, tuple(("а",) for _ in range(rows)))


def keyed(*provisions: Provision, language: str = "ru") -> Outline:
    return assign_keys(Outline(language, "Проект", provisions, ()))


def keys(outline: Outline) -> list[str]:
    return [provision.key for provision, _, _ in walk(outline.provisions)]


def codes(warnings: tuple[Warning_, ...]) -> list[tuple[str, str]]:
    return [(warning.code, warning.key) for warning in warnings]


def test_articles_numbered_through_do_not_name_their_chapter() -> None:
    outline = keyed(
        unit(Kind.chapter, "1", unit(Kind.article, "1"), unit(Kind.article, "1-1")),
        unit(Kind.chapter, "2", unit(Kind.article, "2", unit(Kind.point, "1", unit(Kind.subpoint, "4")))),
    )
    assert keys(outline) == ["chp_1", "art_1", "art_1-1", "chp_2", "art_2", "art_2__pnt_1", "art_2__pnt_1__sub_4"]
    reshuffled = keyed(unit(Kind.chapter, "1", *outline.provisions[0].children, *outline.provisions[1].children))
    assert set(keys(reshuffled)) == set(keys(outline)) - {"chp_2"}


def test_what_begins_anew_in_each_chapter_names_it() -> None:
    outline = keyed(
        unit(Kind.section, "I", unit(Kind.chapter, "1", unit(Kind.point, "1"), unit(Kind.point, "2"))),
        unit(Kind.section, "II", unit(Kind.chapter, "1", unit(Kind.point, "1"))),
    )
    assert keys(outline) == [
        "sec_1", "sec_1__chp_1", "sec_1__chp_1__pnt_1", "sec_1__chp_1__pnt_2",
        "sec_2", "sec_2__chp_1", "sec_2__chp_1__pnt_1",
    ]  # fmt: skip


def test_each_annex_counts_for_itself() -> None:
    outline = keyed(
        unit(Kind.point, "1"),
        unit(Kind.annex, "1", unit(Kind.point, "1"), unit(Kind.annex, "1", unit(Kind.table, rows=1))),
        unit(Kind.annex, "", unit(Kind.point, "1")),
    )
    assert keys(outline) == [
        "pnt_1", "annex_1", "annex_1__pnt_1", "annex_1__annex_1", "annex_1__annex_1__tbl_1", "annex_2", "annex_2__pnt_1",
    ]  # fmt: skip
    assert outline.tables == 1


def test_unnumbered_parts_count_from_the_words_of_their_unit() -> None:
    outline = keyed(
        unit(Kind.indent),
        unit(Kind.article, "5", unit(Kind.indent), unit(Kind.subpoint, "1"), unit(Kind.indent), text="Часть первая."),
        unit(Kind.article, "6", unit(Kind.indent)),
    )
    assert keys(outline) == ["ind_1", "art_5", "art_5__ind_2", "art_5__sub_1", "art_5__ind_3", "art_6", "art_6__ind_1"]


def test_letters_of_two_alphabets_get_one_key() -> None:
    kk = keyed(unit(Kind.subpoint, "1", unit(Kind.subpoint, "а"), unit(Kind.subpoint, "ә")))
    ru = keyed(unit(Kind.subpoint, "1", unit(Kind.subpoint, "а"), unit(Kind.subpoint, "б")))
    latin = (unit(Kind.subpoint, "1", unit(Kind.subpoint, "a"), unit(Kind.subpoint, "b")),)
    assert keys(kk) == keys(ru) == keys(keyed(*latin)) == ["sub_1", "sub_1__sub_1", "sub_1__sub_2"]
    assert keys(keyed(*latin, language="en"))[1:] == ["sub_1__sub_a", "sub_1__sub_b"]


def test_numbers_that_come_twice_or_jump_are_warned_of() -> None:
    outline = keyed(unit(Kind.article, "1"), unit(Kind.article, "1"), unit(Kind.article, "4"), unit(Kind.article, "4-1"))
    assert keys(outline) == ["art_1", "art_1_2", "art_4", "art_4-1"]
    assert codes(outline.warnings) == [("number_repeated", "art_1_2"), ("number_skipped", "art_4")]
    assert str(outline.warnings[1]) == "art_4: The numbering jumps from 1 to 4."


def test_keys_are_unique_even_where_numbers_look_alike() -> None:
    outline = keyed(unit(Kind.article, "1"), unit(Kind.article, "1"), unit(Kind.article, "1_2"), unit(Kind.article, "1 2"))
    assert len(set(keys(outline))) == 4


def test_walk_gives_depth_and_parent_in_reading_order() -> None:
    outline = keyed(unit(Kind.article, "1", unit(Kind.point, "1", unit(Kind.subpoint, "1"))), unit(Kind.article, "2"))
    assert [(provision.key, depth, parent) for provision, depth, parent in walk(outline.provisions)] == [
        ("art_1", 0, None), ("art_1__pnt_1", 1, "art_1"), ("art_1__pnt_1__sub_1", 2, "art_1__pnt_1"), ("art_2", 0, None),
    ]  # fmt: skip
    assert find(outline, "art_1__pnt_1") is outline.provisions[0].children[0]
    assert find(outline, "art_3") is None


def test_an_outline_survives_json() -> None:
    table = Provision("", Kind.table, "", "", "", rows=(("а", "б"),), notes=("Ескерту.",))
    outline = keyed(unit(Kind.article, "1", table, text="Текст."), unit(Kind.article, "3"))
    document = json.loads(json.dumps(outline_to_json(outline)))
    assert list(document) == ["language", "title", "provisions", "tables", "warnings"]
    assert list(document["provisions"][1]) == ["key", "kind", "number", "heading", "text", "children"]
    assert document["provisions"][0]["children"][0]["rows"] == [["а", "б"]]
    assert document["tables"] == 1
    assert outline_from_json(document) == outline


def test_languages_that_agree() -> None:
    kk = keyed(unit(Kind.article, "1", unit(Kind.indent), text="Мәтін."), language="kk")
    ru = keyed(unit(Kind.article, "1", unit(Kind.indent), text="Текст."))
    assert compare_languages(kk, ru) == ()


def test_units_in_one_language_are_named_once_with_all_they_hold() -> None:
    kk = keyed(unit(Kind.article, "1"), unit(Kind.article, "2", unit(Kind.point, "1")))
    ru = keyed(unit(Kind.article, "1", unit(Kind.point, "1")), unit(Kind.annex, "1", unit(Kind.point, "1")))
    assert codes(compare_languages(kk, ru)) == [
        ("only_in_kk", "art_2"), ("only_in_ru", "art_1__pnt_1"), ("only_in_ru", "annex_1"),
    ]  # fmt: skip


def test_units_of_different_kinds_tables_and_parts_that_differ() -> None:
    kk = keyed(
        unit(Kind.article, "1", unit(Kind.point, "2"), unit(Kind.table, rows=2), unit(Kind.indent), text="Бірінші."),
    )
    ru = keyed(unit(Kind.article, "1", unit(Kind.subpoint, "2"), unit(Kind.table, rows=3), text="Первая."))
    warnings = compare_languages(kk, ru)
    assert codes(warnings) == [
        ("parts_differ", "art_1"), ("kind_differs", "art_1__pnt_2"), ("rows_differ", "art_1__tbl_1"),
    ]  # fmt: skip
    assert dict(warnings[0].params) == {"kk": 2, "ru": 1}


def test_warnings_are_translated_in_full() -> None:
    translations = Path(structure.__file__).parents[2] / "translations"
    for language in ("kk", "ru"):
        with (translations / language / "LC_MESSAGES/structure.po").open("rb") as file:
            catalogue = {message.id: message.string for message in read_po(file, locale=language)}
        assert all(catalogue.get(sentence) for sentence in structure.WARNINGS.values())
