"""Do texts and queries meet in every language the portal speaks?"""

from __future__ import annotations

import pytest

from portal.language.analysis import analyse, highlight, meets, wanted
from tests.shared_data import shared


def _meet(query: str, text: str, language: str | None = None) -> bool:
    """Whether each word of the query is somewhere in the text."""
    terms = list(analyse(text, language))
    return all(any(meets(wanted(asked), term) for term in terms) for asked in analyse(query))


@pytest.mark.parametrize(
    ("query", "text", "language"),
    [
        ("налогоплательщика", "налогоплательщики", "ru"),
        ("налогоплательщика", "налогоплательщики", None),
        ("отчёты", "о завершении отчета", "ru"),
        ("amendments", "amended by an amendment", "en"),
        ("citizens", "every citizen’s right", "en"),
        ("мектептерімізден", "орта мектеп", "kk"),
        ("жаксы", "Өте жақсы", "kk"),
        ("жақсы", "жаксы екен", "kk"),
        ("кызметкерлердин", "қызметкерлер", "kk"),
        ("шешімі", "шешiмiмен", "kk"),
        ("комиссия", "комиссияның шешімі", "kk"),
        ("комиссиями", "комиссии", "ru"),
        ("маслихат", "решение маслихата", "ru"),
        ("83-1", "83-1-бап", "kk"),
        ("83-1-бап", "83-1-баптың", "kk"),
        ("12-1", "статья 12-1", "ru"),
        ("480-V", "№ 480-V ҚРЗ", "kk"),
        ("2025", "на 2020-2025 годы", "ru"),
        ("НҚА", "НҚА-ға өзгерістер", "kk"),
        ("в единственном экземпляре", "В ЕДИНСТВЕННЫХ ЭКЗЕМПЛЯРАХ", "ru"),
    ],
)
def test_a_query_meets_the_text(query: str, text: str, language: str | None) -> None:
    assert _meet(query, text, language)


@pytest.mark.parametrize(
    ("query", "text", "language"),
    [("түр", "тұр", "kk"), ("тұр", "түр", "kk"), ("12", "статья 12-1", "ru"), ("12-1", "статья 12", "ru")],
)
def test_a_query_does_not_meet_another_word(query: str, text: str, language: str) -> None:
    assert not _meet(query, text, language)


def test_keeps_both_readings_of_a_word_that_may_be_either() -> None:
    (term,) = analyse("балалары")
    assert {"бала"} < set(term.stems)
    (known,) = analyse("балалары", "ru")
    assert known.stems == ("балалар",)


def test_highlights_in_the_spelling_of_the_text() -> None:
    text = "Yкіметтің шешiмi: үкі\u00adметке, Правительства."
    spans = highlight(text, [wanted(term) for term in analyse("үкімет правительство")])
    assert [text[start:end] for start, end in spans] == ["Yкіметтің", "үкі\u00adметке", "Правительства"]
    assert highlight(text, []) == ()


def test_thirty_forms_of_ten_nouns_find_the_text_that_holds_one() -> None:
    forms: dict[str, list[str]] = {}
    for line in shared("data/morphology/kk_unimorph/kaz.noun-70.tsv").read_text(encoding="utf-8").splitlines():
        lemma, form, _ = line.split("\t")
        forms.setdefault(lemma, []).append(form)
    whole = [lemma for lemma, found in forms.items() if len(found) >= 24]
    met = {
        lemma: sum(_meet(form, f"Осы {held} туралы", "kk") for form in forms[lemma] for held in forms[lemma])
        / len(forms[lemma]) ** 2
        for lemma in whole[:: len(whole) // 40]
    }
    assert sum(share == 1 for share in met.values()) >= 36, met
    assert sum(met.values()) / len(met) >= 0.97


def test_russian_forms_of_running_text_meet_their_lemmas() -> None:
    rows = shared("data/morphology/ru_gsd/ru_gsd-ud-dev.conllu").read_text(encoding="utf-8").splitlines()
    pairs = [row.split("\t")[1:4] for row in rows if row.count("\t") == 9]
    nouns = [(form, lemma) for form, lemma, kind in pairs if kind in {"NOUN", "ADJ"}]
    met = sum(_meet(form, lemma, "ru") for form, lemma in nouns)
    assert met / len(nouns) >= 0.9


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("zañ jobasy", "заң жобасы"),
        ("qoğamdyq talqylau", "қоғамдық талқылау"),
        ("Qazaqstan Respublikasynyñ ükımetı", "Қазақстан Республикасының үкіметі"),
        ("jürgızıledı", "жүргізіледі"),
        ("Şymkent qalasy", "Шымкент қаласы"),
        ("äleumettık töleu tärtıbı", "әлеуметтік төлеу тәртібі"),
    ],
)
def test_the_latin_alphabet_of_2021_is_the_same_kazakh(latin: str, cyrillic: str) -> None:
    typed = [term.stems[0] for term in analyse(latin)]
    assert typed == [term.stems[0] for term in analyse(cyrillic, "kk")]


def test_english_stays_english_beside_it() -> None:
    assert [term.stems for term in analyse("The quality of a request", "en")] == [
        ("the",), ("qualiti",), ("of",), ("a",), ("request",)
    ]  # fmt: skip
    assert "budget" in next(term for term in analyse("Şymkent budget") if term.surface == "budget").stems
