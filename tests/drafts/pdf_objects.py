"""Which objects does a PDF with a plain cross-reference table hold, as values of Python?

Names are strings that begin with a slash, strings are bytes, references are `Ref`; a stream is a dictionary with its
decoded bytes under "stream". For files of known make, not for any PDF.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_SPACE = re.compile(rb"(?:[\x00\t\n\f\r ]|%[^\r\n]*)*")
_TOKEN = re.compile(rb"<<|>>|[\[\]{}]|/[^\x00\t\n\f\r ()<>\[\]{}/%]*|<[0-9A-Fa-f\s]*>|[^\x00\t\n\f\r ()<>\[\]{}/%]+")
_OBJECT = re.compile(rb"(?<=[\r\n])(\d+) 0 obj\s")
_STREAM = re.compile(rb"\s*stream\r?\n")
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass(frozen=True)
class Ref:
    number: int


class Operator(str):
    """A word of a content stream that is no value."""


def tokens(data: bytes, at: int = 0) -> Iterator[tuple[Any, int]]:
    """(value or operator, where it ends) one after the other; b"" ends no run."""
    while True:
        at = _SPACE.match(data, at).end()  # type: ignore[union-attr]
        if at >= len(data):
            return
        value, at = _value(data, at)
        yield value, at


def _value(data: bytes, at: int) -> tuple[Any, int]:
    at = _SPACE.match(data, at).end()  # type: ignore[union-attr]
    if data[at : at + 1] == b"(":
        return _string(data, at)
    found = _TOKEN.match(data, at)
    assert found is not None, data[at : at + 40]
    word, at = found[0], found.end()
    if word == b"<<":
        items, at = _until(data, at, ">>")
        return dict(zip(items[::2], items[1::2], strict=True)), at
    if word == b"[":
        return _until(data, at, "]")
    if word.startswith(b"<"):
        digits = re.sub(rb"\s", b"", word[1:-1])
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()), at
    if word.startswith(b"/"):
        return re.sub(rb"#([0-9A-Fa-f]{2})", lambda code: bytes.fromhex(code[1].decode()), word).decode("latin-1"), at
    known = {b"true": True, b"false": False, b"null": None}
    if word in known:
        return known[word], at
    try:
        return (float(word) if b"." in word else int(word)), at
    except ValueError:
        return Operator(word.decode("latin-1")), at


def _until(data: bytes, at: int, end: str) -> tuple[list[Any], int]:
    items: list[Any] = []
    while True:
        value, at = _value(data, at)
        if isinstance(value, Operator) and value == end:
            return items, at
        if isinstance(value, Operator) and value == "R":
            items[-2:] = [Ref(items[-2])]
        else:
            items.append(value)


def _string(data: bytes, at: int) -> tuple[bytes, int]:
    depth, out, at = 1, bytearray(), at + 1
    while depth:
        sign = data[at : at + 1]
        if sign == b"\\":
            octal = re.match(rb"[0-7]{1,3}", data[at + 1 : at + 4])
            out += bytes([int(octal[0], 8) & 255]) if octal else _ESCAPES.get(data[at + 1 : at + 2], data[at + 1 : at + 2])
            at += 1 + (len(octal[0]) if octal else 1)
            continue
        depth += (sign == b"(") - (sign == b")")
        out += sign if depth else b""
        at += 1
    return bytes(out), at


class Objects:
    """The objects by number; `get` follows references."""

    def __init__(self, data: bytes) -> None:
        self._all: dict[int, Any] = {}
        at = 0
        while (found := _OBJECT.search(data, at)) is not None:
            value, at = _value(data, found.end())
            if (stream := _STREAM.match(data, at)) is not None:
                begin, at = stream.end(), stream.end() + value["/Length"]
                raw = data[begin:at]
                value["stream"] = zlib.decompress(raw) if value.get("/Filter") in ("/FlateDecode", ["/FlateDecode"]) else raw
            self._all[int(found[1])] = value
        self.catalog: dict[str, Any] = next(one for one in self.of_type("/Catalog"))

    def get(self, value: Any) -> Any:
        """What a reference names; any other value as it is."""
        while isinstance(value, Ref):
            value = self._all.get(value.number)
        return value

    def of_type(self, name: str) -> Iterator[dict[str, Any]]:
        """All dictionaries of a type."""
        return (one for one in self._all.values() if isinstance(one, dict) and one.get("/Type") == name)

    def pages(self) -> list[dict[str, Any]]:
        """In reading order."""
        waiting, found = [self.catalog["/Pages"]], []
        while waiting:
            node = self.get(waiting.pop(0))
            if node["/Type"] == "/Page":
                found.append(node)
            else:
                waiting[:0] = node["/Kids"]
        return found
