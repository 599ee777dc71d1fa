"""Which number does the label of a unit in legal XML say, and which of its words are more than a number?"""

from __future__ import annotations

import re

from portal.drafts.importers.folding import fold
from portal.drafts.importers.marks import number_worth, plain_number

_WORDS = frozenset(map(fold, (
    "article", "art", "section", "sec", "chapter", "chap", "part", "title", "book", "schedule", "annex", "appendix",
    "paragraph", "para", "point", "clause", "regulation", "reg", "rule", "subsection", "subparagraph", "division", "no",
    "number", "erthygl", "pennod", "rhan", "atodlen", "rheol", "adran", "§", "§§", "№", "articolo", "articulo", "artículo",
    "artigo", "kapitel", "artikel", "abschnitt", "capitulo", "capítulo", "titulo", "título", "seccion", "sección",
    "статья", "глава", "раздел", "подраздел", "часть", "параграф", "пункт", "подпункт", "приложение", "бап", "тарау",
    "бөлім", "бөлік", "кіші", "тармақ", "тармақша", "қосымша",
)))  # fmt: skip
_EDGES = " \t\n\u00a0.,:;()[]{}«»“”„\"'‘’`–—-"
_KAZAKH = re.compile(r"(?P<number>.+?)\s?-?\s?(?:киши )?(?:бап|тарау|болим|болик|тармак|тармакша|косымша|параграф)")
_NUMBER = re.compile(
    r"\d+[A-Za-zА-Яа-я]{0,3}[⁰¹²³⁴⁵⁶⁷⁸⁹]*(?:[-./–]\w{1,6})*"
    r"|[IVXLCDM]+(?:-\d+)?|[ivxlcdm]{1,7}|[A-Za-z]{1,2}|[a-z]{3}|[а-яәғқңөұүһі]"
)
_LONGEST = 60


def number_of(label: str) -> tuple[str, str]:
    """The number without words and closing marks ("Article 12." is "12"), and the words that are no part of it."""
    text = " ".join(label.split()).strip(_EDGES)
    if not text:
        return "", ""
    if len(text) > _LONGEST:
        return "", text
    kazakh = _KAZAKH.fullmatch(fold(text))
    if kazakh is not None:
        text = text[:kazakh.end("number")].strip(_EDGES)
    words = [word.strip(_EDGES) for word in text.split()]
    told = [word for word in words if word and fold(word.lower()) not in _WORDS]
    if not told:
        return "", ""
    for place, word in enumerate(told):
        if _NUMBER.fullmatch(word) or number_worth(word) is not None:
            number = word if word.isascii() else plain_number(word).replace("–", "-")
            following = told[place + 1:]
            if following and following[0].lower() in ("bis", "ter", "quater", "quinquies"):
                number, following = f"{number}-{following[0].lower()}", following[1:]
            return number, " ".join([*told[:place], *following])
    return "", text
