"""Which outline does a PDF of the portal carry, and do its pages show people the same words in the same places?

The attachment tells which words make a unit; it adds none. It is believed when its text, printed as the portal prints,
is what stands on the pages, sign for sign from the top down and cell by cell, and when nothing else stands there but
the frame the portal prints round a text, nor anything that could cover words or hide them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from os.path import commonprefix
from dataclasses import dataclass

from portal.drafts.exporters.facts import WORDS
from portal.drafts.exporters.pdf import MARGINS, SYMBOL_BULLET, blocks
from portal.drafts.exporters.publication import printable
from portal.drafts.importers.marked.akn import read_akn
from portal.drafts.importers.marked.units import Unmarked
from portal.drafts.importers.pdf_process import Page, Piece
from portal.drafts.structure import Outline

_MILLIMETRE = 72 / 25.4
_A4 = 210 * _MILLIMETRE, 297 * _MILLIMETRE
_LEFT, _TOP = MARGINS["left"] * _MILLIMETRE, MARGINS["top"] * _MILLIMETRE
_WIDTH = _A4[0] - _LEFT - MARGINS["right"] * _MILLIMETRE
_FLOOR = _A4[1] - MARGINS["bottom"] * _MILLIMETRE
_NEAR = 1.5  # points
_SMALLEST = 7.5  # of the letters the portal prints
_LONGEST_FACTS = 3_000  # signs
_SEPARATORS = re.compile("[\\s\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]+")
_DASHES = str.maketrans({"\u2010": "-", "\u2011": "-"})
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_ADDRESS = r"https?://[^\s·]{1,200}/drafts/\d+/versions/\d+/(?:kk|ru|en)"
_HEADS = tuple(
    re.compile(rf"{words['draft']}№[\w/.-]{{1,40}}·(?:{words['version']}\d{{1,9}}|\d{{1,9}}-нұсқа)·{_ADDRESS}")
    for words in WORDS.values()
)


def read_carried(carried: str, pages: Sequence[Page], language: str | None) -> Outline:
    """The outline the attachment holds; Unmarked when it is not the portal's or the pages say anything else."""
    outline = read_akn(carried.encode(), language)
    bodies = [_body(page, place, len(pages)) for place, page in enumerate(pages, 1)]
    _Comparison(outline).run(_after_cover(bodies, outline))
    return outline


def _body(page: Page, number: int, of: int) -> list[Piece]:
    """What a page shows between its head and its foot, which must be those of the portal."""
    is_ours = page.is_plain and abs(page.width - _A4[0]) < 1 and abs(page.height - _A4[1]) < 1
    if not is_ours or not all(_is_seen(piece) for piece in page.pieces):
        raise Unmarked
    head = _signs([piece for piece in page.pieces if piece.y < _TOP])
    foot = _signs([piece for piece in page.pieces if piece.y > _FLOOR])
    is_head = any(each.fullmatch(head) for each in _HEADS) if number > 1 else not head
    if not is_head or foot != f"{number}/{of}":
        raise Unmarked
    return [piece for piece in page.pieces if _TOP <= piece.y <= _FLOOR]


def _is_seen(piece: Piece) -> bool:
    return piece.height >= _SMALLEST and piece.x0 >= _LEFT - _NEAR and piece.x1 <= _A4[0]


def _after_cover(bodies: Sequence[list[Piece]], outline: Outline) -> Sequence[list[Piece]]:
    """The pages of the text itself; before them the title must stand, then the facts about the text, and no more."""
    names = tuple(f"{_letters(WORDS[outline.language][name])}:" for name in ("number", "type", "body", "version"))
    title = ""
    for place, body in enumerate(bodies):
        begins = next((at for at, piece in enumerate(body) if _letters(piece.text).startswith(names)), None)
        title += _signs(body[:begins])
        if begins is not None:
            facts = _signs(body[begins:])
            is_frame = len(facts) < _LONGEST_FACTS and re.search(_ADDRESS, facts) is not None and _goes_down(body)
            if is_frame and title == (_letters(outline.title) or title):
                return bodies[place + 1:]
            break
    raise Unmarked


def _goes_down(pieces: Sequence[Piece]) -> bool:
    return all(_follows(piece, before) for before, piece in zip(pieces, pieces[1:]))


def _follows(piece: Piece, before: Piece) -> bool:
    """Does it stand below the piece before, or on the same line after it?"""
    if abs(piece.y - before.y) < 0.45 * max(piece.height, before.height):
        return piece.x0 >= before.x1 - _NEAR
    return piece.y > before.y


@dataclass(frozen=True, slots=True)
class _Part:
    """A paragraph, or a row of a table with its cells; `head` is the row that the table repeats on each page."""

    cells: tuple[str, ...]
    head: _Part | None = None


class _Shown:
    """How much of a part the pages have shown so far."""

    def __init__(self, part: _Part) -> None:
        self.part = part
        self._at = [0] * len(part.cells)
        self.turn_page()

    def turn_page(self) -> None:
        """What is still to come stands from the top of the next page down."""
        self._before: list[Piece | None] = [None] * len(self.part.cells)
        self.lowest = 0.0

    def is_done(self) -> bool:
        """Has all of the part been shown?"""
        return all(at == len(cell) for at, cell in zip(self._at, self.part.cells, strict=True))

    def take(self, piece: Piece, ceiling: float) -> bool:
        """Is the piece what the part says next in the cell where it stands, below the ceiling?"""
        width = _WIDTH / len(self.part.cells)
        column = min(max(int((piece.x0 + _NEAR - _LEFT) / width), 0), len(self.part.cells) - 1)
        before, words = self._before[column], _letters(piece.text)
        if piece.y <= ceiling or (before is not None and not _follows(piece, before)):
            return False
        self._before[column], self.lowest = piece, max(self.lowest, piece.y)
        # A word too long for its cell reaches into the next one, whose words then are of the same piece.
        while words and column < len(self._at) and piece.x1 > _LEFT + column * width:
            at = self._at[column]
            shown = len(commonprefix((words, self.part.cells[column][at : at + len(words)])))
            if not shown:
                return False
            self._at[column], words, column = at + shown, words[shown:], column + 1
        return not words


class _Comparison:
    """Goes once over the pages and once over the parts of the text."""

    def __init__(self, outline: Outline) -> None:
        self._parts = _parts(outline)
        self._shown = _Shown(_Part(("",)))
        self._ceiling = 0.0

    def run(self, bodies: Sequence[list[Piece]]) -> None:
        """Unmarked where the pages and the parts differ."""
        for body in bodies:
            self._shown.turn_page()
            self._ceiling = 0.0
            self._go_on()
            for piece in body[self._repeated(body) :]:
                self._go_on()
                if not self._shown.take(piece, self._ceiling):
                    raise Unmarked
        self._go_on()
        if not self._shown.is_done():
            raise Unmarked

    def _go_on(self) -> None:
        """To the first part that is not shown whole."""
        while self._shown.is_done() and (part := next(self._parts, None)) is not None:
            self._ceiling = max(self._ceiling, self._shown.lowest)
            self._shown = _Shown(part)

    def _repeated(self, body: Sequence[Piece]) -> int:
        """How many pieces at the top of a page only repeat the head of the table that goes on there."""
        if self._shown.part.head is None:
            return 0
        head = _Shown(self._shown.part.head)
        for place, piece in enumerate(body):
            if head.is_done():
                self._ceiling = head.lowest
                return place
            if not head.take(piece, 0.0):
                break
        return 0


def _parts(outline: Outline) -> Iterator[_Part]:
    """What is printed, in order."""
    for block in blocks(outline, outline.language):
        if block["is"] != "table":
            yield _Part((_letters(f"{block.get('mark', '')} {block['text']}"),))
            continue
        rows = [_Part(tuple(_letters(cell) for cell in row)) for row in block["rows"]]
        yield rows[0]
        yield from (_Part(row.cells, rows[0]) for row in rows[1:])


def _signs(pieces: Sequence[Piece]) -> str:
    return _letters("".join(piece.text for piece in pieces))


def _letters(text: str) -> str:
    """The signs that are seen, in one way of writing each."""
    shown = _SEPARATORS.sub("", printable(text).replace(*SYMBOL_BULLET)).translate(_DASHES)
    return unicodedata.normalize("NFC", _LIGATURE.sub(lambda one: unicodedata.normalize("NFKC", one[0]), shown))
