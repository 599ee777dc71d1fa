"""What is the text of an act made of: which provisions, in what order, under which stable keys?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


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


@dataclass(frozen=True, slots=True)
class Provision:
    """One unit of the text.

    `number` is as printed without the word and the closing mark ("12-1", "4", "a", "IV"; "" when there is none),
    `text` is the unit's own words (lines parted by a newline), `rows` the cells of a table, `notes` the editorial
    notes that belong to the unit.
    """

    key: str
    kind: Kind
    number: str
    heading: str
    text: str
    children: tuple[Provision, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Warning_:
    """Something a person should look at; `code` and `params` let the interface say it in its own language."""

    code: str
    key: str = ""
    params: Mapping[str, str | int] = field(default_factory=dict, hash=False)

    @property
    def template(self) -> str:
        """The English sentence with %(name)s placeholders: the msgid in the `structure` catalogue."""
        return WARNINGS.get(self.code, self.code)

    def __str__(self) -> str:
        return self.template % {"key": self.key, **self.params}


WARNINGS: dict[str, str] = {
    "nothing_recognised": "No articles or points were recognised: the whole text is kept as plain paragraphs.",
    "number_repeated": "The number %(number)s stands twice at the same level.",
    "number_skipped": "The numbering jumps from %(before)s to %(number)s.",
    "only_in_kk": "This unit is in the Kazakh text only: %(key)s.",
    "only_in_ru": "This unit is in the Russian text only: %(key)s.",
    "kind_differs": "The languages disagree on what number %(number)s is: %(kind_kk)s in Kazakh, %(kind_ru)s in Russian.",
}


@dataclass(frozen=True, slots=True)
class Outline:
    """The structure of one language's text of an act, in reading order."""

    language: str
    title: str
    provisions: tuple[Provision, ...]
    warnings: tuple[Warning_, ...]

    @property
    def tables(self) -> int:
        """How many tables the text holds, at any depth."""
        return sum(1 for provision, _, _ in walk(self.provisions) if provision.kind is Kind.table)


def walk(
    provisions: Iterable[Provision], depth: int = 0, parent_key: str | None = None
) -> Iterator[tuple[Provision, int, str | None]]:
    """Yield (provision, depth from 0, key of the parent or None) in reading order."""
    for provision in provisions:
        yield provision, depth, parent_key
        yield from walk(provision.children, depth + 1, provision.key)


def find(outline: Outline, key: str) -> Provision | None:
    """The provision with this key, or None."""
    return next((provision for provision, _, _ in walk(outline.provisions) if provision.key == key), None)


def outline_to_json(outline: Outline) -> dict[str, Any]:
    """A plain document: the form `flask drafts outline --json` prints and a version stores."""
    return {
        "language": outline.language,
        "title": outline.title,
        "provisions": [_provision_to_json(provision) for provision in outline.provisions],
        "tables": outline.tables,
        "warnings": [
            {"code": warning.code, "key": warning.key, "params": dict(warning.params), "text": str(warning)}
            for warning in outline.warnings
        ],
    }


def _provision_to_json(provision: Provision) -> dict[str, Any]:
    document: dict[str, Any] = {
        "key": provision.key,
        "kind": provision.kind.value,
        "number": provision.number,
        "heading": provision.heading,
        "text": provision.text,
        "children": [_provision_to_json(child) for child in provision.children],
    }
    if provision.rows:
        document["rows"] = [list(row) for row in provision.rows]
    if provision.notes:
        document["notes"] = list(provision.notes)
    return document


def outline_from_json(document: Mapping[str, Any]) -> Outline:
    """The outline that `outline_to_json` wrote; KeyError or ValueError when the document is not one."""
    return Outline(
        language=document["language"],
        title=document["title"],
        provisions=tuple(_provision_from_json(child) for child in document["provisions"]),
        warnings=tuple(
            Warning_(warning["code"], warning.get("key", ""), dict(warning.get("params", {})))
            for warning in document["warnings"]
        ),
    )


def _provision_from_json(document: Mapping[str, Any]) -> Provision:
    return Provision(
        key=document["key"],
        kind=Kind(document["kind"]),
        number=document["number"],
        heading=document["heading"],
        text=document["text"],
        children=tuple(_provision_from_json(child) for child in document["children"]),
        rows=tuple(tuple(row) for row in document.get("rows", ())),
        notes=tuple(document.get("notes", ())),
    )
