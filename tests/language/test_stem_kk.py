"""Do all forms of a Kazakh word meet, and do different words stay apart?"""

from __future__ import annotations

from collections import defaultdict

import pytest

from portal.language.scripts import fold, loosen
from portal.language.stem_kk import stem
from tests.shared_data import shared

PARADIGMS = {
    "мектеп": "мектептер мектептің мектебі мектебінің мектебіне мектебінде мектебім мектептерімізден мектепке",
    "заң": "заңдар заңның заңы заңымыз заңымыздың заңға заңдарымен заңнан заңда заңдағы",
    "бала": "балалар баланың балаға балам баласы баласын баласының балалары балаларымыздан баламен",
    "халық": "халықтың халқы халқының халқымызға халыққа халықтар халықпен",
    "орын": "орны орнына орындар орнынан орында орнымыз",
    "құқық": "құқығы құқықтары құқықтарын құқығын құқыққа құқықтың",
    "салық": "салығы салықтар салықты салыққа салығын салығынан",
    "азамат": "азаматтар азаматтың азаматтары азаматын азаматтарына азаматқа",
    "жұмыс": "жұмысы жұмыстар жұмыста жұмысын жұмыстары жұмыстан жұмысымыз",
    "шешім": "шешімі шешімдер шешіміне шешімінен шешімдеріне шешіммен шешiмiмен",
    "қаулы": "қаулының қаулысы қаулысына қаулылар қаулыға қаулысымен",
    "орган": "органы органдар органдардың органының органға органымен органнан",
    "акт": "актілер актінің актісі актіге актілерін актіні",
    "кәсіпкер": "кәсіпкерлер кәсіпкерлердің кәсіпкерге кәсіпкері кәсіпкерлеріміз",
}
VERBS = {
    "бекіту": "бекітті бекітілді бекітілген бекітіледі бекітіп бекітуге бекітуді бекітпейді бекітсін",
    "жариялау": "жариялады жарияланды жарияланған жариялайды жариялап жариялауға жарияланады жариялаған",
    "қолдау": "қолдаймын қолдайды қолдады қолдаған қолдап қолдауға",
    "шығу": "шығады шықты шыққан шығып шығуы",
    "қабылдау": "қабылданды қабылданған қабылдауға қабылдайды қабылдамады қабылданбады",
    "енгізу": "енгізілсін енгізілді енгізілетін енгізуге енгізген енгізіледі",
}


@pytest.mark.parametrize("word", PARADIGMS)
def test_forms_of_a_noun_meet(word: str) -> None:
    stems = {form: stem(fold(form)) for form in PARADIGMS[word].split()}
    assert stems == dict.fromkeys(stems, stem(word))


@pytest.mark.parametrize("word", VERBS)
def test_forms_of_a_verb_meet(word: str) -> None:
    stems = {form: stem(form) for form in VERBS[word].split()}
    assert stems == dict.fromkeys(stems, stem(word))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("адам", "ада"), ("қалам", "қала"), ("қоғам", "қоғ"), ("заман", "зама"), ("орган", "ор"), ("маман", "ма"),
        ("түр", "тұр"), ("құл", "күл"), ("құрылым", "құру"), ("атау", "ата"), ("қару", "қар"), ("тұрғын", "тұру"),
        ("аудан", "ау"), ("қысым", "қыс"), ("бас", "басқа"), ("теңге", "тең"), ("мерзім", "мерзе"), ("салық", "сал"),
    ],
)  # fmt: skip
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize("word", ["", "а", "су", "ми", "жж", "бб", "ю", "ы", "і", "ь", "ьь", "нм", "ттт", "ағ"])
def test_short_and_odd_words_come_back(word: str) -> None:
    assert len(stem(word)) <= max(2, len(word))


def test_words_typed_with_russian_letters_meet_their_proper_spelling() -> None:
    typed = "қызметкерлердің қызметі жұмысының сұрағы мектептің билігін құқықтарын сөздерді халқына пікірім"
    for form in typed.split():
        assert loosen(stem(loosen(form))) == loosen(stem(form)), form


def test_noun_paradigms_of_unimorph() -> None:
    paradigms: dict[str, list[str]] = defaultdict(list)
    for line in shared("data/morphology/kk_unimorph/kaz.noun-70.tsv").read_text(encoding="utf-8").splitlines():
        lemma, form, _ = line.split("\t")
        paradigms[fold(lemma)].append(fold(form))
    pairs = [(lemma, form) for lemma, forms in paradigms.items() for form in forms]
    met = sum(stem(lemma) == stem(form) for lemma, form in pairs)
    assert met / len(pairs) >= 0.99
    assert _merged(list(paradigms)) <= 0.01


def test_nouns_of_running_text() -> None:
    pairs = _lemmas("data/morphology/kk_ktb/kk_ktb-test-70.conllu", {"NOUN", "PROPN", "ADJ"})
    met = sum(stem(lemma) == stem(form) for form, lemma in pairs)
    assert met / len(pairs) >= 0.98
    names = _lemmas("data/morphology/kk_ktb/kk_ktb-test-70.conllu", {"NOUN", "PROPN"})
    assert _merged(sorted({lemma for _, lemma in names})) <= 0.01


def _lemmas(path: str, kinds: set[str]) -> list[tuple[str, str]]:
    rows = (line.split("\t") for line in shared(path).read_text(encoding="utf-8").splitlines())
    return [(fold(row[1]), fold(row[2])) for row in rows if len(row) == 10 and row[3] in kinds]


def _merged(lemmas: list[str]) -> float:
    """The part of different words that lose their difference."""
    return (len(lemmas) - len({stem(lemma) for lemma in lemmas})) / len(lemmas)
