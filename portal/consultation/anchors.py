"""Where in a text can a comment stand, how is the text printed round that place, and what is the place called?

A comment is anchored to a provision's stable key. Here the tree of a text is laid out once as the blocks a reader
sees: a point with its subpoints is one block with one "Leave a comment"; every unit inside keeps its own anchor, and
so does every row of a table and every cell with words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from portal.drafts.cells import place_in, places_of
from portal.drafts.importers.marks import is_repeal
from portal.drafts.labels import chain_label, label_of, mark_of
from portal.drafts.structure import Kind, Outline, Provision

HEADED = frozenset({Kind.part, Kind.section, Kind.subsection, Kind.chapter, Kind.paragraph, Kind.annex})
OUTER = frozenset({Kind.part, Kind.section, Kind.chapter, Kind.annex})
# what is printed inside the block of the point or article it belongs to
INNER = frozenset({Kind.subpoint, Kind.indent, Kind.table})
DEEPEST_HEADING = 6
DEEPEST_LINE = 2
SHORTEST_PART = 40  # characters
RUN = 10  # points that one line of the contents stands for, where no chapter holds them
LONGEST_REPEAL = 250  # characters
_REPEALED = ("алып тасталды", "күші жойылды", "алынып тасталды")
_POINTS = {"kk": "{}-тармақтар", "ru": "Пункты {}", "en": "Points {}"}


@dataclass(frozen=True, slots=True)
class Line:
    """A unit printed within the block of a larger one. `mark` is its number as printed, such as "2)"."""

    key: str
    mark: str
    paragraphs: tuple[str, ...]
    depth: int
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    is_repealed: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, point, article or table with all that is printed in it.

    `level` is the rank of its heading, 2 to 6; `label` is what precedes the heading ("2-тарау"), `mark` what hangs in
    the margin ("9."). `takes_comments` says whether "Leave a comment" stands under it.
    """

    key: str
    is_heading: bool
    level: int
    label: str
    heading: str
    mark: str
    paragraphs: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    under: tuple[Line, ...]
    takes_comments: bool
    is_repealed: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents; `holds` are the provisions under it, the nearest to the top of each branch."""

    key: str
    label: str
    holds: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """A text laid out for reading. `chains` leads from a provision's key to the provisions from the top down to it."""

    language: str
    title: str
    blocks: tuple[Block, ...]
    entries: tuple[Entry, ...]
    chains: Mapping[str, tuple[Provision, ...]]
    block_keys: Mapping[str, str]

    @cached_property
    def _lines(self) -> dict[str, str]:
        return {held: entry.key for entry in self.entries for held in entry.holds}

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Key of a block → where among the blocks it stands."""
        return {block.key: place for place, block in enumerate(self.blocks)}

    @cached_property
    def _turns(self) -> dict[str, int]:
        return {key: turn for turn, key in enumerate(self.chains)}

    def __contains__(self, key: str) -> bool:
        """Has this text such a place: a provision, a row of a table, a cell with words?"""
        return bool(self.chain(key))

    def chain(self, key: str) -> tuple[Provision, ...]:
        """The provisions from the top down to a place, of a row or cell down to its table; () where there is no such place."""
        place = place_in(key)
        chain = self.chains.get(place.table if place else key, ())
        return () if place and chain and place.words(chain[-1].rows) is None else chain

    @property
    def tops(self) -> list[str]:
        """The keys of chapters, articles or points a reader chooses among, in reading order."""
        return [held for entry in self.entries for held in entry.holds]

    def block_of(self, key: str) -> Block | None:
        """The block in which a place is printed."""
        chain = self.chain(key)
        place = self.places.get(self.block_keys.get(chain[-1].key, "")) if chain else None
        return None if place is None else self.blocks[place]

    def name(self, key: str, language: str) -> str:
        """What a place is called: "18-бап, 4-тармақ"; the bare key where this text has no such place."""
        chain = self.chain(key)
        return chain_label(chain, language, place_in(key)) if chain else key

    def mark(self, key: str) -> str:
        """The number of a provision as printed, such as "2)"; "" for none."""
        chain = self.chains.get(key, ())
        return mark_of(chain[-1]) if chain else ""

    def words(self, key: str) -> str:
        """The words of a provision with its inner units, one a line, of a row or cell its own; "" for no such place."""
        chain, place = self.chain(key), place_in(key)
        if place and chain:
            return place.words(chain[-1].rows) or ""
        return "\n".join(_words(chain[-1])) if chain else ""

    def heat(self, counts: Mapping[str, int]) -> dict[str, int]:
        """Comments under each line of the contents, from comments by provision key."""
        totals = dict.fromkeys((entry.key for entry in self.entries), 0)
        for key, count in counts.items():
            for provision in self.chain(key):
                if provision.key in self._lines:
                    totals[self._lines[provision.key]] += count
        return totals

    def entry_of(self, key: str) -> str:
        """The line of the contents a provision stands under, the innermost; "" for none."""
        return next((self._lines[p.key] for p in reversed(self.chain(key)) if p.key in self._lines), "")

    def neighbourhood(self, key: str, most: int = 60) -> list[tuple[str, int]]:
        """(key, depth) of the places near one: what it stands in, itself, and what stands in it, in reading order."""
        chain, place = self.chain(key), place_in(key)
        near = [(provision.key, depth) for depth, provision in enumerate(chain)]
        if place and chain:
            own = [each for each in places_of(place.table, chain[-1].rows) if each.row == place.row]
            near += [(each.key, len(chain) + bool(each.column)) for each in own]
        elif chain:
            near += [(p.key, len(chain) + depth) for p, depth in _descend(chain[-1].children, 0)]
        return near[:most]

    def turn(self, key: str) -> tuple[int, int, int] | None:
        """Where in reading order a place stands, to sort by; None where this text has no such place."""
        chain, place = self.chain(key), place_in(key)
        return (self._turns[chain[-1].key], place.row if place else 0, place.column if place else 0) if chain else None


def in_reading_order(keys: Iterable[str], layouts: Iterable[Layout]) -> list[str]:
    """Places as the first text that has them has them; those that none has come last, the whole draft ("") first."""
    texts = list(layouts)
    last = (max((len(text.chains) for text in texts), default=0), 0, 0)

    def turn(key: str) -> tuple[bool, tuple[int, int, int], str]:
        return key != "", next((at for text in texts if (at := text.turn(key)) is not None), last), key

    return sorted(keys, key=turn)


def lay_out(outline: Outline) -> Layout:
    """Lay a text out for reading."""
    chains: dict[str, tuple[Provision, ...]] = {}
    _collect(outline.provisions, (), chains)
    blocks = tuple(_blocks(outline.provisions, outline.language, 2))
    block_keys = {block.key: block.key for block in blocks}
    block_keys.update((line.key, block.key) for block in blocks for line in block.under)
    return Layout(outline.language, outline.title, blocks, tuple(_entries(outline)), chains, block_keys)


def _collect(
    provisions: tuple[Provision, ...], above: tuple[Provision, ...], chains: dict[str, tuple[Provision, ...]]
) -> None:
    for provision in provisions:
        chains[provision.key] = (*above, provision)
        _collect(provision.children, chains[provision.key], chains)


def _blocks(provisions: tuple[Provision, ...], language: str, level: int, inside: Kind | None = None) -> Iterator[Block]:
    for provision in provisions:
        is_heading = provision.kind in HEADED
        inner = () if is_heading else _leading_inner(provision.children)
        rest = provision.children[len(inner):]
        yield _block(provision, language, level, inner, is_heading, inside)
        deeper = level + 1 if is_heading or provision.heading else level
        yield from _blocks(rest, language, min(deeper, DEEPEST_HEADING), provision.kind)


def _leading_inner(children: tuple[Provision, ...]) -> tuple[Provision, ...]:
    """The children printed in the parent's own block: up to the first that is a block of its own."""
    end = next((at for at, child in enumerate(children) if child.kind not in INNER), len(children))
    return children[:end]


def _block(
    provision: Provision, language: str, level: int, inner: tuple[Provision, ...], is_heading: bool, inside: Kind | None
) -> Block:
    is_worded = is_heading or provision.kind is Kind.article
    label = label_of(provision, language) if is_worded and (provision.number or provision.kind is Kind.annex) else ""
    return Block(
        key=provision.key,
        is_heading=is_heading,
        level=level,
        label=label,
        heading=provision.heading,
        mark="" if is_worded else mark_of(provision),
        paragraphs=_paragraphs(provision),
        rows=provision.rows,
        notes=provision.notes,
        under=tuple(_lines(inner, 1)),
        takes_comments=provision.kind is Kind.annex or _has_own_link(provision, inner, inside),
        is_repealed=_is_repealed(provision),
    )


def _is_repealed(provision: Provision) -> bool:
    """Does the unit hold nothing but the word that it is no more? In Kazakh that word ends the sentence."""
    text = provision.text or provision.heading
    if provision.children or provision.rows or not provision.number or len(text) > LONGEST_REPEAL:
        return False
    return is_repeal(text) or text.rstrip(" .;)").casefold().endswith(_REPEALED)


def _has_own_link(provision: Provision, inner: tuple[Provision, ...], inside: Kind | None) -> bool:
    """Chapters and bare headings are spoken of through their parts, the many lines of a form through its annex.

    A short line without a number is the top of a document ("Draft", "To: ..."), of which nobody has a word to say.
    """
    if provision.kind in HEADED or (provision.kind in INNER and inside is Kind.annex):
        return False
    if provision.kind is Kind.indent and len(provision.text) < SHORTEST_PART:
        return False
    return bool(provision.text or provision.rows or inner)


def _lines(provisions: tuple[Provision, ...], depth: int) -> Iterator[Line]:
    for provision in provisions:
        shown = DEEPEST_LINE if provision.kind is Kind.indent and depth > 1 else min(depth, DEEPEST_LINE)
        paragraphs = _paragraphs(provision)
        if provision.heading:
            paragraphs = (provision.heading, *paragraphs)
        yield Line(provision.key, mark_of(provision), paragraphs, shown, provision.rows, provision.notes,
                   _is_repealed(provision))  # fmt: skip
        yield from _lines(provision.children, depth + 1)


def _entries(outline: Outline) -> Iterator[Entry]:
    """Chapters and annexes, or articles where an act has no chapters; points that stand in none of them by the ten."""
    kinds = {p.kind for p, _ in _descend(outline.provisions, 0)}
    chosen = OUTER if kinds & (OUTER - {Kind.annex}) else {Kind.article, Kind.annex}
    for are_points, group in groupby(outline.provisions, lambda top: top.kind is Kind.point):
        units = tuple(group)
        if are_points:
            yield from (_run(units[at : at + RUN], outline.language) for at in range(0, len(units), RUN))
        else:
            for unit, _ in _descend(units, 0):
                if unit.kind in chosen:
                    yield Entry(unit.key, _entry_label(unit, outline.language), (unit.key,))


def _run(points: Sequence[Provision], language: str) -> Entry:
    first, last = points[0], points[-1]
    if len(points) == 1:
        return Entry(first.key, label_of(first, language), (first.key,))
    label = _POINTS.get(language, _POINTS["en"]).format(f"{first.number}–{last.number}")
    return Entry(first.key, label, tuple(point.key for point in points))


def _entry_label(provision: Provision, language: str) -> str:
    label = label_of(provision, language) if provision.number or not provision.heading else ""
    return ". ".join(part for part in (label, provision.heading) if part)


def _descend(provisions: tuple[Provision, ...], depth: int) -> Iterator[tuple[Provision, int]]:
    for provision in provisions:
        yield provision, depth
        yield from _descend(provision.children, depth + 1)


def _words(provision: Provision) -> Iterator[str]:
    yield from (part for part in (provision.heading, *_paragraphs(provision)) if part)
    for child in provision.children:
        if child.kind in INNER and not child.rows:
            first, *more = [*_words(child)] or [""]
            yield f"{mark_of(child)} {first}".strip()
            yield from more


def _paragraphs(provision: Provision) -> tuple[str, ...]:
    return tuple(line for line in provision.text.splitlines() if line.strip())
