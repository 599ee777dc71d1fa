"""How is a long text parted into pages a reader can bear: by chapters, and a chapter too long by its articles?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from portal.consultation.anchors import OUTER, Block, Layout
from portal.drafts.structure import Kind

# Characters on a page, with what the marks round each unit weigh: keeps a first view under 60 KB compressed.
HEAVIEST = 75_000
_ROUND_BLOCK, _ROUND_LINE, _ROUND_CELL = 220, 90, 40


@dataclass(frozen=True)
class Part:
    """One page of a text. `key` is that of its first block, `above` the headings it stands under, repeated."""

    key: str
    label: str
    above: tuple[Block, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Parts:
    """A text in pages; a short one is a single page."""

    layout: Layout
    parts: tuple[Part, ...]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {block.key: place for place, part in enumerate(self.parts) for block in part.blocks}

    @property
    def are_many(self) -> bool:
        return len(self.parts) > 1

    def place_of(self, key: str) -> int | None:
        """On which page, from 0, a place is printed; None where the text has none such."""
        block = self.layout.block_of(key)
        return None if block is None else self._places.get(block.key)


def part_text(layout: Layout, heaviest: int = HEAVIEST) -> Parts:
    """Part a text: whole chapters together while they fit a page; never a heading parted from what it heads."""
    pages: list[list[Block]] = []
    weight = 0
    for piece in _pieces(layout, heaviest):
        own = sum(map(_weight, piece))
        if not pages or (weight + own > heaviest and not _is_bare(pages[-1][-1])):
            pages.append([])
            weight = 0
        pages[-1].extend(piece)
        weight += own
    blocks = {block.key: block for block in layout.blocks}
    return Parts(layout, tuple(_part(page, layout, blocks) for page in pages))


def _pieces(layout: Layout, heaviest: int) -> Iterator[list[Block]]:
    """What stays together: chapters; of a chapter heavier than a page its articles, or units of any kind."""
    for chapter in _split(layout.blocks, [_kind(layout, block) in OUTER for block in layout.blocks]):
        if sum(map(_weight, chapter)) <= heaviest:
            yield chapter
            continue
        articles = [_kind(layout, block) is Kind.article for block in chapter]
        for article in _split(chapter, articles):
            if sum(map(_weight, article)) <= heaviest:
                yield article
            else:
                yield from ([block] for block in article)


def _split(blocks: Sequence[Block], begins: Sequence[bool]) -> Iterator[list[Block]]:
    held: list[Block] = []
    for block, is_first in zip(blocks, begins, strict=True):
        if is_first and held:
            yield held
            held = []
        held.append(block)
    if held:
        yield held


def _kind(layout: Layout, block: Block) -> Kind:
    return layout.chains[block.key][-1].kind


def _weight(block: Block) -> int:
    lines = sum(_ROUND_LINE + _words(line.paragraphs, line.rows, line.notes) for line in block.under)
    return _ROUND_BLOCK + len(block.heading) + _words(block.paragraphs, block.rows, block.notes) + lines


def _words(paragraphs: Sequence[str], rows: Sequence[Sequence[str]], notes: Sequence[str]) -> int:
    cells = sum(len(cell) + _ROUND_CELL for row in rows for cell in row)
    return sum(map(len, paragraphs)) + cells + sum(map(len, notes))


def _is_bare(block: Block) -> bool:
    return block.is_heading and not (block.paragraphs or block.rows or block.under)


def _part(page: Sequence[Block], layout: Layout, blocks: Mapping[str, Block]) -> Part:
    first = page[0]
    above = (blocks.get(provision.key) for provision in layout.chains[first.key][:-1])
    repeated = tuple(_heading_of(block) for block in above if block is not None and (block.label or block.heading))
    return Part(first.key, _label(page, layout), repeated, tuple(page))


def _heading_of(block: Block) -> Block:
    return replace(block, mark="", paragraphs=(), rows=(), notes=(), under=(), takes_comments=False)


def _label(page: Sequence[Block], layout: Layout) -> str:
    """What a page holds: its one chapter by name, else its first and last articles or chapters."""
    chapters = [block for block in page if block.is_heading and (block.label or block.heading)]
    articles = [block for block in page if not block.is_heading and (block.label or block.heading)]
    is_one_chapter = len(chapters) == 1 and page[0] is chapters[0]
    named = chapters if is_one_chapter or not articles else articles
    if not named:
        return layout.name(page[0].key, layout.language)
    first, last = named[0], named[-1]
    if first is last or not (first.label and last.label):
        return ". ".join(part for part in (first.label, first.heading) if part)
    return f"{first.label} – {last.label}"
