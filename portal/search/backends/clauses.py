"""In which words is any search engine asked, whichever it is?

A clause finds documents and gives each a score. `portal.search.ranking` makes clauses of what a person typed; each
backend turns them into its own queries. The score of a document is the sum over the terms it has:

    weight · idf · tf · 2.2 / (tf + 1.2 · (0.25 + 0.75 · length / average length))

with idf = ln(1 + (documents − having + ½) / (having + ½)); in the fields of a heading simply weight · idf, because most
documents have none, which would make every heading look long. A phrase counts about as its words together would.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Field(StrEnum):
    """What words are kept of a document.

    `stems`, `loose` and `family` are of heading and text together, without stop words; `exact` is every folded form in its place,
    for phrases and for exact forms; `head` and `head_exact` are the stems and forms of the heading alone.
    """

    stems = "stems"
    loose = "loose"
    family = "family"
    exact = "exact"
    head = "head"
    head_exact = "head_exact"


HEADS = frozenset({Field.head, Field.head_exact})
MOST_BEGUN = 50  # words a `Begun` stands for at most: the commonest would be most of the index


@dataclass(frozen=True, slots=True)
class Term:
    """Has this very word in this field."""

    field: Field
    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Has these forms one after another."""

    words: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Begun:
    """Has a form that begins so; of more than `MOST_BEGUN` forms only some are looked for, which the answer says."""

    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Answers at least one of these; nothing answers none."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Answers all of `clauses` and none of `without`; nothing answers an empty one."""

    clauses: tuple[Clause, ...]
    without: tuple[Clause, ...] = ()


Clause = Term | Phrase | Begun | AnyOf | AllOf
