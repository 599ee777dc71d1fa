"""What did the program that opens a PDF in a process of its own find on its pages?"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.drafts.importers import pdf_pages
from portal.kernel.files import Unreadable

TIMEOUT = 60  # seconds by the clock; the process bounds its own processor time and memory


@dataclass(frozen=True, slots=True)
class Piece:
    """Words on one line without a wide gap; places in points, the origin at the page's upper left.

    `first` is the width of the first word: what would have had to fit at the end of the line above.
    """

    x0: float
    x1: float
    y: float
    height: float
    is_bold: bool
    first: float
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """The pieces of a page in the order of the file, its upright and level lines (x0, y0, x1, y1).

    `is_plain` is asked only of files that carry a structure: nothing stands on the page but dark words and thin rules.
    """

    width: float
    height: float
    pieces: tuple[Piece, ...]
    segments: tuple[tuple[float, float, float, float], ...]
    characters: int
    odd: int
    has_image: bool
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """The pages of a PDF and the structure it carries: None where there is none, "" where it could not be unpacked."""

    pages: list[Page]
    carried: str | None


def read_contents(data: bytes) -> Contents:
    """What a PDF holds; Unreadable when it is locked, damaged, too long, or takes too long to read."""
    # The program is told nothing: no environment, no modules of the portal, no names of files.
    command = [sys.executable, "-I", str(Path(pdf_pages.__file__))]
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as result:
        source.write(data)
        source.seek(0)
        try:
            ended = subprocess.run(
                command, stdin=source, stdout=result, stderr=subprocess.DEVNULL, timeout=TIMEOUT, env={}, check=False
            )
        except subprocess.TimeoutExpired:
            raise _refusal("too_slow") from None
        result.seek(0)
        contents = _contents(result.read().splitlines())
        if contents is None:
            # Ended by the system when it took more than its share of the processor, else by a fault of the file.
            raise _refusal("too_slow" if ended.returncode in (-24, -9) else "damaged")
    return contents


def _contents(lines: list[bytes]) -> Contents | None:
    """What the program wrote; None when it did not come to the end of the pages."""
    try:
        documents = [json.loads(line) for line in lines]
        refused = next((document["refused"] for document in documents if "refused" in document), None)
        if refused is not None:
            raise _refusal(refused)
        first, pages, after = documents[0], documents[1:], ""
        if pages and "carried" in pages[-1]:
            after = str(pages.pop()["carried"])
        if first["pages"] != len(pages):
            return None
        return Contents([_page(document) for document in pages], after if first["carries"] else None)
    except (ValueError, KeyError, TypeError, IndexError):
        return None


def _page(document: dict[str, Any]) -> Page:
    return Page(
        width=document["width"],
        height=document["height"],
        pieces=tuple(
            Piece(x0, x1, y, height, bool(bold), first, text)
            for x0, x1, y, height, bold, first, text in document["pieces"]
        ),
        segments=tuple((x0, y0, x1, y1) for x0, y0, x1, y1 in document["segments"]),
        characters=document["characters"],
        odd=document["odd"],
        has_image=document["image"],
        is_plain=document["plain"],
    )


def _refusal(reason: str) -> Unreadable:
    match reason:
        case "encrypted":
            return Unreadable("The file is protected by a password. Save it without one.", code="encrypted")
        case "too_many_pages":
            return Unreadable(
                "The PDF has more than %(limit)s pages. Divide it.", code="too_many_pages", limit=pdf_pages.MAX_PAGES
            )
        case "too_long":
            return Unreadable(
                "The text is too long: %(size)s MB. Divide the document.", code="too_long",
                size=pdf_pages.MAX_CHARACTERS // 1_000_000,
            )
        case "too_slow":
            return Unreadable(
                "Reading this PDF takes too long. Upload the Word file it was made from.", code="too_slow"
            )
    return Unreadable("The file is damaged or was not uploaded completely.", code="damaged")
