"""What does one line of a file of comments say?

A line is a JSON object: `external_id` and `text` are needed, `author`, `language`, `stance`, `provision`, `parent` (the
`external_id` of the comment answered), `created_at` (ISO 8601; without a zone it is official time), `votes_for` and
`votes_against` may be left out or null.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.consultation.models import Stance
from portal.consultation.policy import ensure_stance
from portal.drafts.models import LANGUAGES
from portal.kernel.clock import OFFICIAL_TIME
from portal.kernel.errors import Invalid, TooLarge
from portal.kernel.text import clean_line, clean_text
from portal.language.detect import detect

LONGEST_TEXT = 100_000  # letters brought from elsewhere may be longer than what may be typed here
LONGEST_ID = 120
LONGEST_NAME = 120
MOST_VOTES = 2_000_000_000
ANONYMOUS = "Аноним"  # the same word in Kazakh and in Russian


@dataclass(frozen=True, slots=True)
class ImportedComment:
    """One comment as another portal knew it; `created_at` is aware, or None for the moment of the import."""

    external_id: str
    text: str
    author: str
    language: str
    stance: Stance | None = None
    provision_key: str = ""
    parent: str = ""
    created_at: datetime | None = None
    votes_for: int = 0
    votes_against: int = 0


def read_line(line: bytes, now: datetime) -> ImportedComment:
    """The comment on a line; raises Invalid with what is wrong. `now`: no comment is younger."""
    given = _object(line)
    text = clean_text(_text(given, "text"))
    if not text:
        raise Invalid("There is no text.")
    if len(text) > LONGEST_TEXT:
        raise TooLarge("The text has %(length)s characters; %(max)s are the most.", length=len(text), max=LONGEST_TEXT)
    external_id = _id(given, "external_id")
    if not external_id:
        raise Invalid("There is no external_id.")
    language = clean_line(_text(given, "language")).lower()
    return ImportedComment(
        external_id=external_id,
        text=text,
        author=clean_line(_text(given, "author"))[:LONGEST_NAME] or ANONYMOUS,
        language=language if language in LANGUAGES else detect(text),
        stance=ensure_stance(clean_line(_text(given, "stance"))),
        provision_key=clean_line(_text(given, "provision")),
        parent=_id(given, "parent"),
        created_at=_instant(given, now),
        votes_for=_count(given, "votes_for"),
        votes_against=_count(given, "votes_against"),
    )


def _object(line: bytes) -> dict[str, Any]:
    try:
        given = json.loads(line)
    except (ValueError, RecursionError):
        raise Invalid("The line is not JSON.") from None
    if not isinstance(given, dict):
        raise Invalid("The line is not a JSON object.")
    return given


def _text(given: dict[str, Any], name: str) -> str:
    value = given.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Invalid("%(name)s is not a text.", name=name)
    return value


def _id(given: dict[str, Any], name: str) -> str:
    value = given.get(name)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63:
        value = str(value)
    value = clean_line(_text({name: value}, name))
    if len(value) > LONGEST_ID:
        raise TooLarge("%(name)s has more than %(max)s characters.", name=name, max=LONGEST_ID)
    return value


def _instant(given: dict[str, Any], now: datetime) -> datetime | None:
    value = clean_line(_text(given, "created_at"))
    if not value:
        return None
    try:
        instant = datetime.fromisoformat(value)
        instant = instant if instant.tzinfo else instant.replace(tzinfo=OFFICIAL_TIME)
        is_future = instant > now
    except (ValueError, OverflowError):
        raise Invalid("created_at is not a date such as 2026-09-10T11:05:00.") from None
    if is_future or instant.year < 1990:
        raise Invalid("created_at lies in the future or before 1990.")
    return instant


def _count(given: dict[str, Any], name: str) -> int:
    value = given.get(name)
    if value is None:
        return 0
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_VOTES:
        raise Invalid("%(name)s is not a number of votes.", name=name)
    return value
