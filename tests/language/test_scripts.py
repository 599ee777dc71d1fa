"""Is one letter one letter, whatever script or encoding it came in?"""

from __future__ import annotations

import re

import pytest

from portal.language.scripts import INVISIBLE, fold, has_own_letters, loosen
from tests.shared_data import shared


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Пiкiр", "пікір"),
        ("жəне", "және"),
        ("Yкіметі", "үкіметі"),
        ("құпиясӛз", "құпиясөз"),
        ("нєтижелерін", "нәтижелерін"),
        ("жариялауѓа", "жариялауға"),
        ("ќызмет", "қызмет"),
        ("тењ", "тең"),
        ("айдаhар", "айдаһар"),
        ("Pеспублика", "республика"),
        ("cтaтья", "статья"),
        ("Отчёт", "отчет"),
        ("слово\u00adсочетание", "словосочетание"),
        ("п\u200bра\u202eво", "право"),
        ("и\u0306од", "йод"),
        ("до\u0301ма", "дома"),
        ("Сompany", "company"),
        ("ІV", "iv"),
        ("ХІХ", "xix"),
        ("café", "cafe"),
        ("İstanbul", "истанбул"),
        ("", ""),
    ],
)
def test_folds_to_one_spelling(typed: str, meant: str) -> None:
    assert fold(typed) == meant


def test_folding_twice_changes_nothing() -> None:
    for word in ("Пiкiр", "Сompany", "ІV", "ХІХ", "Ёлка", "Əлем", "Straße", "ﬁle", "İ", "сх", "ми", "см"):
        assert fold(fold(word)) == fold(word)


def test_loosens_as_people_type_without_a_kazakh_keyboard() -> None:
    assert loosen("қызметкерлердің") == "кызметкерлердин"
    assert loosen("әңгіме") == "ангиме"
    assert loosen("өмір") == loosen("омир")
    assert loosen("һүкім") == "хуким"


def test_knows_a_kazakh_word_by_its_letters() -> None:
    assert has_own_letters("тіл")
    assert not has_own_letters("бала")


def test_no_word_of_the_stored_constitution_mixes_scripts_once_folded() -> None:
    text = shared("data/legal-kk-ru/kz-constitution-2022.kk.txt").read_text(encoding="utf-8")
    words = re.findall(rf"[^\W\d_{INVISIBLE}]+", text)
    mixed = [word for word in words if re.search("[a-zəі]", word, re.I) and re.search("[а-я]", word, re.I)]
    still = [word for word in map(fold, words) if re.search("[a-zə]", word) and re.search("[а-яәғқңөұүһі]", word)]
    assert len(mixed) > 100
    assert still == []
