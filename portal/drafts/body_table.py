"""What does a table of state bodies say, line by line, and what in it is odd?

The table is tab-separated (or with semicolons or commas, as spreadsheets write it), in UTF-8, with a head that names the
columns `id`, `parent_id`, `name_ru`, `name_kk` and, if it likes, `name_en`, `kind`, `level`. Names are kept as they are
written except for white space; whatever looks wrong in them is told, never corrected.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portal.drafts.policy import BODY_KINDS, LONGEST_NAME
from portal.kernel.errors import Invalid, TooLarge, Unreadable
from portal.kernel.text import clean_line
from portal.language.scripts import fold

MOST_LINES = 5_000
LARGEST_TABLE = 5 * 1024 * 1024  # bytes
NEEDED = ("id", "parent_id", "name_ru", "name_kk")
NOTHING = frozenset({"", "null", "none", "-", "–", "—"})

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,29}")
_MIXED = re.compile(r"(?=\w*[a-zəɵ])(?=\w*[а-яёәғқңөұүһі])\w+", re.IGNORECASE)
_STRAY = re.compile(r"\w*[ӛњѓєќ]\w*", re.IGNORECASE)
_MISSPELT = re.compile(r"\w*(?:маслихат|түркестан)\w*", re.IGNORECASE)  # Russian spellings within a Kazakh name
_SHORT = re.compile(r"\bрк\b")
_WORDS = re.compile(r"\w+")
_KINDS = (
    ("министерств", "ministry"), ("агентств", "agency"), ("комитет", "committee"), ("маслихат", "maslikhat"),
    ("аким", "akimat"), ("район", "akimat"), ("область", "akimat"), ("город", "akimat"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something to look at: `code` names it, `value` shows it; `is_left_out` when the line is not taken for it."""

    line: int
    code: str
    value: str = ""
    is_left_out: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """One body of the table; `parent` is the id of another line, or None."""

    line: int
    id: str
    parent: str | None
    name_kk: str
    name_ru: str
    name_en: str
    kind: str

    @property
    def names(self) -> dict[str, str]:
        return {"kk": self.name_kk, "ru": self.name_ru, "en": self.name_en}


@dataclass(frozen=True, slots=True)
class BodyTable:
    """The lines that can be taken, parents before children, and what was odd, in the order of the lines."""

    rows: tuple[TableRow, ...]
    oddities: tuple[Oddity, ...]
    lines: int


def read_table(data: bytes) -> BodyTable:
    """Read a table; raises Unreadable for what is no table, Invalid for one without the columns, TooLarge."""
    lines = _split(_decode(data))
    head = [clean_line(cell).lower() for cell in lines[0]] if lines else []
    missing = [name for name in NEEDED if name not in head]
    if missing:
        raise Invalid("The first line of the table has to name the columns %(columns)s.", columns=", ".join(NEEDED), field="file")
    body = [(number, cells) for number, cells in enumerate(lines[1:], 2) if any(cell.strip() for cell in cells)]
    if len(body) > MOST_LINES:
        raise TooLarge("The table has more than %(most)s lines.", most=MOST_LINES, field="file")
    oddities: list[Oddity] = []
    rows: dict[str, TableRow] = {}
    for number, cells in body:
        row = _row(number, cells, head, oddities)
        if row is not None and row.id in rows:
            oddities.append(Oddity(number, "duplicate-id", row.id, is_left_out=True))
        elif row is not None:
            rows[row.id] = row
    oddities += _same_names(rows.values())
    _mark_levels(body, head, rows, oddities)
    return BodyTable(tuple(_in_order(rows, oddities)), tuple(sorted(oddities, key=lambda each: each.line)), len(body))


def match_key(name: str) -> str:
    """A name as two tables are compared by it: letters folded, signs dropped, «РК» written out."""
    spelt_out = _SHORT.sub("республики казахстан", name.casefold())
    return " ".join(fold(word) for word in _WORDS.findall(spelt_out))


def _decode(data: bytes) -> str:
    if len(data) > LARGEST_TABLE:
        raise TooLarge("The file is larger than %(most)s MB.", most=LARGEST_TABLE // 1024 // 1024, field="file")
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable("This is no table of text. Save it as tab-separated text in UTF-8 and choose it again.", field="file") from None
    if "\0" in text:
        raise Unreadable("This is no table of text. Save it as tab-separated text in UTF-8 and choose it again.", field="file")
    if not text.strip():
        raise Invalid("The file is empty.", field="file")
    return text


def _split(text: str) -> list[list[str]]:
    head = text.split("\n", 1)[0]
    if "\t" in head:  # quotes are part of names there
        return [line.rstrip("\r").split("\t") for line in text.split("\n")[: MOST_LINES + 100]]
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in head else ",", strict=True))
    except csv.Error:
        raise Unreadable("This is no table of text. Save it as tab-separated text in UTF-8 and choose it again.", field="file") from None


def _row(number: int, cells: list[str], head: list[str], oddities: list[Oddity]) -> TableRow | None:
    """The line, or None when it cannot be taken; either way what is odd about it is noted."""
    if len(cells) != len(head):
        oddities.append(Oddity(number, "columns", f"{len(cells)} / {len(head)}", is_left_out=True))
        return None
    raw = dict(zip(head, cells))
    value = {name: "" if clean_line(cell).lower() in NOTHING else clean_line(cell) for name, cell in raw.items()}
    identity = value["id"].lower()
    if not _ID.fullmatch(identity):
        oddities.append(Oddity(number, "odd-id", value["id"][:40], is_left_out=True))
        return None
    if not identity.isdigit():
        oddities.append(Oddity(number, "id-not-number", identity))
    if not value["name_ru"]:
        oddities.append(Oddity(number, "no-name-ru", identity, is_left_out=True))
        return None
    names = [value["name_ru"], value["name_kk"], value.get("name_en", "")]
    if max(map(len, names)) > LONGEST_NAME:
        oddities.append(Oddity(number, "long-name", max(names, key=len)[:60] + "…", is_left_out=True))
        return None
    oddities += _odd_names(number, raw, value)
    kind = value.get("kind", "")
    if kind and kind not in BODY_KINDS:
        oddities.append(Oddity(number, "kind", kind[:40]))
    kind = kind if kind in BODY_KINDS else _kind_of(value["name_ru"])
    return TableRow(number, identity, value["parent_id"].lower() or None, value["name_kk"], value["name_ru"], value.get("name_en", ""), kind)


def _odd_names(number: int, raw: dict[str, str], value: dict[str, str]) -> Iterator[Oddity]:
    if not value["name_kk"]:
        yield Oddity(number, "no-name-kk", value["name_ru"])
    elif value["name_kk"] == value["name_ru"]:
        yield Oddity(number, "same-in-both", value["name_ru"])
    for word in _MISSPELT.findall(value["name_kk"]):
        yield Oddity(number, "spelling", word)
    for name in ("name_ru", "name_kk"):
        if value[name] and raw[name] != value[name]:
            yield Oddity(number, "white-space", value[name])
        for word in (*_MIXED.findall(value[name]), *_STRAY.findall(value[name])):
            yield Oddity(number, "mixed-scripts", word)
        if value[name].count("«") != value[name].count("»") or value[name].count('"') % 2:
            yield Oddity(number, "quotes", value[name])


def _same_names(rows: Iterable[TableRow]) -> list[Oddity]:
    first: dict[str, TableRow] = {}
    found = []
    for row in rows:
        for name in filter(None, (row.name_ru, row.name_kk)):
            earlier = first.setdefault(match_key(name), row)
            if earlier is not row:
                found.append(Oddity(row.line, "same-name", f"{name} ({earlier.line})"))
                break
    return found


def _mark_levels(body: list[tuple[int, list[str]]], head: list[str], rows: dict[str, TableRow], oddities: list[Oddity]) -> None:
    """Where the table says how deep a line stands, it should be as deep as its parents make it."""
    if "level" not in head:
        return
    place = head.index("level")
    said = {number: cells[place].strip() for number, cells in body if len(cells) == len(head)}
    for row in rows.values():
        parent = rows.get(row.parent or "")
        level, upper = said.get(row.line, ""), said.get(parent.line, "") if parent else "-1"
        if level.isdecimal() and (upper == "-1" or upper.isdecimal()) and int(level) != int(upper) + 1:
            oddities.append(Oddity(row.line, "level", level))


def _in_order(rows: dict[str, TableRow], oddities: list[Oddity]) -> list[TableRow]:
    """Parents before children; a line in a circle loses its parent, and it is noted."""
    placed: dict[str, TableRow] = {}
    for row in rows.values():
        path: list[TableRow] = []
        current: TableRow | None = row
        while current is not None and current.id not in placed and current not in path:
            path.append(current)
            current = rows.get(current.parent or "")
        if current is not None and current in path:
            oddities.append(Oddity(current.line, "cycle", current.id))
            path[path.index(current)] = current = TableRow(
                current.line, current.id, None, current.name_kk, current.name_ru, current.name_en, current.kind
            )
            path = [*path[path.index(current) + 1 :], *path[: path.index(current) + 1]]
        for each in reversed(path):
            placed.setdefault(each.id, each)
    return list(placed.values())


def _kind_of(name: str) -> str:
    """What sort of body a Russian name speaks of."""
    lowered = name.casefold()
    found = ((lowered.find(stem), kind) for stem, kind in _KINDS if stem in lowered)
    return "maslikhat" if "маслихат" in lowered else min(found, default=(0, "other"))[1]
