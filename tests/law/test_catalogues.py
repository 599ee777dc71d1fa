"""Is everything the portal says said in Kazakh and Russian, and well formed there?"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from tests.law.catalogues import catalogue, catalogue_files, sayings, translations
from tests.law.source import ROOT

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
CYRILLIC = re.compile(r"[а-яёәғқңөұүһі]", re.IGNORECASE)
MIXED = re.compile(r"\b(?=\w*[a-z])(?=\w*[а-яёәғқңөұүһі])\w+\b", re.IGNORECASE)
# letters of old fonts and other languages that stand in for Kazakh ones (TERMS.md, "Letters")
IMPOSTORS = set("ӛəњѓєќ")
# endings follow the sound of the value, so none may be glued to it; «3-тармақ», «2-нұсқа» are whole words and fine
ENDINGS = "ның нің дың дің тың тің ға ге қа ке на не да де та те дан ден тан тен нан нен мен бен пен ды ді ты ті ны ні шы ші сы сі"
GLUED = re.compile(
    rf"%\(\w+\)[sd][а-яёәғқңөұүһі]|[а-яёәғқңөұүһі]%\(\w+\)[sd]|%\(\w+\)[sd]»?[-–]({'|'.join(ENDINGS.split())})\b",
    re.IGNORECASE,
)
# words that are not the ones of TERMS.md, "Traps"
TRAPS = {
    "kk": re.compile(
        r"қолданушы|тұтынушы|сессия|есептеме|мекен-жай|электронды\b|құпия сөз|кез-келген|қол жетімді|версия|статус|категория"
        r"|фильтр|аккаунт|формат|жеке дерек|сәтті|жабық талқылау|қоғамдық талқылау|отзыв|\bүкім|ҰҚП|дәлелдеме|науқан",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"успешно|пожалуйста|сесси[яию]|отзыв(?:ы|ов|ами)\b|(?:ваш|оставить|за|об?) отзыве?\b|аккаунт|кампани",
        re.IGNORECASE,
    ),
}
# a number sign without its no-break space, a hyphen or a long dash for a dash, three dots for an ellipsis
SIGNS = re.compile(r"№(?!\u00a0|$)|[\ds] [КМ]Б| - |—|\.\.\.|[“”]")
HEADER = """msgid ""
msgstr ""
"Project-Id-Version: Talqy\\n"
"Language: {language}\\n"
"Plural-Forms: {plural}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""
PLURAL = {
    "kk": "nplurals=2; plural=(n != 1);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
}
STANDING = ROOT / "portal" / "home" / "content"
NAMES = {"Talqy", "Atom", "Word", "Excel", "JSON", "CSV", "RSS", "SHA-256", "JavaScript"}


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_everything_is_translated(language: str) -> None:
    words = catalogue(language)
    missing = sorted(
        {f"{s.place}: {s.context and s.context + '|'}{s.id}" for s in sayings() if (s.id, s.context) not in words}
    )
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


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_one_message_has_one_translation(language: str) -> None:
    """A message that stands in two catalogues is said alike in both: else their order would choose the words."""
    said: dict[tuple[str, str], dict[tuple[str, ...], list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, key, strings in translations(language):
        said[key][strings].append(name)
    wrong = [f"{key}: {dict(ways)}" for key, ways in said.items() if len(ways) > 1]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "path",
    [path for language in PLURAL for path in catalogue_files(language)],
    ids=lambda path: f"{path.parents[1].name}-{path.stem}",
)
def test_a_catalogue_says_each_message_once_and_leaves_none_unsaid(path: Path) -> None:
    written = len(re.findall(r"^msgid ", path.read_text("utf-8"), re.MULTILINE)) - 1  # the first is the header
    assert written == sum(name == path.stem for name, _, _ in translations(path.parents[1].name))


def test_both_languages_have_the_same_messages_in_the_same_catalogues() -> None:
    kk, ru = ({(name, key) for name, key, _ in translations(language)} for language in ("kk", "ru"))
    assert kk == ru, sorted(kk ^ ru)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_words_are_those_of_the_terms(language: str) -> None:
    wrong = [text for text in texts(language) if TRAPS[language].search(text)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_signs_are_typed_as_they_are_printed(language: str) -> None:
    wrong = [text for text in texts(language) if SIGNS.search(text)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "path",
    [path for language in PLURAL for path in catalogue_files(language)],
    ids=lambda path: f"{path.parents[1].name}-{path.stem}",
)
def test_headers_say_only_what_a_reader_needs(path: Path) -> None:
    """The project, the language and its plurals: no names, dates and addresses that nobody filled in."""
    language = path.parents[1].name
    comment, _, header = path.read_text("utf-8").split("\n\n", 1)[0].partition("\n")
    assert comment.startswith("# Words of ")
    assert header + "\n" == HEADER.format(language=language, plural=PLURAL[language])


def texts(language: str) -> list[str]:
    """All a reader meets in a language: the translations and the lines of the standing pages."""
    said = [string for strings in catalogue(language).values() for string in strings]
    return said + [
        line for path in sorted(STANDING.glob(f"*.{language}.txt")) for line in path.read_text("utf-8").splitlines()
    ]
