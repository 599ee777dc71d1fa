"""How do the wording in force and the proposed one stand side by side, with the words marked that differ?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portal.drafts.compare import Segment, mark

_CLOSING = frozenset(".,;:)»”!?")

Paragraph = tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """Both wordings paragraph by paragraph; () for a wording that is not there."""

    present: tuple[Paragraph, ...]
    proposed: tuple[Paragraph, ...]


def put_beside(present: str, proposed: str) -> Sides:
    """Struck words stand in the present wording only, inserted ones in the proposed only.

    Wordings with nothing in common are printed plain: marking every word would mark none.
    """
    segments = mark(present, proposed) if present and proposed else ()
    if not any(kind == "equal" and any(map(str.isalnum, words)) for kind, words in segments):
        return Sides(_plain(present), _plain(proposed))
    return Sides(tuple(_paragraphs(segments, "inserted")), tuple(_paragraphs(segments, "deleted")))


def _plain(text: str) -> tuple[Paragraph, ...]:
    return tuple((("equal", line),) for line in text.split("\n") if line.strip())


def _paragraphs(segments: Iterable[Segment], without: str) -> Iterator[Paragraph]:
    line: list[Segment] = []
    for kind, words in segments:
        if kind == without:
            continue
        if line and words[:1] in _CLOSING and line[-1][1].endswith(" "):
            # the space before words that stand in the other wording only does not stay before a sign
            line[-1] = (line[-1][0], line[-1][1].rstrip(" "))
        first, *others = words.split("\n")
        if first:
            line.append((kind, first))
        for other in others:
            if any(text.strip() for _, text in line):
                yield tuple(line)
            line = [(kind, other)] if other else []
    if any(text.strip() for _, text in line):
        yield tuple(line)
