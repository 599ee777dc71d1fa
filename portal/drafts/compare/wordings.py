"""How is marked text read: paragraph by paragraph, and as one of the two wordings alone has it?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portal.drafts.compare.marks import Segment

Paragraph = tuple[Segment, ...]
_CLOSING = frozenset(".,;:)»”!?")


def paragraphs(segments: Iterable[Segment]) -> Iterator[Paragraph]:
    """A text of several lines, line by line; a line may begin within a struck or inserted run."""
    line: list[Segment] = []
    for kind, words in segments:
        first, *others = words.split("\n")
        if first:
            line.append((kind, first))
        for other in others:
            if any(text.strip() for _, text in line):
                yield tuple(line)
            line = [(kind, other)] if other else []
    if any(text.strip() for _, text in line):
        yield tuple(line)


def one_wording(segments: Iterable[Segment], without: str) -> Paragraph:
    """The words of one side: without what the other alone says ("deleted" or "inserted")."""
    left: list[Segment] = []
    for kind, words in segments:
        if kind == without:
            continue
        # the space before words that are gone does not stay before a sign
        if left and words[:1] in _CLOSING and left[-1][1].endswith(" "):
            left[-1] = (left[-1][0], left[-1][1].rstrip(" "))
        left.append((kind, words))
    return tuple(left)
