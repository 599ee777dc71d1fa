"""Is everything the portal says said in Kazakh and Russian, and well formed there?"""

from __future__ import annotations

import re

import pytest

from tests.law.catalogues import catalogue, catalogue_files, sayings

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
CYRILLIC = re.compile(r"[а-яёәғқңөұүһі]", re.I)
MIXED = re.compile(r"\b(?=\w*[a-z])(?=\w*[а-яёәғқңөұүһі])\w+\b", re.I)
# letters of old fonts and other languages that stand in for Kazakh ones (TERMS.md, "Letters")
IMPOSTORS = set("ӛəњѓєќ")
# endings follow the sound of the value, so none may be glued to it; «3-тармақ», «2-нұсқа» are whole words and fine
ENDINGS = "ның нің дың дің тың тің ға ге қа ке на не да де та те дан ден тан тен нан нен мен бен пен ды ді ты ті ны ні шы ші сы сі"
GLUED = re.compile(
    rf"%\(\w+\)[sd][а-яёәғқңөұүһі]|[а-яёәғқңөұүһі]%\(\w+\)[sd]|%\(\w+\)[sd]»?[-–]({'|'.join(ENDINGS.split())})\b", re.I
)
NAMES = {"Talqy", "Atom", "Word", "Excel", "JSON", "CSV", "RSS", "SHA-256", "JavaScript"}


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_everything_is_translated(language: str) -> None:
    words = catalogue(language)
    missing = sorted({f"{s.place}: {s.context and s.context + '|'}{s.id}" for s in sayings() if (s.id, s.context) not in words})
    assert not missing, f"{len(missing)} missing in {language}:\n" + "\n".join(missing)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_plurals_are_complete(language: str) -> None:
    forms = {"kk": 2, "ru": 3}[language]
    words = catalogue(language)
    plural = {(s.id, s.context) for s in sayings() if s.plural}
    wrong = [f"{key}: {words[key]}" for key in plural if key in words and len(words[key]) != forms]
    if language == "kk":  # after a numeral the noun stays in the singular
        wrong += [f"{key}: {words[key]}" for key in plural if key in words and len(set(words[key])) > 1]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_placeholders_are_those_of_the_source(language: str) -> None:
    words = catalogue(language)
    wrong = []
    for saying in sayings():
        wanted = set(PLACEHOLDER.findall(saying.id + saying.plural))
        for string in words.get((saying.id, saying.context), ()):
            if set(PLACEHOLDER.findall(string)) - wanted:
                wrong.append(f"{saying.id!r} → {string!r}")
            if not saying.plural and wanted - set(PLACEHOLDER.findall(string)):
                wrong.append(f"{saying.id!r} → {string!r}")
    assert not wrong, "\n".join(sorted(set(wrong)))


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_letters_are_those_of_the_language(language: str) -> None:
    wrong = [
        f"{key[0]!r} → {string!r}"
        for key, strings in catalogue(language).items()
        for string in strings
        for text in [PLACEHOLDER.sub(" ", string)]
        if MIXED.search(text) or set(text) & IMPOSTORS or ('"' in text) or " N " in text
    ]
    assert not wrong, "\n".join(sorted(set(wrong)))


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_no_ending_is_glued_to_a_value(language: str) -> None:
    wrong = [s for strings in catalogue(language).values() for s in strings if GLUED.search(s)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_no_english_leaks_through(language: str) -> None:
    wrong = [
        f"{key[0]!r} → {string!r}"
        for key, strings in catalogue(language).items()
        for string in strings
        if not CYRILLIC.search(PLACEHOLDER.sub("", string)) and re.search(r"[A-Za-z]{4,}", PLACEHOLDER.sub("", string))
        and not any(name in string for name in NAMES)
    ]  # fmt: skip
    assert not wrong, "\n".join(wrong)


def test_one_message_has_one_translation() -> None:
    """The same id in two catalogues would make the answer depend on their order."""
    assert {path.name for path in catalogue_files("kk")} == {path.name for path in catalogue_files("ru")}
