"""How do the units of a version stand when all its languages are looked at as one tree?

A unit has one key in all languages, so a version is matched as a whole: what one language leaves in doubt the other
decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from portal.drafts.structure.keys import slug_of
from portal.drafts.structure.units import Kind, Outline, Provision, walk
from portal.drafts.structure.wording import tokens

BETWEEN = "\t"  # parts the pieces of a unit's own words


@dataclass(slots=True, eq=False)
class Unit:
    """A unit in all languages at once; numbers are places in reading order, 0 is the version itself.

    `own` are its own words, language by language, without those of its children, `words` the same as tokens where
    those had to be looked at; `whole` stands for the words of the unit with all that is in it; `weight` counts the
    characters of those. `end` is the place after its last inner unit.
    """

    key: str
    kind: Kind | None
    number: str
    address: str
    own: str
    heading: str = ""
    parent: int = 0
    children: list[int] = field(default_factory=list)
    end: int = 0
    whole: int = 0
    weight: int = 0
    words: list[str] | None = None


Forest = list[Unit]


def plant(outlines: Sequence[Outline], languages: Iterable[str]) -> Forest:
    """The units of a version by the languages named, in reading order of the first; `settle` has to follow."""
    by_language = {outline.language: outline for outline in outlines}
    words: dict[str, list[Provision]] = {}
    inner: dict[str, list[str]] = {}
    for language in languages:
        before: dict[str, str] = {}
        for provision, _, parent in walk(by_language[language].provisions):
            sides = words.setdefault(provision.key, [])
            if not sides:
                _insert(inner.setdefault(parent or "", []), provision.key, before.get(parent or ""))
            sides.append(provision)
            before[parent or ""] = provision.key
    forest = [Unit("", None, "", "", "")]
    _grow(forest, 0, inner, words)
    return forest


def _insert(keys: list[str], key: str, before: str | None) -> None:
    """After what precedes it in its own language: at the end while the first language is read."""
    is_next = before is None or not keys or keys[-1] == before
    keys.insert(len(keys) if is_next else keys.index(before or "") + 1, key)


def _grow(forest: Forest, parent: int, inner: dict[str, list[str]], words: dict[str, list[Provision]]) -> None:
    for key in inner.get(forest[parent].key, ()):
        sides = words[key]
        first = sides[0]
        own = BETWEEN.join([_own_words(side) for side in sides])
        heading = BETWEEN.join([side.heading for side in sides])
        number = slug_of(first) or first.number.casefold()
        place = len(forest)
        forest.append(Unit(key, first.kind, number, first.address or key, own, heading.strip(BETWEEN), parent))
        forest[parent].children.append(place)
        _grow(forest, place, inner, words)
    forest[parent].end = len(forest)


def _own_words(provision: Provision) -> str:
    if not provision.rows:
        return f"{provision.heading}\n{provision.text}" if provision.heading else provision.text
    return "\n".join((provision.heading, provision.text, *(BETWEEN.join(row) for row in provision.rows)))


def settle(old: Forest, new: Forest) -> None:
    """Find what each unit says as a whole, so that equal numbers mean equal words in both forests."""
    alike = {unit.own for unit in old} & {unit.own for unit in new}
    for forest in (old, new):
        for unit in reversed(forest):
            own = unit.own
            if own not in alike:
                unit.words = tokens(own)
                own = " ".join(unit.words)
            unit.whole = hash((own, *(forest[child].whole for child in unit.children)))
            unit.weight = len(own) + sum(forest[child].weight for child in unit.children)


def counts(forest: Forest) -> Counter[int]:
    """How many units say the same as a whole."""
    return Counter(unit.whole for unit in forest)

