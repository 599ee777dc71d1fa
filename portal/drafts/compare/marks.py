"""Which words does a new wording strike out of the old one, and which does it put in?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby, pairwise

from rapidfuzz.distance import Indel

from portal.drafts.structure.wording import TOKEN, tokens, visible

LEAST_ALIKE = 0.3  # below that the old words are struck and the new ones put in as a whole
SHORT_BRIDGE = 2  # words left standing between two changes that read better as one

Segment = tuple[str, str]  # ("equal" | "deleted" | "inserted", words)
_Step = tuple[str, int, int, int, int]


@lru_cache(maxsize=4096)
def mark(old: str, new: str) -> tuple[Segment, ...]:
    """The new wording with what it struck and put in, in the words of the texts themselves, white space as in the new.

    Joined without the deleted segments it reads as the new text; only what `wording` levels is printed as the new has it.
    """
    left, right = _pieces(visible(old)), _pieces(visible(new))
    before, after = [piece.strip() for piece in left], [piece.strip() for piece in right]
    levelled = [_level(words) for words in (before, after)]
    if not left or not right or Indel.normalized_similarity(*levelled) < LEAST_ALIKE:
        return tuple(_joined([*_changed("deleted", left), *_changed("inserted", right)]))
    steps = [_step(code.tag, *_bounds(code)) for code in Indel.opcodes(*levelled)]
    return tuple(_joined(_segments(_bridged(steps, before), left, right)))


def _pieces(text: str) -> list[str]:
    """The words and signs of a text, each with the white space that follows it."""
    starts = [found.start() for found in TOKEN.finditer(text)]
    return [text[start:end] for start, end in pairwise([*starts, len(text)])]


def _level(words: list[str]) -> list[str]:
    """One levelled form for each piece."""
    return ["".join(tokens(word)) for word in words]


def _bounds(code: object) -> tuple[int, int, int, int]:
    return code.src_start, code.src_end, code.dest_start, code.dest_end  # type: ignore[attr-defined]


def _step(tag: str, *bounds: int) -> _Step:
    old_from, old_to, new_from, new_to = bounds
    return ("equal" if tag == "equal" else "changed", old_from, old_to, new_from, new_to)


def _bridged(steps: list[_Step], before: list[str]) -> list[_Step]:
    """Changes side by side as one, also across a word or two that stand in both by chance."""
    result: list[_Step] = []
    for at, step in enumerate(steps):
        tag, _, old_to, _, new_to = step
        is_bridge = tag == "equal" and 0 < at < len(steps) - 1 and _is_weak(steps[at - 1], step, steps[at + 1], before)
        if result and result[-1][0] == "changed" and (tag == "changed" or is_bridge):
            _, first_old, _, first_new, _ = result.pop()
            result.append(("changed", first_old, old_to, first_new, new_to))
        else:
            result.append(step)
    return result


def _is_weak(before_it: _Step, bridge: _Step, after_it: _Step, words: list[str]) -> bool:
    kept = [word for word in words[bridge[1] : bridge[2]] if word.isalnum()]
    return len(kept) <= SHORT_BRIDGE and all(_size(step) >= 2 * len(kept) + 2 for step in (before_it, after_it))


def _size(step: _Step) -> int:
    _, old_from, old_to, new_from, new_to = step
    return old_to - old_from + new_to - new_from


def _segments(steps: Iterable[_Step], left: list[str], right: list[str]) -> Iterator[Segment]:
    for tag, old_from, old_to, new_from, new_to in steps:
        if tag == "equal":
            yield "equal", "".join(right[new_from:new_to])
        else:
            yield from _changed("deleted", left[old_from:old_to])
            yield from _changed("inserted", right[new_from:new_to])


def _changed(kind: str, pieces: list[str]) -> Iterator[Segment]:
    """The white space after struck or inserted words is neither."""
    words = "".join(pieces)
    if kept := words.rstrip():
        yield kind, kept
        if len(kept) < len(words):
            yield "equal", words[len(kept) :]


def _joined(segments: Iterable[Segment]) -> Iterator[Segment]:
    for kind, group in groupby(segments, lambda segment: segment[0]):
        yield kind, "".join(words for _, words in group)
