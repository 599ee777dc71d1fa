"""Where in the text of an act do the words a reader looks for stand, in any of their forms?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portal.consultation.anchors import Block, Layout
from portal.language.analysis import Term, Wanted, analyse, highlight, wanted
from portal.language.stop_words import STOP_WORDS
from portal.language.tokens import tokens

LONGEST_QUERY = 200
MOST_WORDS = 12
_SIZE, _BEFORE = 260, 70  # characters of an excerpt, and of these before the first word found


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an excerpt; `is_found` when it is one of the words asked for."""

    text: str
    is_found: bool


class TextIndex:
    """Which units of one text hold which words; made once for a text, then asked."""

    def __init__(self, layout: Layout) -> None:
        self._language = layout.language
        self._units = [(block.key, words_of(block)) for block in layout.blocks]
        self._holders: dict[str, list[int]] = {}
        samples: dict[str, str] = {}
        for place, (_, text) in enumerate(self._units):
            for token in {token.text: token for token in tokens(text)}.values():
                self._holders.setdefault(token.text, []).append(place)
                samples.setdefault(token.text, text[token.start : token.end])
        self._stems: dict[str, set[str]] = {}
        self._loose: dict[str, set[str]] = {}
        self._surfaces: dict[str, set[str]] = {}
        for folded, sample in samples.items():
            for term in analyse(sample, layout.language):
                self._note(folded, term)

    def _note(self, folded: str, term: Term) -> None:
        """Under what a word of the text is met (`language.analysis.meets`)."""
        for stem in term.stems:
            self._stems.setdefault(stem, set()).add(folded)
        for stem in term.loose:
            self._loose.setdefault(stem, set()).add(folded)
        self._surfaces.setdefault(term.surface, set()).add(folded)

    def _meeting(self, word: Wanted) -> set[str]:
        tables = (self._stems, word.stems), (self._loose, word.loose), (self._surfaces, word.surfaces)
        return {folded for table, asked in tables for each in asked for folded in table.get(each, ())}

    def find(self, asked: Sequence[Wanted]) -> list[str]:
        """The keys of the blocks that hold every word, in reading order."""
        found: set[int] | None = None
        for word in asked:
            holders = {place for folded in self._meeting(word) for place in self._holders[folded]}
            found = holders if found is None else found & holders
        return [self._units[place][0] for place in sorted(found or ())]


def asked_words(text: str) -> tuple[Wanted, ...]:
    """What a reader looks for, words that say nothing ("на", "және", "the") left out beside others; () for no words."""
    terms = list(analyse(text[:LONGEST_QUERY]))
    telling = [term for term in terms if term.surface not in STOP_WORDS]
    return tuple(wanted(term) for term in telling or terms)[:MOST_WORDS]


def words_of(block: Block) -> str:
    """All words printed in a block, one line a paragraph."""
    cells = (cell for row in block.rows for cell in row)
    lines = [" ".join(part for part in (block.label or block.mark, block.heading) if part), *block.paragraphs, *cells]
    for line in block.under:
        lines += [f"{line.mark} {paragraph}".strip() for paragraph in line.paragraphs]
        lines += [cell for row in line.rows for cell in row]
    return "\n".join(part for part in (*lines, *block.notes) if part)


def excerpt(text: str, asked: Sequence[Wanted], language: str) -> tuple[Piece, ...]:
    """The stretch with the most different words found, each marked; "…" where it was cut."""
    spans = highlight(text, asked, language)
    begin = _best(text, spans)
    start = 0 if begin <= _BEFORE else text.find(" ", begin - _BEFORE) + 1 or begin
    start = min(start, begin)
    end = len(text) if start + _SIZE >= len(text) else max(text.rfind(" ", begin, start + _SIZE), begin + 1)
    pieces, place = [Piece("… ", False)] if start else [], start
    for first, last in spans:
        if start <= first and last <= end:
            pieces += [Piece(text[place:first], False), Piece(text[first:last], True)]
            place = last
    pieces.append(Piece(text[place:end] + (" …" if end < len(text) else ""), False))
    return tuple(piece for piece in pieces if piece.text)


def _best(text: str, spans: Sequence[tuple[int, int]]) -> int:
    """Where the stretch with the most different words begins, the first of equals; spellings count as words."""
    most, begin = 0, 0
    for place, (first, _) in enumerate(spans):
        near = {text[start:end].lower() for start, end in spans[place : place + 40] if end <= first + _SIZE - _BEFORE}
        if len(near) > most:
            most, begin = len(near), first
    return begin
