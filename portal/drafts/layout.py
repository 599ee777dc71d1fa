"""In which order and on which level does each unit of a text stand on a page?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portal.drafts.labels import label_of, mark_of
from portal.drafts.structure import Kind, Outline, Provision

CONTAINERS = frozenset({Kind.part, Kind.section, Kind.subsection, Kind.chapter, Kind.paragraph, Kind.annex})
HIGHEST, LOWEST = 2, 6  # heading levels below the page's own


@dataclass(frozen=True, slots=True)
class Block:
    """One unit as a page prints it; `shape` is heading, article, provision or table.

    `level` is the heading's (2 to 6), `depth` how far a provision is indented (0 to 2), `number` the mark in the margin.
    """

    shape: str
    key: str
    label: str
    heading: str
    number: str
    text: str
    level: int
    depth: int
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]


def lay_out(outline: Outline) -> tuple[Block, ...]:
    """The blocks of a text in reading order, labelled in the language of the text."""
    return tuple(_blocks(outline.provisions, outline.language, HIGHEST, None))


def _blocks(units: Iterable[Provision], language: str, level: int, parent: Kind | None) -> Iterator[Block]:
    for unit in units:
        shape = _shape(unit)
        below = min(level + 1, LOWEST) if shape == "heading" else level
        yield Block(
            shape=shape,
            key=unit.key,
            label=label_of(unit, language) if shape in {"heading", "article", "table"} else "",
            heading=unit.heading,
            number=mark_of(unit) if shape == "provision" else "",
            text=unit.text,
            level=level,
            depth=_depth(unit.kind, parent),
            rows=unit.rows,
            notes=unit.notes,
        )
        yield from _blocks(unit.children, language, below, unit.kind)


def _shape(unit: Provision) -> str:
    if unit.kind in CONTAINERS:
        return "heading"
    if unit.kind is Kind.article:
        return "article"
    return "table" if unit.kind is Kind.table else "provision"


def _depth(kind: Kind, parent: Kind | None) -> int:
    if kind is Kind.subpoint:
        return 1
    return 2 if kind is Kind.indent and parent is Kind.subpoint else 0
