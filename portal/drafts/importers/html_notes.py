"""Which links of a page call a note, and what does the note say?"""

from __future__ import annotations

import re

from lxml import etree

_CALL = re.compile(r"\s*[\[(]?(?:\d{1,4}|\*{1,3}|[a-z])[\])]?\s*")
_NAMED = re.compile(r"(?:^|[_-])(?:ftn|fn|footnote|endnote|note|edn|cite_note|f)[_:-]?\d*", re.IGNORECASE)
_BACK = re.compile(r"^\s*[\[(]?(?:\d{1,4}|\*{1,3}|↩|\^)[\])]?[.\s]*|\s*(?:↩︎?|\^)\s*$")
_HOLDERS = frozenset({"li", "p", "div", "dd", "aside", "td"})
_LONGEST = 8_000
_MOST = 5_000
_MOST_PIECES = 400


class Footnotes:
    """The notes of a page: the targets, further down, of links that print only a number and are linked back from."""

    def __init__(self, root: etree._Element) -> None:
        self._calls: dict[etree._Element, str] = {}
        self._holders: set[etree._Element] = set()
        calls = [link for link in root.iter("a") if _is_call(link)][:_MOST]
        if not calls:
            return
        targets: dict[str, etree._Element] = {}
        places: dict[etree._Element, int] = {}
        for place, element in enumerate(root.iter(etree.Element)):
            places[element] = place
            for name in filter(None, (element.get("id"), element.get("name"))):
                targets.setdefault(name, element)
        for link in calls:
            target = targets.get((link.get("href") or "")[1:])
            holder = _holder(target) if target is not None else None
            # A note stands below its call; the link back from the note is no call.
            if holder is None or places[holder] < places[link] or not _is_short(holder) or link in holder.iter("a") or not _is_note(holder, link, targets):
                continue
            text = _BACK.sub("", " ".join("".join(holder.itertext()).split())[:_LONGEST])
            self._calls[link] = text.strip()
            self._holders.add(holder)

    def called_by(self, element: etree._Element) -> str | None:
        """The note that this link calls; None when it is no call."""
        return self._calls.get(element)

    def is_note(self, element: etree._Element) -> bool:
        """Is the element the note itself, which has its place at the call?"""
        return element in self._holders


def _is_call(link: etree._Element) -> bool:
    href = link.get("href") or ""
    return href.startswith("#") and len(href) > 1 and bool(_CALL.fullmatch("".join(link.itertext())[:20]))


def _holder(target: etree._Element) -> etree._Element | None:
    """The paragraph or item that holds the target."""
    for element in (target, *target.iterancestors()):
        if element.tag in _HOLDERS:
            return element
        if element.tag in ("body", "table", "ol", "ul"):
            return None
    return None


def _is_short(holder: etree._Element) -> bool:
    """Is it no longer than a note? Counting stops early: the holder of a wrong target may be the whole page."""
    letters = 0
    for piece, text in enumerate(holder.itertext()):
        letters += len(text)
        if letters > _LONGEST or piece > _MOST_PIECES:
            return False
    return True


def _is_note(holder: etree._Element, link: etree._Element, targets: dict[str, etree._Element]) -> bool:
    """A note links back to where it is called, or is named one."""
    for back in holder.iter("a"):
        source = targets.get((back.get("href") or "")[1:]) if (back.get("href") or "").startswith("#") else None
        if source is not None and (source is link or link in source.iter("a") or source in link.iterancestors()):
            return True
    return bool(_NAMED.search((link.get("href") or "")[:200]))
