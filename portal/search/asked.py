"""Which search does an address ask for? Read from `?q=&kind=…`, written back as the shortest address of the same search.

Whatever is odd in an address is left out, never refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from portal.consultation.models import DecisionKind
from portal.drafts.models import LANGUAGES
from portal.search.documents import HitKind
from portal.search.queries import SearchOrder
from portal.search.statuses import Status
from portal.search.terms import LONGEST_QUERY
from portal.search.visible import Filter

NARROWING = ("body", "type", "status", "area", "language", "year", "decision", "has", "draft", "since", "until")
LONGEST_VALUE = 20
ANSWERS = "answers"  # the value of `has`

_EARLIEST, _LATEST = date(1900, 1, 1), date(2199, 12, 31)

_ID = re.compile(r"[0-9]{1,9}")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Asked:
    """The words of a search, what it is narrowed down to, and its order."""

    text: str
    wanted: Filter
    order: SearchOrder


def read_asked(values: Mapping[str, str]) -> Asked:
    """The search of an address."""
    wanted = Filter(
        kind=_one_of(HitKind, values.get("kind")),
        draft_id=_id(values.get("draft")),
        body_id=_id(values.get("body")),
        type_id=_id(values.get("type")),
        area_id=_id(values.get("area")),
        status=_one_of(Status, values.get("status")),
        language=language if (language := values.get("language", "")) in LANGUAGES else "",
        year=int(year) if _YEAR.fullmatch(year := values.get("year", "")) else None,
        decision=_one_of(DecisionKind, values.get("decision")),
        has_answers=values.get("has") == ANSWERS,
        since=_day(values.get("since")),
        until=_day(values.get("until")),
    )
    return Asked(values.get("q", ""), wanted, _one_of(SearchOrder, values.get("order")) or SearchOrder.best)


def parameters_of(asked: Asked) -> dict[str, str]:
    """The values of the address that asks for the same, in one order; what is not asked for is left out."""
    wanted = asked.wanted
    values = {
        "q": " ".join(asked.text[: LONGEST_QUERY * 4].split())[:LONGEST_QUERY],
        "kind": wanted.kind, "body": wanted.body_id, "type": wanted.type_id, "status": wanted.status,
        "area": wanted.area_id, "language": wanted.language, "year": wanted.year, "decision": wanted.decision,
        "has": ANSWERS if wanted.has_answers else None, "draft": wanted.draft_id,
        "since": wanted.since, "until": wanted.until,
        "order": None if asked.order is SearchOrder.best else asked.order,
    }  # fmt: skip
    return {name: str(value) for name, value in values.items() if value}


def _one_of(kinds: type[Choice], value: str | None) -> Choice | None:
    return kinds(value) if value in set(kinds) else None


def _id(value: str | None) -> int | None:
    return int(value) if value and _ID.fullmatch(value) and value.isascii() else None


def _day(value: str | None) -> date | None:
    """What lies beyond any draft stands for the nearest day there is a beginning and an end of."""
    try:
        day = date.fromisoformat(value[:LONGEST_VALUE]) if value else None
    except ValueError:
        return None
    return min(max(day, _EARLIEST), _LATEST) if day else None
