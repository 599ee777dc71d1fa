"""How do two languages of a text stand side by side, unit beside unit?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from portal.drafts.structure import Outline, Provision, walk


@dataclass(frozen=True, slots=True)
class Pair:
    """One unit in both languages; a side is None where the language lacks it."""

    key: str
    depth: int
    left: Provision | None
    right: Provision | None


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
    known = {provision.key: (provision, parent) for provision, _, parent in walk(outline.provisions)}
    return {key: _chain(known, key) for key in keys if key in known}


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
