"""In which words does the portal speak of parts of a package, rows of a passport, languages and sorts of bodies?"""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import LazyString, lazy_gettext, lazy_pgettext

PARTS: dict[str, LazyString] = {
    "text-kk": lazy_gettext("Text in Kazakh"),
    "text-ru": lazy_gettext("Text in Russian"),
    "text-en": lazy_gettext("Text in English"),
    "passport": lazy_gettext("Passport of the draft"),
    "note": lazy_gettext("Explanatory note"),
    "comparative-table": lazy_gettext("Comparative table"),
    "calculation": lazy_gettext("Calculations"),
    "opinion": lazy_gettext("Expert opinions"),
    "other": lazy_gettext("Other documents"),
}
PASSPORT: dict[str, LazyString] = {
    "grounds": lazy_gettext("Grounds for the draft"),
    "content": lazy_gettext("Brief content"),
    "aims": lazy_gettext("Aims and terms, expected results"),
    "consequences": lazy_gettext("Expected consequences"),
}
# each language names itself in a switch; these name it within the reader's own
LANGUAGES: dict[str, LazyString] = {
    "kk": lazy_pgettext("language", "Kazakh"),
    "ru": lazy_pgettext("language", "Russian"),
    "en": lazy_pgettext("language", "English"),
}
BODY_KINDS: dict[str, LazyString] = {
    "ministry": lazy_pgettext("body", "Ministry"),
    "agency": lazy_pgettext("body", "Agency"),
    "committee": lazy_pgettext("body", "Committee"),
    "akimat": lazy_pgettext("body", "Akimat"),
    "maslikhat": lazy_pgettext("body", "Maslikhat"),
    "other": lazy_pgettext("body", "Other body"),
}
OWN_NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}


class PartNames:
    """Parts of a package named in a sentence, in the language of whoever reads it."""

    def __init__(self, codes: Collection[str]) -> None:
        self._codes = tuple(codes)

    def __str__(self) -> str:
        return ", ".join(lowered(PARTS[code]) for code in self._codes if code in PARTS)


def lowered(words: object) -> str:
    """Words as they stand within a sentence."""
    text = str(words)
    return text[:1].lower() + text[1:]
