"""What does an exporter know: the facts of a published version, or of an adopted act, and its texts, frozen, without database or request?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from portal.drafts.structure import Outline

LANGUAGE_CODES = {"kk": "kaz", "ru": "rus", "en": "eng"}  # ISO 639-2, as Akoma Ntoso writes languages


@dataclass(frozen=True)
class Publication:
    """One published version of a draft in all its languages, or, with `version` None, the act it became.

    `address` is the absolute address of the draft without a slash at its end; `titles`, `bodies` and `types` are by
    language, as are `texts`, Kazakh before Russian before English. `published_on` is the day of this version,
    `created_on` that of the first; of an act `published_on` is the day of adoption and `reference` its name and number.
    """

    address: str
    number: str
    version: int | None
    type_code: str
    body_code: str
    created_on: date
    published_on: date
    titles: Mapping[str, str]
    types: Mapping[str, str]
    bodies: Mapping[str, str]
    texts: Mapping[str, Outline]
    digests: Mapping[str, str] = field(default_factory=dict)
    reference: str = ""

    def title(self, language: str) -> str:
        """The draft's title in a language, else the text's own, else the first there is."""
        own = self.titles.get(language) or self.texts[language].title
        return own or next((title for title in self.titles.values() if title), "")

    def expression(self, language: str) -> str:
        """The stable address of the text in one language."""
        edition = "adopted" if self.version is None else f"versions/{self.version}"
        return f"{self.address}/{edition}/{language}"


def printable(text: str) -> str:
    """Text without the characters that XML 1.0 forbids."""
    return text.translate(_FORBIDDEN)


_FORBIDDEN = {code: None for code in (*range(0x20), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)) if code not in (9, 10, 13)}
