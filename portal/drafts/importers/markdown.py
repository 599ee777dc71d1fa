"""What does a Markdown file say, line by line, and is a text one?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from portal.drafts.importers.blocks import Block, Grid, Line
from portal.drafts.importers.html import read_html_text
from portal.drafts.importers.markdown_words import is_navigation, plain, title_of, without_front_matter
from portal.drafts.importers.text import MAX_LINES
from portal.kernel.files import Unreadable

_HEADING = re.compile(r"^ {0,3}#{1,6} +\S", re.MULTILINE)
_TABLE = re.compile(r"^ {0,3}\|?[ :]*-{3,}[ :]*\|[ :|-]*$", re.MULTILINE)
_MARKED = re.compile(
    r"\*\*[^*\s][^*\n]{0,200}\*\*|\]\((?:https?:|#|\.{0,2}/|[\w./-]{1,200}\.md)|^<a id=|^ {0,3}(?:```|~~~)|^\[\^\w{1,40}\]:",
    re.MULTILINE,
)
_ENOUGH_MARKS = 3
_FOOTNOTE = re.compile(r"\[\^([\w-]{1,40})\]:\s*(.+)", re.DOTALL)
_CALL = re.compile(r"\[\^([\w-]{1,40})\]")
_REFERENCE = re.compile(r"\[[^\]\n]{1,200}\]:\s+\S+(?:\s+[\"'(][^\n]{0,200})?")
_CALLOUT = re.compile(r"\[!\w+\][+-]?\s*")
_BOLD = re.compile(r"\*\*[^*\n]+\*\*|__[^_\n]+__")
# A list of a hundred thousand items takes the parser minutes at once and a second in pieces.
_PIECE, _LONGEST_PIECE = 200, 400
_MOST_PIPES = 1_000


def is_markdown(text: str) -> bool:
    """Does a plain text carry marks of Markdown: headings, a table, a head of its own, or several others?"""
    sample = text[:400_000]
    if without_front_matter(sample) != sample or _HEADING.search(sample) or _TABLE.search(sample):
        return True
    return sum(1 for _ in zip(range(_ENOUGH_MARKS), _MARKED.finditer(sample), strict=False)) == _ENOUGH_MARKS


def read_markdown(text: str) -> list[Block]:
    """The lines and tables in reading order; items keep the numbers they were typed with. Unreadable if too long."""
    if text.count("\n") > 4 * MAX_LINES:
        raise Unreadable(
            "The document has more than %(limit)s paragraphs. Divide it.", code="too_many_paragraphs", limit=MAX_LINES
        )
    body = without_front_matter(text).replace("\r\n", "\n").replace("\r", "\n")
    reader = _Reader()
    for piece in _pieces(body.split("\n")):
        reader.read(piece)
    blocks = reader.finished()
    title = title_of(text)
    if len(blocks) > MAX_LINES:
        raise Unreadable(
            "The document has more than %(limit)s paragraphs. Divide it.", code="too_many_paragraphs", limit=MAX_LINES
        )
    return [Line(title, style="title"), *blocks] if title else blocks


def _pieces(lines: Sequence[str]) -> Iterator[str]:
    """The text in pieces that end at an empty line, so that the parser never sees a list without end."""
    start, in_fence = 0, False
    for place, line in enumerate(lines):
        if line.lstrip().startswith(("```", "~~~")):
            in_fence = not in_fence
        size = place - start
        ends = not line.strip() and not in_fence and place + 1 < len(lines) and lines[place + 1][:1] not in (" ", "\t", ">")
        if (size >= _PIECE and ends) or size >= _LONGEST_PIECE:
            yield "\n".join(lines[start:place + 1])
            start = place + 1
    yield "\n".join(lines[start:])


def _parser(*, tables: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark")
    parser.core.ruler.disable(["inline", "text_join"], True)
    # Paragraphs of law are often indented: four spaces are no program code there.
    parser.disable(["code", "reference"], True)
    return parser.enable("table") if tables else parser


_WITH_TABLES, _WITHOUT_TABLES = _parser(tables=True), _parser(tables=False)


class _Reader:
    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._notes: dict[str, str] = {}
        self._calls: list[tuple[int, str]] = []
        self._lists: list[tuple[str, list[int]]] = []
        self._label = ""
        self._quotes = 0
        self._in_callout = False

    def read(self, piece: str) -> None:
        """Take in a piece of the text."""
        is_wild = any(line.count("|") > _MOST_PIPES for line in piece.split("\n"))
        tokens = (_WITHOUT_TABLES if is_wild else _WITH_TABLES).parse(piece)
        self._lists, self._quotes = [], 0
        place, level = 0, 0
        while place < len(tokens):
            token = tokens[place]
            if token.type == "table_open":
                place = self._table(tokens, place)
                continue
            if token.type == "heading_open":
                level = int(token.tag[1])
            elif token.type == "heading_close":
                level = 0
            elif token.type == "inline":
                self._paragraph(token.content, level)
            else:
                self._structure(token)
            place += 1

    def finished(self) -> list[Block]:
        """The blocks, with the notes hung where they are called."""
        for place, name in self._calls:
            line = self._blocks[place]
            if name in self._notes and isinstance(line, Line):
                self._blocks[place] = _noted(line, self._notes[name])
        return self._blocks

    def _structure(self, token: Token) -> None:
        match token.type:
            case "list_item_open":
                self._label = f"{token.info}{token.markup}" if token.info else ""
            case "list_item_close" if self._label:
                # A number alone, as the rows of a table that was pasted as text have, numbers nothing.
                self._blocks.append(Line(self._label))
                self._label = ""
            case "blockquote_open":
                self._quotes += 1
            case "blockquote_close":
                self._quotes -= 1
                self._in_callout = self._in_callout and self._quotes > 0
            case "fence" | "code_block":
                for line in token.content.split("\n"):
                    self._paragraph(line, 0)
            case "html_block":
                self._blocks.extend(read_html_text(token.content))

    def _paragraph(self, content: str, level: int) -> None:
        stripped = content.strip()
        if (note := _FOOTNOTE.fullmatch(stripped)) is not None:
            self._notes[note[1]] = plain(note[2])
            return
        if not stripped or _REFERENCE.fullmatch(stripped) or is_navigation(stripped):
            return
        if self._quotes and (self._in_callout or _CALLOUT.match(stripped)):
            self._editorial(plain(_CALLOUT.sub("", stripped, count=1)))
            return
        calls = _CALL.findall(stripped)
        text = plain(_CALL.sub("", stripped) if calls else stripped)
        if not text:
            return
        self._calls.extend((len(self._blocks), name) for name in calls)
        label, self._label = self._label, ""
        bold = bool(_BOLD.fullmatch(stripped))
        self._blocks.append(Line(
            text, label=label, level=level, bold=bold, gap=not label, hint="quote" if self._quotes else "",
        ))  # fmt: skip

    def _editorial(self, text: str) -> None:
        """A box such as «[!info] ...» speaks about the text above it and is no part of it."""
        self._in_callout = True
        if self._blocks and isinstance(self._blocks[-1], Line) and text:
            self._blocks[-1] = _noted(self._blocks[-1], text.replace("\n", " "))

    def _table(self, tokens: Sequence[Token], place: int) -> int:
        rows: list[list[str]] = []
        while tokens[place].type != "table_close":
            token = tokens[place]
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline" and rows:
                rows[-1].append(plain(token.content))
            place += 1
        widest = max(map(len, rows), default=0)
        if widest:
            self._blocks.append(Grid(tuple(tuple(row + [""] * (widest - len(row))) for row in rows)))
        return place + 1


def _noted(line: Line, note: str) -> Line:
    return Line(line.text, line.label, line.style, line.align, line.bold, line.level, line.gap, line.hint,
                (*line.notes, note))  # fmt: skip
