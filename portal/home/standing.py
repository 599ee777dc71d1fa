"""What do the standing pages say? They are plain text in a tiny markup, one file for each language.

`# title`, `## section`, `- ` items of a list, `1. ` items with a number, `[words](/path)`, everything else a paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "content"
NAMES = ("about", "help", "rules", "accessibility", "privacy", "terms")
LINK = re.compile(r"\[([^\]]+)\]\((/[^)\s]*)\)")


@dataclass(frozen=True)
class Piece:
    """A run of words, a link when `url` is set."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Block:
    """One block: `section` (a heading), `paragraph`, `bullets` or `numbers` (from `start`); `lines` are its pieces."""

    kind: str
    lines: tuple[tuple[Piece, ...], ...]
    start: int = 1


@dataclass(frozen=True)
class StandingPage:
    """One standing page in one language."""

    name: str
    title: str
    blocks: tuple[Block, ...]


@lru_cache(maxsize=32)
def read_standing_page(name: str, language: str) -> StandingPage:
    """The page; KeyError for a name that is not one of NAMES."""
    if name not in NAMES:
        raise KeyError(name)
    lines = (FOLDER / f"{name}.{language}.txt").read_text("utf-8").splitlines()
    title = lines[0].removeprefix("# ").strip()
    return StandingPage(name, title, tuple(_blocks([line.strip() for line in lines[1:] if line.strip()])))


def _blocks(lines: list[str]) -> list[Block]:
    blocks: list[Block] = []
    for line in lines:
        kind, text, number = _kind(line)
        if kind in {"bullets", "numbers"} and blocks and blocks[-1].kind == kind:
            blocks[-1] = Block(kind, (*blocks[-1].lines, _pieces(text)), blocks[-1].start)
        else:
            blocks.append(Block(kind, (_pieces(text),), number))
    return blocks


def _kind(line: str) -> tuple[str, str, int]:
    if line.startswith("## "):
        return "section", line[3:], 1
    if line.startswith("- "):
        return "bullets", line[2:], 1
    if found := re.match(r"(\d+)\. ", line):
        return "numbers", line[found.end() :], int(found[1])
    return "paragraph", line, 1


def _pieces(text: str) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    place = 0
    for found in LINK.finditer(text):
        pieces += [Piece(text[place : found.start()]), Piece(found[1], found[2])]
        place = found.end()
    pieces.append(Piece(text[place:]))
    return tuple(piece for piece in pieces if piece.text)
