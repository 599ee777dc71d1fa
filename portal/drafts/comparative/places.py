"""Which element does an instruction speak of: «в абзаце втором подпункта 1) пункта 3», «5-тармақтың екінші абзацы»?

Words are looked for in folded text (`importers.folding`), so one pattern takes every spelling.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from portal.drafts.comparative.elements import KK_ORDINALS, LEVELS, PASSAGE, PREAMBLE, RU_STEMS, TITLE
from portal.drafts.importers.folding import fold

MOST_NUMBERS = 200  # of one list or range

_NUMBER = r"\d+(?:-\d+)*"
_ITEM = rf"(?:{_NUMBER}|(?<![а-я])[а-я](?=\)))\)?"
_JOIN = r"(?:\s*,\s*|\s+(?:и|жане|мен|пен|бен)\s+|\s+-\s+|(?<=\))\s*-\s*)"
_LIST = rf"{_ITEM}(?:{_JOIN}{_ITEM})*"
_RU_WORDS = {
    "annex": r"приложени[а-я]*", "subsection": r"подраздел[а-я]*", "section": r"раздел[а-я]*", "chapter": r"глав[а-я]{1,3}",
    "paragraph": r"параграф[а-я]*", "article": r"стат[ье][а-я]*", "subpoint": r"подпункт[а-я]*", "point": r"пункт[а-я]*",
}  # fmt: skip
_KK_WORDS = {
    "annex": r"косымша[а-я]*", "section": r"болим[а-я]*", "chapter": r"тарау[а-я]*", "paragraph": r"параграф[а-я]*",
    "article": r"ба[пб][а-я]*", "subpoint": r"тармакша[а-я]*", "point": r"тарма[кг](?!ша)[а-я]*",
}  # fmt: skip
_RU_FIRST = re.compile("|".join(rf"(?P<{kind}>\b{word})" for kind, word in _RU_WORDS.items()))
_RU_NUMBERS = re.compile(rf"\s+(?:№\s*)?({_LIST})")
_KK = re.compile(rf"(?<![\w-])({_LIST})\s*-?\s*(?:" + "|".join(f"(?P<{k}>{w})" for k, w in _KK_WORDS.items()) + ")")
_RU_ORDINAL = r"(?:двадцат[а-я]+\s+)?(?:" + "|".join(sorted(RU_STEMS, key=len, reverse=True)) + r")[а-я]{1,4}"
_RU_ORDINALS = rf"{_RU_ORDINAL}(?:(?:\s*,\s*|\s+и\s+|\s+-\s+){_RU_ORDINAL})*"
_KK_FOLDED = tuple(fold(each) for each in KK_ORDINALS)
_KK_ORDINAL = "(?:" + "|".join(sorted(_KK_FOLDED, key=len, reverse=True)) + ")"
_KK_ORDINALS = rf"{_KK_ORDINAL}(?:(?:\s*,\s*|\s+(?:жане|мен|пен)\s+|\s+-\s+){_KK_ORDINAL})*"
_COUNTED = re.compile(
    rf"\b(?P<a>абзац[а-я]*|част[а-я]{{1,3}})\s+(?P<b>{_RU_ORDINALS}|\d+\b)"
    rf"|\b(?P<c>{_RU_ORDINALS})\s+(?P<d>абзац[а-я]*|част[а-я]{{1,3}})\b"
    rf"|(?P<e>{_KK_ORDINALS}|\b\d+)[\s-]+(?P<f>абзац[а-я]*|боли[кг][а-я]*)"
)
_TITLE = re.compile(r"\bзаголов[а-я]+|\bнаименовани[ея]\s+(?:глав|стат|параграф|раздел)|\bтакыры[пб][а-я]*")
_PREAMBLE = re.compile(r"\bпреамбул[а-я]*|\bкириспе[а-я]*")
_ANNEX_ALONE = re.compile(r"\bприложени[еяюи]м?\b(?!\s*(?:№\s*)?\d)|(?<!-)\bкосымша(?:сы|да|ны|нын)[а-я]*")
_INSTRUMENTAL = re.compile(r"(?:ом|ами|ями|ой|ей|ью|ием|мен|пен|бен)$")

Place = Mapping[str, tuple[str, ...]]  # kind → numbers, from the whole to the part


def read_place(text: str, *, adds: bool = False) -> Place:
    """What the words name, by kind; {} for nothing. `text` is without quotations.

    Of two mentions of one kind the first counts; where something is added («статью 5 дополнить пунктом 3 после пункта
    2») the one that says with what.
    """
    folded = fold(text)
    found: dict[str, tuple[str, ...]] = {}
    strong: set[str] = set()
    for kind, word, numbers in _mentions(folded):
        is_strong = adds and bool(_INSTRUMENTAL.search(word))
        if kind not in found or (is_strong and kind not in strong):
            found[kind] = numbers
            if is_strong:
                strong.add(kind)
    if _TITLE.search(folded):
        found[TITLE] = ("",)
    if _PREAMBLE.search(folded):
        found[PREAMBLE] = ("",)
    if "annex" not in found and _ANNEX_ALONE.search(folded):
        found["annex"] = ("",)
    return {kind: found[kind] for kind in LEVELS if kind in found}


def merge_places(outer: Place, inner: Place) -> Place:
    """What an instruction names within what the lines above it named: it replaces its own level and all below."""
    if not inner:
        return outer
    first = min(LEVELS.index(kind) for kind in inner)
    kept = {kind: numbers for kind, numbers in outer.items() if LEVELS.index(kind) < first}
    return {**kept, **inner}


def _mentions(folded: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """(kind, the word, numbers) in the order of the text."""
    found = []
    for match in _RU_FIRST.finditer(folded):
        if (numbers := _RU_NUMBERS.match(folded, match.end())) is not None:
            found.append((match.start(), match.lastgroup or "", match[0], _numbers(numbers[1])))
    for match in _KK.finditer(folded):
        kind = match.lastgroup or ""
        found.append((match.start(), kind, match[kind], _numbers(match[1])))
    for match in _COUNTED.finditer(folded):
        word = match["a"] or match["d"] or match["f"]
        kind = "indent" if word.startswith("абзац") else PASSAGE
        found.append((match.start(), kind, word, _ordinals(match["b"] or match["c"] or match["e"])))
    return [(kind, word, numbers) for _, kind, word, numbers in sorted(found)]


def _numbers(text: str) -> tuple[str, ...]:
    numbers: list[str] = []
    is_range = False
    for part in re.split(rf"({_JOIN})", text):
        if re.fullmatch(_JOIN, part):
            is_range = "-" in part
            continue
        number = part.strip(" )")
        if is_range and number.isdecimal() and numbers and numbers[-1].isdecimal():
            numbers += [str(each) for each in range(int(numbers[-1]) + 1, int(number))][:MOST_NUMBERS]
        if number:
            numbers.append(number)
    return tuple(numbers[:MOST_NUMBERS])


def _ordinals(text: str) -> tuple[str, ...]:
    if text.isdecimal():
        return (text,)
    numbers: list[int] = []
    is_range = False
    for part in re.split(r"(\s*,\s*|\s+(?:и|жане|мен|пен)\s+|\s+-\s+)", text):
        if part.strip() in (",", "и", "жане", "мен", "пен", "-"):
            is_range = part.strip() == "-"
            continue
        number = _ordinal(part.strip())
        if is_range and numbers:
            numbers += range(numbers[-1] + 1, number)
        numbers.append(number)
    return tuple(str(number) for number in numbers if number)[:MOST_NUMBERS]


def _ordinal(word: str) -> int:
    if word in _KK_FOLDED:
        return _KK_FOLDED.index(word) + 1
    tens, _, ones = word.rpartition(" ")
    best = max((stem for stem in RU_STEMS if ones.startswith(stem)), key=len, default="")
    return (20 if tens else 0) + (RU_STEMS.index(best) + 1 if best else 0)
