"""Which tradition of drafting does a text follow: how are its articles marked?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from portal.drafts.importers.blocks import Block, Line
from portal.drafts.importers.marks import Grammar


def tradition(blocks: Sequence[Block], language: str) -> Grammar:
    """English texts that never say "Article 5" and do not number points «1)» have articles without the word."""
    if language in ("kk", "ru"):
        return Grammar(language)
    texts = [f"{block.label} {block.text}".lstrip() for block in blocks if isinstance(block, Line)]
    has_articles = _are_worded(texts, r"(?:Article|ARTICLE|Erthygl)")
    has_sections = not has_articles and _are_worded(texts, r"(?:Section|SECTION|SEC\.)")
    half_bracketed = sum(bool(re.match(r"\d{1,3}\)\s", text)) for text in texts)
    bracketed = sum(bool(re.match(r"\([a-z0-9]{1,3}\)", text)) for text in texts)
    return Grammar(
        language,
        clauses_are_articles=not has_articles and not has_sections and half_bracketed <= bracketed,
        sections_are_articles=has_sections,
        parts_in_chapters=_first_of(texts, r"chapter\s+[\dIVX]") < _first_of(texts, r"part\s+[\dA-Z]"),
    )


def _first_of(texts: Sequence[str], pattern: str) -> int:
    begins = re.compile(pattern, re.IGNORECASE)
    return next((place for place, text in enumerate(texts) if begins.match(text)), len(texts))


def _are_worded(texts: Sequence[str], word: str) -> bool:
    """Do lines begin with this word and the numbers 1 and 2, as the units of an act do and mentions seldom do?"""
    found = (re.match(rf"{word}\s+(\d+)(?:[.:]|\s*$|\s+[A-Z])", text) for text in texts)
    return {"1", "2"} <= {match[1] for match in found if match}
