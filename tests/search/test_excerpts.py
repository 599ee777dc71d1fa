"""Does an excerpt show the words asked for, as they are written?"""

from __future__ import annotations

from portal.language.analysis import analyse, wanted
from portal.search.excerpts import BEFORE, SIZE, excerpt, marked


def _asked(text: str) -> tuple:  # type: ignore[type-arg]
    return tuple(wanted(term) for term in analyse(text))


def test_marks_every_form_in_its_own_spelling() -> None:
    pieces = marked("Жолаушыны тасымалдау; жолаушылардың құқығы", _asked("жолаушы"), "kk")
    assert [piece.text for piece in pieces if piece.is_found] == ["Жолаушыны", "жолаушылардың"]
    assert "".join(piece.text for piece in pieces) == "Жолаушыны тасымалдау; жолаушылардың құқығы"


def test_shows_the_place_with_most_of_the_words() -> None:
    filler = "Прочее правило применяется как обычно. " * 20
    text = f"Тариф. {filler}Единый тариф для пассажиров сохраняется. {filler}"
    found = excerpt(text, _asked("тарифы пассажира"), "ru")
    assert "Единый тариф для пассажиров сохраняется" in found.text
    assert found.text.startswith("… ")
    assert found.text.endswith("\u00a0…")
    assert len(found.text) <= SIZE + BEFORE
    assert text[found.at :].startswith("тариф для")


def test_begins_at_the_beginning_when_nothing_is_found() -> None:
    found = excerpt("Первое слово. " + "Ещё слова. " * 100, _asked("налог"), "ru")
    assert not found.is_found
    assert found.text.startswith("Первое слово.")


def test_finds_a_word_far_down_a_long_text() -> None:
    text = "жай сөз " * 10_000 + "бағдаршам"
    assert "бағдаршам" in excerpt(text, _asked("бағдаршамдар"), "kk").text


def test_cuts_no_word_and_keeps_one_line() -> None:
    found = excerpt("альфа\nбета " * 200, _asked("бета"), "ru")
    assert "\n" not in found.text
    assert set(found.text.replace("…", "").split()) == {"альфа", "бета"}


def test_text_without_spaces_is_cut_all_the_same() -> None:
    found = excerpt("ж" * 5_000, _asked("налог"), "kk")
    assert len(found.text) <= SIZE + 2
    assert excerpt("", _asked("налог"), "ru").text == ""
