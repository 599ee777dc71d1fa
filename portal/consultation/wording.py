"""Which words does a proposed wording strike out of a provision, and which does it put in?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

LONGEST = 600  # words of either text; beyond that a comparison word by word helps nobody
LEAST_ALIKE = 0.35
KEPT = 6  # words left standing on either side of a change

Segment = tuple[str, str]  # ("equal" | "deleted" | "inserted", words)

_WORD = re.compile(r"\S+\s*")


@lru_cache(maxsize=4096)
def changes(present: str, proposed: str, mark: str = "") -> tuple[Segment, ...]:
    """The proposed wording as struck and inserted words, long unchanged stretches shortened to "…".

    Whoever types the provision's `mark` ("2)") before the words has not changed it. A proposal that has little in common with the present text is one "equal" segment: it replaces the whole.
    """
    proposed = proposed.removeprefix(mark).strip()
    old, new = _words(present), _words(proposed)
    if not old or not new or max(len(old), len(new)) > LONGEST:
        return (("equal", proposed),)
    matcher = SequenceMatcher(None, [word.strip() for word in old], [word.strip() for word in new], autojunk=False)
    if matcher.ratio() < LEAST_ALIKE:
        return (("equal", proposed),)
    return tuple(_segments(old, new, matcher))


def _segments(old: list[str], new: list[str], matcher: SequenceMatcher[str]) -> Iterator[Segment]:
    steps = matcher.get_opcodes()
    for number, (tag, old_from, old_to, new_from, new_to) in enumerate(steps):
        if tag == "equal":
            yield "equal", _shortened(new[new_from:new_to], number > 0, number < len(steps) - 1)
            continue
        if old_to > old_from:
            yield from _spaced("deleted", "".join(old[old_from:old_to]))
        if new_to > new_from:
            yield from _spaced("inserted", "".join(new[new_from:new_to]))


def _spaced(kind: str, words: str) -> Iterator[Segment]:
    """The space after struck or inserted words is neither."""
    yield kind, words.rstrip()
    yield "equal", " "


def _shortened(words: list[str], after_change: bool, before_change: bool) -> str:
    ends = (KEPT if after_change else 0) + (KEPT if before_change else 0)
    if len(words) <= ends + 3:
        return "".join(words)
    head = "".join(words[:KEPT]).rstrip() + " " if after_change else ""
    tail = "".join(words[-KEPT:]) if before_change else ""
    return f"{head}… {tail}" if tail else f"{head}…"


def _words(text: str) -> list[str]:
    return [word if word[-1].isspace() else f"{word} " for word in _WORD.findall(" ".join(text.split()))]
