"""How are the files of a tantivy index opened, and are they whole?"""

from __future__ import annotations

import json
import os
import tempfile
import zlib
from pathlib import Path

from tantivy import Index, TextAnalyzerBuilder, Tokenizer

from portal.search.backends.tantivy_queries import TOKENIZER, make_schema

_MAGIC = 1337
_AT_ONCE = 1 << 20


def made(folder: Path) -> Index:
    """A new index in an empty folder."""
    return _prepared(Index(make_schema(), str(folder)))


def opened(folder: Path) -> Index:
    """The index in a folder; raises ValueError and panics over damaged files."""
    return _prepared(Index.open(str(folder)))


def _prepared(index: Index) -> Index:
    index.register_tokenizer(TOKENIZER, TextAnalyzerBuilder(Tokenizer.whitespace()).build())
    index.config_reader("manual")
    return index


def linked(folder: Path) -> tempfile.TemporaryDirectory[str] | None:
    """For a folder in which no lock can be made, one of links to its files, to be kept as long as it is open."""
    if os.access(folder, os.W_OK):
        return None
    links = tempfile.TemporaryDirectory(prefix="search-")
    for file in folder.iterdir():
        if not file.name.endswith(".lock"):
            (Path(links.name) / file.name).symlink_to(file)
    return links


def is_intact(folder: Path) -> bool:
    """Does every file that the table of contents names end in the right sum of its bytes?"""
    try:
        wanted = json.loads((folder / "meta.json").read_text(encoding="utf-8"))["segments"]
        stems = {segment["segment_id"].replace("-", "") for segment in wanted}
        files = [file for file in folder.iterdir() if file.name.partition(".")[0] in stems]
        return all(_has_right_sum(file) for file in files)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _has_right_sum(file: Path) -> bool:
    """The last eight bytes are the length of a JSON footer before them and a number known to all."""
    size = file.stat().st_size
    with file.open("rb") as handle:
        handle.seek(size - 8)
        length, magic = (int.from_bytes(handle.read(4), "little") for _ in range(2))
        if magic != _MAGIC or length > size - 8:
            return False
        handle.seek(size - 8 - length)
        expected = json.loads(handle.read(length))["crc"]
        handle.seek(0)
        left, total = size - 8 - length, 0
        while left and (some := handle.read(min(_AT_ONCE, left))):
            total, left = zlib.crc32(some, total), left - len(some)
    return total == expected
