"""Does an annex begin here: «Приложение 1 к приказу», «бұйрығына 1-қосымша», «Утверждены приказом», SCHEDULE 1?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from portal.drafts.importers.blocks import Block, Line
from portal.drafts.importers.folding import fold
from portal.drafts.importers.marks import is_sentence, number_worth, plain_number

_NUMBER = r"(?P<number>\d{1,3}(?:-\d{1,2})?|[иvхl]+)"
_RU = re.compile(rf"приложение(?:\s*(?:№\s*)?{_NUMBER})?(?P<stop>[.:]?)(?:\s+(?P<owner>к\s.+))?\s*", re.DOTALL)
_KK = re.compile(
    rf"(?P<owner>[^\d\n].{{2,300}}\s)??(?:№\s*)?(?:{_NUMBER}\s?-?\s?)?косымша(?P<stop>[.:]?)\s*", re.DOTALL
)
_KK_REVERSED = re.compile(rf"косымша\s*(?:№\s*)?{_NUMBER}(?P<stop>[.:]?)\s*")
_EN = re.compile(
    r"(?:schedule|annex|appendix|atodlen)(?:\s+(?:no\.?\s*)?(?P<number>\d{1,3}[a-z]?|[ivx]+|[a-z]))?"
    r"(?P<stop>[.:]?)(?:\s*[\t—–-]\s*(?P<rest>.*)|\s+(?P<owner>to\s.+))?\s*",
    re.IGNORECASE | re.DOTALL,
)
_STAMP_RU = re.compile(
    r"утвержден[аоы]?(?:\s+(?:приказом|постановлением|решением|распоряжением|указом).*)?\s*", re.DOTALL
)
_STAMP_KK = re.compile(r".*(?:бекитилген|бекитилди)\s*", re.DOTALL)

# The acts an annex of the first level belongs to; an annex to Rules lies inside the annex that holds the Rules.
_ACT = re.compile(
    r"\b(?:приказ|постановлени|решени|указ|закон|распоряжени|бу[ий]р[ыу][кг]|каулы|шешим|жарлы|заны|заннын|оким"
    r"|order|resolution|decision|decree|law|act|bill)"
)
_INNER = re.compile(
    r"\b(?:правил|положени|регламент|стандарт|инструкц|методик|порядк|кагида|ереже|нускау|тартиб|адистеме"
    r"|rules|regulation)"
)
_AMENDING = re.compile(r"изложить|исключить|дополнить|жазылсын|толыктырылсын|алып тасталсын|озгеритилсин")
_READS_ON = re.compile(r"(?:к |от |№|«|\"|\d|приказ|постанов|решен|министр|правительств|республик|год)")
_LONGEST_HEADER_LINE = 200
_LONGEST_REFERENCE = 80
_MOST_HEADER_LINES = 8


@dataclass(frozen=True, slots=True)
class AnnexHeader:
    """The header of an annex: lines `first` to `last` (inclusive) of the document.

    `owner` is the printed header without the number, `is_inner` tells that it belongs to rules, not to the act.
    """

    number: str
    owner: str
    first: int
    last: int
    is_inner: bool


def find_annex(blocks: Sequence[Block], place: int, is_english: bool) -> AnnexHeader | None:
    """The annex header whose naming line stands at `place`, if one does."""
    line = blocks[place]
    if not isinstance(line, Line) or len(line.text) > 600:
        return None
    text = line.text.strip()
    if is_english:
        return _english(blocks, place, text)
    folded = fold(text)
    if "риложени" not in folded and "косымша" not in folded and "тверж" not in folded and "бекит" not in folded:
        return None
    if _AMENDING.search(folded) or text.endswith((";", ",", ".")):
        return None
    return (
        _russian(blocks, place, text, folded) or _kazakh(blocks, place, text, folded) or _stamp(blocks, place, folded)
    )


def _english(blocks: Sequence[Block], place: int, text: str) -> AnnexHeader | None:
    found = _EN.fullmatch(text)
    if found is None or not text[:1].isupper() or is_sentence(text):
        return None
    number, word = found["number"] or "", text.split()[0].lower()
    owner, rest = (found["owner"] or "").strip(), (found["rest"] or "").strip()
    stands_apart = text.split()[0].isupper() or _is_placed(blocks[place])
    if not number and not stands_apart:
        return None
    if number.isalpha() and not number.isupper():
        return None
    if owner and word == "schedule" and not stands_apart:
        # "Schedule 1 to the 2018 Act" heads amendments of another act's schedule.
        return None
    last = place
    following = blocks[place + 1] if place + 1 < len(blocks) else None
    if isinstance(following, Line) and following.align == "right" and len(following.text) < _LONGEST_REFERENCE:
        # A schedule says at the right which section it belongs to.
        last, rest = place + 1, following.text.strip()
    return AnnexHeader(number, owner or rest, place, last, bool(owner) and _english_is_inner(owner.lower()))


def _english_is_inner(owner: str) -> bool:
    inner, act = _INNER.search(owner), _ACT.search(owner)
    return inner is not None and (act is None or inner.start() < act.start())


def _russian(blocks: Sequence[Block], place: int, text: str, folded: str) -> AnnexHeader | None:
    found = _RU.fullmatch(folded)
    if found is None or not text[:1].isupper():
        return None
    owner = text[found.start("owner"):].strip() if found["owner"] else ""
    last = _following(blocks, place)
    lines = [owner] + [block.text.strip() for block in blocks[place + 1:last + 1] if isinstance(block, Line)]
    return AnnexHeader(_number(text, found), "\n".join(filter(None, lines)), place, last, _first_is_inner(" ".join(lines)))


def _kazakh(blocks: Sequence[Block], place: int, text: str, folded: str) -> AnnexHeader | None:
    found = _KK_REVERSED.fullmatch(folded) or _KK.fullmatch(folded)
    if found is None:
        return None
    owner = text[:found.end("owner")].strip() if found.re is _KK and found["owner"] else ""
    if owner and not _is_owner(fold(owner)):
        return None
    first = place if owner else _preceding(blocks, place)
    lines = [block.text.strip() for block in blocks[first:place] if isinstance(block, Line)] + [owner]
    # The Kazakh header ends with the noun the annex belongs to.
    return AnnexHeader(
        _number(text, found), "\n".join(filter(None, lines)), first, place, _last_is_inner(" ".join(filter(None, lines)))
    )


def _stamp(blocks: Sequence[Block], place: int, folded: str) -> AnnexHeader | None:
    """The approval stamp stands where an annex header would: at the right, above the approved rules."""
    if _STAMP_RU.fullmatch(folded):
        last = _following(blocks, place)
        lines = [block.text.strip() for block in blocks[place:last + 1] if isinstance(block, Line)]
        return AnnexHeader("", "\n".join(lines), place, last, False) if _is_placed(blocks[place]) or last > place else None
    if _STAMP_KK.fullmatch(folded) and _is_placed(blocks[place]):
        first = _preceding(blocks, place)
        lines = [block.text.strip() for block in blocks[first:place + 1] if isinstance(block, Line)]
        return AnnexHeader("", "\n".join(lines), first, place, False)
    return None


def _first_is_inner(owner: str) -> bool:
    """«к Правилам, утверждённым приказом»: the noun after «к» is what the annex belongs to."""
    folded = fold(owner)
    inner, act = _INNER.search(folded), _ACT.search(folded)
    return inner is not None and (act is None or inner.start() < act.start())


def _last_is_inner(owner: str) -> bool:
    last = fold(owner).split()[-1:]
    return bool(last) and bool(_INNER.match(last[0]))


def _number(text: str, found: re.Match[str]) -> str:
    printed = text[found.start("number"):found.end("number")] if found["number"] else ""
    return plain_number(printed) if printed and number_worth(printed) is not None else ""


def _is_placed(block: Block) -> bool:
    return isinstance(block, Line) and block.align in ("right", "center")


def _is_owner(folded: str) -> bool:
    """«... бұйрығына», «Қағидаларға»: a word in the dative, which names the act the annex belongs to."""
    return bool(re.search(r"(?:на|не|га|ге|ка|ке)\s*$", folded)) and bool(_ACT.search(folded) or _INNER.search(folded))


def _following(blocks: Sequence[Block], place: int) -> int:
    """The last line of a header that begins at `place`: lines placed alike, such as «к приказу» and «от 5 мая ...»."""
    start, last = blocks[place], place
    while last + 1 < len(blocks) and last - place < _MOST_HEADER_LINES:
        block = blocks[last + 1]
        if not isinstance(block, Line) or not isinstance(start, Line) or len(block.text) > _LONGEST_HEADER_LINE:
            return last
        folded = fold(block.text.strip())
        is_aligned = start.align == "right" and block.align == "right"
        reads_on = bool(_READS_ON.match(folded)) and not re.match(r"\d{1,3}[.)]", folded)
        if not is_aligned and (block.gap or block.align != start.align or not (reads_on or _ends_at_gap(blocks, last + 1))):
            return last
        last += 1
    return last


def _ends_at_gap(blocks: Sequence[Block], place: int) -> bool:
    """In a text without alignment the lines of a header stand together and an empty line follows them."""
    for ahead in range(place, min(place + _MOST_HEADER_LINES, len(blocks))):
        block = blocks[ahead]
        if not isinstance(block, Line) or is_sentence(block.text) or len(block.text) > _LONGEST_HEADER_LINE:
            return False
        if ahead > place and block.gap:
            return True
    return False


def _preceding(blocks: Sequence[Block], place: int) -> int:
    """The first line of a Kazakh header, which names the act before the word «қосымша» on its last line."""
    last, first = blocks[place], place
    previous = blocks[place - 1] if place else None
    if not isinstance(last, Line) or last.gap or not isinstance(previous, Line):
        return place
    if last.align != "right" and not _is_owner(fold(previous.text)):
        return place
    while first and place - first < _MOST_HEADER_LINES:
        block = blocks[first - 1]
        if not isinstance(block, Line) or len(block.text) > _LONGEST_HEADER_LINE or block.text.rstrip().endswith((".", ";", ":")):
            break
        if block.align != last.align:
            break
        first -= 1
        if block.gap:
            break
    return first
