"""What does every importer hand over, whatever the file was: lines and grids in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from portal.drafts.structure import Warning_

# What becomes of the insertions and deletions an office file keeps as proposals.
Changes = Literal["accepted", "refused"]


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph as a reader sees it.

    `label` is a number the word processor made ("3.", "(a)"), `style` the paragraph style's name in lower case,
    `align` is "", "center" or "right", `level` the outline level from 1 (0: body text), `gap` tells that an empty
    line stands before it, `hint` what the format itself says the line is ("", "quote", "contents").
    """

    text: str
    label: str = ""
    style: str = ""
    align: str = ""
    bold: bool = False
    level: int = 0
    gap: bool = False
    hint: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of cell texts, as many cells in each row as the widest has."""

    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


Block = Line | Grid


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found in a file, and what a person should know about it."""

    blocks: tuple[Block, ...]
    warnings: tuple[Warning_, ...] = ()


def marking_gaps(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks without empty lines, which are remembered on the line that follows."""
    gap = False
    for block in blocks:
        if isinstance(block, Line) and not (block.text.strip() or block.label):
            gap = True
            continue
        if gap and isinstance(block, Line):
            block = replace(block, gap=True)
        gap = False
        yield block


def tracked(changes: Changes) -> Warning_:
    """The warning that the file held tracked changes, and what became of them."""
    return Warning_(f"changes_{changes}")
