"""Which rows does an amending act make, with the words in force taken from the base act?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from portal.drafts.comparative.amendments import Amendment, Edit, Operation, list_amendments
from portal.drafts.comparative.annexes import Replaced, rows_of_annexes
from portal.drafts.comparative.elements import Step, name_element
from portal.drafts.comparative.lookup import find_annex, find_unit, find_words, unit_words
from portal.drafts.comparative.rows import LANGUAGES, Finding, Row, RowChange, Side
from portal.drafts.structure import Kind, Outline

_CHANGES = {
    Operation.reword: RowChange.reworded, Operation.words: RowChange.reworded, Operation.add: RowChange.added,
    Operation.remove: RowChange.removed, Operation.unclear: RowChange.unclear,
}  # fmt: skip
_QUOTES = str.maketrans(dict.fromkeys("«»“”„", '"') | {"\u00a0": " "})
# how a unit with this number begins on a line of its own
_BEGINNINGS = {
    "point": r"{}\s*\.", "subpoint": r"{}\s*\)", "article": r"(?:статья\s+{}(?![\d-])|{}\s?-\s?бап)",
    "chapter": r"(?:глава\s+{}(?![\d-])|{}\s?-\s?тарау)",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Half:
    """A row in one language, with what tells that it is the same row in the other."""

    unit: str
    operation: Operation
    steps: tuple[Step, ...]
    side: Side
    annex: Replaced | None = None  # that it replaces whole


def rows_of_amendments(base: Mapping[str, Outline], draft: Mapping[str, Outline]) -> tuple[Row, ...]:
    """The instructions of the draft, in its order; those of the two languages that say the same are one row."""
    halves = {
        language: [half for each in list_amendments(draft[language]) for half in _halves(each, base.get(language), draft[language])]
        for language in LANGUAGES
        if language in draft
    }
    return tuple(_joined(halves))


def _halves(amendment: Amendment, base: Outline | None, draft: Outline) -> Iterator[_Half]:
    """One for each element: «пункты 4 и 5 изложить» makes two where the new wording can be parted."""
    *outer, (kind, numbers) = amendment.place.items() or [("", ())]
    above = tuple((each, several[0]) for each, several in outer)
    if amendment.operation is Operation.unclear:
        yield _Half(amendment.unit, amendment.operation, (), Side("", "", amendment.text, Finding.unclear))
        return
    wordings = _parted(amendment, kind, numbers, draft)
    for number, wording in zip(numbers, wordings or [""] * len(numbers), strict=True):
        steps = (*above, (kind, number))
        side, annex = _side(amendment, steps, wording, base, draft.language), _replaced_annex(amendment, steps, base, draft)
        yield _Half(amendment.unit, amendment.operation, steps, side, annex)


def _replaced_annex(amendment: Amendment, steps: tuple[Step, ...], base: Outline | None, draft: Outline) -> Replaced | None:
    if base is None or amendment.annex is None or amendment.operation is not Operation.reword or steps[-1][0] != Kind.annex:
        return None
    old, new = find_unit(base, steps, in_rules=amendment.in_rules), find_annex(draft, amendment.annex)
    return Replaced(old, new) if old is not None and new is not None else None


def _parted(amendment: Amendment, kind: str, numbers: Sequence[str], draft: Outline) -> list[str]:
    """The new wording of each number; the whole of it with the first where it cannot be parted."""
    wording = amendment.wording
    if amendment.annex is not None:
        found = find_annex(draft, amendment.annex)
        wording = unit_words(found, draft.language) if found is not None else amendment.text
    if len(numbers) < 2 or not wording:
        return [wording] if wording else []
    lines, starts = wording.split("\n"), []
    for number in numbers:
        begins = re.compile(_BEGINNINGS.get(kind, r"\b{}\b").replace("{}", re.escape(number)), re.IGNORECASE)
        after = starts[-1] + 1 if starts else 0
        start = next((at for at in range(after, len(lines)) if begins.match(lines[at].lstrip(' «"'))), None)
        if start is None:
            return [wording] + [""] * (len(numbers) - 1)
        starts.append(start)
    ends = [*starts[1:], len(lines)]
    return ["\n".join(lines[start:end]) for start, end in zip(starts, ends, strict=True)]


def _side(amendment: Amendment, steps: tuple[Step, ...], wording: str, base: Outline | None, language: str) -> Side:
    element = name_element(steps, language)
    if amendment.operation is Operation.add:
        return Side(element, "", wording)
    present = find_words(base, steps, in_rules=amendment.in_rules) if base is not None else None
    finding = Finding.none if present is not None else Finding.not_found
    if amendment.operation is Operation.words:
        if present is None:
            return Side(element, "", amendment.text, finding)
        proposed = _edited(present, amendment.edits)
        if proposed is None:
            return Side(element, present, amendment.text, Finding.words_not_found)
        return Side(element, present, proposed)
    return Side(element, present or "", wording, finding)


def _edited(text: str, edits: Sequence[Edit]) -> str | None:
    """The text with the words changed; None where it does not say what is to be changed."""
    for edit in edits:
        if not edit.old:
            ending = re.search(r"[;.,:]?\s*$", text)
            cut = ending.start() if ending else len(text)
            text = f"{text[:cut]} {edit.new}{text[cut:]}"
            continue
        places = _places(text, edit.old)
        if not places:
            return None
        new = f"{edit.old} {edit.new}" if edit.is_after and edit.new[:1].isalnum() else edit.old + edit.new if edit.is_after else edit.new
        for start, end in reversed(places):
            text = _replaced(text, start, end, new)
    return text


def _places(text: str, words: str) -> list[tuple[int, int]]:
    """Where the words stand whole, whatever the style of quotation marks and spaces."""
    pattern = r"\s+".join(re.escape(word) for word in words.translate(_QUOTES).split())
    if not pattern:
        return []
    before, after = (r"(?<!\w)" if words[:1].isalnum() else ""), (r"(?!\w)" if words[-1:].isalnum() else "")
    return [found.span() for found in re.finditer(before + pattern + after, text.translate(_QUOTES))]


def _replaced(text: str, start: int, end: int, new: str) -> str:
    """With nothing put in, the space before goes too."""
    if not new:
        while start and text[start - 1] == " ":
            start -= 1
        if start == 0:
            while end < len(text) and text[end] == " ":
                end += 1
    return text[:start] + new + text[end:]


def _joined(halves: Mapping[str, list[_Half]]) -> Iterator[Row]:
    """Rows in the order of the language that has more of them; what only the other has follows what it follows there."""
    first, *others = sorted(halves, key=lambda language: (-len(halves[language]), language)) or [""]
    if not first:
        return
    partners, lonely = _matched(halves[first], halves[others[0]] if others else [])
    for half in lonely.get(-1, ()):
        yield from _rows({others[0]: half})
    for place, half in enumerate(halves[first]):
        partner = partners.get(place)
        yield from _rows({first: half, **({others[0]: partner} if partner is not None else {})})
        for each in lonely.get(place, ()):
            yield from _rows({others[0]: each})


def _matched(one: Sequence[_Half], other: Sequence[_Half]) -> tuple[dict[int, _Half], dict[int, list[_Half]]]:
    """Place in `one` → its half in `other`; and what is left of `other` by the place it follows, -1 for the beginning."""
    partners: dict[int, int] = {}
    taken: set[int] = set()
    tests = (
        lambda a, b: (a.operation, a.steps, a.unit) == (b.operation, b.steps, b.unit) and a.steps != (),
        lambda a, b: (a.operation, a.steps) == (b.operation, b.steps) and a.steps != (),
        lambda a, b: a.unit == b.unit and Operation.unclear in (a.operation, b.operation),
    )
    for test in tests:
        for place, half in enumerate(one):
            if place in partners:
                continue
            found = next((at for at, each in enumerate(other) if at not in taken and test(half, each)), None)
            if found is not None:
                partners[place] = found
                taken.add(found)
    back = {at: place for place, at in partners.items()}
    lonely: dict[int, list[_Half]] = {}
    last = -1
    for at, half in enumerate(other):
        last = back.get(at, last)
        if at not in taken:
            lonely.setdefault(last, []).append(half)
    return {place: other[at] for place, at in partners.items()}, lonely


def _rows(halves: Mapping[str, _Half]) -> Sequence[Row]:
    """The row; of an annex that is replaced whole a row for each unit that changed."""
    annexes = {language: half.annex for language, half in halves.items() if half.annex is not None}
    units = rows_of_annexes(annexes) if len(annexes) == len(halves) else ()
    return units or (_row(halves),)


def _row(halves: Mapping[str, _Half]) -> Row:
    known = next((half for half in halves.values() if half.operation is not Operation.unclear), None)
    chosen = known or next(iter(halves.values()))
    # Kazakh instructions that begin with a number are easily taken for units, so the Russian text names the place
    unit = halves["ru"].unit if "ru" in halves else chosen.unit
    return Row(_CHANGES[chosen.operation], unit, {language: half.side for language, half in halves.items()})
