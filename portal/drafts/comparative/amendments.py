"""Which changes does an amending act order, each with the element it speaks of and the new words, in one language?

Rules for Russian and Kazakh drafting: «пункт 3 изложить в следующей редакции», «3-тармақ мынадай редакцияда жазылсын»,
«исключить», «алып тасталсын», «дополнить пунктом», «тармақпен толықтырылсын», «заменить словами», «ауыстырылсын».
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from portal.drafts.comparative.places import Place, merge_places, read_place
from portal.drafts.comparative.quotations import SLOT, gather, take_out
from portal.drafts.importers.folding import fold
from portal.drafts.structure import Kind, Outline, Provision, walk

INNER = frozenset({Kind.indent, Kind.table})
_AMENDS_TITLE = re.compile(r"о внесении (?:изменени|дополнени)|(?:озгерис|толыктыру)[а-я]*(?:\s[а-я]+){0,4}\s+енгизу")
_OPENS = re.compile(r"\bвнести\b.*(?:изменени|дополнени)|(?:озгерис|толыктыру).*енгизилсин")
_AUTHORITY = re.compile(r"^.*?(?:\bв соответствии с\b.*?(?=\bвнести\b)|\bсайкес\b(?=.*енгизилсин))")
_ANNEXED = re.compile(
    r"(?:согласно|в соответствии с)\s+приложени[а-я]+\s*(?:№\s*)?(\d*)\s*к\s+(?:настоящ|данно)[а-я]+\s+[а-я]+"
    r"|осы\s+[а-я]+\s+(\d*)-?\s*косымша[а-я]*\s+(?:саикес|сайкес)"
)
_WORDING = re.compile(r"изложить|редакцияда\s+(?:жазылсын|баяндалсын)|жазылсын")
_ADDING = re.compile(r"дополнить|толыктырылсын")
_REMOVING = re.compile(r"исключить|признать\s+утративш|алып\s+тасталсын|алынып\s+тасталсын|куши\s+жойылды\s+деп\s+танылсын|куши\s+жойылсын")
_REPLACING = re.compile(r"заменить|ауыстырылсын")
_WORDS = re.compile(r"\bслов[а-я]*|\bцифр[а-я]*|\bаббревиатур[а-я]*|\bзнак[а-я]*|\bсоз[а-я]*|\bцифр[а-я]*|\bсандар[а-я]*|\bдеген\b")
_RULES = re.compile(r"утвержденн|бекитилген")
_SLOT = "\ue000(\\d+)\ue001"
_GAP = "[^\ue000\ue001]*?"
_REPLACE = re.compile(f"{_SLOT}{_GAP}заменит{_GAP}{_SLOT}|{_SLOT}{_GAP}{_SLOT}{_GAP}ауыстыр")
_AFTER = re.compile(f"после\\s{_GAP}{_SLOT}{_GAP}дополнит{_GAP}{_SLOT}|{_SLOT}{_GAP}кейин{_GAP}{_SLOT}{_GAP}толыктыр")
_DROP = re.compile(f"(?:слов|цифр)[а-я]*\\s{_GAP}{_SLOT}{_GAP}исключит|{_SLOT}{_GAP}(?:алып|алынып)\\s+тасталсын")
_APPEND = re.compile(f"дополнит[а-я]*\\s+(?:слов|цифр){_GAP}{_SLOT}|{_SLOT}{_GAP}(?:создермен|созбен){_GAP}толыктыр")


class Operation(StrEnum):
    """What an instruction does with its element."""

    reword = "reword"
    add = "add"
    remove = "remove"
    words = "words"
    unclear = "unclear"


@dataclass(frozen=True, slots=True)
class Edit:
    """Words put in the place of others; without `old` they come at the end, with `is_after` the old ones stay before them."""

    old: str
    new: str
    is_after: bool = False


@dataclass(frozen=True, slots=True)
class Amendment:
    """One instruction. `unit` is the key of the amending act's provision it stands in, `text` the instruction whole.

    `in_rules`: it speaks of the rules that the base act approves. `annex` is the number of the amending act's own annex
    that holds the new wording, "" for an annex without a number, None where the wording is quoted.
    """

    unit: str
    text: str
    operation: Operation
    place: Place = field(default_factory=dict, hash=False)
    wording: str = ""
    edits: tuple[Edit, ...] = ()
    in_rules: bool = False
    annex: str | None = None


@dataclass(frozen=True, slots=True)
class _Context:
    """What the lines above have named; `orders`: an act is being amended here, so that every line is an instruction."""

    place: Mapping[str, tuple[str, ...]]
    in_rules: bool = False
    orders: bool = False


def is_amending(outline: Outline) -> bool:
    """Does the text change another act, by its title or by what it orders?"""
    if _AMENDS_TITLE.search(fold(" ".join(outline.title.split()))):
        return True
    return any(_OPENS.search(_unquoted(unit.text)) for unit, _, _ in walk(outline.provisions))


def list_amendments(outline: Outline) -> tuple[Amendment, ...]:
    """The instructions in the order of the text; what an amending act orders beside changes is left out."""
    found: list[Amendment] = []
    _read_units([unit for unit in outline.provisions if unit.kind is not Kind.annex], _Context({}), found)
    return tuple(found)


def _read_units(units: Sequence[Provision], context: _Context, found: list[Amendment]) -> None:
    for unit in units:
        _read_unit(unit, context, found)


def _read_unit(unit: Provision, context: _Context, found: list[Amendment]) -> None:
    lines = [(unit.key, line) for line in unit.text.split("\n") if line.strip()]
    inner: list[Provision] = []
    for child in unit.children:
        if child.kind in INNER:
            lines += [(child.key, line) for line in _lines(child)]
        else:
            inner.append(child)
    _read_units(inner, _read_lines(lines, context, found), found)


def _lines(unit: Provision) -> list[str]:
    rows = [" | ".join(row) for row in unit.rows]
    return [line for line in (*unit.text.split("\n"), *rows) if line.strip()]


def _read_lines(lines: Sequence[tuple[str, str]], context: _Context, found: list[Amendment]) -> _Context:
    """The instructions in the lines of one unit; what comes back is the context they leave to what follows."""
    texts = [text for _, text in lines]
    place = 0
    while place < len(lines):
        end = gather(texts, place)
        text = "\n".join(texts[place:end])
        outside, quoted = take_out(text)
        following = _announced(outside, context)
        if following is not None:
            context = following
        else:
            found += _read_instruction(lines[place][0], text, outside, quoted, context)
        place = end
    return context


def _announced(outside: str, context: _Context) -> _Context | None:
    """The context a line makes that ends in a colon and orders nothing itself: «в пункте 5:»."""
    folded = fold(outside)
    opens = bool(_OPENS.search(folded.replace("\n", " ")))
    if not opens and not outside.rstrip().endswith(":"):
        return None
    if not opens and _operation(folded) is not Operation.unclear:
        return None
    if not opens and not context.orders:
        return None
    authority = _AUTHORITY.match(folded.replace("\n", " "))
    named = read_place(_without_brackets(outside[authority.end() if authority else 0 :]))
    in_rules = bool(_RULES.search(folded)) or (context.in_rules and not opens)
    outer = {} if opens or _RULES.search(folded) else context.place
    return _Context(merge_places(outer, named), in_rules, True)


def _read_instruction(
    unit: str, text: str, outside: str, quoted: Sequence[str], context: _Context
) -> Iterator[Amendment]:
    read: list[Amendment] = []
    place: Place = context.place
    for clause in _clauses(outside):
        folded = fold(clause)
        operation = _operation(folded)
        annexed = _ANNEXED.search(folded)
        said = clause[: annexed.start()] + clause[annexed.end() :] if annexed else clause
        named = read_place(_without_brackets(said), adds=operation is Operation.add)
        if operation is Operation.unclear or not (named or place):
            continue
        place = merge_places(place, named)
        annex = (annexed[1] or annexed[2] or "") if annexed and operation in (Operation.reword, Operation.add) else None
        read.append(_amendment(unit, text, clause, operation, place, quoted, context, annex))
    known = [each for each in read if each.operation is not Operation.unclear and each.place]
    if known and len(known) == len(read):
        yield from known
    elif context.orders:
        yield Amendment(unit, text, Operation.unclear, context.place, in_rules=context.in_rules)


def _amendment(
    unit: str, text: str, clause: str, operation: Operation, place: Place, quoted: Sequence[str], context: _Context,
    annex: str | None,
) -> Amendment:  # fmt: skip
    in_rules = context.in_rules or bool(_RULES.search(fold(clause)))
    slots = [int(slot) for slot in SLOT.findall(clause)]
    if operation is Operation.words:
        edits = tuple(_edits(clause, quoted))
        operation = operation if edits else Operation.unclear
        return Amendment(unit, text, operation, place, "", edits, in_rules)
    wording = quoted[slots[-1]] if slots and operation in (Operation.reword, Operation.add) else ""
    if operation in (Operation.reword, Operation.add) and not wording and annex is None:
        operation = Operation.unclear
    return Amendment(unit, text, operation, place, wording, (), in_rules, annex)


def _clauses(outside: str) -> list[str]:
    """The parts of a line that semicolons divide, where each orders something itself."""
    parts = [part for part in outside.split(";") if part.strip(" .\n")]
    if len(parts) > 1 and all(_operation(fold(part)) is not Operation.unclear for part in parts):
        return parts
    return [outside]


def _operation(folded: str) -> Operation:
    """What a clause does; words are meant where it speaks of words and quotes them."""
    has_quote = bool(SLOT.search(folded))
    speaks_of_words = has_quote and bool(_WORDS.search(folded))
    if has_quote and _REPLACING.search(folded):
        return Operation.words
    if speaks_of_words and (_ADDING.search(folded) or _REMOVING.search(folded)) and not _WORDING.search(folded):
        return Operation.words
    if _WORDING.search(folded):
        return Operation.reword
    if _ADDING.search(folded):
        return Operation.add
    if _REMOVING.search(folded):
        return Operation.remove
    return Operation.unclear


def _edits(clause: str, quoted: Sequence[str]) -> Iterator[Edit]:
    """The edits of words a clause orders, in its order; none of them is read twice."""
    folded = fold(clause)
    found: list[tuple[int, Edit]] = []
    for pattern, is_after in ((_AFTER, True), (_REPLACE, False)):
        for match in pattern.finditer(folded):
            old, new = (quoted[int(slot)] for slot in match.groups() if slot is not None)
            found.append((match.start(), Edit(old, new, is_after)))
        folded = pattern.sub(lambda match: " " * len(match[0]), folded)
    for pattern, adds in ((_DROP, False), (_APPEND, True)):
        for match in pattern.finditer(folded):
            words = next(quoted[int(slot)] for slot in match.groups() if slot is not None)
            found.append((match.start(), Edit("", words) if adds else Edit(words, "")))
    yield from (edit for _, edit in sorted(found, key=lambda item: item[0]))


def _unquoted(text: str) -> str:
    return fold(take_out(text)[0].replace("\n", " "))


def _without_brackets(text: str) -> str:
    """Without what stands in brackets, such as where an act was published: «(2020 г., № 5, ст. 10)»."""
    return re.sub(r"\([^()]{0,2000}\)", " ", text)
