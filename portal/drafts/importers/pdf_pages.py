"""Which words stand where on the pages of a PDF? A program: PDF on standard input, one JSON line a page as output.

It runs in a process of its own with bounded memory and time, so that a file that brings the PDF library down brings
down nothing else; hence it imports nothing of the portal. The first line is {"pages": n, "carries": whether a structure
is attached} or {"refused": reason}; after the pages comes {"carried": its text}, unless unpacking it went wrong.
"""

from __future__ import annotations

import ctypes
import json
import resource
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

MAX_PAGES = 2_000
MAX_CHARACTERS = 6_000_000
MEMORY = 1_500_000_000  # bytes
SECONDS = 30  # of the processor
OUTPUT = 300_000_000  # bytes
MAX_PIECES = 300_000
MAX_PIECES_OF_PAGE = 20_000
MAX_OBJECTS = 20_000  # lines and images looked at on one page
MAX_SEGMENTS = 2_000
# A gap wider than so many letter heights parts two pieces of a line, which may be cells of a table.
WIDE = 0.8
_HYPHENS = "\x02\ufffe"  # how the library marks a hyphen at the end of a line, instead of the line's end
_BOLD_NAMES = ("bold", "black", "heavy", "demi")
_FORCE_BOLD = 1 << 18
CARRIED = "act.akn.xml"  # the attachment in which the portal's own files carry their structure
MAX_CARRIED = 24_000_000  # bytes
MAX_ATTACHMENTS = 20
# A mark on the page that hides what it marks from some readers, or has programs read other words than it shows.
_MISLEADING = frozenset({"OC", "ActualText"})
_DARK = 140  # of 255: letters that stand out from white paper
_HAIRLINE = 1.0
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def main() -> None:
    """Read one PDF and write what it says."""
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, OUTPUT),
                       (resource.RLIMIT_CORE, 0)):  # fmt: skip
        _restrict(what, most)
    try:
        document = pdfium.PdfDocument(sys.stdin.buffer.read())
    except pdfium.PdfiumError:
        _say({"refused": "encrypted" if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD else "damaged"})
        return
    pages = len(document)
    if not 0 < pages <= MAX_PAGES:
        _say({"refused": "too_many_pages" if pages else "damaged"})
        return
    carried = _attachment(document)
    _say({"pages": pages, "carries": carried is not None})
    characters = pieces = 0
    for place in range(pages):
        try:
            page = document[place]
            read = read_page(page)
            read["plain"] = carried is not None and _is_plain(page)
        except pdfium.PdfiumError:
            _say({"refused": "damaged"})
            return
        characters += read["characters"]
        pieces += len(read["pieces"])
        if characters > MAX_CHARACTERS or pieces > MAX_PIECES or len(read["pieces"]) > MAX_PIECES_OF_PAGE:
            _say({"refused": "too_long"})
            return
        _say(read)
        page.close()
    if carried is not None and (text := _unpacked(carried)) is not None:
        _say({"carried": text})


def _restrict(what: int, most: int) -> None:
    try:
        resource.setrlimit(what, (most, most))
    except (ValueError, OSError):
        pass  # a system that has stricter limits already, or none of this kind


def _say(line: dict[str, Any]) -> None:
    print(json.dumps(line, ensure_ascii=True, separators=(",", ":")), flush=True)


def _attachment(document: pdfium.PdfDocument) -> pdfium.PdfAttachment | None:
    """The structure the file carries, still packed."""
    for place in range(min(document.count_attachments(), MAX_ATTACHMENTS)):
        try:
            attachment = document.get_attachment(place)
            if attachment.get_name() == CARRIED:
                return attachment
        except pdfium.PdfiumError:
            continue
    return None


def _unpacked(attachment: pdfium.PdfAttachment) -> str | None:
    """The text of an attachment; None when it is too long or no text. What swells past the memory ends the program."""
    length = ctypes.c_ulong()
    if not raw.FPDFAttachment_GetFile(attachment.raw, None, 0, length) or not 0 < length.value <= MAX_CARRIED:
        return None
    buffer = ctypes.create_string_buffer(length.value)
    if not raw.FPDFAttachment_GetFile(attachment.raw, buffer, length.value, length):
        return None
    try:
        return buffer.raw.decode()
    except UnicodeDecodeError:
        return None


def _is_plain(page: pdfium.PdfPage) -> bool:
    """Does the page hold dark words and thin rules and nothing else, so that all its words are seen and all that is seen is words?"""
    objects = raw.FPDFPage_CountObjects(page.raw)
    if objects > MAX_OBJECTS or raw.FPDFPage_GetAnnotCount(page.raw):
        return False
    return all(_is_plain_object(raw.FPDFPage_GetObject(page.raw, place)) for place in range(objects))


def _is_plain_object(item: Any) -> bool:
    clip = raw.FPDFPageObj_GetClipPath(item)
    if raw.FPDFPageObj_HasTransparency(item) or clip and raw.FPDFClipPath_CountPaths(clip) > 0 or _misleads(item):
        return False
    kind = raw.FPDFPageObj_GetType(item)
    if kind == raw.FPDF_PAGEOBJ_PATH:
        fill, is_stroked, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
        is_known = raw.FPDFPath_GetDrawMode(item, fill, is_stroked) and raw.FPDFPageObj_GetStrokeWidth(item, width)
        return bool(is_known) and fill.value == raw.FPDF_FILLMODE_NONE and width.value <= _HAIRLINE
    if kind != raw.FPDF_PAGEOBJ_TEXT or raw.FPDFTextObj_GetTextRenderMode(item) != raw.FPDF_TEXTRENDERMODE_FILL:
        return False
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    is_known = raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha)
    return bool(is_known) and max(red.value, green.value, blue.value) <= _DARK and alpha.value == 255


def _misleads(item: Any) -> bool:
    for place in range(raw.FPDFPageObj_CountMarks(item)):
        mark = raw.FPDFPageObj_GetMark(item, place)
        names = [_string(raw.FPDFPageObjMark_GetName, mark)]
        names += [_string(raw.FPDFPageObjMark_GetParamKey, mark, each) for each in range(raw.FPDFPageObjMark_CountParams(mark))]
        if not _MISLEADING.isdisjoint(names):
            return True
    return False


def _string(get: Any, *what: Any) -> str:
    buffer, length = (ctypes.c_ushort * 64)(), ctypes.c_ulong()
    get(*what, buffer, ctypes.sizeof(buffer), length)
    return bytes(buffer)[: max(0, length.value - 2)].decode("utf-16-le", "replace")


def read_page(page: pdfium.PdfPage) -> dict[str, Any]:
    """Pieces (x0, x1, baseline from the top, height, is bold, width of the first word, text), segments, sizes.

    All in points of the page as it is seen, the origin at its upper left.
    """
    turn = _Turn(page)
    text = page.get_textpage()
    try:
        words = _Words(text, turn)
        found = (piece for line in words.lines() for piece in words.pieces(line))
        pieces = list(islice(found, MAX_PIECES_OF_PAGE + 1))
    finally:
        text.close()
    segments, has_image = _drawn(page, turn)
    return {
        "width": round(turn.width, 1), "height": round(turn.height, 1), "characters": words.count,
        "odd": words.odd, "pieces": pieces, "segments": segments, "image": has_image,
    }  # fmt: skip


class _Turn:
    """From the coordinates of the file to those of the page as it is seen, which may be turned by quarters."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.width, self.height = page.get_size()
        self._quarters = page.get_rotation() // 90 % 4
        left, bottom, right, top = page.get_cropbox()
        self._box = left, bottom, right, top

    def point(self, x: float, y: float) -> tuple[float, float]:
        left, bottom, right, top = self._box
        match self._quarters:
            case 1:
                return y - bottom, x - left
            case 2:
                return right - x, y - bottom
            case 3:
                return top - y, right - x
        return x - left, top - y


_Word = tuple[float, float, float, float, str, int, int]


class _Words:
    def __init__(self, text: pdfium.PdfTextPage, turn: _Turn) -> None:
        self._text = text.raw
        self._turn = turn
        self.count = max(0, text.count_chars())
        self.letters = self._all_letters()
        self.odd = sum(letter in "\ufffd\uffff" or "\ue000" <= letter <= "\uf8ff" for letter in self.letters)
        self._double = [ctypes.c_double() for _ in range(4)]

    def _all_letters(self) -> str:
        """As many letters as the page has places, so that a letter's place names it to the library."""
        buffer = (ctypes.c_ushort * (self.count + 1))()
        written = raw.FPDFText_GetText(self._text, 0, self.count, buffer)
        letters = bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
        if len(letters) == self.count:
            return letters
        codes = (raw.FPDFText_GetUnicode(self._text, place) for place in range(self.count))
        return "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes)

    def lines(self) -> Iterator[list[_Word]]:
        """The words of each line with their boxes, in the order of the file."""
        line: list[_Word] = []
        begun: int | None = None
        for place, letter in enumerate(self.letters + "\n"):
            is_hyphen = letter in _HYPHENS
            if letter.isspace() or is_hyphen:
                if is_hyphen and begun is None:
                    begun = place
                if begun is not None:
                    line.append(self._word(begun, place - (not is_hyphen)))
                    begun = None
                if (is_hyphen or letter in "\r\n") and line:
                    yield line
                    line = []
            elif begun is None:
                begun = place

    def _word(self, first: int, last: int) -> _Word:
        letters = self.letters[first : last + 1]
        if letters[-1] in _HYPHENS:
            letters = letters[:-1] + "-"
        x0, _, top, bottom = self._box(first)
        x1 = self._box(last)[1] if last > first else self._box(first)[1]
        baseline = self._origin(first)
        height = self._size(first) or abs(bottom - top) or 1.0
        if len(letters) > 1 and any(letter.isdigit() for letter in letters[1:]):
            letters = self._with_raised(letters, first, baseline, height)
        return x0, x1, baseline, height, letters, first, last

    def _with_raised(self, letters: str, first: int, baseline: float, height: float) -> str:
        marked = list(letters)
        for place, letter in enumerate(letters):
            # A raised digit may stand on a line of its own, or be a raised figure of the font: its foot tells.
            if place and letter.isdecimal() and baseline - self._box(first + place)[3] > height * 0.2:
                marked[place] = letter.translate(_RAISED)
        return "".join(marked)

    def _box(self, place: int) -> tuple[float, float, float, float]:
        left, right, bottom, top = self._double
        if not raw.FPDFText_GetCharBox(self._text, place, left, right, bottom, top):
            return 0.0, 0.0, 0.0, 0.0
        one = self._turn.point(left.value, top.value)
        other = self._turn.point(right.value, bottom.value)
        return min(one[0], other[0]), max(one[0], other[0]), min(one[1], other[1]), max(one[1], other[1])

    def _origin(self, place: int) -> float:
        x, y = self._double[:2]
        if not raw.FPDFText_GetCharOrigin(self._text, place, x, y):
            return 0.0
        return self._turn.point(x.value, y.value)[1]

    def _size(self, place: int) -> float:
        size = float(raw.FPDFText_GetFontSize(self._text, place))
        matrix = raw.FS_MATRIX()
        if size < 4 and raw.FPDFText_GetMatrix(self._text, place, matrix):
            size *= max(abs(matrix.d), abs(matrix.b))
        return size

    def pieces(self, line: list[_Word]) -> Iterator[list[Any]]:
        """The parts of a line between wide gaps."""
        begun = 0
        for place in range(1, len(line) + 1):
            height = line[place - 1][3]
            if place == len(line) or not -height <= line[place][0] - line[place - 1][1] <= WIDE * height or (
                abs(line[place][2] - line[place - 1][2]) > height * 0.6
            ):  # fmt: skip
                yield self._piece(line[begun:place])
                begun = place

    def _piece(self, words: list[_Word]) -> list[Any]:
        heights = sorted(word[3] for word in words)
        first = words[0]
        return [
            round(first[0], 1), round(words[-1][1], 1), round(first[2], 1), round(heights[len(heights) // 2], 1),
            int(self._is_bold(first[5]) and self._is_bold(words[-1][5])), round(first[1] - first[0], 1),
            " ".join(word[4] for word in words),
        ]  # fmt: skip

    def _is_bold(self, place: int) -> bool:
        name, flags = ctypes.create_string_buffer(120), ctypes.c_int()
        length = raw.FPDFText_GetFontInfo(self._text, place, name, len(name), flags)
        if flags.value & _FORCE_BOLD or raw.FPDFText_GetFontWeight(self._text, place) >= 600:
            return True
        written = name.value.decode("utf-8", "replace").lower() if 0 < length <= len(name) else ""
        return any(word in written for word in _BOLD_NAMES)


def _drawn(page: pdfium.PdfPage, turn: _Turn) -> tuple[list[list[float]], bool]:
    """Upright and level lines (x0, y0, x1, y1), and whether an image covers much of the page."""
    segments: list[list[float]] = []
    has_image = False
    for place in range(min(raw.FPDFPage_CountObjects(page.raw), MAX_OBJECTS)):
        item = raw.FPDFPage_GetObject(page.raw, place)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH and len(segments) < MAX_SEGMENTS:
            segments.extend(_straight(item, turn))
        elif kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM) and not has_image:
            left, bottom, right, top = (ctypes.c_float() for _ in range(4))
            if raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
                area = (right.value - left.value) * (top.value - bottom.value)
                has_image = area > turn.width * turn.height * 0.4
    return segments[:MAX_SEGMENTS], has_image


def _straight(path: Any, turn: _Turn) -> Iterator[list[float]]:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(path, matrix):
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    before = begun = None
    for place in range(min(raw.FPDFPath_CountSegments(path), MAX_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(path, place)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        here = turn.point(
            matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f
        )
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            begun = here
        ends = [here] if kind == raw.FPDF_SEGMENT_LINETO else []
        if begun is not None and raw.FPDFPathSegment_GetClose(segment):
            ends.append(begun)
        for end in ends:
            if before is not None:
                (x0, y0), (x1, y1) = sorted((before, end))
                if (abs(x1 - x0) < 1.5) != (abs(y1 - y0) < 1.5) and max(abs(x1 - x0), abs(y1 - y0)) > 6:
                    yield [round(value, 1) for value in (x0, min(y0, y1), x1, max(y0, y1))]
            before = end
        if not ends:
            before = here


if __name__ == "__main__":
    main()
