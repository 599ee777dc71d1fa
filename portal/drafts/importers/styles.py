"""What does a Word paragraph style mean for the reader: its name, weight, place and numbered list?"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from portal.drafts.importers.numbering import VAL, W
from portal.drafts.importers.package import is_on

_ALIGN = {"center": "center", "right": "right", "end": "right"}


@dataclass(frozen=True, slots=True)
class Style:
    """A style with all it inherits; `num_id` is "" without a list, `level` the outline level from 1 (0: text)."""

    style_id: str = ""
    name: str = ""
    bold: bool = False
    align: str = ""
    level: int = 0
    num_id: str = ""
    num_level: int | None = None
    hidden: bool = False


PLAIN = Style()
DEEPEST = 50  # styles based on one another; Word itself follows eleven


class Styles:
    """The styles of one document, looked up by id."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements = {
            element.get(W + "styleId", ""): element
            for element in (root.findall(W + "style") if root is not None else ())
        }
        self._default = next(
            (
                style_id
                for style_id, element in self._elements.items()
                if element.get(W + "type") == "paragraph" and element.get(W + "default") in ("1", "true")
            ),
            "",
        )
        self._known: dict[str, Style] = {}

    def paragraph(self, style_id: str | None) -> Style:
        """The style of a paragraph; the document's default for None."""
        return self.find(style_id or self._default)

    def find(self, style_id: str) -> Style:
        """The style with this id, an empty one when the document does not define it."""
        if style_id not in self._known:
            self._known[style_id] = self._resolve(style_id, set())
        return self._known[style_id]

    def _resolve(self, style_id: str, seen: set[str]) -> Style:
        element = self._elements.get(style_id)
        if element is None or style_id in seen or len(seen) > DEEPEST:
            return PLAIN
        seen.add(style_id)
        based_on = element.find(W + "basedOn")
        parent = self._resolve(based_on.get(VAL, ""), seen) if based_on is not None else PLAIN
        name = element.find(W + "name")
        paragraph, run = element.find(W + "pPr"), element.find(W + "rPr")
        bold, hidden = is_on(run, "b"), is_on(run, "vanish")
        num_id, num_level = list_of(paragraph)
        level = outline_level(paragraph)
        return Style(
            style_id=style_id,
            name=(name.get(VAL, "") if name is not None else "").lower(),
            bold=parent.bold if bold is None else bold,
            align=parent.align if (align := alignment(paragraph)) is None else align,
            level=parent.level if level is None else level,
            num_id=parent.num_id if num_id is None else num_id,
            num_level=parent.num_level if num_level is None and num_id is None else num_level,
            hidden=parent.hidden if hidden is None else hidden,
        )


def alignment(properties: etree._Element | None) -> str | None:
    """"center", "right" or ""; None when the properties are silent."""
    found = properties.find(W + "jc") if properties is not None else None
    return None if found is None else _ALIGN.get(found.get(VAL, ""), "")


def outline_level(properties: etree._Element | None) -> int | None:
    """The outline level from 1; 0 for body text; None when the properties are silent."""
    found = properties.find(W + "outlineLvl") if properties is not None else None
    value = found.get(VAL, "9") if found is not None else ""
    return None if found is None else (int(value) + 1 if value.isdigit() and int(value) < 9 else 0)


def list_of(properties: etree._Element | None) -> tuple[str | None, int | None]:
    """The id of the list ("" when numbering is switched off) and the level; None for what is not said."""
    found = properties.find(W + "numPr") if properties is not None else None
    if found is None:
        return None, None
    num_id, level = found.find(W + "numId"), found.find(W + "ilvl")
    number = num_id.get(VAL, "") if num_id is not None else None
    depth = level.get(VAL, "") if level is not None else ""
    return ("" if number == "0" else number), (int(depth) if depth.isdigit() else None)
