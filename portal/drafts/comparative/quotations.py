"""Where does a quotation in an instruction begin and end: new wording over several lines, or words to be replaced?"""

from __future__ import annotations

import re
from collections.abc import Sequence

OPENING, CLOSING = "«“„", "»”"
_ENDS = re.compile(r"[»”“\"][;.,]{0,2}\s*$")
SLOT = re.compile("\ue000(\\d+)\ue001")


def gather(lines: Sequence[str], start: int) -> int:
    """The place after the last line of the instruction that begins at `start`: its quotation goes with it."""
    end, balance = start + 1, _own(lines[start])
    if balance <= 0 and end < len(lines) and lines[start].rstrip().endswith(":") and _opens(lines[end]):
        balance, end = _own(lines[end]), end + 1
    while balance > 0 and end < len(lines):
        own = _own(lines[end])
        balance += own
        if own < 0 and _ENDS.search(lines[end]) and not (end + 1 < len(lines) and _own(lines[end + 1]) < 0):
            balance = 0
        end += 1
    return end


def take_out(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with a slot for each quotation, and what stands in them, without their own marks.

    A quotation within a quotation stays in it; one that is never closed runs to the last closing mark there is.
    """
    outside: list[str] = []
    quoted: list[str] = []
    place = 0
    while place < len(text):
        sign = text[place]
        if sign in OPENING or sign == '"':
            end = _end_of(text, place)
            quoted.append(text[place + 1 : end].strip())
            outside.append(f"\ue000{len(quoted) - 1}\ue001")
            place = end + 1
        else:
            outside.append(sign if sign not in "\ue000\ue001" else " ")
            place += 1
    return "".join(outside), tuple(quoted)


def _end_of(text: str, start: int) -> int:
    """The place of the mark that closes the quotation begun at `start`."""
    if text[start] == '"':
        if "\n" in text[start:] and (last := _last_close(text, start, '"')) > start:
            return last
        end = text.find('"', start + 1)
        return end if end > 0 else len(text)
    closing = "“”" if text[start] == "„" else CLOSING
    depth = 0
    for place in range(start, len(text)):
        if text[place] in OPENING and not (text[place] == "“" and "“" in closing):
            depth += 1
        elif text[place] in closing:
            depth -= 1
            if depth == 0:
                return place
    last = max(text.rfind(mark, start + 1) for mark in closing)
    return last if last > start else len(text)


def _last_close(text: str, start: int, mark: str) -> int:
    found = re.compile(rf"{mark}[;.,]?\s*$").search(text, start + 1)
    return found.start() if found else -1


def _opens(line: str) -> bool:
    return line.lstrip()[:1] in (*OPENING, '"')


def _own(line: str) -> int:
    """How many quotations the line opens and leaves open; less than 0 for those of lines before that it closes."""
    straight = line.count('"') % 2
    if straight:
        straight = -1 if _ENDS.search(line) and not _opens(line) and not re.search(r':\s*"', line) else 1
    if "„" in line and "“" in line:
        return line.count("„") - line.count("“") + straight
    return sum(map(line.count, OPENING)) - sum(map(line.count, CLOSING)) + straight
