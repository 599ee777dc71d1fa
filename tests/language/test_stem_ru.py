"""Do the forms of a Russian word meet in one stem, and do different words stay apart?"""

from __future__ import annotations

import pytest

from portal.language.scripts import fold
from portal.language.stem_ru import stem
from tests.shared_data import shared


@pytest.mark.parametrize(
    "forms",
    [
        "налогоплательщик налогоплательщика налогоплательщики налогоплательщиков",
        "требовать требует требуют требовал требовать требоваться",
        "иметь имел имела имели",
        "стать стал стала стало стали",
        "список списка списки спискам",
        "участок участка участки",
        "отец отца отцом",
        "уровень уровня уровнем",
        "китаец китайца китайцев",
        "материал материалы материалов",
    ],
)
def test_forms_meet(forms: str) -> None:
    assert len({stem(fold(form)) for form in forms.split()}) == 1, {form: stem(fold(form)) for form in forms.split()}


@pytest.mark.parametrize("words", ["налог наложение", "срок сорок", "член ценный", "закон заказ конь", "план плен", "состав остров", "право правда"])
def test_different_words_stay_apart(words: str) -> None:
    assert len({stem(fold(word)) for word in words.split()}) == len(words.split())


@pytest.mark.parametrize("word", ["", "а", "ть", "сть", "ь", "ццц", "оооооо", "бть" * 50])
def test_nothing_breaks_it(word: str) -> None:
    assert isinstance(stem(word), str)


@pytest.mark.parametrize("name", ["gsd", "taiga"])
def test_content_words_of_running_text(name: str) -> None:
    text = shared(f"data/morphology/ru_{name}/ru_{name}-ud-dev.conllu").read_text(encoding="utf-8")
    rows = [row for line in text.splitlines() if len(row := line.split("\t")) == 10]
    content = [row for row in rows if row[3] in {"NOUN", "PROPN", "ADJ", "ADV", "VERB"} and row[1].isalpha()]
    met = sum(stem(fold(row[1])) == stem(fold(row[2])) for row in content)
    assert met / len(content) >= 0.9
    nouns = {fold(row[2]) for row in content if row[3] == "NOUN"}
    assert 1 - len({stem(noun) for noun in nouns}) / len(nouns) <= 0.05
