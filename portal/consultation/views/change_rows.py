"""How is a changed unit shown on a page: its name, what became of it, its words?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext, pgettext

from portal.consultation.changes import Changes, Item, Place, Words, in_chapters, marked, one_side
from portal.drafts.compare import Change, Comparison, UnitChange
from portal.web.formats import format_number

CHANGE_TAGS = {
    Change.same: "plain",
    Change.reworded: "waiting",
    Change.moved: "plain",
    Change.added: "accepted",
    Change.removed: "refused",
}


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit with its words marked; `old` and `new` are the same words for two columns, None where there is nothing."""

    key: str
    name: str
    change: str
    words: str
    tag: str
    note: str
    marked: Words
    old: Words | None
    new: Words | None
    url: str
    comments: str
    comments_url: str | None


@dataclass(frozen=True, slots=True)
class Gap:
    """A run of units that did not change."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class ChapterRows:
    """A chapter with what changed in it; `number` counts the chapters of the page."""

    number: int
    title: str
    rows: tuple[UnitRow | Gap, ...]


Link = Callable[[str], str]
CommentsOf = Callable[[str], tuple[str, str | None]]


def change_words(change: Change) -> str:
    """What became of a unit, as a tag says it."""
    return {
        Change.same: pgettext("unit of a text", "Unchanged"),
        Change.reworded: pgettext("unit of a text", "Text changed"),
        Change.moved: pgettext("unit of a text", "Moved"),
        Change.added: pgettext("unit of a text", "Added"),
        Change.removed: pgettext("unit of a text", "Removed"),
    }[change]


def place_words(place: Place) -> str:
    """What became of a place people spoke of."""
    if place.change is not Change.removed:
        return change_words(place.change)
    if place.row is None:
        return _("Provision removed")
    is_row = place.row.change is Change.removed
    return pgettext("row of a table", "Row removed") if is_row else pgettext("column of a table", "Column removed")


def summary_words(comparison: Comparison) -> tuple[str, ...]:
    """How many units were changed in which way, in words; nothing for a way none was changed in."""
    return counted_words(comparison.counts)


def counted_words(counts: Mapping[Change, int]) -> tuple[str, ...]:
    """The same from how many units were changed in which way."""
    said = (
        (Change.reworded, _reworded), (Change.added, _added), (Change.removed, _removed), (Change.moved, _moved),
        (Change.same, _same),
    )  # fmt: skip
    return tuple(words(counts[change]) for change, words in said if counts.get(change))


def chapter_rows(
    changes: Changes, items: Sequence[Item], *, link: Link, show_all: Link, comments: CommentsOf
) -> tuple[ChapterRows, ...]:
    """The items of a page under their chapters. `link` and `show_all` make addresses of a unit in this and in the full view."""
    return tuple(
        ChapterRows(
            number,
            title,
            tuple(
                Gap(_same(item.skipped), show_all(item.unit.key)) if item.skipped else _row(changes, item.unit, link, comments)
                for item in group
            ),
        )
        for number, (title, group) in enumerate(in_chapters(changes, items), start=1)
    )


def _row(changes: Changes, unit: UnitChange, link: Link, comments: CommentsOf) -> UnitRow:
    words, (count, comments_url) = marked(unit), comments(unit.key)
    return UnitRow(
        key=unit.key,
        name=changes.name(unit.key),
        change=unit.change.value,
        words=change_words(unit.change),
        tag=CHANGE_TAGS[unit.change],
        note=_note(changes, unit),
        marked=words,
        old=one_side(words, "inserted") if unit.old else None,
        new=one_side(words, "deleted") if unit.new else None,
        url=link(unit.key),
        comments=count,
        comments_url=comments_url,
    )


def _note(changes: Changes, unit: UnitChange) -> str:
    """Where the unit was before, where it came from or went."""
    if unit.split_from:
        return _("Was a part of: %(place)s", place=changes.old_names.get(unit.split_from, ""))
    if unit.merged_into:
        return _("Became a part of: %(place)s", place=changes.new_names.get(unit.merged_into, ""))
    if not unit.is_moved:
        return ""
    before, after = changes.old_names.get(unit.key, ""), changes.new_names.get(unit.key, "")
    return _("Was: %(place)s", place=before) if before != after else _("Stood elsewhere in the text")


def _reworded(count: int) -> str:
    return ngettext("text changed in %(count)s unit", "text changed in %(count)s units", count, count=format_number(count))


def _added(count: int) -> str:
    return ngettext("%(count)s unit added", "%(count)s units added", count, count=format_number(count))


def _removed(count: int) -> str:
    return ngettext("%(count)s unit removed", "%(count)s units removed", count, count=format_number(count))


def _moved(count: int) -> str:
    return ngettext("%(count)s unit moved", "%(count)s units moved", count, count=format_number(count))


def _same(count: int) -> str:
    return ngettext("%(count)s unit unchanged", "%(count)s units unchanged", count, count=format_number(count))
