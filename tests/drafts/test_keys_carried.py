"""Do keys follow units through whatever a drafter does to them?"""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from portal.drafts.labels import path_label
from portal.drafts.structure import (
    Kind,
    Outline,
    Provision,
    assign_keys,
    carry_keys,
    match_keys,
    outline_from_json,
    outline_to_json,
    place_of,
    walk,
)

SAID = {
    1: "Государственный орган размещает проект на портале для публичного обсуждения.",
    2: "Срок публичного обсуждения составляет не менее пятнадцати рабочих дней.",
    3: "Каждый комментарий рассматривается, ответ на него обоснован и открыт для всех.",
    4: "Отчёт о завершении публичного обсуждения публикуется вместе с ответами.",
}


def article(number: int | str, text: str, *children: Provision, heading: str = "") -> Provision:
    return Provision("", Kind.article, str(number), heading, text, children)


def point(number: int | str, text: str, *children: Provision) -> Provision:
    return Provision("", Kind.point, str(number), "", text, children)


def act(*provisions: Provision, language: str = "ru") -> Outline:
    return assign_keys(Outline(language, "Закон", provisions, ()))


def next_act(previous: Outline, *provisions: Provision) -> Outline:
    return assign_keys(previous, act(*provisions, language=previous.language))


def keys(outline: Outline) -> list[str]:
    return [provision.key for provision, _, _ in walk(outline.provisions)]


def test_a_text_that_did_not_change_keeps_its_keys() -> None:
    old = act(article(1, SAID[1], point(1, "а"), point(2, "б")), article(2, SAID[2]))
    assert assign_keys(old, old) == old


def test_an_inserted_article_takes_no_key_of_those_it_pushes_on() -> None:
    old = act(article(1, SAID[1]), article(2, SAID[2]), article(3, SAID[3]))
    new = next_act(old, article(1, SAID[1]), article(2, SAID[4]), article(3, SAID[2]), article(4, SAID[3]))
    assert keys(new) == ["art_1", "art_2_2", "art_2", "art_3"]
    assert [p.address for p in new.provisions] == ["", "art_2", "art_3", "art_4"]


def test_a_unit_is_called_by_its_place_whatever_its_key() -> None:
    old = act(article(1, "", Provision("", Kind.indent, "", "", SAID[1]), Provision("", Kind.indent, "", "", SAID[2])))
    new = next_act(
        old, article(1, "", *(Provision("", Kind.indent, "", "", text) for text in (SAID[3], SAID[1], SAID[2])))
    )
    assert keys(new) == ["art_1", "art_1__ind_1_2", "art_1__ind_1", "art_1__ind_2"]
    assert path_label(new, "art_1__ind_1", "ru") == "ст. 1, абз. 2"
    assert outline_from_json(outline_to_json(new)) == new


def test_a_removed_key_is_not_given_to_another_unit() -> None:
    old = act(article(1, SAID[1]), article(2, SAID[2]), article(3, SAID[3]))
    new = next_act(old, article(1, SAID[1]), article(2, SAID[3]), article(3, SAID[4]))
    assert keys(new) == ["art_1", "art_3", "art_3_2"]
    third = carry_keys([new], [act(*(article(n, SAID[n]) for n in (1, 2, 3, 4)))], taken=keys(old))
    assert keys(third[0]) == ["art_1", "art_2_2", "art_3", "art_3_2"]


def test_a_reworded_unit_keeps_its_key_though_its_number_changes() -> None:
    old = act(article(1, SAID[1]), article(2, SAID[2]))
    reworded = SAID[2].replace("пятнадцати", "двадцати")
    new = next_act(old, article(1, SAID[4]), article(2, SAID[1]), article(3, reworded))
    assert keys(new) == ["art_1_2", "art_1", "art_2"]


def test_a_unit_redrafted_whole_in_its_place_goes_on() -> None:
    old = act(article(1, SAID[1]), article(2, SAID[2]))
    assert keys(next_act(old, article(1, SAID[1]), article(2, "Исключена."))) == ["art_1", "art_2"]


def test_the_larger_part_of_a_split_unit_keeps_the_key() -> None:
    old = act(article(1, f"{SAID[1]} {SAID[2]} {SAID[3]}"), article(2, SAID[4]))
    new = next_act(old, article(1, SAID[1]), article(2, f"{SAID[2]} {SAID[3]}"), article(3, SAID[4]))
    assert keys(new)[1:] == ["art_1", "art_2"]
    assert keys(new)[0] not in keys(old)


def test_points_move_to_another_article_with_their_keys() -> None:
    old = act(article(1, "", point(1, SAID[1]), point(2, SAID[2])), article(2, "", point(1, SAID[3])))
    new = next_act(old, article(1, "", point(1, SAID[1])), article(2, "", point(1, SAID[3]), point(2, SAID[2])))
    assert keys(new) == ["art_1", "art_1__pnt_1", "art_2", "art_2__pnt_1", "art_1__pnt_2"]


def test_a_new_point_is_named_after_the_key_of_its_article() -> None:
    old = act(article(1, "", point(1, SAID[1])), article(2, "", point(1, SAID[2])))
    new = next_act(
        old,
        article(1, SAID[4]),
        article(2, "", point(1, SAID[1])),
        article(3, "", point(1, SAID[2]), point(2, SAID[3])),
    )
    assert keys(new) == ["art_1_2", "art_1", "art_1__pnt_1", "art_2", "art_2__pnt_1", "art_2__pnt_2"]


def test_short_words_that_stand_everywhere_stay_with_their_articles() -> None:
    old = act(*(article(n, SAID[n], point(1, "исключён;"), point(2, f"{n} дней.")) for n in (1, 2, 3)))
    new = next_act(
        old, article(1, SAID[4]), *(article(n + 1, SAID[n], point(1, "исключён;"), point(2, f"{n} дней.")) for n in (1, 2, 3))
    )
    for before, after in zip(old.provisions, new.provisions[1:], strict=True):
        assert [p.key for p, _, _ in walk([before])] == [p.key for p, _, _ in walk([after])]


def test_both_languages_are_carried_together() -> None:
    old = [act(article(1, SAID[1]), article(2, SAID[2])), act(article(1, "Жоба порталда."), article(2, "Мерзімі."), language="kk")]
    kazakh = act(article(1, "Жаңа бап."), article(2, "Жоба порталда."), article(3, "Мерзімі."), language="kk")
    russian = act(article(1, SAID[4]), article(2, SAID[1]), article(3, SAID[2]))
    carried = carry_keys(old, [kazakh, russian])
    assert [keys(text) for text in carried] == [["art_1_2", "art_1", "art_2"]] * 2


def test_one_language_decides_what_the_other_leaves_in_doubt() -> None:
    same = "Осы бап күшін жойды деп танылған кезден бастап қолданылмайды деп белгіленсін."
    old = [
        act(article(1, SAID[1]), article(2, SAID[2])),
        act(article(1, same), article(2, same), language="kk"),
    ]
    new = [act(article(1, SAID[2]), article(2, SAID[1])), act(article(1, same), article(2, same), language="kk")]
    assert [keys(text) for text in carry_keys(old, new)] == [["art_2", "art_1"]] * 2


@pytest.mark.parametrize("renumbered", ["kk", "ru"])
def test_an_article_put_into_one_language_alone_is_no_rewording_of_the_others(renumbered: str) -> None:
    texts = {
        "kk": [f"Бірінші тілдегі {number} ереже туралы сөз" for number in ("алғашқы", "екінші", "үшінші")],
        "ru": [f"Слово о правиле {number} на втором языке" for number in ("первом", "втором", "третьем")],
    }
    previous = [act(*(article(at, said) for at, said in enumerate(texts[code], 1)), language=code) for code in texts]
    one_more = {**texts, renumbered: ["Новая статья о том, чего не было", *texts[renumbered]]}
    following = [act(*(article(at, said) for at, said in enumerate(one_more[code], 1)), language=code) for code in texts]
    carried = {outline.language: outline for outline in carry_keys(previous, following)}
    (other,) = texts.keys() - {renumbered}
    assert keys(carried[other]) == ["art_1", "art_2", "art_3"]
    assert keys(carried[renumbered]) == ["art_1_2", "art_1", "art_2", "art_3"]
    assert [place_of(unit) for unit in carried[renumbered].provisions] == ["art_1", "art_2", "art_3", "art_4"]
    assert [place_of(unit) for unit in carried[other].provisions] == ["art_1", "art_2", "art_3"]


def test_a_language_that_was_not_there_before_gets_the_keys_of_the_others() -> None:
    old = [act(article(1, SAID[1]))]
    english = act(article(1, "New."), article(2, "A draft is published."), article(3, "Only here."), language="en")
    carried = carry_keys(old, [act(article(1, SAID[4]), article(2, SAID[1])), english])
    assert keys(carried[1]) == ["art_1_2", "art_1", "art_3"]


def test_texts_without_a_common_language_have_nothing_in_common() -> None:
    assert match_keys([act(article(1, SAID[1]))], [act(article(1, "Жоба."), language="kk")]) == {}


def test_carrying_again_changes_nothing() -> None:
    old = act(article(1, SAID[1]), article(2, SAID[2]))
    new = next_act(old, article(1, SAID[4]), article(2, SAID[1]))
    assert assign_keys(old, new) == new


WORDS = st.lists(st.sampled_from("орган проект срок ответ право закон дело лицо акт норма".split()), max_size=12)


def units(kind: Kind, children: st.SearchStrategy[tuple[Provision, ...]]) -> st.SearchStrategy[tuple[Provision, ...]]:
    unit = st.builds(
        lambda number, words, inner: Provision("", kind, number, "", " ".join(words), inner),
        st.sampled_from(["", "1", "2", "3", "3-1", "10"]), WORDS, children,
    )  # fmt: skip
    return st.lists(unit, max_size=4).map(tuple)


TREES = units(Kind.article, units(Kind.point, units(Kind.subpoint, st.just(()))))


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(TREES, TREES)
def test_keys_are_never_given_twice_nor_taken_from_another(before: tuple[Provision, ...], after: tuple[Provision, ...]) -> None:
    old, placed = act(*before), act(*after)
    new = assign_keys(old, placed)
    assert len(set(keys(new))) == len(keys(new)) == len(keys(placed))
    kept = match_keys([old], [placed])
    assert len(set(kept.values())) == len(kept)
    for provision, place in zip(keys(new), keys(placed), strict=True):
        assert provision == kept[place] if place in kept else provision not in keys(old)
    assert assign_keys(old, placed) == new
    assert assign_keys(old, new) == new


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(TREES)
def test_what_did_not_change_keeps_every_key(tree: tuple[Provision, ...]) -> None:
    old = act(*tree)
    assert assign_keys(old, old) == old


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(st.permutations([1, 2, 3, 4]), st.sets(st.sampled_from([1, 2, 3, 4]), max_size=3))
def test_articles_are_known_in_any_order_and_company(order: list[int], gone: set[int]) -> None:
    old = act(*(article(n, SAID[n], point(1, f"{SAID[n]} Часть вторая.")) for n in (1, 2, 3, 4)))
    kept = [n for n in order if n not in gone]
    new = next_act(old, *(article(at + 1, SAID[n], point(1, f"{SAID[n]} Часть вторая.")) for at, n in enumerate(kept)))
    assert keys(new) == [key for n in kept for key in (f"art_{n}", f"art_{n}__pnt_1")]


def test_a_chapter_keeps_its_key_when_its_heading_changes() -> None:
    def chapter(number: int, heading: str, *children: Provision) -> Provision:
        return Provision("", Kind.chapter, str(number), heading, "", children)

    old = act(chapter(1, "Общие положения", article(1, SAID[1])), chapter(2, "Порядок", article(2, SAID[2])))
    new = next_act(
        old,
        chapter(1, "Термины", article(1, SAID[4])),
        chapter(2, "Основные положения", article(2, SAID[1])),
        chapter(3, "Порядок", article(3, SAID[2])),
    )
    assert keys(new) == ["chp_1_2", "art_1_2", "chp_1", "art_1", "chp_2", "art_2"]
