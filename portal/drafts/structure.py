"""What is the text of an act made of: which provisions, in what order, under which stable keys?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """The levels of an act, whatever its tradition calls them.

    `section` is раздел / бөлім; `article` is the article-level unit (статья, бап, a UK section or regulation);
    `point` is пункт / тармақ / UK "(1)"; `indent` is any unnumbered part (часть, абзац).
    """

    part = "part"
    section = "section"
    subsection = "subsection"
    chapter = "chapter"
    paragraph = "paragraph"
    article = "article"
    point = "point"
    subpoint = "subpoint"
    indent = "indent"
    annex = "annex"
    table = "table"


@dataclass(frozen=True, slots=True)
class Provision:
    """One unit of the text.

    `number` is as printed without the word and the closing mark ("12-1", "4", "a", "IV"; "" when there is none),
    `text` is the unit's own words (lines parted by a newline), `rows` the cells of a table, `notes` the editorial
    notes that belong to the unit.
    """

    key: str
    kind: Kind
    number: str
    heading: str
    text: str
    children: tuple[Provision, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Warning_:
    """Something a person should look at; `code` and `params` let the interface say it in its own language."""

    code: str
    key: str = ""
    params: Mapping[str, str | int] = field(default_factory=dict, hash=False)

    @property
    def template(self) -> str:
        """The English sentence with %(name)s placeholders: the msgid in the `structure` catalogue."""
        return WARNINGS.get(self.code, self.code)

    def __str__(self) -> str:
        sentence = self.template % self.params
        return f"{self.key}: {sentence}" if self.key else sentence


# The interface shows which provision is meant from the warning's key; the sentences need not name it.
WARNINGS: dict[str, str] = {
    "nothing_recognised": "No articles or points were recognised: the whole text is kept as plain paragraphs.",
    "other_language": "This text seems to be in another language than the one it was uploaded for.",
    "number_repeated": "The number %(number)s stands twice at the same level.",
    "number_skipped": "The numbering jumps from %(before)s to %(number)s.",
    "more_warnings": "There are more places like these; correct the first ones and upload the text again.",
    "only_in_kk": "This unit is in the Kazakh text only.",
    "only_in_ru": "This unit is in the Russian text only.",
    "kind_differs": "The languages disagree on what kind of unit number %(number)s is.",
    "parts_differ": "Unnumbered paragraphs in this unit: %(kk)s in Kazakh, %(ru)s in Russian.",
    "rows_differ": "Rows in this table: %(kk)s in Kazakh, %(ru)s in Russian.",
}


@dataclass(frozen=True, slots=True)
class Outline:
    """The structure of one language's text of an act, in reading order."""

    language: str
    title: str
    provisions: tuple[Provision, ...]
    warnings: tuple[Warning_, ...]

    @property
    def tables(self) -> int:
        """How many tables the text holds, at any depth."""
        return sum(1 for provision, _, _ in walk(self.provisions) if provision.kind is Kind.table)


def walk(
    provisions: Iterable[Provision], depth: int = 0, parent_key: str | None = None
) -> Iterator[tuple[Provision, int, str | None]]:
    """Yield (provision, depth from 0, key of the parent or None) in reading order."""
    for provision in provisions:
        yield provision, depth, parent_key
        yield from walk(provision.children, depth + 1, provision.key)


def find(outline: Outline, key: str) -> Provision | None:
    """The provision with this key, or None."""
    return next((provision for provision, _, _ in walk(outline.provisions) if provision.key == key), None)


def outline_to_json(outline: Outline) -> dict[str, Any]:
    """A plain document: the form `flask drafts outline --json` prints and a version stores."""
    return {
        "language": outline.language,
        "title": outline.title,
        "provisions": [_provision_to_json(provision) for provision in outline.provisions],
        "tables": outline.tables,
        "warnings": [
            {"code": warning.code, "key": warning.key, "params": dict(warning.params), "text": str(warning)}
            for warning in outline.warnings
        ],
    }


def _provision_to_json(provision: Provision) -> dict[str, Any]:
    document: dict[str, Any] = {
        "key": provision.key,
        "kind": provision.kind.value,
        "number": provision.number,
        "heading": provision.heading,
        "text": provision.text,
        "children": [_provision_to_json(child) for child in provision.children],
    }
    if provision.rows:
        document["rows"] = [list(row) for row in provision.rows]
    if provision.notes:
        document["notes"] = list(provision.notes)
    return document


def outline_from_json(document: Mapping[str, Any]) -> Outline:
    """The outline that `outline_to_json` wrote; KeyError or ValueError when the document is not one."""
    return Outline(
        language=document["language"],
        title=document["title"],
        provisions=tuple(_provision_from_json(child) for child in document["provisions"]),
        warnings=tuple(
            Warning_(warning["code"], warning.get("key", ""), dict(warning.get("params", {})))
            for warning in document["warnings"]
        ),
    )


def _provision_from_json(document: Mapping[str, Any]) -> Provision:
    return Provision(
        key=document["key"],
        kind=Kind(document["kind"]),
        number=document["number"],
        heading=document["heading"],
        text=document["text"],
        children=tuple(_provision_from_json(child) for child in document["children"]),
        rows=tuple(tuple(row) for row in document.get("rows", ())),
        notes=tuple(document.get("notes", ())),
    )


_ABBREVIATIONS = {
    Kind.part: "part", Kind.section: "sec", Kind.subsection: "subsec", Kind.chapter: "chp", Kind.paragraph: "para",
    Kind.article: "art", Kind.point: "pnt", Kind.subpoint: "sub", Kind.indent: "ind", Kind.annex: "annex",
    Kind.table: "tbl",
}
_CONTAINERS = frozenset({Kind.part, Kind.section, Kind.subsection, Kind.chapter, Kind.paragraph})
# Numbered through the whole act or annex by the rules of drafting, so that a key need not name the chapter.
_THROUGH = frozenset({Kind.part, Kind.section, Kind.chapter, Kind.article, Kind.point, Kind.subpoint})
_LETTERED = frozenset({Kind.point, Kind.subpoint})
_MOST_WARNINGS = 200
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def assign_keys(outline: Outline) -> Outline:
    """The same outline with a key for every provision, like Akoma Ntoso's eId: `chp_3__para_1`, `art_12-1__pnt_4`.

    Keys say kinds and numbers only, so that both languages get the same. What is numbered through the act (articles,
    points of by-laws, chapters) has no chapter in its key and keeps it when chapters are reshuffled; where the
    numbers start anew in each chapter the key begins with the chapter's. An unnumbered part counts from the words
    of its unit, which are the first: `art_5__ind_2`. A number met twice gets `_2` and a warning.
    """
    maker = _KeyMaker(counts_letters=outline.language in ("kk", "ru"))
    provisions = maker.keyed(outline.provisions, "", "", _restarting(outline.provisions))
    return replace(outline, provisions=provisions, warnings=(*outline.warnings, *maker.warnings))


class _KeyMaker:
    def __init__(self, *, counts_letters: bool) -> None:
        # «б)» of one language is «ә)» of the other, and Latin letters stand in for both: the place alone is shared.
        self._counts_letters = counts_letters
        self.warnings: list[Warning_] = []
        self._used: set[str] = set()
        self._turns: dict[str, int] = {}

    def keyed(
        self, provisions: Sequence[Provision], parent: str, scope: str, restarting: frozenset[Kind], *,
        has_text: bool = False,
    ) -> tuple[Provision, ...]:  # fmt: skip
        places: dict[Kind, int] = {Kind.indent: 1} if has_text else {}
        before: dict[Kind, str] = {}
        result = []
        for provision in provisions:
            kind = provision.kind
            places[kind] = places.get(kind, 0) + 1
            is_counted = self._counts_letters and provision.number.isalpha() and kind in _LETTERED
            number = ("" if is_counted else _slug(provision)) or str(places[kind])
            stem = _stem(provision, number, parent, scope, restarting)
            key = self._unique(stem, provision)
            self._watch_sequence(before.get(kind, ""), provision, key)
            before[kind] = provision.number
            inner_scope, inner = (key, _restarting(provision.children)) if kind is Kind.annex else (scope, restarting)
            if kind not in _CONTAINERS and kind is not Kind.annex:
                inner_scope, inner = key, frozenset()
            children = self.keyed(provision.children, key, inner_scope, inner, has_text=bool(provision.text))
            result.append(replace(provision, key=key, children=children))
        return tuple(result)

    def _unique(self, stem: str, provision: Provision) -> str:
        key, turn = stem, self._turns.get(stem, 1)
        while key in self._used:
            turn += 1
            key = f"{stem}_{turn}"
        self._turns[stem] = turn
        if turn > 1:
            self._warn(Warning_("number_repeated", key, {"number": provision.number}))
        self._used.add(key)
        return key

    def _watch_sequence(self, before: str, provision: Provision, key: str) -> None:
        if before.isdecimal() and provision.number.isdecimal() and int(provision.number) > int(before) + 1:
            self._warn(Warning_("number_skipped", key, {"before": before, "number": provision.number}))

    def _warn(self, warning: Warning_) -> None:
        """Nobody reads a thousand warnings: past the limit one says that there are more."""
        if len(self.warnings) < _MOST_WARNINGS:
            self.warnings.append(warning)
        elif len(self.warnings) == _MOST_WARNINGS:
            self.warnings.append(Warning_("more_warnings"))


def _stem(provision: Provision, name: str, parent: str, scope: str, restarting: frozenset[Kind]) -> str:
    is_through = provision.kind in _THROUGH and provision.number and provision.kind not in restarting
    prefix = scope if is_through else parent
    own = f"{_ABBREVIATIONS[provision.kind]}_{name}"
    return f"{prefix}__{own}" if prefix else own


def _slug(provision: Provision) -> str:
    """The number in ASCII, with Roman numerals of headed units in Arabic; "" for none and for other letters."""
    number = provision.number.lower()
    if not number.isascii():
        return ""
    if provision.kind in _CONTAINERS or provision.kind in (Kind.annex, Kind.article):
        numeral, dash, inserted = number.partition("-")
        # A lone C, D, L or M is the letter of a part, not a hundred parts.
        if numeral and set(numeral) <= set(_ROMAN) and (len(numeral) > 1 or numeral in "ivx"):
            number = f"{_roman_value(numeral)}{dash}{inserted}"
    return re.sub(r"[^a-z0-9]+", "-", number).strip("-")


def _roman_value(numeral: str) -> int:
    worths = [_ROMAN[letter] for letter in numeral]
    following = [*worths[1:], 0]
    return sum(-worth if worth < after else worth for worth, after in zip(worths, following, strict=True))


def _restarting(provisions: Sequence[Provision]) -> frozenset[Kind]:
    """The kinds whose numbering starts anew: the first number of the kind stands in two different containers."""
    first: dict[Kind, str] = {}
    owners: dict[Kind, set[int]] = {}

    def visit(children: Sequence[Provision], owner: int) -> None:
        for child in children:
            if child.number and child.kind in _THROUGH:
                first.setdefault(child.kind, child.number)
                if child.number == first[child.kind]:
                    owners.setdefault(child.kind, set()).add(owner)
            if child.kind in _CONTAINERS:
                visit(child.children, id(child))

    visit(provisions, 0)
    return frozenset(kind for kind, found in owners.items() if len(found) > 1)


def compare_languages(kk: Outline, ru: Outline) -> tuple[Warning_, ...]:
    """Where the Kazakh and the Russian text disagree in structure, in reading order of the Kazakh one.

    A unit missing with all it holds is named once, by its own key.
    """
    left, right = _by_key(kk), _by_key(ru)
    lonely_left = _lonely(left, right)
    lonely_right = _lonely(right, left)
    warnings: list[Warning_] = []
    for key, (provision, parent) in left.items():
        if key in lonely_left:
            twin = next((other for other in lonely_right if _is_same_place(right[other], (provision, parent))), None)
            if twin is None:
                warnings.append(Warning_("only_in_kk", key, {"number": provision.number}))
            else:
                lonely_right.remove(twin)
                warnings.append(Warning_("kind_differs", key, {"number": provision.number}))
        elif key in right:
            warnings.extend(_compare_contents(key, provision, right[key][0]))
    warnings.extend(Warning_("only_in_ru", key, {"number": right[key][0].number}) for key in lonely_right)
    return tuple(warnings)


_Place = tuple[Provision, str | None]


def _by_key(outline: Outline) -> dict[str, _Place]:
    return {
        provision.key: (provision, parent)
        for provision, _, parent in walk(outline.provisions)
        if provision.kind is not Kind.indent
    }


def _lonely(own: Mapping[str, _Place], other: Mapping[str, _Place]) -> list[str]:
    return [
        key for key, (_, parent) in own.items() if key not in other and (parent is None or parent in other)
    ]


def _is_same_place(one: _Place, other: _Place) -> bool:
    return one[1] == other[1] and one[0].number != "" and one[0].number == other[0].number


def _compare_contents(key: str, kk: Provision, ru: Provision) -> Iterator[Warning_]:
    if kk.kind is Kind.table and len(kk.rows) != len(ru.rows):
        yield Warning_("rows_differ", key, {"kk": len(kk.rows), "ru": len(ru.rows)})
    parts = [sum(child.kind is Kind.indent for child in side.children) + bool(side.text) for side in (kk, ru)]
    if parts[0] != parts[1] and kk.kind not in _CONTAINERS:
        yield Warning_("parts_differ", key, {"kk": parts[0], "ru": parts[1]})
