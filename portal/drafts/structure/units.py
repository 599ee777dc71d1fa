"""What is the text of an act made of: which provisions, in what order?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """The levels of an act, whatever its tradition calls them.

    `section` is раздел / бөлім; `article` is the article-level unit (статья, бап, a UK section or regulation);
    `point` is пункт / тармақ / UK "(1)"; `indent` is any unnumbered part (часть, абзац).
    """

    part = "part"
    section = "section"
    subsection = "subsection"
    chapter = "chapter"
    paragraph = "paragraph"
    article = "article"
    point = "point"
    subpoint = "subpoint"
    indent = "indent"
    annex = "annex"
    table = "table"


# Units that hold others and have no words of their own but a heading.
CONTAINERS = frozenset({Kind.part, Kind.section, Kind.subsection, Kind.chapter, Kind.paragraph})


@dataclass(frozen=True, slots=True)
class Provision:
    """One unit of the text.

    `number` is as printed without the word and the closing mark ("12-1", "4", "a", "IV"; "" when there is none),
    `text` is the unit's own words (lines parted by a newline), `rows` the cells of a table, `notes` the editorial
    notes that belong to the unit. `address` is the key that the unit's own place and number would give it, where its
    key has followed it from an earlier version and says another; "" where they are the same.
    """

    key: str
    kind: Kind
    number: str
    heading: str
    text: str
    children: tuple[Provision, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    address: str = ""


@dataclass(frozen=True, slots=True)
class Warning_:
    """Something a person should look at; `code` and `params` let the interface say it in its own language."""

    code: str
    key: str = ""
    params: Mapping[str, str | int] = field(default_factory=dict, hash=False)

    @property
    def template(self) -> str:
        """The English sentence with %(name)s placeholders: the msgid in the `structure` catalogue."""
        return WARNINGS.get(self.code) or REASONS.get(self.code, self.code)

    def __str__(self) -> str:
        sentence = self.template % self.params
        return f"{self.key}: {sentence}" if self.key else sentence


# The interface shows which provision is meant from the warning's key; the sentences need not name it.
WARNINGS: dict[str, str] = {
    "nothing_recognised": "No articles or points were recognised: the whole text is kept as plain paragraphs.",
    "other_language": "This text seems to be in another language than the one it was uploaded for.",
    "changes_accepted": "The file held tracked changes: they were read as accepted.",
    "changes_refused": "The file held tracked changes: they were left out, the text is as it was before them.",
    "pages_without_text": "%(count)s pages of the PDF are images without text; they were not read. The first is page %(page)s.",
    "carried_differs": "The file carries a structure whose words are not those on its pages: the pages were read instead. "
    "Check where the file comes from.",
    "number_repeated": "The number %(number)s stands twice at the same level.",
    "number_skipped": "The numbering jumps from %(before)s to %(number)s.",
    "more_warnings": "There are more places like these; correct the first ones and upload the text again.",
    "only_in_kk": "This unit is in the Kazakh text only.",
    "only_in_ru": "This unit is in the Russian text only.",
    "kind_differs": "The languages disagree on what kind of unit number %(number)s is.",
    "parts_differ": "Unnumbered paragraphs in this unit: %(kk)s in Kazakh, %(ru)s in Russian.",
    "rows_differ": "Rows in this table: %(kk)s in Kazakh, %(ru)s in Russian.",
}

# Why an importer is sure of the structure, or is not. They stand after a colon and are parted by semicolons.
REASONS: dict[str, str] = {
    "own_file": "the file was written by this portal",
    "carries_structure": "the file carries its structure, and its words agree with the pages",
    "carried_unused": "the structure the file carries disagrees with its pages and was not used",
    "format_says": "the file itself says what is an article and what a point",
    "share_recognised": "%(percent)s%% of the text lies in numbered units",
    "numbers_in_order": "the numbers follow one another without a gap",
    "numbers_jump": "the numbers jump or repeat in places: %(count)s",
    "headings_stand_out": "headings of units stand out in the file",
    "headings_plain": "headings of units look like the rest of the text",
    "few_units": "there are few units to judge by",
    "no_units": "no articles or points were found",
    "language_unsure": "the text seems to be in another language",
}


@dataclass(frozen=True, slots=True)
class Outline:
    """The structure of one language's text of an act, in reading order.

    `confidence` tells how sure the importer was of the structure (0 to 1; None where none recognised it) and `reasons`
    why, weightiest first.
    """

    language: str
    title: str
    provisions: tuple[Provision, ...]
    warnings: tuple[Warning_, ...]
    confidence: float | None = None
    reasons: tuple[Warning_, ...] = ()

    @property
    def tables(self) -> int:
        """How many tables the text holds, at any depth."""
        return sum(1 for provision, _, _ in walk(self.provisions) if provision.kind is Kind.table)


def walk(
    provisions: Iterable[Provision], depth: int = 0, parent_key: str | None = None
) -> Iterator[tuple[Provision, int, str | None]]:
    """Yield (provision, depth from 0, key of the parent or None) in reading order."""
    waiting = [(provision, depth, parent_key) for provision in provisions][::-1]
    while waiting:
        found = waiting.pop()
        yield found
        provision, depth, _ = found
        if provision.children:
            key, below = provision.key, depth + 1
            waiting += [(child, below, key) for child in reversed(provision.children)]


def place_of(provision: Provision) -> str:
    """The key that tells where a unit stands in its own text; it differs from `key` only in later versions."""
    return provision.address or provision.key


def find(outline: Outline, key: str) -> Provision | None:
    """The provision with this key, or None."""
    return next((provision for provision, _, _ in walk(outline.provisions) if provision.key == key), None)
