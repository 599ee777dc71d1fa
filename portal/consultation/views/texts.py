"""Which text does a reader see, in which language, and where in it are they?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.consultation.anchors import Block, Entry, Layout
from portal.consultation.beside import Side, in_turn, pair_up
from portal.consultation.paging import Part, Parts
from portal.consultation.queries.comments import KeyCount
from portal.consultation.queries.reading import Dossier, TextRef
from portal.consultation.views.cells import spoken_rows
from portal.consultation.views.package import first_language
from portal.consultation.words import OWN_NAMES, language_in_sentence
from portal.kernel.errors import NotFound
from portal.web.formats import format_number

MOST_LINES = 150  # of the contents; past it other pages of a long text have one line each


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A line of the contents, as `components/contents.html` shows it."""

    label: str
    url: str
    count: int
    is_current: bool
    lang: str | None


@dataclass(frozen=True, slots=True)
class PartLinks:
    """Where in a long text the reader is: page `number` of `count`, and (address, name) of those before and after it."""

    label: str
    number: int
    count: int
    before: tuple[str, str] | None
    after: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Spot:
    """What of a text is shown: page `place` of `parts` (all of them for None), with the language `beside` it, if any."""

    parts: Parts
    place: int | None = None
    beside: Layout | None = None

    @property
    def part(self) -> Part | None:
        return None if self.place is None else self.parts.parts[self.place]


@dataclass(frozen=True)
class TextView:
    """A text with what is counted beside it.

    Where it is read beside the language `beside`, `blocks` are of both in turn and `sides` say which; `beside_links` lead there.
    `part` is there where the text is shown by pages; `at_url` is what a key is added to for the page that has it.
    `links` are (name, language, address, is it the present one) of the languages of this version; `notes` say what a
    reader has to know about the text; `counts` are words by provision key, `comment_url` and `thread_url` what a key is
    added to; `name` and `current_url` speak of an older version.
    """

    lang: str
    is_foreign: bool
    blocks: tuple[Block, ...]
    links: tuple[tuple[str, str, str, bool], ...]
    notes: tuple[str, ...]
    counts: Mapping[str, str]
    comment_url: str | None
    thread_url: str
    file_url: str | None
    current_url: str | None
    chosen: str
    chosen_block: str
    find_url: str
    at_url: str
    part: PartLinks | None
    beside: str
    sides: tuple[Side, ...]
    beside_links: tuple[tuple[str, str, str, bool], ...]
    spoken_rows: frozenset[str]  # rows of tables in which a cell has comments or is chosen


def choose_text(texts: Sequence[TextRef], version_id: int, language: str) -> TextRef:
    """The text of a version in the reader's language, or the first authentic one; raises NotFound."""
    found = {text.language: text for text in texts if text.version_id == version_id}
    chosen = first_language(found, language)
    if chosen is None:
        raise NotFound("There is no text in this language.")
    return found[chosen]


def show_text(
    dossier: Dossier, texts: Sequence[TextRef], text: TextRef, counts: Mapping[str, KeyCount], *,
    language: str, chosen: str, takes_comments: bool, spot: Spot,
) -> TextView:  # fmt: skip
    """The text with its counts and links. `chosen` is the key of a provision, or ""."""
    layout = spot.parts.layout
    draft_id, is_current = dossier.draft.id, text.version_id == dossier.file.consultation.version_id
    is_later = any(text.number > other.number for other in texts if other.version_id == dossier.file.consultation.version_id)
    block = layout.block_of(chosen) if chosen else None
    blocks, sides = shown_blocks(spot)
    words = _count_words(counts) if is_current or is_later else {}
    return TextView(
        lang=text.language,
        is_foreign=text.language != language,
        blocks=blocks,
        links=tuple(_language_link(draft_id, other, text, spot, chosen) for other in texts if other.number == text.number),
        notes=_notes(text, layout, chosen, language, {other.language for other in texts if other.number == text.number}),
        counts=words,
        comment_url=url_for("consultation.new_comment", draft_id=draft_id) if takes_comments and is_current else None,
        thread_url=_with_beside(_thread_url(draft_id, text), spot) + "provision=",
        file_url=_file_url(draft_id, text),
        current_url=None if is_current or is_later else url_for("consultation.draft", draft_id=draft_id),
        chosen=chosen,
        chosen_block=block.key if block else "",
        find_url=url_for("consultation.find", draft_id=draft_id, number=text.number, language=text.language),
        at_url=_with_beside(_thread_url(draft_id, text), spot) + "at=" if spot.parts.are_many else "",
        part=part_links(spot, _with_beside(_thread_url(draft_id, text), spot)),
        beside=spot.beside.language if spot.beside else "",
        sides=sides,
        beside_links=_beside_links(draft_id, texts, text, spot, chosen),
        spoken_rows=spoken_rows(words, chosen),
    )


def show_contents(
    draft_id: int, text: TextRef, spot: Spot, counts: Mapping[str, KeyCount], *, language: str, chosen: str
) -> tuple[ContentsLine, ...]:
    """What is about the draft as a whole, then the chapters, each with the comments under it."""
    layout = spot.parts.layout
    heat = layout.heat({key: count.comments for key, count in counts.items()})
    whole = counts[""].comments if "" in counts else 0
    base = _with_beside(_thread_url(draft_id, text), spot)
    first = ContentsLine(_("Passport and package"), "#about", whole, False, None)
    return (first, *contents_lines(spot, base, language, heat, layout.entry_of(chosen)))


def contents_lines(
    spot: Spot, base: str, language: str, heat: Mapping[str, int], current: str | None = None
) -> Iterator[ContentsLine]:
    """The chapters; `base` is the page's address, ready for one more value."""
    lang = spot.parts.layout.language if spot.parts.layout.language != language else None
    for entry, label, held in _entries(spot):
        count = sum(heat.get(key, 0) for key in held)
        yield ContentsLine(label, _place_url(spot, base, entry.key), count, current in held, lang)


def _entries(spot: Spot) -> Iterator[tuple[Entry, str, Sequence[str]]]:
    """(line, its words, keys of the lines it stands for): of pages elsewhere in a very long text one line each."""
    parts, entries = spot.parts, spot.parts.layout.entries
    if spot.place is None or len(entries) <= MOST_LINES:
        yield from ((entry, entry.label, (entry.key,)) for entry in entries)
        return
    for place, group in groupby(entries, lambda entry: parts.place_of(entry.key) or 0):
        lines = tuple(group)
        if place == spot.place:
            yield from ((entry, entry.label, (entry.key,)) for entry in lines)
        else:
            yield lines[0], parts.parts[place].label, [entry.key for entry in lines]


def _place_url(spot: Spot, base: str, key: str) -> str:
    place = spot.parts.place_of(key)
    if spot.place is None or place is None or place == spot.place:
        return f"#{key}"
    return f"{base}part={spot.parts.parts[place].key}#{key}"


def part_links(spot: Spot, base: str) -> PartLinks | None:
    """Where in a long text the reader is; None where the text is one page."""
    if spot.place is None or spot.part is None:
        return None
    parts, place = spot.parts.parts, spot.place
    near = [
        (f"{base}part={parts[other].key}#text", parts[other].label) if 0 <= other < len(parts) else None
        for other in (place - 1, place + 1)
    ]
    return PartLinks(spot.part.label, place + 1, len(parts), near[0], near[1])


def shown_blocks(spot: Spot) -> tuple[tuple[Block, ...], tuple[Side, ...]]:
    """The blocks to print, and on which side each stands where two languages are read at once."""
    layout, part = spot.parts.layout, spot.part
    blocks = (*part.above, *part.blocks) if part else layout.blocks
    if spot.beside is None:
        return blocks, ()
    pairs = pair_up(blocks, layout, spot.beside, is_first=not spot.place)
    return in_turn(pairs, layout.language, spot.beside.language)


def _beside_links(
    draft_id: int, texts: Sequence[TextRef], text: TextRef, spot: Spot, chosen: str
) -> tuple[tuple[str, str, str, bool], ...]:
    """(name, language, address, is it beside now) of the languages that can stand beside this one."""
    shown = spot.beside.language if spot.beside else ""
    return tuple(
        (
            OWN_NAMES[other.language], other.language,
            url_for(
                "consultation.version", draft_id=draft_id, number=text.number, language=text.language,
                beside=None if other.language == shown else other.language, provision=chosen or None,
                part=spot.part.key if spot.part and spot.place and not chosen else None, _anchor=chosen or "text",
            ),
            other.language == shown,
        )
        for other in texts if other.number == text.number and other.language != text.language
    )  # fmt: skip


def _with_beside(address: str, spot: Spot) -> str:
    """The address with the language beside, ready for one more value."""
    return f"{address}?beside={spot.beside.language}&" if spot.beside else f"{address}?"


def _thread_url(draft_id: int, text: TextRef) -> str:
    """The present page without its query: a stable address of a text stays one."""
    if request.endpoint == "consultation.version":
        return url_for("consultation.version", draft_id=draft_id, number=text.number, language=text.language)
    return url_for("consultation.draft", draft_id=draft_id)


def _language_link(draft_id: int, other: TextRef, text: TextRef, spot: Spot, chosen: str) -> tuple[str, str, str, bool]:
    at = spot.part.key if spot.part and spot.place and not chosen else None
    url = url_for(
        "consultation.version", draft_id=draft_id, number=other.number, language=other.language,
        provision=chosen or None, at=at, _anchor=chosen or at,
    )  # fmt: skip
    return OWN_NAMES[other.language], other.language, url, other.language == text.language


def _notes(text: TextRef, layout: Layout, chosen: str, language: str, languages: set[str]) -> tuple[str, ...]:
    notes = []
    if language not in languages:
        notes.append(
            _("There is no text in this language: %(wanted)s. It is shown in: %(shown)s.",
              wanted=language_in_sentence(language), shown=language_in_sentence(text.language))
        )  # fmt: skip
    if text.language == "en" and len(languages) > 1:
        notes.append(_("Unofficial translation. The texts in Kazakh and Russian are authentic."))
    if chosen and chosen not in layout:
        notes.append(_("This text has no such provision. It may be in the text in another language."))
    return tuple(notes)


def _file_url(draft_id: int, text: TextRef) -> str | None:
    if not text.source_file:
        return None
    return url_for("consultation.text_file", draft_id=draft_id, number=text.number, language=text.language)


def _count_words(counts: Mapping[str, KeyCount]) -> dict[str, str]:
    words = {
        number: ngettext("%(count)s comment", "%(count)s comments", number, count=format_number(number))
        for number in {count.comments for count in counts.values()}
    }
    return {key: words[count.comments] for key, count in counts.items() if key and count.comments}
