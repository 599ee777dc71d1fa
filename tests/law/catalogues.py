"""Which words does the portal say, and where does it say them?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from tests.law.source import ROOT

KEYWORDS: dict[str, Any] = {
    "_": None, "gettext": None, "lazy_gettext": None, "_l": None,
    "ngettext": (1, 2), "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2), "lazy_pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "DomainError": None, "NotFound": None, "Refused": None, "Invalid": None, "Conflict": None, "TooLarge": None,
    "Unreadable": None, "SignInNeeded": None,
}  # fmt: skip
TRANSLATIONS = ROOT / "portal" / "translations"


@dataclass(frozen=True)
class Saying:
    """One message of the source: its id, or ids when it has a plural, and its context."""

    id: str
    plural: str
    context: str
    place: str


@cache
def sayings() -> tuple[Saying, ...]:
    """Every message in code and templates."""
    found = list(_extract("portal", "*.py", "python"))
    found += list(_extract("templates", "*.html", "jinja2"))
    found += list(_extract("templates", "*.txt", "jinja2"))
    return tuple(found)


def _extract(folder: str, pattern: str, method: str) -> Iterator[Saying]:
    options = {"trimmed": "true", "silent": "false"} if method == "jinja2" else {}
    for path in sorted((ROOT / folder).rglob(pattern)):
        for line, message, _, context in extract_from_file(method, path, keywords=KEYWORDS, options=options):
            ids = message if isinstance(message, tuple) else (message, "")
            if ids[0] and not (method == "python" and not re.search(r"[a-z]", ids[0])):
                yield Saying(ids[0], ids[1] or "", context or "", f"{path.relative_to(ROOT)}:{line}")


@cache
def catalogue(language: str) -> dict[tuple[str, str], tuple[str, ...]]:
    """(id, context) → translations, over all catalogues of a language; fuzzy and empty ones left out."""
    return {key: strings for _, key, strings in translations(language)}


@cache
def translations(language: str) -> tuple[tuple[str, tuple[str, str], tuple[str, ...]], ...]:
    """Every translation where it stands: (catalogue, (id, context), strings); fuzzy and empty ones left out."""
    return tuple(found for path in catalogue_files(language) for found in _read(path, language))


def _read(path: Path, language: str) -> Iterator[tuple[str, tuple[str, str], tuple[str, ...]]]:
    with path.open("rb") as file:
        for message in read_po(file, locale=language):
            key = message.id[0] if isinstance(message.id, tuple | list) else message.id
            strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
            if key and not message.fuzzy and all(strings):
                yield path.stem, (key, message.context or ""), tuple(strings)


def catalogue_files(language: str) -> list[Path]:
    """The catalogues of a language, one for each feature."""
    return sorted((TRANSLATIONS / language / "LC_MESSAGES").glob("*.po"))
