"""How well are queries answered, judged by what should have been found?

Measures over the first ten hits, each the mean of all queries: MRR (one divided by the place of the first right hit),
recall (the part of the expected found) and nDCG with one gain for each expected thing (Järvelin and Kekäläinen, 2002).
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.consultation.models import Comment
from portal.kernel.db import db
from portal.kernel.errors import Unreadable
from portal.search.documents import HitKind, Reference
from portal.search.queries import search
from portal.search.visible import Filter

FIRST = 10


@dataclass(frozen=True, slots=True)
class Judgement:
    """A query and the names of what it should find."""

    query: str
    expected: frozenset[str]


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over all queries, from 0 to 1."""

    queries: int
    mrr: float
    recall: float
    ndcg: float


def read_judgements(path: Path) -> list[Judgement]:
    """Lines of {"query", "expected"}; raises Unreadable with the number of a line that is none."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")  # other ends of lines may stand in a query
    except (OSError, UnicodeDecodeError):
        raise Unreadable("The file cannot be read.") from None
    return [_judgement(number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _judgement(number: int, line: str) -> Judgement:
    try:
        document = json.loads(line)
        expected = document["expected"]
        if not isinstance(document["query"], str) or not isinstance(expected, list) or not expected:
            raise ValueError
        return Judgement(document["query"], frozenset(str(each) for each in expected))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Unreadable("Line %(number)s is not a query with what it should find.", number=number) from None


def judge(judgements: Sequence[Judgement], wanted: Filter, language: str) -> Figures:
    """Ask every query as a reader of a language would and compare. Raises IndexUnusable."""
    totals = [0.0, 0.0, 0.0]
    for each in judgements:
        hits = search(each.query, wanted, language=language).shown[:FIRST]
        names = _names([hit.candidate.reference for hit in hits])
        figures = measure([not each.expected.isdisjoint(own) for own in names], _found(each.expected, names), len(each.expected))
        totals = [total + figure for total, figure in zip(totals, figures, strict=True)]
    count = max(1, len(judgements))
    return Figures(len(judgements), *(round(total / count, 4) for total in totals))


def measure(right: Sequence[bool], found: int, expected: int) -> tuple[float, float, float]:
    """(1 / place of the first right hit, part of the expected found, nDCG) of one query's hits in order."""
    first = next((1 / place for place, is_right in enumerate(right, 1) if is_right), 0.0)
    gain = sum(1 / math.log2(place + 1) for place, is_right in enumerate(right, 1) if is_right)
    ideal = sum(1 / math.log2(place + 1) for place in range(1, min(expected, FIRST) + 1))
    return first, min(1.0, found / expected), min(1.0, gain / ideal)


def _found(expected: Collection[str], names: Iterable[frozenset[str]]) -> int:
    """How many of the expected are among the hits."""
    all_names = frozenset().union(*names)
    return sum(each in all_names for each in expected)


def _names(references: Sequence[Reference]) -> list[frozenset[str]]:
    """By what each hit may be meant: its id with and without the kind, a key, an article's number, an id elsewhere."""
    elsewhere = _external_ids([each.object_id for each in references if each.kind is HitKind.comment])
    return [_names_of(each, elsewhere) for each in references]


def _names_of(reference: Reference, elsewhere: dict[int, str]) -> frozenset[str]:
    if reference.kind is HitKind.provision:
        key = reference.provision
        number = key.rpartition("_")[2] if "art_" in key.rpartition("__")[2] else ""
        return frozenset({f"{reference.draft_id}/{key}", f"provision:{reference.draft_id}/{key}", key, number} - {""})
    names = {str(reference.object_id), f"{reference.kind.value}:{reference.object_id}"}
    if reference.kind is HitKind.comment and reference.object_id in elsewhere:
        names.add(elsewhere[reference.object_id])
    return frozenset(names)


def _external_ids(ids: Sequence[int]) -> dict[int, str]:
    if not ids:
        return {}
    query = db.select(Comment.id, Comment.external_id).where(Comment.id.in_(ids), Comment.external_id.is_not(None))
    return {id_: external for id_, external in db.session.execute(query) if external}
