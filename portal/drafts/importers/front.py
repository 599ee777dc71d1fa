"""What is the title of the act, and which lines stand before its first unit?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from portal.drafts.importers.blocks import Line
from portal.drafts.importers.folding import fold
from portal.drafts.importers.lines import squeezed
from portal.drafts.importers.marks import is_sentence

_ABOUT_RU = re.compile(r"(?:о|об|обо)\s+\w")
_ABOUT_KK = re.compile(r".*туралы\s*$", re.DOTALL)
_ACT_EN = re.compile(r"(?:the )?(?:constitutional )?(?:law|code|order|resolution|decree|decision)\b.{0,120}", re.IGNORECASE)
_ABOUT_EN = re.compile(r"(?:On|About|ON|ABOUT)\s+\w.{0,300}")
_STAMP = re.compile(
    r"проект\b.{0,40}|жоба(?:сы)?|.*\bжобасы|\d{4}\s*(?:ж\.|жыл|год).*|от\s.{0,60}|№.*|«_.*|г\..{0,30}"
    r"|.{0,30}каласы|город .{0,30}|\[.*\]|contents|draft.{0,60}|\(.*\)|.*statutory (?:instruments?|rules).{0,40}"
    r"|(?:принят|одобрен)[аоы]?\s.*|российская федерация|республика казахстан|казакстан республикасы|\d{4} no\..*|a|bill|to|act|preface|body|preamble"
)
_ACT_NAME = re.compile(
    r"(?:закон|кодекс|указ|постановление|приказ|решение|распоряжение)"
    r"(?:\s+(?:республики|министра|президента|правительства|акима|маслихата|правления|председателя).*)?"
    r"|.*(?:республикасынын (?:заны|кодекси)|жарлыгы|каулысы|буйрыгы|шешими|оким[и]?|буйрык|каулы|шешим)"
)
_LONGEST = 700
_SEARCHED = 60


def find_title(front: Sequence[Line]) -> tuple[str, frozenset[int]]:
    """The title and the places of its lines among the lines before the first unit; ("", empty) when none is seen."""
    for choose in (_by_style, _by_words, _by_place):
        places = choose(front[:_SEARCHED])
        if places:
            text = squeezed(" ".join(front[place].text for place in places))
            return text, frozenset(places)
    return "", frozenset()


def _by_style(front: Sequence[Line]) -> list[int]:
    places: list[int] = []
    for place, line in enumerate(front):
        if re.fullmatch(r"(?:title|название|tocshorttitle|shorttitle|атауы)", line.style) and line.text.strip():
            if places and place - places[-1] > 1:
                break
            places.append(place)
    return places


def _by_words(front: Sequence[Line]) -> list[int]:
    """«О внесении ...» with the lines that go on; «... туралы» with the lines that lead to it."""
    for place, line in enumerate(front):
        folded = fold(line.text.strip())
        if len(folded) > _LONGEST or is_sentence(line.text):
            continue
        if _ABOUT_KK.fullmatch(folded):
            first = place
            while first and _leads(front[first - 1], front[first]):
                first -= 1
            return list(range(first, place + 1))
        if place and _ABOUT_EN.fullmatch(line.text.strip()) and _ACT_EN.fullmatch(front[place - 1].text.strip()):
            return [place]
        if _ABOUT_RU.match(folded) and line.text.strip()[:1] in "ОоOo":
            last = place
            while last + 1 < len(front) and _leads(front[last], front[last + 1]):
                last += 1
            return list(range(place, last + 1))
    return []


def _by_place(front: Sequence[Line]) -> list[int]:
    """The first lines that stand out as a heading does; failing those, the first line of all if it is short."""
    named = any(_stands_out(line) and not _is_stamp(line) and not _names_act(line) for line in front)
    for place, line in enumerate(front):
        if _stands_out(line) and not _is_stamp(line) and not (named and _names_act(line)):
            last = place
            while last + 1 < len(front) and _stands_out(front[last + 1]) and _leads(line, front[last + 1]):
                last += 1
            return list(range(place, last + 1))
    for place, line in enumerate(front[:3]):
        if line.text.strip() and not _is_stamp(line) and not is_sentence(line.text) and len(line.text) < 300:
            return [place]
    return []


def _leads(line: Line, following: Line) -> bool:
    """Do two lines belong to one title: printed alike, without a gap between them?"""
    if following.gap or line.align != following.align or line.style != following.style:
        return False
    if any(is_sentence(one.text) or _is_stamp(one) or _names_act(one) for one in (line, following)):
        return False
    return len(following.text) < _LONGEST


def _stands_out(line: Line) -> bool:
    text = line.text.strip()
    letters = [letter for letter in text if letter.isalpha()]
    is_shouted = len(letters) > 3 and all(letter.isupper() for letter in letters)
    is_set_apart = line.align == "center" or line.bold or line.level > 0 or is_shouted
    return is_set_apart and not is_sentence(text) and len(text) < _LONGEST


def _names_act(line: Line) -> bool:
    """«ЗАКОН РЕСПУБЛИКИ КАЗАХСТАН», «БҰЙРЫҚ»: the kind of act, which stands apart from its title."""
    return bool(_ACT_NAME.fullmatch(fold(line.text.strip())))


def _is_stamp(line: Line) -> bool:
    return bool(_STAMP.fullmatch(fold(line.text.strip())) or _STAMP.fullmatch(line.text.strip().lower()))
