"""Do names stand in the reader's alphabetical order?"""

from __future__ import annotations

import pytest

from portal.language.collation import KAZAKH, sort_key


def ordered(names: list[str], language: str) -> list[str]:
    return sorted(names, key=lambda name: sort_key(name, language))


def test_the_alphabet_has_the_42_letters_in_their_order() -> None:
    assert len(KAZAKH) == len(set(KAZAKH)) == 42
    assert ordered(list(reversed(KAZAKH)), "kk") == list(KAZAKH)


def test_kazakh_letters_stand_after_the_ones_they_grew_from() -> None:
    names = ["Қаржы", "Әділет", "Индустрия", "Кеден", "Ішкі істер", "Білім", "Үкімет", "Ауыл", "Ғылым", "Газ", "Ұлттық", "Экология"]
    assert ordered(names, "kk") == [
        "Ауыл", "Әділет", "Білім", "Газ", "Ғылым", "Индустрия", "Кеден", "Қаржы", "Ұлттық", "Үкімет", "Ішкі істер", "Экология",
    ]  # fmt: skip


@pytest.mark.parametrize(("language", "wanted"), [("ru", ["Ежи", "Ёлки", "Ель"]), ("kk", ["Ежи", "Ель", "Ёлки"])])
def test_yo_is_a_shade_of_e_in_russian_and_a_letter_in_kazakh(language: str, wanted: list[str]) -> None:
    assert ordered(["Ёлки", "Ель", "Ежи"], language) == wanted


def test_a_short_word_stands_before_the_longer_that_begins_with_it() -> None:
    assert ordered(["Комитетский", "Комитет языков", "Комитет"], "ru") == ["Комитет", "Комитет языков", "Комитетский"]


def test_quotes_and_case_do_not_count_and_look_alikes_are_what_they_stand_for() -> None:
    assert ordered(["«Яблоко»", '"Атом"', "барс"], "ru") == ['"Атом"', "барс", "«Яблоко»"]
    assert ordered(["Iшкі істер", "Экология", "Ыстық"], "kk") == ["Ыстық", "Iшкі істер", "Экология"]


def test_the_readers_script_comes_first() -> None:
    assert ordered(["Zhanatas", "Астана", "9 May"], "ru") == ["9 May", "Астана", "Zhanatas"]
    assert ordered(["Астана", "Zhanatas", "Éire"], "en") == ["Éire", "Zhanatas", "Астана"]
