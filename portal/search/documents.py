"""What of a draft, a provision, a comment or an answer goes into the index, and under which name?

A document is one thing in one language. The index keeps a reference to it and the words it can be found by; what is
shown comes from the database.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b

from portal.drafts.cells import TablePlace
from portal.drafts.labels import label
from portal.drafts.structure import Kind, Outline, Provision
from portal.language.analysis import analyse
from portal.language.stop_words import STOP_WORDS

# Of one text; an annex of half a million words is found by its beginning.
LONGEST_TEXT = 200_000
FAMILY_LETTERS = 5


class HitKind(StrEnum):
    """What can be found."""

    draft = "draft"
    provision = "provision"
    comment = "comment"
    reply = "reply"


@dataclass(frozen=True, slots=True)
class Reference:
    """Which thing in which language. `object_id` is of the draft, comment or answer; `provision` is a key or ""."""

    kind: HitKind
    object_id: int
    draft_id: int
    language: str
    provision: str = ""

    def dump(self) -> str:
        """As the index keeps it."""
        return f"{self.kind}|{self.object_id}|{self.draft_id}|{self.language}|{self.provision}"

    @classmethod
    def load(cls, text: str) -> Reference:
        """What `dump` wrote."""
        kind, object_id, draft_id, language, provision = text.split("|", 4)
        return cls(HitKind(kind), int(object_id), int(draft_id), language, provision)


@dataclass(frozen=True, slots=True)
class Words:
    """What a text can be found by: words parted by spaces. `exact` holds the folded form of every word in its place,
    stop words too; `family` how each long stem begins, as words of one root do.
    """

    stems: str = ""
    loose: str = ""
    exact: str = ""
    family: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """`group` names all documents that are taken out together: `draft:7`, `comment:12`, `reply:3`.

    `at` are whole seconds since 1970, `print` 63 bits that tell one text from another.
    """

    reference: Reference
    group: str
    head: Words
    body: Words = field(default_factory=Words)
    at: int = 0
    print: int = 0


@dataclass(frozen=True, slots=True)
class Text:
    """A document before its words are analysed; `language` is given where it is certain. `at` is when the draft was
    announced, the comment posted, the answer given.
    """

    reference: Reference
    group: str
    head: str
    body: str
    language: str | None
    at: datetime | None = None

    @property
    def print(self) -> int:
        """Another one for any change that the index should know of."""
        words = "\0".join((self.head, self.body, str(self.language), str(self.seconds)))
        digest = blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        return int.from_bytes(digest) >> 1

    @property
    def seconds(self) -> int:
        """The instant in whole seconds since 1970."""
        return max(0, int(self.at.timestamp())) if self.at else 0


@dataclass(frozen=True, slots=True)
class Unit:
    """A provision as it is found and shown: `parts` are its own words and those of the units printed inside it."""

    key: str
    heading: str
    parts: tuple[tuple[str, str], ...]  # key, text

    @property
    def text(self) -> str:
        return "\n".join(text for _, text in self.parts)


def draft_group(draft_id: int) -> str:
    """The draft's own texts and provisions."""
    return f"draft:{draft_id}"


def comment_group(comment_id: int) -> str:
    return f"comment:{comment_id}"


def reply_group(reply_id: int) -> str:
    return f"reply:{reply_id}"


def document_of(text: Text) -> Document:
    """The document of a text."""
    head, body = words_of(text.head, text.language), words_of(text.body[:LONGEST_TEXT], text.language)
    return Document(text.reference, text.group, head, body, text.seconds, text.print)


def words_of(text: str, language: str | None) -> Words:
    """The words of a text; stop words have no stems, and a loose stem that is a stem too is not kept twice."""
    if not text:
        return Words()
    stems: list[str] = []
    loose: list[str] = []
    exact: list[str] = []
    families: list[str] = []
    for term in analyse(text, language):
        exact.append(term.surface)
        if term.surface not in STOP_WORDS:
            stems.extend(term.stems)
            loose.extend(stem for stem in term.loose if stem not in term.stems)
            if root := family_of(term.stems[0]):
                families.append(root)
    return Words(" ".join(stems), " ".join(loose), " ".join(exact), " ".join(families))


def family_of(stem: str) -> str:
    """How a stem and its relatives begin (шекара, шекаралас); "" for a stem too short to tell or a number."""
    return stem[:FAMILY_LETTERS] if len(stem) >= FAMILY_LETTERS and stem.isalpha() else ""


def units(outline: Outline) -> Iterator[Unit]:
    """The provisions that can be found, in reading order.

    An article is one unit with its points, so that words parted over them are found together; outside articles each
    point or unnumbered part is one. Headings of parts and chapters are units without words of their own.
    """
    for provision in outline.provisions:
        yield from _units(provision, outline.language)


_WHOLE = frozenset({Kind.article, Kind.point, Kind.subpoint, Kind.indent, Kind.table})


def _units(provision: Provision, language: str) -> Iterator[Unit]:
    if provision.kind in _WHOLE:
        yield Unit(provision.key, _heading(provision, language), tuple(_parts(provision)))
        return
    yield Unit(provision.key, _heading(provision, language), tuple(_own(provision)))
    for child in provision.children:
        yield from _units(child, language)


def _heading(provision: Provision, language: str) -> str:
    """The words that call it: "12-бап. Жолаушының құқықтары"."""
    name = label(provision.kind, provision.number, language) if provision.number else ""
    return ". ".join(each for each in (name[:1].upper() + name[1:], provision.heading) if each)


def _parts(provision: Provision) -> Iterator[tuple[str, str]]:
    yield from _own(provision)
    for child in provision.children:
        yield from _parts(child)


def _own(provision: Provision) -> Iterator[tuple[str, str]]:
    """The words of a unit and, under the key of each, those of the rows of a table: what is found there leads to its row."""
    heading = provision.heading if provision.kind in _WHOLE and provision.kind is not Kind.article else ""
    yield from _part(provision.key, heading, provision.text)
    for place, cells in enumerate(provision.rows, start=1):
        yield from _part(TablePlace(provision.key, place).key, *cells)
    yield from _part(provision.key, *provision.notes)


def _part(key: str, *words: str) -> Iterator[tuple[str, str]]:
    if text := "\n".join(filter(None, words)):
        yield key, text
