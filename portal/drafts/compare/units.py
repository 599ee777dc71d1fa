"""What became of each unit of a text in another version of it?"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from portal.drafts.compare.change import Change
from portal.drafts.compare.marks import Segment, mark
from portal.drafts.compare.parts import parts_of
from portal.drafts.compare.rows import Cells, LineChange, align_columns, align_rows, cell_change, mark_row
from portal.drafts.structure import Outline, Provision, walk
from portal.drafts.structure.keys import slug_of
from portal.drafts.structure.wording import likeness, tokens

ROW, CELL = "\n", "\t"


@dataclass(frozen=True, slots=True)
class Marks:
    """The own words of a reworded unit, marked; `rows` are the cells of a table, row by row, and `changes` what became of each."""

    heading: tuple[Segment, ...]
    text: tuple[Segment, ...]
    rows: tuple[Cells, ...]
    changes: tuple[LineChange, ...] = ()


@dataclass(frozen=True)
class UnitChange:
    """One unit in two versions; a side is None where the version has no such unit.

    `key` is the stable key in both. `change` speaks of the unit's own words, number and place; what stands in it has
    changes of its own. `similarity` is 0.0 to 1.0, of the own words; 0.0 for what was added or removed. `is_moved` is
    true of a reworded unit that also got another number, parent or turn. `split_from` and `merged_into` name the unit
    that an added unit was a part of, or that swallowed a removed one.
    """

    key: str
    change: Change
    similarity: float
    old: Provision | None
    new: Provision | None
    depth: int
    is_moved: bool = False
    split_from: str = ""
    merged_into: str = ""

    @property
    def provision(self) -> Provision:
        """The unit as it stands now, or stood last."""
        present = self.new or self.old
        assert present is not None
        return present

    def marks(self) -> Marks:
        """The words struck and put in, also for units that were added or removed as a whole."""
        old, new = self.old, self.new
        return Marks(
            mark(old.heading if old else "", new.heading if new else ""),
            mark(old.text if old else "", new.text if new else ""),
            tuple(self.mark_row(row) for row in self.rows),
            self.rows,
        )

    @cached_property
    def rows(self) -> tuple[LineChange, ...]:
        """What became of each row of a table."""
        return align_rows(*self._tables)

    @cached_property
    def columns(self) -> tuple[LineChange, ...]:
        """What became of each column of a table."""
        return align_columns(*self._tables, self.rows)

    def mark_row(self, row: LineChange) -> Cells:
        """The cells of one of its rows, column by column, with the words struck and put in."""
        return mark_row(*self._tables, row, self.columns)

    def cell_change(self, row: LineChange, column: LineChange) -> Change:
        """What became of one of its cells."""
        return cell_change(*self._tables, row, column)

    @property
    def _tables(self) -> tuple[Sequence[Sequence[str]], Sequence[Sequence[str]]]:
        return self.old.rows if self.old else (), self.new.rows if self.new else ()


@dataclass(frozen=True)
class Comparison:
    """Two texts unit by unit, in the order of the new one; a removed unit stands where it stood in the old one.

    `title` is the title of the act with its words marked, empty where both texts have the same or one has none.
    """

    language: str
    units: tuple[UnitChange, ...]
    counts: Mapping[Change, int] = field(default_factory=dict)
    title: tuple[Segment, ...] = ()

    @property
    def is_same(self) -> bool:
        """Do the two say the same, the title included?"""
        return not self.changed and not self.title

    @property
    def changed(self) -> int:
        """How many units are not the same."""
        return len(self.units) - self.counts.get(Change.same, 0)

    @cached_property
    def by_key(self) -> Mapping[str, UnitChange]:
        return {unit.key: unit for unit in self.units}

    def became(self, key: str) -> UnitChange | None:
        """What became of the unit with this key; None when neither text has it."""
        return self.by_key.get(key)


def compare(old: Outline, new: Outline) -> Comparison:
    """Two versions of a text, unit by unit; units with the same key are the same unit (see `structure.carry_keys`).

    Notes of editors are not compared: they are about the text. What differs in white space, invisible characters, the
    style of quotation marks and dashes or look-alike letters only is the same.
    """
    sides = _Side(old), _Side(new)
    moved = _moved(*sides)
    units = _with_parts([_unit(key, *sides, moved) for key in _order(*sides)])
    return Comparison(new.language, units, Counter(unit.change for unit in units), _title(old.title, new.title))


def _title(old: str, new: str) -> tuple[Segment, ...]:
    return mark(old, new) if old and new and tokens(old) != tokens(new) else ()


class _Side:
    """One text by key: its units, their parents (a key or None) and how deep they stand."""

    def __init__(self, outline: Outline) -> None:
        self.units: dict[str, Provision] = {}
        self.parents: dict[str, str | None] = {}
        self.depths: dict[str, int] = {}
        for provision, depth, parent in walk(outline.provisions):
            self.units[provision.key] = provision
            self.parents[provision.key] = parent
            self.depths[provision.key] = depth

    def parent_known_to(self, key: str, other: _Side) -> str | None:
        """The nearest holder that the other text has too: a chapter put round articles does not move them."""
        parent = self.parents[key]
        while parent is not None and parent not in other.units:
            parent = self.parents[parent]
        return parent


def _unit(key: str, old: _Side, new: _Side, moved: frozenset[str]) -> UnitChange:
    before, after = old.units.get(key), new.units.get(key)
    if after is None:
        return UnitChange(key, Change.removed, 0.0, before, None, old.depths[key])
    if before is None:
        return UnitChange(key, Change.added, 0.0, None, after, new.depths[key])
    is_moved = key in moved
    share = _similarity(before, after)
    if share == 1.0:
        return UnitChange(key, Change.moved if is_moved else Change.same, 1.0, before, after, new.depths[key], is_moved)
    return UnitChange(key, Change.reworded, share, before, after, new.depths[key], is_moved)


def _with_parts(units: Sequence[UnitChange]) -> tuple[UnitChange, ...]:
    """The units with what was split off from one of them or went into one of them."""
    added = {unit.key: unit.new for unit in units if unit.change is Change.added and unit.new}
    removed = {unit.key: unit.old for unit in units if unit.change is Change.removed and unit.old}
    reworded = [unit for unit in units if unit.change is Change.reworded]
    split = parts_of(added, removed | {unit.key: unit.old for unit in reworded if unit.old})
    merged = parts_of(removed, added | {unit.key: unit.new for unit in reworded if unit.new})
    return tuple(
        replace(unit, split_from=split.get(unit.key, ""), merged_into=merged.get(unit.key, ""))
        if unit.key in split or unit.key in merged
        else unit
        for unit in units
    )


def _similarity(one: Provision, other: Provision) -> float:
    """1.0 for the same words and for these alone; more than 0.0 for a unit that goes on."""
    if (one.heading, one.text, one.rows) == (other.heading, other.text, other.rows):
        return 1.0
    words = _own_words(one), _own_words(other)
    return 1.0 if words[0] == words[1] else min(max(round(likeness(*words), 3), 0.001), 0.999)


def _own_words(provision: Provision) -> list[str]:
    """The words as compared: whether they stand in the heading or under it depends on the file they came in."""
    words = tokens(f"{provision.heading}\n{provision.text}" if provision.heading else provision.text)
    for row in provision.rows:
        words.append(ROW)
        for cell in row:
            words += [CELL, *tokens(cell)]
    return words


def _moved(old: _Side, new: _Side) -> frozenset[str]:
    """Units with another number or holder, and those that were carried past their neighbours."""
    turns = {key: turn for turn, key in enumerate(old.units)}
    moved: set[str] = set()
    siblings: dict[str | None, list[str]] = {}
    for key in new.units:
        if key not in old.units:
            continue
        parent = new.parent_known_to(key, old)
        if parent != old.parent_known_to(key, new) or _number(old.units[key]) != _number(new.units[key]):
            moved.add(key)
        else:
            siblings.setdefault(parent, []).append(key)
    for keys in siblings.values():
        moved.update(_out_of_turn(keys, turns))
    return frozenset(moved)


def _number(provision: Provision) -> str:
    return slug_of(provision) or "".join(tokens(provision.number))


def _out_of_turn(keys: Sequence[str], turns: Mapping[str, int]) -> set[str]:
    """The fewest units whose carrying explains the new order: all but a longest run that kept it."""
    tails: list[int] = []
    lasts: list[int] = []
    before: list[int] = []
    for at, key in enumerate(keys):
        rank = bisect_left(tails, turns[key])
        before.append(lasts[rank - 1] if rank else -1)
        tails[rank:rank + 1], lasts[rank:rank + 1] = [turns[key]], [at]
    kept, at = set(), lasts[-1] if lasts else -1
    while at >= 0:
        kept.add(keys[at])
        at = before[at]
    return set(keys) - kept


def _order(old: _Side, new: _Side) -> list[str]:
    """All keys in the order of the new text; what only the old has follows what it followed there."""
    followers: dict[str, list[str]] = {}
    before = ""
    for key in old.units:
        if key in new.units:
            before = key
        else:
            followers.setdefault(before, []).append(key)
    order = list(followers.get("", ()))
    for key in new.units:
        order += [key, *followers.get(key, ())]
    return order
