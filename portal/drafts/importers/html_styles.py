"""How does a page print an element: centred, bold, raised, not at all?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from lxml import etree

# Style sheets of saved pages run to some hundred kilobytes; what lies beyond cannot matter to so few properties.
_LONGEST_SHEET = 400_000
_MOST_RULES = 40_000
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_SELECTOR = re.compile(r"([a-z][a-z0-9]*)?(?:\.([\w-]+))?", re.IGNORECASE)
_BOLD_TAGS = frozenset({"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True)
class Look:
    """What is known of how an element is printed; None and "" where its parent decides."""

    align: str = ""
    bold: bool | None = None
    raised: bool | None = None
    hidden: bool = False

    def over(self, parent: Look) -> Look:
        """This look where it says something, the parent's elsewhere."""
        return Look(
            self.align or parent.align,
            parent.bold if self.bold is None else self.bold,
            parent.raised if self.raised is None else self.raised,
            self.hidden or parent.hidden,
        )


class StyleSheet:
    """The rules of a page that name one element, one class or both."""

    def __init__(self, root: etree._Element) -> None:
        self._rules: dict[tuple[str, str], Look] = {}
        text = "".join("".join(style.itertext()) for style in root.iter("style"))[:_LONGEST_SHEET]
        for selectors, declarations in _rules(_COMMENT.sub(" ", text)):
            look = _declared(declarations)
            if look == Look():
                continue
            for selector in selectors.split(","):
                named = _SELECTOR.fullmatch(selector.strip())
                if named is not None and (named[1] or named[2]):
                    key = ((named[1] or "").lower(), named[2] or "")
                    self._rules[key] = look.over(self._rules.get(key, Look()))

    def look(self, element: etree._Element) -> Look:
        """How the element itself asks to be printed, by its tag, its classes and its own style."""
        tag = element.tag
        look = Look(bold=True if tag in _BOLD_TAGS else None, raised=True if tag == "sup" else None)
        align = (element.get("align") or ("center" if tag == "center" else "")).lower()
        if align in ("center", "right"):
            look = replace(look, align=align)
        if self._rules:
            look = self._rules.get((tag, ""), Look()).over(look)
            for name in (element.get("class") or "").split()[:8]:
                look = self._rules.get(("", name), Look()).over(look)
                look = self._rules.get((tag, name), Look()).over(look)
        if own := element.get("style"):
            look = _declared(own[:2_000]).over(look)
        if element.get("hidden") is not None or element.get("aria-hidden") == "true":
            look = replace(look, hidden=True)
        return look


def _rules(text: str) -> Iterator[tuple[str, str]]:
    """Pairs of selectors and declarations; what @media and the like hold is for paper or phones and passed over."""
    depth = start = opened = 0
    for brace in islice(re.finditer(r"[{}]", text), _MOST_RULES):
        if brace[0] == "{":
            if depth == 0:
                opened = brace.start()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                selectors = text[start:opened]
                if "@" not in selectors:
                    yield selectors, text[opened + 1:brace.start()]
                start = brace.end()


def _declared(declarations: str) -> Look:
    align, bold, raised, hidden = "", None, None, False
    for declaration in declarations.split(";"):
        name, _, value = declaration.partition(":")
        name, value = name.strip().lower(), value.strip().lower()
        if name == "text-align":
            align = value if value in ("center", "right") else "left"
        elif name == "font-weight":
            bold = value in ("bold", "bolder", "600", "700", "800", "900")
        elif name == "vertical-align":
            raised = value == "super"
        elif name == "display" and value == "none" or name == "visibility" and value == "hidden" or name == "mso-hide" and value == "all":
            hidden = True
    return Look(align, bold, raised, hidden)
