"""How do two languages of a text stand side by side, unit beside unit, and where do they differ?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from portal.drafts.structure import Outline, Provision, Warning_, compare_languages, find, walk


@dataclass(frozen=True, slots=True)
class Pair:
    """One unit in both languages; a side is None where the language lacks it."""

    key: str
    depth: int
    left: Provision | None
    right: Provision | None


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where the two authentic texts disagree in structure.

    The fingerprint stays while both sides of the unit stay, words and all it holds included.
    """

    warning: Warning_
    fingerprint: str


def list_differences(outlines: Mapping[str, Outline]) -> tuple[Difference, ...]:
    """All of them, in reading order of the Kazakh text; none while one of the two is missing."""
    kk, ru = outlines.get("kk"), outlines.get("ru")
    if kk is None or ru is None:
        return ()
    return tuple(Difference(warning, _fingerprint(warning, (kk, ru))) for warning in compare_languages(kk, ru))


def words_of_difference(difference: Difference, outlines: Mapping[str, Outline]) -> str:
    """A fingerprint of what both sides say at a difference, whatever keys and number the unit has by now."""
    warning = difference.warning
    sides = [_whole(outlines[language], warning) for language in ("kk", "ru")]
    said = [warning.code, [[(kind, *words) for kind, _, *words in side[:1]] + side[1:] for side in sides]]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def find_twin(outline: Outline, other: Outline, key: str) -> Provision | None:
    """The unit of the other language that stands where this one does, though its kind or number may differ.

    It has the same key; or else it stands at the same place among the units that the other language alone has in the unit
    above.
    """
    if (same := find(other, key)) is not None:
        return same
    lonely, others = (_lonely_beside(each, key, outline, other) for each in (outline, other))
    place = next((place for place, unit in enumerate(lonely) if unit.key == key), len(others))
    return others[place] if place < len(others) else None


def _lonely_beside(side: Outline, key: str, outline: Outline, other: Outline) -> list[Provision]:
    """The units of one side beside a unit of `outline` (by the key of what holds it) that the other side lacks."""
    above = next((parent for unit, _, parent in walk(outline.provisions) if unit.key == key), None)
    holder = find(side, above) if above else None
    units = side.provisions if above is None else holder.children if holder else ()
    beyond = {unit.key for unit, _, _ in walk((other if side is outline else outline).provisions)}
    return [unit for unit in units if unit.key not in beyond]


def align(left: Outline | None, right: Outline | None) -> tuple[Pair, ...]:
    """The units of both by key, in the order of the left text; what only the right has follows what it follows there."""
    lefts = {provision.key: (provision, depth) for provision, depth, _ in _walk(left)}
    rights = {provision.key: (provision, depth) for provision, depth, _ in _walk(right)}
    followers: dict[str, list[str]] = {}
    before = ""
    for key in rights:
        if key in lefts:
            before = key
        else:
            followers.setdefault(before, []).append(key)
    order = list(followers.get("", ()))
    for key in lefts:
        order += [key, *followers.get(key, ())]
    return tuple(
        Pair(key, (lefts.get(key) or rights[key])[1], _side(lefts, key), _side(rights, key)) for key in order
    )


def chains(outline: Outline, keys: Collection[str]) -> dict[str, tuple[Provision, ...]]:
    """For each key the way to it from the top of the text; keys that are not there are left out."""
    if not keys:
        return {}
    known = {provision.key: (provision, parent) for provision, _, parent in walk(outline.provisions)}
    return {key: _chain(known, key) for key in keys if key in known}


def _fingerprint(warning: Warning_, sides: tuple[Outline, ...]) -> str:
    said = [warning.code, warning.key, dict(warning.params), [_whole(side, warning) for side in sides]]
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _whole(side: Outline, warning: Warning_) -> list[tuple[object, ...]]:
    """The unit a difference is about with all it holds, keys aside; of a unit that has another kind, what has its number."""
    found = find(side, warning.key)
    units = [found] if found is not None else []
    if not units and warning.code == "kind_differs":
        units = [unit for unit, _, _ in walk(side.provisions) if unit.number == warning.params.get("number")]
    return [
        (each.kind.value, each.number, each.heading, each.text, each.rows, each.notes) for each, _, _ in walk(units)
    ]


def _chain(known: dict[str, tuple[Provision, str | None]], key: str) -> tuple[Provision, ...]:
    chain: list[Provision] = []
    at: str | None = key
    while at is not None:
        provision, at = known[at]
        chain.append(provision)
    return tuple(reversed(chain))


def _walk(outline: Outline | None) -> list[tuple[Provision, int, str | None]]:
    return list(walk(outline.provisions)) if outline else []


def _side(known: dict[str, tuple[Provision, int]], key: str) -> Provision | None:
    return known[key][0] if key in known else None
