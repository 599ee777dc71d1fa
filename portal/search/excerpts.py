"""Which few words of a text show best why it was found?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from portal.language.analysis import Wanted, highlight

SIZE = 280  # characters of an excerpt
BEFORE = 70  # of these, shown before the first word found
AT_ONCE = 20_000  # characters looked through before deciding that there is something
FARTHEST = 200_000

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in its own spelling; `is_found` when it is one of the words asked for."""

    text: str
    is_found: bool = False


def marked(text: str, query: Iterable[Wanted], language: str | None) -> tuple[Piece, ...]:
    """The whole text with the words asked for marked."""
    return tuple(_pieces(text, highlight(text, query, language), 0, len(text)))


@dataclass(frozen=True, slots=True)
class Excerpt:
    """`at` is where in the text it begins; `is_found` whether it has any of the words."""

    pieces: tuple[Piece, ...]
    at: int
    is_found: bool

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def excerpt(text: str, query: Sequence[Wanted], language: str | None) -> Excerpt:
    """The stretch with the most different words asked for, whole words, "…" where it was cut."""
    spans = _first_spans(text, query, language)
    begin = _best_begin(text, spans)
    start = _word_start(text, max(0, begin - BEFORE)) if spans else 0
    end = _word_end(text, min(len(text), start + SIZE))
    pieces = list(_pieces(text, spans, start, end))
    if start > 0:
        pieces.insert(0, Piece("… "))
    if end < len(text.rstrip()):
        pieces.append(Piece("\u00a0…"))  # never alone on a line
    return Excerpt(tuple(pieces), begin if spans else 0, bool(spans))


def _first_spans(text: str, query: Sequence[Wanted], language: str | None) -> tuple[Span, ...]:
    """Spans in the first stretch of the text that has any."""
    for start in range(0, min(len(text), FARTHEST), AT_ONCE):
        found = highlight(text[start : start + AT_ONCE], query, language)
        if found:
            return tuple((start + first, start + last) for first, last in found)
    return ()


def _best_begin(text: str, spans: Sequence[Span]) -> int:
    """Where the window of SIZE begins that has the most different words, the earliest of equals."""
    best, begin = 0, spans[0][0] if spans else 0
    for index, (first, _) in enumerate(spans):
        words = set()
        for start, end in spans[index:]:
            if end > first + SIZE - BEFORE:
                break
            words.add(text[start:end].lower())
        if len(words) > best:
            best, begin = len(words), first
    return begin


def _word_start(text: str, place: int) -> int:
    """The first beginning of a word at or after a place, looking no farther than BEFORE."""
    if place == 0:
        return 0
    for index in range(place, min(place + BEFORE, len(text))):
        if text[index - 1].isspace():
            return index
    return place


def _word_end(text: str, place: int) -> int:
    if place >= len(text):
        return len(text.rstrip())
    for index in range(place, max(place - BEFORE, 0), -1):
        if text[index].isspace():
            return index
    return place


def _pieces(text: str, spans: Iterable[Span], start: int, end: int) -> Iterator[Piece]:
    place = start
    for first, last in spans:
        if first < start or last > end:
            continue
        if first > place:
            yield Piece(_plain(text[place:first]))
        yield Piece(text[first:last], is_found=True)
        place = last
    if place < end:
        yield Piece(_plain(text[place:end]))


def _plain(text: str) -> str:
    """Line ends are spaces in an excerpt."""
    return text.replace("\n", " ").replace("\t", " ")
