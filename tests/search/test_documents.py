"""Which parts of a text are found on their own, and by which words?"""

from __future__ import annotations

from portal.drafts.structure import Kind, Outline, Provision
from portal.search.documents import HitKind, Reference, units, words_of


def _provision(
    key: str, kind: Kind, number: str = "", heading: str = "", text: str = "", *children: Provision
) -> Provision:
    return Provision(key, kind, number, heading, text, children)


def test_an_article_is_found_whole_and_a_point_of_a_by_law_by_itself() -> None:
    article = _provision(
        "art_1", Kind.article, "1", "Ставки", "",
        _provision("art_1__pnt_1", Kind.point, "1", "", "Первая."),
        _provision(
            "art_1__pnt_2", Kind.point, "2", "", "Вторая:", _provision("s", Kind.subpoint, "1", "", "подпункт;")
        ),
    )  # fmt: skip
    chapter = _provision("chp_1", Kind.chapter, "1", "Общие положения", "", article)
    point = _provision("pnt_3", Kind.point, "3", "", "Пункт вне статьи.")
    found = list(units(Outline("ru", "Закон", (chapter, point), ())))
    assert [unit.key for unit in found] == ["chp_1", "art_1", "pnt_3"]
    assert found[1].parts == (("art_1__pnt_1", "Первая."), ("art_1__pnt_2", "Вторая:"), ("s", "подпункт;"))
    assert found[1].heading.endswith("1. Ставки")
    assert found[0].text == ""


def test_cells_and_notes_are_words_of_their_unit() -> None:
    table = Provision("tbl_1", Kind.table, "", "", "", (), (("Зона", "Тариф"), ("первая", "400")), ("Ескерту.",))
    (unit,) = units(Outline("ru", "", (table,), ()))
    assert unit.text == "Зона\nТариф\nпервая\n400\nЕскерту."


def test_stop_words_have_a_place_but_no_stem() -> None:
    words = words_of("плата за проезд", "ru")
    assert words.exact == "плата за проезд"
    assert words.stems == "плат проезд"


def test_a_reference_comes_back_from_the_index() -> None:
    reference = Reference(HitKind.provision, 7, 7, "kk", "chp_1__art_2|x")
    assert Reference.load(reference.dump()) == reference
