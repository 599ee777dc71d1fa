"""Does a line begin a unit of the law, and which one: «Глава 2.», «12-1-бап.», «3.», «4)», "(a)"?

Words are matched in folded letters, so that mixed scripts do not hide them; numbers and headings are returned as
printed. A mark says only what the line looks like: whether it fits its place is for `assemble` to decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntEnum

from portal.drafts.importers.folding import fold, roman_value
from portal.drafts.importers.orders import ends_in_order, orders_change
from portal.drafts.structure import Kind


class Rank(IntEnum):
    """How deep a unit stands; a unit belongs to the nearest open one of lesser rank."""

    annex = 0
    part = 1
    section = 2
    subsection = 3
    chapter = 4
    paragraph = 5
    article = 6
    point = 7
    subpoint = 8
    letter = 9
    numeral = 10
    capital = 11


@dataclass(frozen=True, slots=True)
class Mark:
    """What the beginning of a line says; `rest` is the line after it, `is_worded` tells "Статья 5" from "5."."""

    kind: Kind
    number: str
    rest: str
    rank: Rank
    is_worded: bool = False
    is_decimal: bool = False


_RANKS = {kind: Rank[kind.value] for kind in Kind if kind not in (Kind.indent, Kind.table)}

_DIGITS = r"\d{1,5}[⁰¹²³⁴⁵⁶⁷⁸⁹]*(?:[.-]\d{1,3}(?!\d))*"
_NUMERALS = r"[иvухlсмd]+(?:-\d+)?"
_ORDINALS = {
    1: "перв биринши", 2: "втор екинши", 3: "трет ушинши", 4: "четверт тортинши", 5: "пят бесинши",
    6: "шест алтыншы", 7: "седьм жетинши", 8: "восьм сегизинши", 9: "девят тогызыншы", 10: "десят оныншы",
    11: "одиннадцат", 12: "двенадцат", 13: "тринадцат", 14: "четырнадцат", 15: "пятнадцат",
}
_ORDINAL_WORTH = {stem: worth for worth, stems in _ORDINALS.items() for stem in stems.split()}
_ORDINAL = r"(?:" + "|".join(sorted(_ORDINAL_WORTH, key=len, reverse=True)) + r")(?:ый|ая|ой|ий|ья|ое)?"
_NUMBER = rf"(?P<number>{_DIGITS}|{_NUMERALS}|{_ORDINAL})"
_END = r"(?P<end>[.:)]?)(?=\s|$)\s*"

_RU_WORDS = {
    "раздел": Kind.section, "подраздел": Kind.subsection, "глава": Kind.chapter, "параграф": Kind.paragraph,
    "§": Kind.paragraph, "статья": Kind.article, "часть": Kind.part,
}
_KK_WORDS = {
    "болим": Kind.section, "киши болим": Kind.subsection, "тарау": Kind.chapter, "параграф": Kind.paragraph,
    "§": Kind.paragraph, "бап": Kind.article, "болик": Kind.part,
}
_RU_UNIT = re.compile(rf"(?P<word>{'|'.join(_RU_WORDS)})\s*№?\s*{_NUMBER}{_END}")
_KK_UNIT = re.compile(rf"{_NUMBER}\s?-?\s?(?:ши|шы)?\s?(?P<word>{'|'.join(_KK_WORDS)}){_END}")
_KK_REVERSED = re.compile(rf"(?P<word>{'|'.join(_KK_WORDS)})\s+{_NUMBER}{_END}")
_NAMED_PART = re.compile(r"(?:общая|особенная)\s+часть|(?:жалпы|ерекше)\s+болик")

_EN_WORDS = {
    "part": Kind.part, "chapter": Kind.chapter, "section": Kind.section, "subsection": Kind.subsection,
    "article": Kind.article, "paragraph": Kind.paragraph, "rhan": Kind.part, "pennod": Kind.chapter,
    "erthygl": Kind.article, "§": Kind.paragraph,
}
_EN_UNIT = re.compile(
    rf"(?P<word>{'|'.join(_EN_WORDS)})\s*(?P<number>\d{{1,4}}[a-z]{{0,2}}(?:[.-]\d+)*|[ivxlc]+|[a-z])"
    r"(?P<end>[.:)]?)(?=[\s—–-]|$)\s*(?:[—–-]\s*)?",
    re.IGNORECASE,
)

_POINT = re.compile(r"(?P<number>\d{1,3}[⁰¹²³⁴⁵⁶⁷⁸⁹]*(?:-\d{1,3})*)\.(?!\d)\s*")
_DECIMAL = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3}){1,4})(?:\.(?!\d)|(?=\s))\s*")
_SUBPOINT = re.compile(r"(?P<number>\d{1,3}[⁰¹²³⁴⁵⁶⁷⁸⁹]*(?:[-.]\d{1,3})*)\)(?!\d)\s*")
_LETTER = re.compile(r"(?P<number>[а-яәғқңөұүһіa-z])\)\s*", re.IGNORECASE)
# "1." and "1.—(1)" of a regulation, "1" before a tab or at a heading of an act, with letters of inserted ones: 12A.
_CLAUSE = re.compile(r"(?P<number>[A-Z]{0,3}\d{1,4}[A-Z]{0,3})(?P<end>\.|(?=\s*[—–-]+\s*\()|(?=\t)|(?=  ))(?!\d)")
_CLAUSE_HEADING = re.compile(r"(?P<number>[A-Z]{0,3}\d{1,4}[A-Z]{0,3})(?=\s)")
_BRACKETED = re.compile(
    r"(?:(?:SUBSECTION|SUBPARAGRAPH|PARAGRAPH|ITEM)\s)?\((?P<number>\d{1,3}[A-Z]{0,3}|[a-z]{1,6}|[A-Z]{1,3})\)\s*"
)
_JOINING_DASH = re.compile(r"^\s*[—–-]+\s*")

_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_LATIN_NUMERALS = str.maketrans("иvухlсмd", "IVVXLCMD")
_REPEALED = re.compile(
    r"[(\[]?(?:(?:стать[яи]|глав[аы]|раздел|параграф|пункты?|подпункты?|часть|абзац|бап|тарау|тармак|тармакша)\s+)?"
    r"(?:исключен|утратил|не применяется|алып тасталды|алынып тасталды|алып тасталган|куши жойыл|repealed|omitted|revoked"
    r"|deleted)"
)
_FINAL = (".", ":", ";", ",")


def is_sentence(text: str) -> bool:
    """Does the text end as a sentence or a list does, and so is no heading?"""
    return text.rstrip().endswith(_FINAL)


def is_repeal(text: str) -> bool:
    """Does the text after a number say only that the unit is no more?"""
    return bool(_REPEALED.match(fold(text[:80].lower())) or _REPEALED.match(text[:80].lower()))


def plain_number(printed: str) -> str:
    """A printed number in one spelling: "12¹" is "12-1", Cyrillic «ІХ» is "IX", «второй» is "2"."""
    if printed[:1].isdigit():
        raised = re.sub(r"(?<=\d)([⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda found: "-" + found[1].translate(_SUPERSCRIPT), printed)
        return re.sub(r"\s+", "", fold(raised))
    folded = fold(printed).strip()
    numeral, dash, inserted = folded.partition("-")
    if roman_value(numeral) is not None:
        return numeral.translate(_LATIN_NUMERALS) + dash + inserted
    return str(number_worth(printed) or printed)


def number_worth(number: str) -> int | None:
    """What a printed number counts to (the first part of "12-1"), for Arabic, Roman and worded ordinals."""
    folded = fold(number).strip()
    digits = re.match(r"\d+", folded)
    if digits:
        return int(digits[0])
    roman = roman_value(folded.partition("-")[0])
    if roman is not None:
        return roman
    stem = re.match(_ORDINAL, folded)
    return next((worth for known, worth in _ORDINAL_WORTH.items() if stem and stem[0].startswith(known)), None)


class Grammar:
    """The marks of one document's tradition.

    `clauses_are_articles` is true where articles go without a word and the line "1." begins one (a UK section or
    regulation); otherwise "1." is a point. `sections_are_articles` where "Section 1" does, `parts_in_chapters`
    where chapters are divided into parts and not the other way round.
    """

    def __init__(
        self, language: str, *, clauses_are_articles: bool = False, sections_are_articles: bool = False,
        parts_in_chapters: bool = False,
    ) -> None:  # fmt: skip
        self.is_english = language not in ("kk", "ru")
        self.clauses_are_articles = clauses_are_articles
        self.sections_are_articles = sections_are_articles
        self.parts_in_chapters = parts_in_chapters

    def find(self, text: str, *, is_heading: bool = False, in_annex: bool = False) -> Mark | None:
        """The mark at the beginning of the line, if one is there."""
        stripped = text.lstrip()
        head = fold(stripped[:120])
        mark = _worded_english(stripped) if self.is_english else _worded(stripped, head)
        if mark is not None:
            if mark.kind is Kind.section and self.sections_are_articles:
                return replace(mark, kind=Kind.article, rank=Rank.article)
            if mark.kind is Kind.part and self.parts_in_chapters:
                return replace(mark, rank=Rank.paragraph)
            return mark
        if self.is_english:
            mark = self._clause(stripped, is_heading, in_annex) or self._bracketed(stripped, in_annex)
        return mark or _numbered(stripped)

    def _clause(self, text: str, is_heading: bool, in_annex: bool) -> Mark | None:
        if not self.clauses_are_articles:
            return None
        found = _CLAUSE.match(text) or (_CLAUSE_HEADING.match(text) if is_heading else None)
        if found is None or (number_worth(found["number"].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) or 0) > 1900:
            return None
        rest = _JOINING_DASH.sub("", text[found.end():]).strip()
        kind = Kind.point if in_annex else Kind.article
        return Mark(kind, found["number"], rest, _RANKS[kind])

    def _bracketed(self, text: str, in_annex: bool) -> Mark | None:
        """"(1)" is a point, but lies below the point "1." in a schedule; "(a)" and "(A)" are deeper."""
        found = _BRACKETED.match(text)
        if found is None:
            return None
        number = found["number"]
        kind, rank = Kind.subpoint, Rank.capital if number[0].isupper() else Rank.letter
        if number[0].isdigit():
            is_deep = in_annex and self.clauses_are_articles
            kind, rank = (Kind.subpoint, Rank.subpoint) if is_deep else (Kind.point, Rank.point)
        return Mark(kind, number, text[found.end():].strip(), rank)


def _worded(text: str, head: str) -> Mark | None:
    found = _RU_UNIT.match(head)
    words = _RU_WORDS
    if found is not None and not (text[0].isupper() or text[0] == "§"):
        found = None
    if found is None:
        words = _KK_WORDS
        found = _KK_UNIT.match(head) or _KK_REVERSED.match(head)
        if found is not None and found.re is _KK_REVERSED and not text[0].isupper():
            found = None
    if found is None:
        named = _NAMED_PART.fullmatch(head.strip())
        return Mark(Kind.part, "", text.strip(), Rank.part, is_worded=True) if named else None
    number = text[found.start("number"):found.end("number")]
    if number_worth(number) is None:
        return None
    rest = text[found.end():].strip()
    if not found["end"] and not _may_follow_bare_number(rest):
        return None
    kind = words[found["word"]]
    return Mark(kind, plain_number(number.rstrip(".")), rest, _RANKS[kind], is_worded=True)


def _may_follow_bare_number(rest: str) -> bool:
    """«Статья 5 Сфера действия» is a heading; «Статья 5 Кодекса применяется ...» and «5-бап ... жазылсын:» are not."""
    if not rest or is_repeal(rest):
        return True
    return not rest[0].islower() and not is_sentence(rest) and len(rest) < 400 and not ends_in_order(rest)


def _worded_english(text: str) -> Mark | None:
    found = _EN_UNIT.match(text)
    if found is None or not (text[0].isupper() or text[0] == "§"):
        return None
    rest = text[found.end():].strip()
    if not found["end"] and not _may_follow_bare_number(rest):
        return None
    if found["number"].isalpha() and found["number"].islower():
        return None
    kind = _EN_WORDS[found["word"].lower()]
    return Mark(kind, found["number"], rest, _RANKS[kind], is_worded=True)


def _numbered(text: str) -> Mark | None:
    for pattern, kind, rank in (
        (_POINT, Kind.point, Rank.point), (_SUBPOINT, Kind.subpoint, Rank.subpoint),
        (_LETTER, Kind.subpoint, Rank.letter),
    ):
        found = pattern.match(text)
        if found is not None:
            if kind is Kind.subpoint and orders_change(text):
                return None
            return Mark(kind, plain_number(found["number"]), text[found.end():].strip(), rank)
    found = _DECIMAL.match(text)
    if found is not None and not orders_change(text):
        return Mark(Kind.point, found["number"], text[found.end():].strip(), Rank.point, is_decimal=True)
    return None
