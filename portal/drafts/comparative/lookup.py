"""Which unit of the base act does an instruction mean, and what are its words as a table prints them?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portal.drafts.comparative.elements import PASSAGE, PREAMBLE, TITLE, Step
from portal.drafts.labels import label_of, mark_of
from portal.drafts.structure import CONTAINERS, Kind, Outline, Provision

_WORDED = frozenset({*CONTAINERS, Kind.article, Kind.annex})


def find_words(outline: Outline, steps: Sequence[Step], *, in_rules: bool) -> str | None:
    """The words of the element the steps lead to, with all it holds; None where the text has no such element."""
    *outer, (kind, number) = steps
    if kind in (TITLE, PREAMBLE) and not outer:
        return _front(outline, kind)
    holders: list[Provision | None] = list(_follow(outline, outer, in_rules=in_rules)) if outer else [None]
    for holder in holders:
        if kind == TITLE and holder is not None:
            return holder.heading or None
        if kind in (PASSAGE, "indent") and holder is not None:
            return _passage(holder, kind, number)
    found = find_unit(outline, steps, in_rules=in_rules)
    return unit_words(found, outline.language) if found is not None else None


def find_unit(outline: Outline, steps: Sequence[Step], *, in_rules: bool) -> Provision | None:
    """The unit the steps lead to, where they name one and no part of it."""
    return next(_follow(outline, steps, in_rules=in_rules), None)


def find_annex(outline: Outline, number: str) -> Provision | None:
    """An annex of the text by its number; without a number the first there is that holds anything.

    Over an annex with the new wording of another act's annex stands often a heading of its own with nothing under it.
    """
    annexes = [unit for unit in outline.provisions if unit.kind is Kind.annex]
    if not number:
        return next((unit for unit in annexes if unit.children), annexes[0] if annexes else None)
    found = next((unit for unit in annexes if unit.number == number), None)
    return found or (annexes[0] if len(annexes) == 1 and number == "1" else None)


def unit_words(unit: Provision, language: str) -> str:
    """A unit with all it holds, one line for each paragraph, numbers as printed."""
    return "\n".join(_words(unit, language))


def own_words(unit: Provision, language: str) -> str:
    """A unit without what it holds."""
    return "\n".join(_own(unit, language))


def _words(unit: Provision, language: str) -> Iterator[str]:
    yield from _own(unit, language)
    for child in unit.children:
        yield from _words(child, language)


def _own(unit: Provision, language: str) -> Iterator[str]:
    label = label_of(unit, language) if unit.kind in _WORDED and (unit.number or unit.kind is Kind.annex) else ""
    mark = f"{label}." if label else mark_of(unit)
    first, *more = [line for line in (unit.heading, *unit.text.split("\n")) if line] or [""]
    if line := f"{mark} {first}".strip():
        yield line
    yield from more
    yield from (" | ".join(cell.replace("\n", " ") for cell in row) for row in unit.rows)


def _follow(outline: Outline, steps: Sequence[Step], *, in_rules: bool) -> Iterator[Provision]:
    """The units the steps may mean, the likeliest first: in the annexes when the rules they hold are spoken of."""
    tops = outline.provisions
    if steps and steps[0][0] != "annex":
        annexes = tuple(unit for unit in tops if unit.kind is Kind.annex)
        body = tuple(unit for unit in tops if unit.kind is not Kind.annex)
        order = (annexes, body) if in_rules else (body, annexes)
    else:
        order = (tops, ())
    for units in order:
        yield from _down(units, steps)


def _down(units: Sequence[Provision], steps: Sequence[Step]) -> Iterator[Provision]:
    (kind, number), *rest = steps
    if kind == PASSAGE and rest:  # «подпункт 1) части второй»: parts of a unit hold nothing in the outline
        yield from _down(units, rest)
        return
    for unit in units:
        is_meant = unit.kind.value == kind and (unit.number.casefold() == number.casefold() or (kind == "annex" and not number))
        if is_meant and not rest:
            yield unit
        else:
            yield from _down(unit.children, rest if is_meant else steps)


def _front(outline: Outline, kind: str) -> str | None:
    if kind == TITLE:
        return outline.title or None
    lines = []
    for unit in outline.provisions:
        if unit.kind is not Kind.indent:
            break
        lines.append(unit.text)
    return "\n".join(lines) or None


def _passage(holder: Provision, kind: str, number: str) -> str | None:
    """An unnumbered part by its turn; of an article or point «часть» counts those that begin with a capital letter."""
    lines = [line for line in holder.text.split("\n") if line]
    lines += [child.text for child in holder.children if child.kind is Kind.indent]
    if kind == PASSAGE:
        lines = [line for line in lines if line[:1].isupper() or not line[:1].isalpha()]
    if not number.isdecimal() or not 1 <= int(number) <= len(lines):
        return None
    return lines[int(number) - 1]
