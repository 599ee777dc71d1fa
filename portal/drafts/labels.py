"""How is a provision called in each language: «10-тармақ», «пункт 10», "point 10"?

References run from the whole to the part in all three languages: «18-бап, 4-тармақ», «ст. 18, п. 4».
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from portal.drafts.cells import TablePlace
from portal.drafts.structure import Kind, Outline, Provision, place_of

_WORDS: Mapping[str, Mapping[Kind, str]] = {
    "kk": {
        Kind.part: "бөлік", Kind.section: "бөлім", Kind.subsection: "кіші бөлім", Kind.chapter: "тарау",
        Kind.paragraph: "параграф", Kind.article: "бап", Kind.point: "тармақ", Kind.subpoint: "тармақша",
        Kind.indent: "абзац", Kind.annex: "қосымша", Kind.table: "кесте",
    },
    "ru": {
        Kind.part: "часть", Kind.section: "раздел", Kind.subsection: "подраздел", Kind.chapter: "глава",
        Kind.paragraph: "параграф", Kind.article: "статья", Kind.point: "пункт", Kind.subpoint: "подпункт",
        Kind.indent: "абзац", Kind.annex: "приложение", Kind.table: "таблица",
    },
    "en": {
        Kind.part: "part", Kind.section: "section", Kind.subsection: "subsection", Kind.chapter: "chapter",
        Kind.paragraph: "paragraph", Kind.article: "article", Kind.point: "point", Kind.subpoint: "subpoint",
        Kind.indent: "indent", Kind.annex: "annex", Kind.table: "table",
    },
}  # fmt: skip
# Short forms for references of several steps; Kazakh has none.
_SHORT: Mapping[str, Mapping[Kind, str]] = {
    "kk": {},
    "ru": {
        Kind.part: "ч.", Kind.section: "разд.", Kind.subsection: "подразд.", Kind.chapter: "гл.", Kind.paragraph: "§",
        Kind.article: "ст.", Kind.point: "п.", Kind.subpoint: "подп.", Kind.indent: "абз.", Kind.annex: "прил.",
        Kind.table: "табл.",
    },
    "en": {Kind.article: "art.", Kind.chapter: "ch.", Kind.paragraph: "§"},
}  # fmt: skip
# How a row and a column of a table are called by their place; «графа» is the word of acts.
_GRID = {"kk": ("{}-жол", "{}-баған"), "ru": ("строка {}", "графа {}"), "en": ("row {}", "column {}")}
_CONTAINERS = frozenset({Kind.part, Kind.section, Kind.subsection, Kind.chapter, Kind.paragraph})


def label(kind: Kind, number: str, locale: str) -> str:
    """The name of one unit in kk, ru or en (English for any other locale); the bare word when it has no number."""
    words = _WORDS.get(locale, _WORDS["en"])
    return _joined(kind, number, words[kind], locale)


def label_of(provision: Provision, locale: str) -> str:
    """The name of a provision as a heading says it, with a capital: "Пункт 10", "Article 3", "10-тармақ"."""
    text = label(provision.kind, _number(provision), locale)
    return text[:1].upper() + text[1:]


def mark_of(provision: Provision) -> str:
    """The number as it stands before the text: "9." of a point, "2)" of a subpoint; "" where there is none."""
    ending = {Kind.point: ".", Kind.subpoint: ")"}.get(provision.kind, "")
    return f"{provision.number}{ending}" if provision.number else ""


def chain_label(chain: Sequence[Provision], locale: str, place: TablePlace | None = None) -> str:
    """The reference to the last of a chain of provisions that leads from the top of the text down to it.

    `place` is a row or cell of it, where it is a table: "Таблица 1, строка 3, графа 2".
    """
    text = _reference(chain[-1], tuple(chain[:-1]), locale)
    name = text[:1].upper() + text[1:]
    return f"{name}, {grid_label(place.row, place.column, locale)}" if place else name


def grid_label(row: int, column: int, locale: str) -> str:
    """A row of a table or, with `column`, one of its cells by their places counted from 1: «3-жол, 2-баған»."""
    words = _GRID.get(locale, _GRID["en"])
    return ", ".join(word.format(at) for word, at in zip(words, (row, column), strict=True) if at)


def path_label(outline: Outline, key: str, locale: str) -> str:
    """The reference to the provision with this key, from the whole to the part; "" when the outline has none."""
    return path_labels(outline, locale).get(key, "")


def path_labels(outline: Outline, locale: str) -> dict[str, str]:
    """The reference to every provision of the outline, by key: one pass instead of one for each.

    Chapters are named only where their units begin to count anew, and when they are referred to themselves.
    """
    labels: dict[str, str] = {}

    def visit(provision: Provision, above: tuple[Provision, ...]) -> None:
        labels[provision.key] = _reference(provision, above, locale)
        for child in provision.children:
            visit(child, (*above, provision))

    for provision in outline.provisions:
        visit(provision, ())
    return labels


def _reference(provision: Provision, above: tuple[Provision, ...], locale: str) -> str:
    named = [
        step for step in above
        if (step.number or step.kind is Kind.annex)
        and (step.kind not in _CONTAINERS or place_of(provision).startswith(f"{place_of(step)}__"))
    ]  # fmt: skip
    if not named:
        return label(provision.kind, _number(provision), locale)
    return ", ".join(_short(step, locale) for step in (*named, provision))


def _short(provision: Provision, locale: str) -> str:
    words = _WORDS.get(locale, _WORDS["en"])
    word = _SHORT.get(locale, _SHORT["en"]).get(provision.kind, words[provision.kind])
    return _joined(provision.kind, _number(provision), word, locale)


def _number(provision: Provision) -> str:
    """Unnumbered parts and tables are counted, as the keys of their places count them."""
    if provision.number or provision.kind not in (Kind.indent, Kind.table):
        return provision.number
    return place_of(provision).rpartition("_")[2]


def _joined(kind: Kind, number: str, word: str, locale: str) -> str:
    if not number:
        return word
    # Subpoints are printed with their bracket: «2) тармақша», «подпункт 2)».
    bracket = ")" if kind is Kind.subpoint and locale in ("kk", "ru") else ""
    if locale == "kk":
        joint = " " if bracket or not number[0].isdigit() else "-"
        return f"{number}{bracket}{joint}{word}"
    return f"{word} {number}{bracket}"
