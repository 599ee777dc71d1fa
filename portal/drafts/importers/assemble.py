"""Which units does a sequence of lines make: the outline of an act from what any importer read?"""

from __future__ import annotations

from collections.abc import Sequence

from portal.drafts.importers.annexes import AnnexHeader, find_annex
from portal.drafts.importers.blocks import Block, Grid, Line
from portal.drafts.importers.certainty import weighed
from portal.drafts.importers.front import find_title
from portal.drafts.importers.lines import prepare, quoted_places, squeezed, without_contents
from portal.drafts.importers.marks import Grammar, Mark, Rank, is_repeal, is_sentence, number_worth
from portal.drafts.importers.signs import (
    LONGEST_HEADING,
    is_form_word,
    is_note,
    is_signature,
    kind_noted,
    looks_like_heading,
)
from portal.drafts.importers.tongue import detect_language
from portal.drafts.importers.tradition import tradition
from portal.drafts.importers.tree import Tree
from portal.drafts.structure import Kind, Outline, Warning_, assign_keys

# Fewer letters than this may be in any language.
_ENOUGH_TO_TELL = 200
# How many units may begin on one line below the first.
_MOST_ON_A_LINE = 6


def assemble(blocks: Sequence[Block], language: str | None = None) -> Outline:
    """The outline of an act, with its keys; `language` is detected when it is not given."""
    prepared = prepare(blocks)
    texts = [block.text for block in prepared if isinstance(block, Line)]
    detected = detect_language(texts)
    tongue = language or detected
    grammar = tradition(prepared, tongue)
    reader = _Reader(without_contents(prepared, grammar), grammar)
    reader.read()
    provisions = tuple(node.freeze() for node in reader.tree.root.children)
    warnings = []
    if detected != tongue and sum(map(len, texts)) > _ENOUGH_TO_TELL:
        warnings.append(Warning_("other_language"))
    if all(provision.kind in (Kind.indent, Kind.table) for provision in provisions):
        warnings.append(Warning_("nothing_recognised"))
    outline = assign_keys(Outline(tongue, reader.title, provisions, tuple(warnings)))
    return weighed(outline, headed=reader.headed, standing_out=reader.standing_out)


class _Reader:
    """Goes through the lines once and builds the tree."""

    def __init__(self, blocks: list[Block], grammar: Grammar) -> None:
        self.tree = Tree()
        self.title = ""
        # How many units with a heading there are, and how many of their lines stand out as headings do.
        self.headed = self.standing_out = 0
        self._blocks = blocks
        self._grammar = grammar
        self._quoted = quoted_places(blocks, grammar)
        self._pending: list[Line] = []
        self._headers: dict[int, AnnexHeader] = {}

    def read(self) -> None:
        self._headers = self._find_headers()
        place = self._read_front()
        while place < len(self._blocks):
            place = self._read_block(place)
        self._flush()

    def _find_headers(self) -> dict[int, AnnexHeader]:
        """Annex headers by the place of their first line; a header must not reach into the one before it."""
        headers: dict[int, AnnexHeader] = {}
        taken = -1
        for place in range(len(self._blocks)):
            if place in self._quoted or place <= taken:
                continue
            header = find_annex(self._blocks, place, self._grammar.is_english)
            if header is not None and header.first > taken and not self._is_group(header):
                headers[header.first] = header
                taken = header.last
        return headers

    def _is_group(self, header: AnnexHeader) -> bool:
        """«SCHEDULES», or «SCHEDULE» right above «SCHEDULE 1», announces annexes and is none."""
        following = header.last + 1
        if header.number or header.owner or following >= len(self._blocks):
            return False
        return find_annex(self._blocks, following, self._grammar.is_english) is not None

    def _mark(self, place: int) -> Mark | None:
        block = self._blocks[place]
        if not isinstance(block, Line) or place in self._quoted or place in self._headers:
            return None
        text = f"{block.label} {block.text}" if block.label else block.text
        return self._grammar.find(
            text, is_heading=looks_like_heading(block), in_annex=self.tree.in_annex
        )

    def _read_front(self) -> int:
        """Set the title, keep the other lines before the first unit; the place of the first unit."""
        first = next(
            (
                place for place in range(len(self._blocks))
                if place in self._headers or (mark := self._mark(place)) is not None and mark.rank <= Rank.point
            ),
            len(self._blocks),
        )
        end = self._before_headings(first)
        lines = [(place, block) for place, block in enumerate(self._blocks[:end]) if isinstance(block, Line)]
        self.title, chosen = find_title([line for _, line in lines])
        titled = {lines[index][0] for index in chosen}
        for place, block in enumerate(self._blocks[:end]):
            if place in titled and isinstance(block, Line):
                self.tree.add_notes(block.notes)
            elif place not in titled:
                self._read_plain(block)
        return end

    def _before_headings(self, first: int) -> int:
        """In English drafts an article's heading stands above its number: it is no part of the front."""
        mark = self._mark(first) if first < len(self._blocks) else None
        if mark is None or mark.is_worded or mark.kind is not Kind.article:
            return first
        start = first
        while start and looks_like_heading(self._blocks[start - 1]):
            start -= 1
        return first - 1 if start == 0 and first > 1 else start

    def _read_block(self, place: int) -> int:
        """Take in the block at this place and what belongs to its heading; the place to go on from."""
        header = self._headers.get(place)
        if header is not None:
            return self._open_annex(header)
        block = self._blocks[place]
        if isinstance(block, Grid) or place in self._quoted:
            self._flush()
            self._read_plain(block, is_quoted=place in self._quoted)
            return place + 1
        if is_note(block):
            self._flush()
            return self._read_note(block, place)
        mark = self._mark(place)
        if mark is not None and (mark.rest or mark.is_worded or block.label or self._grammar.is_english):
            return self._open_unit(mark, block, place)
        if is_signature(block):
            self._flush()
            self.tree.close()
            self._read_plain(block)
        elif looks_like_heading(block) and self._leads_to_unit(place):
            self._pending.append(block)
        else:
            self._flush()
            if looks_like_heading(block) and block.bold and block.align == "center" and not self._captions(place):
                self.tree.close()
            self._read_plain(block)
        return place + 1

    def _read_plain(self, block: Block, *, is_quoted: bool = False) -> None:
        if isinstance(block, Grid):
            self.tree.add_table(block.rows, block.notes)
            return
        text = f"{block.label} {block.text}".strip()
        if text:
            self.tree.add_text(text, is_quoted=is_quoted)
            self.tree.add_notes(block.notes)

    def _read_note(self, line: Line, place: int) -> int:
        """A note with the lines it announces: «Примечание:» its own «1.», «2.», «Примечание ИЗПИ!» the next line."""
        self.tree.add_notes((line.text.strip(), *line.notes), kind_noted(line))
        end = place + 1
        if line.text.rstrip().endswith("!") and end < len(self._blocks) and self._is_plain(end):
            end += 1
        elif line.text.rstrip().endswith(":"):
            end = self._end_of_list(end)
        for block in self._blocks[place + 1:end]:
            self.tree.continue_note(f"{block.label} {block.text}".strip() if isinstance(block, Line) else "")
        return end

    def _is_plain(self, place: int) -> bool:
        block = self._blocks[place]
        return (
            isinstance(block, Line) and place not in self._headers and self._mark(place) is None
            and not is_note(block) and not is_signature(block) and not looks_like_heading(block)
        )

    def _end_of_list(self, place: int) -> int:
        """Where the numbered lines 1, 2, 3 end that begin at `place`; the place itself when it does not begin one."""
        expected = 1
        point = self.tree.find_open(Kind.point)
        while place < len(self._blocks) and isinstance(self._blocks[place], Line):
            mark = self._mark(place)
            if mark is None or mark.is_worded or mark.number != str(expected):
                return place
            if point is not None and point.number.isdecimal() and int(point.number) + 1 == expected:
                return place
            expected += 1
            place += 1
        return place

    def _open_annex(self, header: AnnexHeader) -> int:
        self._flush()
        node = self.tree.open_annex(header.number, header.is_inner)
        if header.owner:
            node.lines.append(header.owner)
        for block in self._blocks[header.first:header.last + 1]:
            if isinstance(block, Line):
                self.tree.add_notes(block.notes)
        place = header.last + 1
        while place < len(self._blocks) and is_form_word(self._blocks[place]):
            node.lines.append(self._blocks[place].text)
            place += 1
        node.heading, place = self._read_heading("", place, must_stand_out=True)
        return place

    def _open_unit(self, mark: Mark, line: Line, place: int) -> int:
        if self._says_again(mark):
            self._read_plain(line)
            return place + 1
        rank = self.tree.rank_of(mark)
        kind = mark.kind
        if mark.is_decimal:
            kind, rank = self._place_decimal(mark)
        elif self._is_item(mark, line):
            kind, rank = Kind.subpoint, Rank.letter
        elif self._is_numbered_chapter(mark, line, place):
            kind, rank = Kind.chapter, Rank.chapter
        if rank < Rank.article or kind is Kind.article:
            return self._open_headed(kind, rank, mark, line, place)
        self._flush()
        self.tree.open(kind, mark.number, rank)
        self._fill(node_text=mark.rest, line=line)
        return place + 1

    def _says_again(self, mark: Mark) -> bool:
        """Right below «Статья 5» a line «Статья 5 исключена ...», or the heading once more, begins nothing."""
        top = self.tree.top
        return (
            mark.is_worded and mark.kind is Kind.article is top.kind and mark.number == top.number
            and not top.lines and not top.children and (squeezed(mark.rest) == top.heading or is_repeal(mark.rest))
        )

    def _fill(self, node_text: str, line: Line) -> None:
        """The words after a number: they may begin deeper units themselves, as in "1.—(1)" and "(a)(i)"."""
        for _ in range(_MOST_ON_A_LINE if self._grammar.is_english else 0):
            inner = self._grammar.find(node_text, in_annex=self.tree.in_annex) if node_text.startswith("(") else None
            if inner is None:
                break
            self.tree.open(inner.kind, inner.number, self.tree.rank_of(inner))
            node_text = inner.rest
        if node_text:
            self.tree.top.lines.append(node_text)
        self.tree.add_notes(line.notes)

    def _open_headed(self, kind: Kind, rank: int, mark: Mark, line: Line, place: int) -> int:
        if kind is Kind.article and not mark.is_worded:
            return self._open_clause(mark, rank, line, place)
        self._flush()
        self.headed += 1
        self.standing_out += looks_like_heading(line)
        node = self.tree.open(kind, mark.number, rank)
        if kind is Kind.article and not self._is_article_heading(mark.rest, line, place):
            self._fill(mark.rest, line)
            return place + 1
        self.tree.add_notes(line.notes)
        node.heading, following = self._read_heading(mark.rest, place + 1, line=line)
        return following

    def _open_clause(self, mark: Mark, rank: int, line: Line, place: int) -> int:
        """A UK section or regulation: its heading stands above the number, or after it where the line is a heading."""
        is_heading = looks_like_heading(line) and not mark.rest.startswith("(")
        above = "" if is_heading or not self._pending else self._pending.pop().text
        self._flush()
        node = self.tree.open(Kind.article, mark.number, rank, squeezed(above))
        if is_heading:
            node.heading = squeezed(mark.rest)
            self.tree.add_notes(line.notes)
        else:
            self._fill(mark.rest, line)
        return place + 1

    def _is_article_heading(self, rest: str, line: Line, place: int) -> bool:
        """«Статья 5. Основные понятия» is a heading, «Статья 1. Внести в Закон ... изменения:» is text."""
        if is_repeal(rest):
            return False
        if not is_sentence(rest) or (line.bold and not rest.endswith((":", ";"))):
            return True
        following = self._mark(place + 1) if place + 1 < len(self._blocks) else None
        return rest.endswith(".") and following is not None and following.number == "1" and len(rest) < LONGEST_HEADING

    def _read_heading(
        self, begun: str, place: int, *, line: Line | None = None, must_stand_out: bool = False
    ) -> tuple[str, int]:
        """The heading with the lines it goes on over, and the place after it."""
        parts = [begun] if begun else []
        previous = line
        while place < len(self._blocks):
            block = self._blocks[place]
            if not isinstance(block, Line) or not self._goes_on(block, place, previous, bool(parts), must_stand_out):
                break
            parts.append(block.text)
            self.tree.add_notes(block.notes)
            previous = block
            place += 1
        return squeezed(" ".join(parts)), place

    def _goes_on(
        self, block: Line, place: int, previous: Line | None, has_begun: bool, must_stand_out: bool
    ) -> bool:
        text = block.text.strip()
        if (
            not text or block.label or len(text) > LONGEST_HEADING or place in self._headers or place in self._quoted
            or self._mark(place) is not None or is_note(block) or is_signature(block)
        ):
            return False
        if not has_begun:
            return looks_like_heading(block) or (
                not is_sentence(text) and (not must_stand_out or self._stands_alone(block, place))
            )
        alike = previous is not None and (block.style, block.align, block.bold) == (
            previous.style, previous.align, previous.bold
        )
        is_continued = alike and not block.gap and looks_like_heading(block)
        return is_continued and not (self._grammar.is_english and self._heads_clause(place))

    def _stands_alone(self, block: Line, place: int) -> bool:
        """In a text without alignment a heading stands between empty lines, or between one and the first unit."""
        following = self._blocks[place + 1] if place + 1 < len(self._blocks) else None
        return block.gap and isinstance(following, Line) and (following.gap or self._mark(place + 1) is not None)

    def _heads_clause(self, place: int) -> bool:
        """Is the next line the number of an article whose heading this line is?"""
        following = self._mark(place + 1) if place + 1 < len(self._blocks) else None
        return following is not None and following.kind is Kind.article and not following.is_worded

    def _leads_to_unit(self, place: int) -> bool:
        """Does a unit follow this heading, perhaps after other headings?"""
        for following in range(place + 1, min(place + 5, len(self._blocks))):
            if self._mark(following) is not None:
                return True
            if not looks_like_heading(self._blocks[following]) or following in self._headers:
                return False
        return False

    def _captions(self, place: int) -> bool:
        """Does a table follow, so that the heading is its caption?"""
        return any(isinstance(block, Grid) for block in self._blocks[place + 1:place + 4])

    def _flush(self) -> None:
        """Headings that no number claimed head the units that follow them."""
        for line in self._pending:
            self.tree.open(Kind.paragraph, "", Rank.paragraph, squeezed(line.text))
            self.tree.add_notes(line.notes)
        self._pending = []

    def _is_numbered_chapter(self, mark: Mark, line: Line, place: int) -> bool:
        """«1. Общие положения», centred or bold, above points or decimals: a chapter without the word."""
        if (
            self._grammar.is_english or mark.kind is not Kind.point or not mark.rest or is_sentence(mark.rest)
            or len(mark.rest) > 200 or not looks_like_heading(line) or self.tree.find_open(Kind.article) is not None
        ):
            return False
        following = self._mark(place + 1) if place + 1 < len(self._blocks) else None
        return following is not None and following.kind is Kind.point

    def _is_item(self, mark: Mark, line: Line) -> bool:
        """«1.» that goes back behind the article it stands in, with no heading above it, numbers a list there."""
        article = self.tree.find_open(Kind.article)
        if mark.kind is not Kind.article or mark.is_worded or article is None:
            return False
        if self._pending or looks_like_heading(line):
            return False
        return (number_worth(mark.number) or 0) <= (number_worth(article.number) or 0) and mark.number.isdigit()

    def _place_decimal(self, mark: Mark) -> tuple[Kind, int]:
        """«1.2.» lies in the open unit «1»; without one it is a point of its own."""
        owner = self.tree.find_open_number(mark.number.rpartition(".")[0])
        if owner is None or owner.rank < Rank.article:
            return Kind.point, Rank.point
        return (Kind.point if owner.kind is Kind.article else Kind.subpoint), owner.rank + 1
