"""Which units do the elements of a legal XML file make, when it says itself what is an article and what a point?

Akoma Ntoso and USLM differ in their names only; a `Vocabulary` tells them. Every word between the tags of the text is
kept: as a number, a heading, words of a unit, a cell or a note.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lxml import etree

from portal.drafts.importers.tree import Node
from portal.drafts.importers.xml_numbers import number_of
from portal.drafts.importers.xml_source import local_name
from portal.drafts.structure import CONTAINERS, Kind, Outline, assign_keys, walk
from portal.kernel.files import Unreadable

DEEPEST = 40
_MOST_NESTED = 200
_MAX_CELLS = 400_000
_SPACE = re.compile(r"\s+")
_WRITTEN_NUMBER = re.compile(r"(\d{1,4}[A-Z]{0,2}(?:-\d{1,3})?)\.\s+(\S.*)", re.DOTALL)
_HEADS = frozenset({"num", "heading", "subheading", "docNumber"})


@dataclass(frozen=True)
class Vocabulary:
    """The element names of a format.

    `kinds` are units whose name says their kind; `inner` are units whose kind follows from where they stand; `leaves`
    hold running text; `inline` stand in it; `quoted` hold the wording an amendment inserts elsewhere; `kind_of` may
    answer first, from the element itself.
    """

    kinds: Mapping[str, Kind]
    inner: frozenset[str]
    leaves: frozenset[str]
    inline: frozenset[str]
    quoted: frozenset[str]
    notes: frozenset[str]
    skipped: frozenset[str]
    breaks: frozenset[str]
    kind_of: Callable[[etree._Element, str], Kind | None]


class UnitReader:
    """Goes through elements and hangs units on the node it is given."""

    def __init__(self, words: Vocabulary, left_out: frozenset[etree._Element] = frozenset()) -> None:
        self._words = words
        self._left_out = left_out
        self._depth = 0

    def read(self, element: etree._Element, node: Node) -> None:
        """Take what the element holds into the node: its units, texts, tables and notes."""
        self._depth += 1
        if self._depth > _MOST_NESTED:
            raise _too_deep()
        line = _Line(self, node)
        line.text(element.text)
        for child in element:
            self._child(child, node, line)
            line.text(child.tail)
        line.end()
        self._depth -= 1

    def _child(self, child: etree._Element, node: Node, line: _Line) -> None:
        name = local_name(child)
        words = self._words
        if not name or name in words.skipped or child in self._left_out:
            return
        if name in words.notes:
            line.note(words_of(child, words))
        elif name in words.breaks:
            line.text(" ")
        elif name in words.inline and not self._holds_blocks(child):
            line.inline(child)
        elif (kind := self.kind(child, name, node)) is not None:
            line.end()
            self._open(child, kind, node)
        elif name == "table":
            line.end()
            self._table(child, node)
        elif name in words.quoted:
            line.end()
            self._quote(child, node)
        else:
            line.end()
            self.read(child, node)

    def kind(self, element: etree._Element, name: str, node: Node) -> Kind | None:
        """The kind of unit the element begins under the node; None when it is only a wrapper of what it holds."""
        words = self._words
        kind = words.kind_of(element, name) or words.kinds.get(name)
        if kind is not None:
            return kind
        if name not in words.inner:
            return None
        has_number, has_heading = (element.find("{*}" + head) is not None for head in ("num", "heading"))
        if node.kind in (Kind.point, Kind.subpoint):
            return Kind.subpoint if has_number or has_heading else None
        if has_number:
            return Kind.point
        if has_heading:
            return Kind.point if node.kind is Kind.article else Kind.paragraph
        return None

    def _holds_blocks(self, element: etree._Element) -> bool:
        words = self._words
        return any(
            (name := local_name(inner)) in words.leaves or name in words.inner or name in words.quoted or name in words.kinds
            or name == "table" for inner in element.iterdescendants()
        )

    def _open(self, element: etree._Element, kind: Kind, node: Node) -> None:
        unit = Node(kind)
        node.children.append(unit)
        named: list[str] = []
        for head in element:
            name = local_name(head)
            if name == "num" and not unit.number:
                unit.number, more = number_of(words_of(head, self._words))
                named += [more] * bool(more)
            elif name in ("heading", "subheading"):
                named += [words_of(head, self._words)]
            if name in _HEADS:
                unit.notes += self._notes_in(head)
        unit.heading = " ".join(filter(None, named))
        self._read_unit(element, unit)
        if kind is Kind.article and not unit.number and unit.lines:
            # Older files have the number at the head of the words: "3A. The functions of the Service".
            begins = _WRITTEN_NUMBER.match(unit.lines[0])
            if begins is not None:
                unit.number, unit.lines[0] = begins[1], begins[2]

    def _read_unit(self, element: etree._Element, unit: Node) -> None:
        self._depth += 1
        if self._depth > _MOST_NESTED:
            raise _too_deep()
        line = _Line(self, unit)
        line.text(element.text)
        seen = set()
        for child in element:
            name = local_name(child)
            if name not in ("num", "heading", "subheading") or (name == "num" and name in seen):
                self._child(child, unit, line)
            seen.add(name)
            line.text(child.tail)
        line.end()
        self._depth -= 1

    def _notes_in(self, element: etree._Element) -> list[str]:
        found = (words_of(note, self._words) for note in element.iterdescendants() if local_name(note) in self._words.notes)
        return [note for note in found if note]

    def _table(self, table: etree._Element, node: Node) -> None:
        rows: list[tuple[str, ...]] = []
        total = 0
        notes = self._notes_in(table)
        for row in table.iter("{*}tr"):
            cells = [words_of(cell, self._words) for cell in row if local_name(cell) in ("td", "th")]
            rows.append(tuple(cells))
            total = max(total, len(cells))
        for caption in table.iter("{*}caption"):
            add_text(node, words_of(caption, self._words))
        if total * len(rows) > _MAX_CELLS:
            raise Unreadable("A table in the document is too large. Divide it.", code="too_large_table")
        if total:
            even = tuple(row + ("",) * (total - len(row)) for row in rows)
            node.children.append(Node(Kind.table, rows=even, notes=notes))

    def _quote(self, element: etree._Element, node: Node) -> None:
        """New wording for another act: each of its lines with its number before it, none of them a unit of this act."""
        lines: list[str] = []
        self._quoted_lines(element, lines, "")
        opening, closing = element.get("startQuote", ""), element.get("endQuote", "")
        if lines and opening and not lines[0].startswith(opening):
            lines[0] = opening + lines[0]
        if lines and closing and not lines[-1].endswith(closing):
            lines[-1] += closing
        for text in lines:
            add_text(node, text)

    def _quoted_lines(self, element: etree._Element, lines: list[str], number: str) -> str:
        """Collect the lines; a number waits for the words that follow it. Returns a number still waiting."""
        self._depth += 1
        if self._depth > _MOST_NESTED:
            raise _too_deep()
        name = local_name(element)
        is_leaf = name in self._words.leaves or name in _HEADS or name in self._words.inline or (element.text or "").strip()
        if is_leaf and not self._holds_blocks(element):
            text = words_of(element, self._words)
            if name == "num":
                number = f"{number} {text}".strip()
            elif text:
                lines.append(f"{number} {text}".strip())
                number = ""
        else:
            if (element.text or "").strip():
                lines.append(f"{number} {_squeezed(element.text or '')}".strip())
                number = ""
            for child in element:
                if local_name(child) not in self._words.skipped:
                    number = self._quoted_lines(child, lines, number)
                if (child.tail or "").strip():
                    lines.append(f"{number} {_squeezed(child.tail or '')}".strip())
                    number = ""
        self._depth -= 1
        if number and name in self._words.quoted:
            lines.append(number)
            number = ""
        return number

    def words_in(self, element: etree._Element) -> str:
        """The running text of an inline element."""
        return _inline(element, self._words)

    def notes_in(self, element: etree._Element) -> list[str]:
        """The notes called from within an inline element."""
        return self._notes_in(element)


class _Words:
    """Running text that is being put together from what stands between and inside elements.

    Two marked phrases side by side are two words ("Made", "5 July"), and so are the words before and after a note; a
    marked letter and the text after it are one ("B", "e it enacted").
    """

    __slots__ = ("_parts", "follows_element", "follows_note")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.follows_element = self.follows_note = False

    def add(self, text: str, *, is_apart: bool) -> None:
        if not text:
            return
        before = self._parts[-1][-1:] if self._parts else ""
        follows = self.follows_element or self.follows_note
        if is_apart and follows and text[0].isalnum() and (before.isalnum() or (self.follows_note and before in ").”»")):
            self._parts.append(" ")
        self._parts.append(text)
        self.follows_element = self.follows_note = False

    def text(self) -> str:
        return "".join(self._parts)


class _Line:
    """The line of running text that is being read for a node."""

    def __init__(self, reader: UnitReader, node: Node) -> None:
        self._reader = reader
        self._node = node
        self._words = _Words()
        self._notes: list[str] = []

    def text(self, text: str | None) -> None:
        if text:
            self._words.add(text, is_apart=self._words.follows_note)

    def inline(self, element: etree._Element) -> None:
        self._words.add(self._reader.words_in(element), is_apart=True)
        self._words.follows_element = True
        self._notes += self._reader.notes_in(element)

    def note(self, note: str) -> None:
        self._notes += [note] * bool(note)
        self._words.follows_note = True

    def end(self) -> None:
        text, self._words = _squeezed(self._words.text()), _Words()
        bearer = add_text(self._node, text) if text else (self._node.children or [self._node])[-1]
        bearer.notes += self._notes
        self._notes = []


def add_text(node: Node, text: str) -> Node:
    """A line of running text: the words of a unit that has none yet, else an unnumbered part of it; what bears it."""
    if not text:
        return node
    is_holder = node.kind in CONTAINERS or node.kind is Kind.annex
    if is_holder or node.lines or node.children:
        node.children.append(Node(Kind.indent, lines=[text]))
        return node.children[-1]
    node.lines.append(text)
    return node


def words_of(element: etree._Element, words: Vocabulary) -> str:
    """All the words inside an element on one line, notes aside."""
    return _squeezed(_inline(element, words))


def _inline(element: etree._Element, words: Vocabulary, depth: int = 0) -> str:
    if depth > _MOST_NESTED:
        raise _too_deep()
    is_quoted = local_name(element) == "quotedText"
    run = _Words()
    run.add((element.get("startQuote", "") if is_quoted else "") + (element.text or ""), is_apart=False)
    for child in element:
        name = local_name(child)
        if name in words.notes:
            run.follows_note = True
        elif name and name not in words.skipped:
            is_line = name in words.leaves or name in words.inner or name in words.breaks
            inside = _inline(child, words, depth + 1)
            run.add(f" {inside} " if is_line else inside, is_apart=True)
            run.follows_element = True
        if child.tail:
            run.add(child.tail, is_apart=run.follows_note)
    run.add(element.get("endQuote", "") if is_quoted else "", is_apart=False)
    return run.text()


def _squeezed(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _too_deep() -> Unreadable:
    return Unreadable("The XML is nested too deeply or has an endless line: it is no ordinary text.", code="too_deep")


def settled(node: Node, title: str, language: str | None, detect: Callable[[list[str]], str]) -> Outline:
    """The outline with its keys; the language is told by the words where the file does not tell it."""
    if _depth_of(node) > DEEPEST:
        raise _too_deep()
    provisions = tuple(child.freeze() for child in node.children)
    texts = [f"{unit.heading}\n{unit.text}" for unit, _, _ in walk(provisions)]
    if not provisions and not title:
        raise Unreadable("There is no text in the file.", code="no_text")
    return assign_keys(Outline(language or detect([title, *texts]), title, provisions, ()))


def _depth_of(node: Node) -> int:
    deepest, level = 0, [node]
    while level:
        deepest += 1
        level = [child for one in level for child in one.children]
    return deepest


def drop_title(node: Node, title: str) -> None:
    """Take out the line near the beginning that only says the title again, which stands above the text."""
    for place, child in enumerate(node.children[:40]):
        if child.kind is Kind.indent and child.lines == [title] and not child.children and not child.notes:
            del node.children[place]
            return
