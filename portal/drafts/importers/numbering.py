"""Which numbers does Word print before the paragraphs of an automatically numbered list?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = W + "val"
LEVELS = 9
LARGEST = 32_767  # Word counts no further
LONGEST_LABEL = 100  # characters

_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)


def roman(value: int) -> str:
    """Lower-case Roman numerals; "" for zero."""
    letters = ""
    for worth, sign in _ROMAN:
        count, value = divmod(value, worth)
        letters += sign * count
    return letters


def _letters(alphabet: str) -> Callable[[int], str]:
    # Word repeats the letter after the alphabet's end: z, aa, bb.
    def spell(value: int) -> str:
        if value < 1:
            return ""
        turns, place = divmod(value - 1, len(alphabet))
        return alphabet[place] * (turns + 1)

    return spell


# How a number is spelled, by the name Word gives the format; plain digits for the others.
FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda value: f"{value:02}",
    "lowerLetter": _letters(_LATIN),
    "upperLetter": lambda value: _letters(_LATIN)(value).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda value: roman(value).upper(),
    "russianLower": _letters(_RUSSIAN),
    "russianUpper": lambda value: _letters(_RUSSIAN)(value).upper(),
    "decimalEnclosedParen": lambda value: f"({value})",
    "numberInDash": lambda value: f"- {value} -",
    "none": lambda value: "",
}


@dataclass(slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    style: str = ""
    is_legal: bool = False
    restart: int | None = None


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)
    met: set[int] = field(default_factory=set)


class Numbering:
    """The lists of one document; `label` must be asked once for each numbered paragraph, in reading order."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._names: dict[str, str] = {}
        if root is not None:
            self._read(root)

    def list_named(self, name: str) -> str:
        """The id of a list by the name that LISTNUM fields call it; "" when there is none."""
        return self._names.get(name, "")

    def level_of_style(self, num_id: str, style_id: str) -> int:
        """The level that a list binds to a paragraph style; 0 when it binds none."""
        found = self._lists.get(num_id)
        if found is None:
            return 0
        return next((index for index, level in found.levels.items() if level.style == style_id), 0)

    def label(self, num_id: str, index: int, *, start: int | None = None) -> str:
        """The printed number of the next paragraph of this list at this level, or of `start` when it is given.

        "" for bullets and unknown lists.
        """
        found = self._lists.get(num_id)
        if found is None or index not in found.levels:
            return ""
        counters = self._counters.setdefault(found.abstract, [None] * LEVELS)
        if index in found.starts and index not in found.met:
            # A list that restarts another one's numbering does so at its first paragraph of that level only.
            counters[index] = None
        found.met.add(index)
        previous = counters[index]
        counters[index] = self._start(found, index) if previous is None else previous + 1
        if start is not None:
            counters[index] = start
        for deeper in range(index + 1, LEVELS):
            level = found.levels.get(deeper)
            if level is None or level.restart is None or (level.restart and index < level.restart):
                counters[deeper] = None
        level = found.levels[index]
        return "" if level.format == "bullet" else self._spell(found, counters, level)

    def _start(self, found: _List, index: int) -> int:
        return found.starts.get(index, found.levels[index].start if index in found.levels else 1)

    def _spell(self, found: _List, counters: list[int | None], level: _Level) -> str:
        text = level.text
        for index in range(LEVELS):
            mark = f"%{index + 1}"
            if mark not in text:
                continue
            value = counters[index]
            if value is None:
                value = counters[index] = self._start(found, index)
            name = found.levels[index].format if index in found.levels else "decimal"
            spell = str if level.is_legal else FORMATS.get(name, str)
            text = text.replace(mark, spell(value))
        return text.strip()[:LONGEST_LABEL]

    def _read(self, root: etree._Element) -> None:
        abstracts = {
            item.get(W + "abstractNumId"): item for item in root.findall(W + "abstractNum")
        }
        by_style = {
            link.get(VAL): item
            for item in abstracts.values()
            if (link := item.find(W + "styleLink")) is not None
        }
        for item in root.findall(W + "num"):
            link = item.find(W + "abstractNumId")
            abstract = abstracts.get(link.get(VAL)) if link is not None else None
            if abstract is None:
                continue
            borrowed = abstract.find(W + "numStyleLink")
            if borrowed is not None:
                abstract = by_style.get(borrowed.get(VAL), abstract)
            levels = {_number(level.get(W + "ilvl")): _read_level(level) for level in abstract.findall(W + "lvl")}
            found = _List(abstract.get(W + "abstractNumId"), levels)
            for override in item.findall(W + "lvlOverride"):
                _override(found, override)
            num_id = item.get(W + "numId", "")
            self._lists[num_id] = found
            named = abstract.find(W + "name")
            if named is not None:
                self._names.setdefault(named.get(VAL, "").lower(), num_id)


def _override(found: _List, override: etree._Element) -> None:
    index = _number(override.get(W + "ilvl"))
    replaced = override.find(W + "lvl")
    if replaced is not None:
        found.levels[index] = _read_level(replaced)
    start = override.find(W + "startOverride")
    if start is not None:
        found.starts[index] = _number(start.get(VAL), 1)


def _read_level(element: etree._Element) -> _Level:
    level = _Level()
    for child in element:
        value = child.get(VAL)
        match child.tag.rpartition("}")[2] if isinstance(child.tag, str) else "":
            case "start":
                level.start = _number(value, 1)
            case "numFmt":
                level.format = value or "decimal"
            case "lvlText":
                level.text = (value or "")[:LONGEST_LABEL]
            case "pStyle":
                level.style = value or ""
            case "isLgl":
                level.is_legal = value not in ("0", "false")
            case "lvlRestart":
                level.restart = _number(value)
    return level


def _number(value: str | None, default: int = 0) -> int:
    try:
        number = int(value or default)
    except ValueError:
        return default
    return number if 0 <= number <= LARGEST else default
