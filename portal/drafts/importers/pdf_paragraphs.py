"""Which paragraphs do the rows of a PDF make: where does one end, and is it centred, at the right, bold?

A row ends its paragraph when the first word of the next would still have fitted on it; or when the next one is
indented, stands apart, is printed otherwise, or begins a unit after the end of a sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from portal.drafts.importers.blocks import Line
from portal.drafts.importers.folding import fold
from portal.drafts.importers.pdf_rows import Row

_ENDS = re.compile(r"[.;:!?][»”\")]*$")
_BEGINS_UNIT = re.compile(
    r"(?:\d{1,3}(?:[-.]\d{1,3})*[.)](?=\s)|[а-яa-z]\)\s|\([a-z0-9]{1,3}\)\s|(?:статья|глава|раздел|параграф|article|chapter)\s+[\divx]"
    r"|\d+(?:-\d+)?\s?-?\s?(?:бап|тарау|болим|параграф|косымша)\b|[-–•]\s)"
)
_HANGING = re.compile(r"(?:\S{1,8}[.)]|[-–•])\s")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PARTED = re.compile(r"\w-$")
_BROKEN = re.compile(r"[^\W\d_]+$")
_LONGEST_WORD = 60


@dataclass(frozen=True, slots=True)
class Measure:
    """Where the lines of a column begin and end, how far they stand apart, how tall their letters are."""

    left: float
    right: float
    pitch: float
    height: float
    indent: float | None = None


def measures(flows: Sequence[Sequence[Row]]) -> dict[int, Measure]:
    """The measure of each flow; flows of one page each share those of the other pages printed alike."""
    by_page = Counter(flow[0].page for flow in flows)
    shared: dict[bool, list[Row]] = {}
    for flow in flows:
        if by_page[flow[0].page] == 1:
            shared.setdefault(flow[0].page % 2 == 0, []).extend(flow)
    if len(shared) == 2 and abs(_measure(shared[True]).left - _measure(shared[False]).left) < 4:
        shared[True] = shared[False] = shared[True] + shared[False]
    common = {is_even: _measure(rows) for is_even, rows in shared.items()}
    return {
        flow[0].flow: common[flow[0].page % 2 == 0] if by_page[flow[0].page] == 1 else _measure(flow) for flow in flows
    }


def _measure(rows: Sequence[Row]) -> Measure:
    lefts = Counter(round(row.x0) for row in rows)
    common = [x for x, count in lefts.items() if count + lefts[x - 1] + lefts[x + 1] >= len(rows) * 0.06]
    left = min(common, default=min(lefts))
    rights = sorted(row.x1 for row in rows)
    heights = Counter(round(row.height, 1) for row in rows)
    height = heights.most_common(1)[0][0]
    steps = [after.y - before.y for before, after in zip(rows, rows[1:]) if before.page == after.page]
    near = Counter(round(step, 1) for step in steps if 0.8 * height < step < 3 * height)
    indents = Counter({x: count for x, count in lefts.items() if x > left + height * 0.8})
    indent, count = indents.most_common(1)[0] if indents else (0, 0)
    return Measure(
        left=float(left),
        right=rights[min(len(rights) - 1, int(len(rights) * 0.98))],
        pitch=near.most_common(1)[0][0] if near else height * 1.3,
        height=height,
        indent=float(indent) if count >= max(2, len(rows) * 0.06) else None,
    )


@dataclass(slots=True)
class _Paragraph:
    rows: list[Row]
    measure: Measure
    align: str
    gap: bool


def paragraphs(rows: Sequence[Row], measured: dict[int, Measure], words: frozenset[str]) -> Iterator[Line]:
    """The paragraphs of rows that follow one another, with nothing else between; `words` are those of the file."""
    open_: _Paragraph | None = None
    for row in rows:
        measure = measured[row.flow]
        align = _alignment(row, measure)
        if open_ is not None and not _ends_before(open_, row, align, measure):
            open_.rows.append(row)
            continue
        gap = False
        if open_ is not None:
            yield _line(open_, words)
            last = open_.rows[-1]
            gap = last.flow == row.flow and row.y - last.y > max(last.height, row.height) * 0.9 + measure.pitch
        open_ = _Paragraph([row], measure, align, gap)
    if open_ is not None:
        yield _line(open_, words)


def _alignment(row: Row, measure: Measure) -> str:
    width = measure.right - measure.left
    before, after = row.x0 - measure.left, measure.right - row.x1
    if before < max(12.0, width * 0.03) or abs(before - after) > max(6.0, width * 0.02):
        return "right" if before > width * 0.42 and "\t" not in row.text else ""
    is_indented = measure.indent is not None and abs(row.x0 - measure.indent) < 1.6
    return "" if is_indented and not row.is_bold and after < width * 0.2 else "center"


def _ends_before(open_: _Paragraph, row: Row, align: str, measure: Measure) -> bool:
    """Does the open paragraph end above this row?"""
    last, first = open_.rows[-1], open_.rows[0]
    height = max(last.height, row.height)
    if align == "center" and open_.align == "" and _spans(last, measure) and not _ENDS.search(last.text):
        open_.align = align  # the first line of a centred heading is as wide as the column
    if align != open_.align and not (align == "" and not _is_indented(row, measure) and _is_full(last, row, open_.measure)):
        return True
    if abs(last.height - row.height) > 0.15 * height or last.is_bold != row.is_bold and _changes_weight(open_, row):
        return True
    is_below = last.flow == row.flow
    if is_below and row.y - last.y > max(measure.pitch * 1.4, measure.pitch + height * 0.35):
        return True
    text = row.text
    if align == "center":
        fits = (last.x1 - last.x0) + row.first + height * 0.3 < measure.right - measure.left
        return fits and not _runs_on(last, row) or bool(_BEGINS_UNIT.match(fold(text[:40])))
    if align == "" and _is_indented(row, measure, last) and not (_HANGING.match(first.text) and first.x0 < row.x0 - 2):
        return True
    if row.x0 < last.x0 - 0.7 * height and is_below and len(open_.rows) > 1:
        return True
    if align == "" and not _is_full(last, row, open_.measure):
        return True
    return bool(_ENDS.search(last.text)) and bool(_BEGINS_UNIT.match(fold(text[:40])))


def _changes_weight(open_: _Paragraph, row: Row) -> bool:
    """All that is open is bold and this row is not, or the other way round."""
    return all(each.is_bold for each in open_.rows) != row.is_bold


def _is_indented(row: Row, measure: Measure, last: Row | None = None) -> bool:
    """Does the row begin where first lines of paragraphs do, or further in than the one above?"""
    if row.x0 - measure.left <= 0.8 * measure.height:
        return False
    is_usual = measure.indent is not None and abs(row.x0 - measure.indent) < 2
    return is_usual or last is not None and row.x0 - last.x0 > 0.7 * measure.height


def _spans(row: Row, measure: Measure) -> bool:
    """Is the row about as wide as the column, so that it may be centred as well as not?"""
    room = (row.x0 - measure.left) + (measure.right - row.x1)
    return row.x0 - measure.left < 2 * measure.height and room < 0.3 * (measure.right - measure.left)


def _is_full(last: Row, row: Row, measure: Measure) -> bool:
    """Was there no room left on the last row for the first word of this one?"""
    is_full = last.x1 + 0.2 * last.height + row.first > measure.right - 0.3
    return is_full or _PARTED.search(last.text) is not None or _runs_on(last, row) and last.x1 > measure.left + 0.6 * (measure.right - measure.left)


def _runs_on(last: Row, row: Row) -> bool:
    """A word is parted, or a sentence goes on in small letters: some programs do not fill their lines."""
    words, following = last.text, row.text
    return following[:1].islower() and (words.endswith("-") or not _ENDS.search(words) and not words.endswith(","))


def _line(paragraph: _Paragraph, words: frozenset[str]) -> Line:
    rows = paragraph.rows
    text = rows[0].text
    for row in rows[1:]:
        text = _joined(text, row.text, words)
    is_tall = rows[0].height > paragraph.measure.height * 1.12
    return Line(
        text=text.strip(),
        align=paragraph.align,
        bold=is_tall or all(row.is_bold for row in rows),
        gap=paragraph.gap,
    )


def _joined(text: str, following: str, words: frozenset[str]) -> str:
    """Two rows in one; a hyphen at the end of the first parts a word unless the file writes the word with it."""
    broken, begins = _broken(text), _WORD.match(following)
    if not broken or begins is None:
        return text + following if text.endswith("-") and following[:1].isalnum() else f"{text} {following}"
    one, other = broken.casefold(), begins[0].casefold()
    if one + other in words or following[0].islower() and f"{one}-" not in words:
        return text[:-1] + following
    return text + following


def _broken(text: str) -> str:
    """The letters before a hyphen at the end of a line; "" when it ends otherwise."""
    found = _BROKEN.search(text[-_LONGEST_WORD:-1]) if text.endswith("-") else None
    return found[0] if found is not None else ""


def words_of(rows: Iterable[Row]) -> frozenset[str]:
    """All words of the file that no line's end has broken; of words with a hyphen also their beginning with it."""
    words = {word.casefold() for row in rows for word in _WORD.findall(row.text[: len(row.text) - len(_broken(row.text))])}
    return frozenset(words | {word.partition("-")[0] + "-" for word in words if "-" in word})
