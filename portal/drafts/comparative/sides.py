"""How do the wording in force and the proposed one stand side by side, with the words marked that differ?"""

from __future__ import annotations

from dataclasses import dataclass

from portal.drafts.compare import Paragraph, mark, one_wording, paragraphs


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
    present_one, proposed_one = one_wording(segments, "inserted"), one_wording(segments, "deleted")
    return Sides(tuple(paragraphs(present_one)), tuple(paragraphs(proposed_one)))


def _plain(text: str) -> tuple[Paragraph, ...]:
    return tuple((("equal", line),) for line in text.split("\n") if line.strip())
