"""Which rows does a draft make that is a new wording of the base act itself?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from portal.drafts.comparative.elements import name_element, steps_of
from portal.drafts.comparative.lookup import own_words, unit_words
from portal.drafts.comparative.rows import LANGUAGES, Row, RowChange, Side
from portal.drafts.compare import Change, UnitChange, compare
from portal.drafts.structure import Outline, Provision, carry_keys, walk

_CHANGES = {
    Change.reworded: RowChange.reworded, Change.moved: RowChange.moved, Change.added: RowChange.added,
    Change.removed: RowChange.removed,
}  # fmt: skip


@dataclass(frozen=True)
class _Text:
    """One language: every unit of both texts by its common key, what became of it, and the chains that name it."""

    language: str
    units: Mapping[str, UnitChange]
    old_chains: Mapping[str, tuple[Provision, ...]]
    new_chains: Mapping[str, tuple[Provision, ...]]


def rows_of_new_wording(base: Mapping[str, Outline], draft: Mapping[str, Outline]) -> tuple[Row, ...]:
    """The units that changed, in the order of the draft; one that was added or removed with all it holds is one row."""
    languages = [language for language in LANGUAGES if language in base and language in draft]
    carried = carry_keys([base[each] for each in languages], [draft[each] for each in languages])
    own_keys: dict[str, str] = {}
    texts = []
    for language, outline in zip(languages, carried, strict=True):
        pairs = zip(walk(outline.provisions), walk(draft[language].provisions), strict=True)
        own_keys.update({unit.key: own.key for (unit, _, _), (own, _, _) in pairs})
        units = compare(base[language], outline).by_key
        texts.append(_Text(language, units, _chains(base[language]), _chains(outline)))
    return tuple(_rows(texts, own_keys))


def _rows(texts: list[_Text], own_keys: Mapping[str, str]) -> Iterator[Row]:
    done: set[str] = set()
    for key in _in_order(texts):
        changes = [text.units[key].change for text in texts if key in text.units]
        change = next((each for each in changes if each is not Change.same), None)
        if change is None or key in done:
            continue
        done |= {inner for text in texts for inner in _held(text, key, change)}
        sides = {text.language: _side(text, text.units[key], change) for text in texts if key in text.units}
        yield Row(_CHANGES[change], own_keys.get(key, ""), sides)


def _in_order(texts: list[_Text]) -> list[str]:
    """The keys in the order of the first language, then those that only another has, each after what it follows there."""
    keys = list(texts[0].units) if texts else []
    for text in texts[1:]:
        known, before = set(keys), ""
        lonely = [key for key in text.units if key not in known]
        if not lonely:
            continue
        follows: dict[str, list[str]] = {}
        for key in text.units:
            if key in known:
                before = key
            else:
                follows.setdefault(before, []).append(key)
        keys = [*follows.get("", ()), *(each for key in keys for each in (key, *follows.get(key, ())))]
    return keys


def _held(text: _Text, key: str, change: Change) -> Iterator[str]:
    """The units printed with the one that was added or removed."""
    unit = text.units.get(key)
    if unit is None or change not in (Change.added, Change.removed):
        return
    for inner, _, _ in walk(unit.provision.children):
        other = text.units.get(inner.key)
        if other is not None and other.change is change:
            yield inner.key


def _side(text: _Text, unit: UnitChange, change: Change) -> Side:
    chains = text.old_chains if unit.old is not None else text.new_chains
    element = name_element(steps_of(chains[unit.key]), text.language)
    return Side(element, _words(text, unit.old, change), _words(text, unit.new, change))


def _words(text: _Text, unit: Provision | None, change: Change) -> str:
    if unit is None:
        return ""
    if change not in (Change.added, Change.removed):
        return own_words(unit, text.language)
    return unit_words(_only(text, unit, change), text.language)


def _only(text: _Text, unit: Provision, change: Change) -> Provision:
    """The unit without what it holds that was there before, or goes on elsewhere."""
    kept = tuple(
        _only(text, child, change)
        for child in unit.children
        if (other := text.units.get(child.key)) is not None and other.change is change
    )
    return replace(unit, children=kept)


def _chains(outline: Outline) -> dict[str, tuple[Provision, ...]]:
    chains: dict[str, tuple[Provision, ...]] = {}

    def visit(unit: Provision, above: tuple[Provision, ...]) -> None:
        chains[unit.key] = (*above, unit)
        for child in unit.children:
            visit(child, chains[unit.key])

    for top in outline.provisions:
        visit(top, ())
    return chains
