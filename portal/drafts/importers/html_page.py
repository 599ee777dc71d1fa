"""Which part of a saved page is the text of the act, and which is the site around it?"""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

SKIPPED = frozenset({
    "script", "style", "head", "nav", "aside", "form", "button", "select", "option", "textarea", "input", "label", "noscript",
    "iframe", "frame", "object", "embed", "applet", "svg", "math", "canvas", "audio", "video", "template", "dialog", "map",
    "menu", "link", "meta", "base", "xml", "del",
})  # fmt: skip
_SKIPPED_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "toolbar",
                            "dialog", "alert", "tablist"})  # fmt: skip
_CHROME = re.compile(
    r"(?:^|[-_ ])(?:breadcrumbs?|nav(?:bar|igation)?|menu|side-?bar|cookies?|share|social|toolbar|pagination|banner|skip-?link"
    r"|advert\w*|footer|site-?header|page-?header|modal|popup|tooltip|noprint|no-print|print-?only-hidden)(?:$|[-_ ])",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\s*(?:\d{1,3}(?:-\d+)?[.)]|\(\w{1,3}\)|(?:статья|глава|раздел|article|section|part|chapter)\s+[\dIVXivx]"
    r"|\d+(?:-\d+)?\s?-?\s?(?:бап|тарау|бөлім|параграф))",
    re.IGNORECASE,
)
_MAIN_SHARE = 0.5
_FEWEST_LINKS = 3
_MOST_LINKS = 400
_LONGEST_CHROME = 6_000
_MOST_PIECES = 3_000
_CONTAINERS = frozenset({"div", "ul", "ol", "table", "section", "header", "footer", "td", "dl"})


def main_part(root: etree._Element) -> etree._Element:
    """The element that holds the act: <main>, <article> or what says to be one if most words are in it, else the body."""
    body = root.find("body")
    body = root if body is None else body
    marked = [element for element in islice(body.iter("main", "article"), 20)]
    marked += [element for element in body.iter("div", "section") if element.get("role") in ("main", "article")][:20]
    best = max(marked, key=_letters, default=None)
    return best if best is not None and _letters(best) > _letters(body) * _MAIN_SHARE else body


def is_chrome(element: etree._Element) -> bool:
    """Is the element no text of the page: scripts, menus, forms, bars of links?"""
    tag = element.tag
    if not isinstance(tag, str) or tag in SKIPPED or element.get("role") in _SKIPPED_ROLES:
        return True
    if tag not in _CONTAINERS:
        return False
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    if tag in ("header", "footer") or (len(named) > 1 and _CHROME.search(named[:300])):
        return not _holds_units(element)
    return _is_bar_of_links(element)


def _is_bar_of_links(element: etree._Element) -> bool:
    """Links with next to no words between them; a contents list of the page itself too, as the text follows it."""
    links = list(islice(element.iter("a"), _MOST_LINKS + 1))
    if not _FEWEST_LINKS <= len(links) <= _MOST_LINKS:
        return False
    whole = _letters(element, _LONGEST_CHROME + 1)
    if not 0 < whole <= _LONGEST_CHROME:
        return False
    linked = sum(_letters(link, _LONGEST_CHROME) for link in links if link.get("href"))
    if whole - linked > max(12, whole * 0.15):
        return False
    inside = sum((link.get("href") or "").startswith("#") for link in links)
    return inside * 2 > len(links) or not _holds_units(element)


def _holds_units(element: etree._Element) -> bool:
    return any(_UNIT.match(text) for text in islice(element.itertext(), _MOST_PIECES) if len(text) > 2)


def _letters(element: etree._Element, enough: int = 1 << 40) -> int:
    """How many letters the element prints; counting stops once there are enough."""
    total = 0
    for piece, text in enumerate(element.itertext()):
        total += sum(map(str.isalpha, text)) if len(text) < 2_000 else len(text)
        if total >= enough or (enough < 1 << 40 and piece > _MOST_PIECES):
            return enough
    return total
