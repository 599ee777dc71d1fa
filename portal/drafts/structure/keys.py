"""Which stable key does each provision of a text get from its own place and number?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from portal.drafts.structure.units import CONTAINERS, Kind, Outline, Provision, Warning_

_ABBREVIATIONS = {
    Kind.part: "part", Kind.section: "sec", Kind.subsection: "subsec", Kind.chapter: "chp", Kind.paragraph: "para",
    Kind.article: "art", Kind.point: "pnt", Kind.subpoint: "sub", Kind.indent: "ind", Kind.annex: "annex",
    Kind.table: "tbl",
}
# Numbered through the whole act or annex by the rules of drafting, so that a key need not name the chapter.
_THROUGH = frozenset({Kind.part, Kind.section, Kind.chapter, Kind.article, Kind.point, Kind.subpoint})
_LETTERED = frozenset({Kind.point, Kind.subpoint})
_MOST_WARNINGS = 200
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def keys_of_places(outline: Outline) -> Outline:
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
            number = ("" if is_counted else slug_of(provision)) or str(places[kind])
            stem = _stem(provision, number, parent, scope, restarting)
            key = self._unique(stem, provision)
            self._watch_sequence(before.get(kind, ""), provision, key)
            before[kind] = provision.number
            inner_scope, inner = (key, _restarting(provision.children)) if kind is Kind.annex else (scope, restarting)
            if kind not in CONTAINERS and kind is not Kind.annex:
                inner_scope, inner = key, frozenset()
            children = self.keyed(provision.children, key, inner_scope, inner, has_text=bool(provision.text))
            is_kept = provision.key == key and not children  # most units of a text whose structure is corrected
            result.append(provision if is_kept else replace(provision, key=key, children=children))
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


def slug_of(provision: Provision) -> str:
    """The number in ASCII, with Roman numerals of headed units in Arabic; "" for none and for other letters."""
    number = provision.number.lower()
    if not number.isascii():
        return ""
    if number.isdigit():
        return number
    if provision.kind in CONTAINERS or provision.kind in (Kind.annex, Kind.article):
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
            if child.kind in CONTAINERS:
                visit(child.children, id(child))

    visit(provisions, 0)
    return frozenset(kind for kind, found in owners.items() if len(found) > 1)
