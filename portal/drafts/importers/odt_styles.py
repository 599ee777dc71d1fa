"""What do the styles and lists of an OpenDocument text mean for the reader, and which numbers do they print?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from portal.drafts.importers.numbering import FORMATS, LARGEST, LONGEST_LABEL
from portal.drafts.importers.odt_changes import TEXT
from portal.drafts.importers.styles import DEEPEST

STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
LEVELS = 10
OUTLINE = ""  # the list of the headings, which has no name of its own

_ALIGN = {"center": "center", "end": "right", "right": "right"}
_NUMBER_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


@dataclass(frozen=True, slots=True)
class OdtStyle:
    """A paragraph's or span's style with all it inherits; `list_style` is "" without a list, `level` 0 for text."""

    name: str = ""
    bold: bool = False
    hidden: bool = False
    raised: bool = False
    align: str = ""
    level: int = 0
    list_style: str = ""


PLAIN = OdtStyle()


class OdtStyles:
    """The styles of one document, looked up by family ("paragraph", "text") and name."""

    def __init__(self, *roots: etree._Element | None) -> None:
        self._elements: dict[tuple[str, str], etree._Element] = {}
        self._automatic: set[etree._Element] = set()
        for root in roots:
            for element in root.iter(STYLE + "style") if root is not None else ():
                key = element.get(STYLE + "family", ""), element.get(STYLE + "name", "")
                self._elements[key] = element
                parent = element.getparent()
                if parent is not None and str(parent.tag).endswith("automatic-styles"):
                    self._automatic.add(element)
        self._known: dict[tuple[str, str], OdtStyle] = {}

    def find(self, family: str, name: str | None) -> OdtStyle:
        """The style with this name, an empty one when the document does not define it."""
        key = family, name or ""
        if key not in self._known:
            self._known[key] = self._resolve(key, 0)
        return self._known[key]

    def _resolve(self, key: tuple[str, str], depth: int) -> OdtStyle:
        element = self._elements.get(key)
        if element is None or depth > DEEPEST:
            return PLAIN
        above = element.get(STYLE + "parent-style-name")
        parent = self._resolve((key[0], above), depth + 1) if above else PLAIN
        words, paragraph = element.find(STYLE + "text-properties"), element.find(STYLE + "paragraph-properties")
        weight = words.get(_FO + "font-weight") if words is not None else None
        display = words.get(TEXT + "display") if words is not None else None
        position = words.get(STYLE + "text-position") if words is not None else None
        align = paragraph.get(_FO + "text-align") if paragraph is not None else None
        level = element.get(STYLE + "default-outline-level")
        listed = element.get(STYLE + "list-style-name")
        name = (element.get(STYLE + "display-name") or key[1]).lower()
        return OdtStyle(
            name=parent.name if element in self._automatic else name,
            bold=parent.bold if weight is None else weight == "bold" or weight in ("600", "700", "800", "900"),
            hidden=parent.hidden if display is None else display == "none",
            raised=parent.raised if position is None else position.startswith("super"),
            align=parent.align if align is None else _ALIGN.get(align, ""),
            level=parent.level if level is None else natural(level, 0, LEVELS),
            list_style=parent.list_style if listed is None else listed,
        )


@dataclass(frozen=True, slots=True)
class _Level:
    format: str = ""
    is_numbered: bool = False
    prefix: str = ""
    suffix: str = ""
    shown: int = 1
    start: int = 1
    pattern: str = ""


@dataclass(slots=True)
class Counters:
    """How far the numbering of one list has come, level by level; None where it has not begun."""

    style: str
    values: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


class OdtLists:
    """The list styles of one document and the counters of its lists, which are asked in reading order."""

    def __init__(self, *roots: etree._Element | None) -> None:
        self._styles: dict[str, dict[int, _Level]] = {}
        for root in roots:
            for element in root.iter(TEXT + "list-style", TEXT + "outline-style") if root is not None else ():
                name = element.get(STYLE + "name", "") if element.tag == TEXT + "list-style" else OUTLINE
                self._styles[name] = dict(_levels(element))
        self._by_id: dict[str, Counters] = {}
        self._last: dict[str, Counters] = {}
        self.outline = Counters(OUTLINE)

    def begin(self, element: etree._Element, style: str) -> Counters:
        """The counters of an outermost list: its own, or those of the list it says it continues."""
        continued = self._by_id.get(element.get(TEXT + "continue-list", ""))
        if continued is None and element.get(TEXT + "continue-numbering") == "true":
            continued = self._last.get(style)
        counters = continued or Counters(style)
        name = element.get("{http://www.w3.org/XML/1998/namespace}id") or element.get(TEXT + "id") or ""
        if name:
            self._by_id[name] = counters
        self._last[style] = counters
        return counters

    def label(self, counters: Counters, style: str, index: int, start: str | None = None) -> str:
        """The printed number of the next item at this level (from 0), or of `start`; "" for bullets."""
        levels = self._styles.get(style, {})
        level = levels.get(index)
        if level is None or not 0 <= index < LEVELS:
            return ""
        before = counters.values[index]
        value = level.start if before is None else before + 1
        counters.values[index] = natural(start, value, LARGEST)
        for deeper in range(index + 1, LEVELS):
            counters.values[deeper] = None
        return self._spell(levels, counters, index) if level.is_numbered else ""

    def _spell(self, levels: dict[int, _Level], counters: Counters, index: int) -> str:
        level = levels[index]

        def number(place: int) -> str:
            at = levels.get(place, _Level())
            value = counters.values[place]
            if value is None:
                value = counters.values[place] = at.start
            return FORMATS.get(at.format, str)(value) if at.format else ""

        if level.pattern:
            found = re.sub(r"%(\d{1,2})%", lambda mark: number(min(int(mark[1]), LEVELS) - 1), level.pattern)
            return found.strip()[:LONGEST_LABEL]
        if not level.format:
            return ""
        shown = (number(place) for place in range(max(0, index + 1 - level.shown), index + 1))
        return (level.prefix + ".".join(filter(None, shown)) + level.suffix).strip()[:LONGEST_LABEL]


def _levels(style: etree._Element) -> Iterator[tuple[int, _Level]]:
    for element in style:
        index = natural(element.get(TEXT + "level"), 0, LEVELS) - 1
        if not isinstance(element.tag, str) or index < 0:
            continue
        if element.tag in (TEXT + "list-level-style-number", TEXT + "outline-level-style"):
            yield index, _Level(
                format=_format(element.get(STYLE + "num-format", "")),
                is_numbered=True,
                prefix=element.get(STYLE + "num-prefix", ""),
                suffix=element.get(STYLE + "num-suffix", ""),
                shown=natural(element.get(TEXT + "display-levels"), 1, LEVELS),
                start=natural(element.get(TEXT + "start-value"), 1, LARGEST),
                pattern=(element.get(_LOEXT + "num-list-format") or "")[:LONGEST_LABEL],
            )
        elif element.tag.startswith(TEXT + "list-level-style"):
            yield index, _Level()


def _format(written: str) -> str:
    """The format by the name Word gives it; LibreOffice writes Cyrillic letters as «а, б, .., аа, ... (ru)»."""
    if written[:1] in ("а", "А"):
        return "russianLower" if written[0] == "а" else "russianUpper"
    return _NUMBER_FORMATS.get(written, "decimal" if written else "")


def natural(value: str | None, default: int, greatest: int) -> int:
    """A whole number from 0, no greater than `greatest`; the default for anything else."""
    if value is None or not value.isdecimal() or len(value) > 9:
        return default
    return min(int(value), greatest)
