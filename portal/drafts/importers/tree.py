"""Where does a unit belong: under which of the units that are open?"""

from __future__ import annotations

from dataclasses import dataclass, field

from portal.drafts.importers.folding import fold
from portal.drafts.importers.marks import Mark, Rank
from portal.drafts.structure import Kind, Provision

_ROMAN_LETTERS = set("ivxlcdm")
_DEEP = (Kind.point, Kind.subpoint)


@dataclass(slots=True)
class Node:
    """A provision while it is being read."""

    kind: Kind
    number: str = ""
    rank: int = -1
    heading: str = ""
    lines: list[str] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    rows: tuple[tuple[str, ...], ...] = ()
    notes: list[str] = field(default_factory=list)

    @property
    def last_words(self) -> str:
        """The words that stand last in the unit's own text."""
        if self.children and self.children[-1].kind is Kind.indent:
            return self.children[-1].last_words
        return self.lines[-1].rstrip() if self.lines else self.heading

    def freeze(self) -> Provision:
        """The provision, without its key yet."""
        return Provision(
            key="",
            kind=self.kind,
            number=self.number,
            heading=self.heading,
            text="\n".join(self.lines),
            children=tuple(child.freeze() for child in self.children),
            rows=self.rows,
            notes=tuple(self.notes),
        )


class Tree:
    """The units read so far, with the chain of open ones."""

    def __init__(self) -> None:
        self.root = Node(Kind.part)
        self._open = [self.root]
        self._noted = self.root

    @property
    def top(self) -> Node:
        """The innermost open unit, the root at the beginning."""
        return self._open[-1]

    @property
    def in_annex(self) -> bool:
        """Is an annex open?"""
        return len(self._open) > 1 and self._open[1].kind is Kind.annex

    def find_open(self, kind: Kind) -> Node | None:
        """The innermost open unit of this kind."""
        return next((node for node in reversed(self._open) if node.kind is kind), None)

    def find_open_number(self, number: str) -> Node | None:
        """The innermost open unit with this number, annexes aside."""
        return next((node for node in reversed(self._open[1:]) if node.number == number and node.rank > 0), None)

    def open(self, kind: Kind, number: str, rank: int, heading: str = "") -> Node:
        """Begin a unit under the nearest open one of lesser rank."""
        while self.top.rank >= rank and self.top.kind is not Kind.annex and len(self._open) > 1:
            self._open.pop()
        return self._push(Node(kind, number, rank, heading))

    def open_annex(self, number: str, is_inner: bool) -> Node:
        """Begin an annex: to the act, or to the rules in the annex that is open."""
        depth = 2 if is_inner and self.in_annex else 1
        del self._open[depth:]
        return self._push(Node(Kind.annex, number, Rank.annex))

    def close(self) -> None:
        """Close all that is open up to the annex, as a signature does."""
        while self.top.kind is not Kind.annex and len(self._open) > 1:
            self._open.pop()

    def add_text(self, text: str, *, is_quoted: bool = False) -> None:
        """A line without a number: words of the unit that has none yet, else an unnumbered part of the right unit."""
        node = self.top if is_quoted else self._bearer(text)
        if node.rank >= Rank.article and not node.lines and not node.children:
            node.lines.append(text)
        else:
            node.children.append(Node(Kind.indent, rank=99, lines=[text]))

    def add_table(self, rows: tuple[tuple[str, ...], ...], notes: tuple[str, ...]) -> None:
        """A table, under the unit whose text it continues."""
        self._bearer("").children.append(Node(Kind.table, rank=99, rows=rows, notes=list(notes)))

    def add_notes(self, notes: tuple[str, ...], kind: Kind | None = None) -> None:
        """Notes to the innermost open unit, or to the open unit of the kind a note names."""
        node = self.find_open(kind) if kind is not None else None
        self._noted = node or self.top
        self._noted.notes.extend(notes)

    def continue_note(self, text: str) -> None:
        """A further line of the note added last."""
        self._noted.notes[-1] = f"{self._noted.notes[-1]}\n{text}"

    def rank_of(self, mark: Mark) -> Rank:
        """The rank a mark has here: "(i)" is a letter after (h) and a numeral elsewhere; points of points go deeper."""
        if mark.rank is Rank.letter and mark.number.islower() and mark.number.isascii():
            return self._letter_or_numeral(mark.number)
        return mark.rank

    def _letter_or_numeral(self, number: str) -> Rank:
        if not set(number) <= _ROMAN_LETTERS:
            return Rank.letter
        letter = next((node.number for node in reversed(self._open) if node.rank == Rank.letter), "")
        numeral = next((node.number for node in reversed(self._open) if node.rank == Rank.numeral), "")
        if len(number) > 1:
            is_doubled = len(set(number)) == 1 and letter[:1] != "" and letter >= number[:1]
            return Rank.letter if is_doubled and not numeral and number not in ("ii", "iii") else Rank.numeral
        if numeral:
            return Rank.numeral
        follows = letter != "" and len(letter) == 1 and ord(number) == ord(letter) + 1
        return Rank.letter if follows or number not in "ivx" else Rank.numeral

    def _bearer(self, text: str) -> Node:
        """The unit an unnumbered line belongs to.

        A list that ended with a full stop is over: what follows is the next part of the unit that holds the list,
        unless the line itself goes on as an item of a list does.
        """
        place = len(self._open) - 1
        goes_on = text.rstrip().endswith(";") or fold(text[:1]) in "-•"
        while (
            place > 1
            and self._open[place].kind is Kind.subpoint
            and not goes_on
            and self._open[place].last_words.endswith((".", ".»", '."', ".”"))
            and self._open[place - 1].kind in (*_DEEP, Kind.article)
        ):
            place -= 1
        return self._open[place]

    def _push(self, node: Node) -> Node:
        self.top.children.append(node)
        self._open.append(node)
        return node
