"""What is left of typed words once invisible and control characters are taken out, and is it short enough?"""

from __future__ import annotations

import unicodedata

from portal.kernel.errors import TooLarge

BIDI_AND_ZERO_WIDTH = dict.fromkeys(
    [0x00AD, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x206A)]
)
_NEVER_TYPED = {"Cc", "Cs", "Cn"}


def clean_line(value: str | None) -> str:
    """One line as typed, without invisible characters, white space collapsed, NFC."""
    return " ".join(clean_text(value).split())


def clean_text(value: str | None) -> str:
    """Text as typed, line ends unified, invisible and control characters dropped, NFC."""
    text = unicodedata.normalize("NFC", value or "").replace("\r\n", "\n").replace("\r", "\n")
    text = text.translate(BIDI_AND_ZERO_WIDTH)
    if text.isprintable():
        return text.strip()
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in _NEVER_TYPED).strip()


def ensure_length(text: str, most: int, field: str | None = None) -> None:
    """A text typed into a field has at most so many characters; `TooLarge` says how many it has."""
    if len(text) > most:
        raise TooLarge(
            "Your text must be %(max)s characters or fewer. It now has %(length)s.",
            field=field, max=most, length=len(text),
        )  # fmt: skip
