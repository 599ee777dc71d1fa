"""Which lines of a file are the text of the act: one unit a line, without contents, quotations told apart?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from portal.drafts.importers.blocks import Block, Grid, Line
from portal.drafts.importers.folding import clean, fold
from portal.drafts.importers.marks import Grammar, Mark, Rank
from portal.drafts.importers.signs import is_signature
from portal.drafts.importers.text import MAX_LINES
from portal.kernel.files import Unreadable

_SPACES = re.compile(r"[ \t\u00a0]+")
_BEGINS_UNIT = re.compile(
    r"\s*(?:\d{1,3}(?:-\d+)?[.)](?!\d)|\([a-z0-9]{1,3}\)|(?:статья|глава|раздел|параграф|приложение)\s+\d"
    r"|\d+(?:-\d+)?\s?-?\s?(?:бап|тарау|болим|параграф|косымша)\b|[-–•]\s)"
)
_ENDS_UNIT = (".", ";", ":")
_MOST_LAYOUT_CELLS = 3
_HEADER_CELL = re.compile(r"приложение|утвержд|.*(?:косымша|бекитилген|бекитилди)$", re.DOTALL)
_CONTENTS = re.compile(
    r"(?:содержание|оглавление|мазмуны|(?:table of )?contents|arrangement of (?:sections|regulations|articles))\s*",
    re.IGNORECASE,
)
_OPENING, _CLOSING = "«“„", "»”"
# German quotation marks, which Word makes for Russian too: the same sign closes here that opens elsewhere.
_LOW_OPENING, _LOW_CLOSING = "«„", "»”“"
_ANNOUNCES_WORDING = re.compile(
    r"редакци|содержания|дополнить|изложить|заменить|редакцияда|мазмундагы|жазылсын|толыктыр|substitute|insert|following"
)
# Drafters of UK bills write in braces, before the quotation mark, what kind of act the quotation goes into.
_BEFORE_QUOTE = re.compile(r"\{[^{}]{0,20}\}")
_LONGEST_QUOTATION = 5_000
# How many lines may be looked at for quotations that never end, before the text is taken to have none that count.
_PATIENCE = 100_000
_ENDS_QUOTE = re.compile(r"[»”“\"][;.,]{0,2}\s*(?:and|or)?$")


def prepare(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without invisible characters, contents and layout tables; a soft line break may part two units.

    Unreadable when the breaks make more lines of them than a text may have.
    """
    prepared: list[Block] = []
    for block in blocks:
        if len(prepared) + (block.text.count("\n") if isinstance(block, Line) else 0) > MAX_LINES:
            raise Unreadable(
                "The document has more than %(limit)s paragraphs. Divide it.", code="too_many_paragraphs", limit=MAX_LINES
            )
        if isinstance(block, Grid):
            prepared.extend(_unwrapped(block))
        elif block.hint != "contents":
            prepared.extend(_parted(block))
    return prepared


def _unwrapped(grid: Grid) -> Iterator[Block]:
    """A table of one row that only places the annex header or the signature is text; empty tables are nothing."""
    rows = tuple(tuple(clean(cell).strip() for cell in row) for row in grid.rows)
    if not any(any(row) for row in rows):
        return
    filled = [cell for cell in rows[0] if cell]
    if len(rows) > 1 or len(rows[0]) > _MOST_LAYOUT_CELLS:
        yield Grid(rows, grid.notes)
    elif any(_HEADER_CELL.match(fold(cell)) for cell in filled):
        for cell in filled:
            for place, part in enumerate(cell.split("\n")):
                yield Line(part, align="right", gap=place == 0)
    elif is_signature(Line(filled[0].split("\n")[0])):
        yield Line("\t".join(filled).replace("\n", " "), gap=True)
    elif len(rows[0]) == 1:
        yield from (Line(part) for part in filled[0].split("\n"))
    else:
        yield Grid(rows, grid.notes)


def _parted(line: Line) -> Iterator[Line]:
    text = clean(line.text)
    if "\n" not in text:
        yield replace(line, text=text.strip()) if text != line.text or text != text.strip() else line
        return
    pieces: list[list[str]] = []
    for piece in filter(None, map(str.strip, text.split("\n"))):
        if pieces and not (_BEGINS_UNIT.match(fold(piece[:100])) or pieces[-1][-1].endswith(_ENDS_UNIT)):
            pieces[-1].append(piece)
        else:
            pieces.append([piece])
    parts = [" ".join(each) for each in pieces]
    for place, part in enumerate(parts or [""]):
        is_last = place == len(parts) - 1
        yield replace(
            line, text=part, label=line.label if place == 0 else "", gap=line.gap and place == 0,
            notes=line.notes if is_last else (),
        )


def without_contents(blocks: list[Block], grammar: Grammar) -> list[Block]:
    """The blocks without a table of contents that was typed as text: it ends where its first unit comes again."""
    for place, block in enumerate(blocks[:400]):
        if isinstance(block, Line) and _CONTENTS.fullmatch(fold(block.text) if not grammar.is_english else block.text):
            first = _first_mark(blocks, place + 1, grammar, lambda mark: True)
            if first is None:
                return blocks
            seen, mark = first
            again = _first_mark(
                blocks, seen + 1, grammar, lambda found: (found.kind, found.number) == (mark.kind, mark.number)
            )
            return blocks[:place] + blocks[again[0]:] if again is not None else blocks
    return blocks


def _first_mark(
    blocks: Sequence[Block], start: int, grammar: Grammar, suits: Callable[[Mark], bool]
) -> tuple[int, Mark] | None:
    for place in range(start, len(blocks)):
        block = blocks[place]
        if isinstance(block, Line):
            mark = grammar.find(f"{block.label} {block.text}")
            if mark is not None and suits(mark):
                return place, mark
    return None


def quoted_places(blocks: Sequence[Block], grammar: Grammar) -> set[int]:
    """The places of lines inside a quotation of several lines: the new wording an amendment inserts elsewhere.

    A quotation begins with a line that opens with a quotation mark it does not close, and ends with the line that
    closes more than it opens. One that runs into an article or chapter greater than what it quotes, or never ends,
    is taken for a slip of the pen.
    """
    quoted = {place for place, block in enumerate(blocks) if isinstance(block, Line) and block.hint == "quote"}
    place, patience = 0, _PATIENCE
    while place < len(blocks) and patience > 0:
        end, looked = _end_of_quotation(blocks, place, grammar)
        if end is None:
            patience -= looked
            place += 1
            continue
        first = place if _stands_before_words(blocks[place]) else place + 1
        quoted.update(range(first, end + 1))
        place = end + 1
    return quoted


def _stands_before_words(block: Block) -> bool:
    """Does the line begin with the quotation, so that nothing of it is the amending act's own?"""
    text = block.text.lstrip() if isinstance(block, Line) else ""
    if (before := _BEFORE_QUOTE.match(text)) is not None:
        text = text[before.end():].lstrip()
    return text[:1] in ('"', *_OPENING)


def _end_of_quotation(blocks: Sequence[Block], start: int, grammar: Grammar) -> tuple[int | None, int]:
    """The last place of the quotation that begins at `start`, None without one; and how many lines were looked at."""
    block = blocks[start]
    if not isinstance(block, Line):
        return None, 0
    opening = _opening_of(block.text)
    if opening is None:
        return None, 0
    ends, quoted = opening
    first = grammar.find(quoted)
    greatest = first.rank if first is not None else Rank.capital
    place = start
    for place in range(start + 1, min(start + _LONGEST_QUOTATION, len(blocks))):
        here = blocks[place]
        if not isinstance(here, Line):
            continue
        mark = grammar.find(here.text)
        if mark is not None and mark.is_worded and mark.rank < greatest:
            break
        if ends(here.text):
            return place, place - start
    return None, place - start


def _opening_of(line: str) -> tuple[Callable[[str], bool], str] | None:
    """How a quotation ends that the line opens and does not close, and its words on the line; None without one.

    It opens the line, or stands at the end of one that announces new wording: «изложить в следующей редакции: "3. ...».
    """
    text = line.lstrip()
    if (before := _BEFORE_QUOTE.match(text)) is not None:
        text = text[before.end():].lstrip()
    if not text:
        return None
    place = 0
    if text[0] not in ('"', *_OPENING):
        place = max(text.rfind(mark) for mark in (*_OPENING, '"'))
        if place <= 0 or not _ANNOUNCES_WORDING.search(fold(text[max(0, place - 200):place])):
            return None
    if text[place] == '"':
        return (_straight_quote_ends, text[place + 1:]) if text.count('"') % 2 else None
    balance = _QuoteBalance(text, is_low="„" in text[:place + 1])
    return (balance.ends, text[place + 1:]) if balance.is_open else None


class _QuoteBalance:
    """Closing marks are often shared by a quotation inside a quotation, so that the sum alone never comes out."""

    def __init__(self, text: str, *, is_low: bool) -> None:
        self._opening, self._closing = (_LOW_OPENING, _LOW_CLOSING) if is_low else (_OPENING, _CLOSING)
        self._opened = self._own(text)

    @property
    def is_open(self) -> bool:
        return self._opened > 0

    def _own(self, text: str) -> int:
        return sum(text.count(mark) for mark in self._opening) - sum(text.count(mark) for mark in self._closing)

    def ends(self, text: str) -> bool:
        own = self._own(text)
        self._opened += own
        return self._opened <= 0 or (own < 0 and bool(_ENDS_QUOTE.search(text.rstrip())))


def _straight_quote_ends(text: str) -> bool:
    return text.count('"') % 2 == 1 and bool(_ENDS_QUOTE.search(text.rstrip()))


def squeezed(text: str) -> str:
    """A heading or title on one line with single spaces."""
    return _SPACES.sub(" ", text.replace("\n", " ")).strip()
