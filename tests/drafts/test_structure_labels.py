from __future__ import annotations

import pytest

from portal.drafts.labels import label, path_label, path_labels
from portal.drafts.structure import Kind, Outline, Provision, assign_keys


@pytest.mark.parametrize(
    ("kind", "number", "kk", "ru", "en"),
    [
        (Kind.point, "10", "10-тармақ", "пункт 10", "point 10"),
        (Kind.article, "12-1", "12-1-бап", "статья 12-1", "article 12-1"),
        (Kind.annex, "1", "1-қосымша", "приложение 1", "annex 1"),
        (Kind.annex, "", "қосымша", "приложение", "annex"),
        (Kind.section, "IV", "IV бөлім", "раздел IV", "section IV"),
        (Kind.subpoint, "2", "2) тармақша", "подпункт 2)", "subpoint 2"),
        (Kind.chapter, "3", "3-тарау", "глава 3", "chapter 3"),
    ],
)
def test_units_are_named_as_the_law_names_them(kind: Kind, number: str, kk: str, ru: str, en: str) -> None:
    assert [label(kind, number, locale) for locale in ("kk", "ru", "en")] == [kk, ru, en]


def unit(kind: Kind, number: str = "", *children: Provision, text: str = "") -> Provision:
    return Provision("", kind, number, "", text, children)


@pytest.fixture
def outline() -> Outline:
    law = unit(
        Kind.chapter, "1",
        unit(
            Kind.article, "18",
            unit(
                Kind.point, "4",
                unit(Kind.subpoint, "2", text="б;"),
                unit(Kind.indent, text="Ещё."),
                unit(Kind.table),
                text="Состав:",
            ),
        ),
    )
    annex = unit(Kind.annex, "1", unit(Kind.point, "3", text="Текст."))
    return assign_keys(Outline("ru", "", (law, annex), ()))


@pytest.mark.parametrize(
    ("key", "kk", "ru", "en"),
    [
        ("art_18__pnt_4", "18-бап, 4-тармақ", "ст. 18, п. 4", "art. 18, point 4"),
        ("art_18__pnt_4__sub_2", "18-бап, 4-тармақ, 2) тармақша", "ст. 18, п. 4, подп. 2)", "art. 18, point 4, subpoint 2"),
        ("art_18__pnt_4__ind_2", "18-бап, 4-тармақ, 2-абзац", "ст. 18, п. 4, абз. 2", "art. 18, point 4, indent 2"),
        ("art_18__pnt_4__tbl_1", "18-бап, 4-тармақ, 1-кесте", "ст. 18, п. 4, табл. 1", "art. 18, point 4, table 1"),
        ("art_18", "18-бап", "статья 18", "article 18"),
        ("chp_1", "1-тарау", "глава 1", "chapter 1"),
        ("annex_1__pnt_3", "1-қосымша, 3-тармақ", "прил. 1, п. 3", "annex 1, point 3"),
        ("no_such", "", "", ""),
    ],
)
def test_references_run_from_the_whole_to_the_part(outline: Outline, key: str, kk: str, ru: str, en: str) -> None:
    assert [path_label(outline, key, locale) for locale in ("kk", "ru", "en")] == [kk, ru, en]


def test_a_chapter_is_named_where_points_begin_anew_in_it() -> None:
    chapters = (unit(Kind.chapter, "1", unit(Kind.point, "1")), unit(Kind.chapter, "2", unit(Kind.point, "1")))
    outline = assign_keys(Outline("ru", "", chapters, ()))
    assert path_labels(outline, "ru")["chp_2__pnt_1"] == "гл. 2, п. 1"
    assert path_labels(outline, "kk")["chp_2__pnt_1"] == "2-тарау, 1-тармақ"
