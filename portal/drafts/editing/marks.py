"""Where may the words of a unit be parted, and what unit do the words after the parting begin?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.drafts.editing.lines import lead_of
from portal.drafts.importers.marks import Grammar
from portal.drafts.structure import Kind, Provision

MOST_PARTINGS = 200  # places a page offers
# a new line; the end of a sentence or of an item of a list
_PARTING = re.compile(r"\n+\s*|(?<=[.!?…;:»])[ \t]+(?=[«\"(]?[\wА-Яа-яӘәІі])")
HEADED = frozenset({Kind.part, Kind.section, Kind.subsection, Kind.chapter, Kind.paragraph, Kind.article, Kind.annex})


def partings(text: str) -> tuple[tuple[int, str], ...]:
    """Where a line or a sentence begins inside the text, with its words up to the next such place."""
    places = [found.end() for found in _PARTING.finditer(text) if 0 < found.end() < len(text)]
    ends = [*places[1:], len(text)]
    return tuple(zip(places, (text[a:b].strip() for a, b in zip(places, ends, strict=False)), strict=False))[:MOST_PARTINGS]


def find_words(text: str, words: str) -> tuple[int, ...]:
    """The places of the text where these words begin, white space aside."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    return tuple(found.start() for found in re.finditer(rf"(?<!\w){pattern}", text)) if pattern else ()


def begin_unit(text: str, kind: Kind | None, language: str) -> Provision:
    """The unit whose words these are; its number is taken off when it stands there as numbers of its kind are printed."""
    for unit in _readings(text, language):
        if kind is None or unit.kind is kind:
            return unit
    kind = kind or Kind.indent
    if kind in HEADED:
        first, _, rest = text.partition("\n")
        return Provision("", kind, "", " ".join(first.split()), rest.strip("\n"))
    return Provision("", kind, "", "", text)


def _readings(text: str, language: str) -> Iterator[Provision]:
    """What the mark at the beginning says; nothing when it is printed otherwise than the portal would print it."""
    first, _, rest = text.partition("\n")
    mark = Grammar(language).find(first)
    if mark is None or not mark.number:
        return
    if mark.kind in HEADED:
        unit = Provision("", mark.kind, mark.number, " ".join(mark.rest.split()), rest.strip("\n"))
    else:
        unit = Provision("", mark.kind, mark.number, "", "\n".join(part for part in (mark.rest, rest) if part))
    printed = first[: len(first) - len(mark.rest)] if mark.rest else first
    if _plain(printed) == _plain(lead_of(unit, language)):
        yield unit


def _plain(words: str) -> list[str]:
    return re.findall(r"\w+", words.lower())
