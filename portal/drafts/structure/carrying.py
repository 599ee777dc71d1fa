"""Which key does each unit keep from the version before, and which does it get when it is new?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import count

from portal.drafts.structure.keys import keys_of_places
from portal.drafts.structure.matching import NONE, Matching
from portal.drafts.structure.units import Outline, Provision, place_of, walk


def assign_keys(text: Outline, following: Outline | None = None) -> Outline:
    """The text with the keys of its own places and numbers; or, given what follows it, that with the keys of `text`.

    For the first version of a text and for the next one in the same language; see `keys_of_places` and `carry_keys`,
    which takes all languages together.
    """
    return keys_of_places(text) if following is None else carry_keys([text], [following])[0]


def carry_keys(
    previous: Sequence[Outline], following: Sequence[Outline], taken: Collection[str] = ()
) -> tuple[Outline, ...]:
    """The texts of the next version, one for each language, with the keys of the previous one where units go on.

    A unit keeps its key through renumbering, moving, rewording and, as its larger part, through splitting; all
    languages together, for it has one key in all of them. Where one language was renumbered and another was not, what
    says the same as before tells which units belong together. A new unit gets a key that no unit of the previous version
    has or had, nor any of `taken` (the keys of versions before that). The same texts give the same keys. Texts whose keys
    were carried already are carried anew from their own places, so the previous version may change meanwhile.
    """
    following = _side_by_side(previous, [with_keys_of_places(outline) for outline in following])
    kept = match_keys(previous, following)
    used = {*taken, *(provision.key for outline in previous for provision, _, _ in walk(outline.provisions))}
    keys = _with_new_keys(following, kept, used)
    return tuple(_rekeyed(outline, keys) for outline in following)


def match_keys(previous: Sequence[Outline], following: Sequence[Outline]) -> dict[str, str]:
    """Key in the next version → key in the previous one, of each unit that goes on; languages in both are looked at.

    The languages of a version share their keys. Versions without a common language have nothing in common.
    """
    matching = Matching(previous, following)
    return {
        matching.new[place].key: matching.old[other].key
        for place, other in enumerate(matching.old_of)
        if place and other != NONE
    }


def with_keys_of_places(outline: Outline) -> Outline:
    """The text as if it were the first of its draft: each unit with the key of its own place."""
    places = {provision.key: place_of(provision) for provision, _, _ in walk(outline.provisions)}
    return _rekeyed(outline, places)


def _side_by_side(previous: Sequence[Outline], following: Sequence[Outline]) -> tuple[Outline, ...]:
    """The texts with one key for what is one unit: the place it has in the first of them, whatever number the others give."""
    before = {outline.language: outline for outline in previous}
    first = {key: place for outline in following[:1] for key, place in _said_again(before, outline).items()}
    result = list(following[:1])
    for outline in following[1:]:
        places = {place: first[key] for key, place in _said_again(before, outline).items() if key in first}
        if all(place == other for place, other in places.items()):
            result.append(outline)
        else:
            result.append(_rekeyed(outline, _with_new_keys([outline], places, set(places.values()))))
    return tuple(result)


def _said_again(before: Mapping[str, Outline], outline: Outline) -> dict[str, str]:
    """Key in the version before → key here, of what says letter for letter the same and says it once."""
    if outline.language not in before:
        return {}
    old, new = _said_once(before[outline.language]), _said_once(outline)
    return {key: new[said] for said, key in old.items() if said in new}


def _said_once(outline: Outline) -> dict[str, str]:
    """The words that no other unit has → its key; a unit without words of its own goes by its first one's."""
    keys: dict[str, str] = {}
    repeated: set[str] = set()

    def visit(units: Sequence[Provision]) -> str:
        first = ""
        for turn, unit in enumerate(units):
            inner = visit(unit.children)
            said = f"{unit.kind} {unit.heading}\n{unit.text}\n{unit.rows}" if unit.heading or unit.text or unit.rows else inner
            if said in keys:
                repeated.add(said)
            keys[said] = unit.key
            first = said if turn == 0 else first
        return f"in {first}"

    visit(outline.provisions)
    return {said: key for said, key in keys.items() if said not in repeated}


def _with_new_keys(outlines: Sequence[Outline], kept: Mapping[str, str], used: set[str]) -> dict[str, str]:
    """Key of the place → key to have, for every unit of all languages."""
    keys = dict(kept)
    for outline in outlines:
        above: list[str] = []  # places of the units a unit stands in
        for provision, depth, _ in walk(outline.provisions):
            del above[depth:]
            if provision.key not in keys:
                keys[provision.key] = key = _unused(_below(provision.key, above, keys), used)
                used.add(key)
            above.append(provision.key)
    return keys


def _below(place: str, above: Sequence[str], keys: Mapping[str, str]) -> str:
    """The key of a new unit begins with the key its holder has, not with the one of its holder's place."""
    for holder in reversed(above):
        if place.startswith(f"{holder}__"):
            return keys[holder] + place[len(holder):]
    return place


def _unused(key: str, used: Collection[str]) -> str:
    if key not in used:
        return key
    return next(other for turn in count(2) if (other := f"{key}_{turn}") not in used)


def _rekeyed(outline: Outline, keys: Mapping[str, str]) -> Outline:
    """The text with other keys; a unit keeps the key of its place as its address where that is another."""
    warnings = tuple(replace(warning, key=keys.get(warning.key, warning.key)) for warning in outline.warnings)
    return replace(outline, provisions=_keyed(outline.provisions, keys), warnings=warnings)


def _keyed(provisions: Sequence[Provision], keys: Mapping[str, str]) -> tuple[Provision, ...]:
    return tuple(_with_key(each, keys[each.key], _keyed(each.children, keys)) for each in provisions)


def _with_key(provision: Provision, key: str, children: tuple[Provision, ...]) -> Provision:
    if key == provision.key and not children:
        return provision
    place = place_of(provision)
    return replace(provision, key=key, address="" if place == key else place, children=children)
