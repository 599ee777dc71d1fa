"""Which lines are no units but say what they are by their words or looks: notes, signatures, headings?"""

from __future__ import annotations

import re

from portal.drafts.importers.blocks import Block, Line
from portal.drafts.importers.folding import fold
from portal.drafts.importers.marks import is_sentence
from portal.drafts.structure import Kind

LONGEST_HEADING = 600

_NOTE = re.compile(
    r"(?:ескерту|ескертпе|ескертулер|сноска|примечани[ея])\s*[.:!]"
    r"|(?:примечание\s+\S{2,12}|\S{2,16}\s+ескертпеси)\s*!"
)
_ENGLISH_NOTE = re.compile(r"(?:Footnote|FOOTNOTE|Note|NOTE)s?\s*[.:]")
_NOTE_KINDS = (
    (re.compile(r"стать[яи]\s|[\d-]+\s?-?бап|.*\barticle\s\d", re.DOTALL), Kind.article),
    (re.compile(r"глав[аы]\s|[\d-]+\s?-?тарау|.*\bchapter\s\d", re.DOTALL), Kind.chapter),
    (re.compile(r"раздел|[\d-]+\s?-?болим"), Kind.section),
    (re.compile(r"(?:приложение)\s|[\d-]+\s?-?косымша"), Kind.annex),
)
_SIGNATURE_RU = re.compile(
    r"(?:(?:премьер-министр|президент|(?:первый\s+)?(?:вице-|заместитель\s+)?министра?|председател[ья]|аким|секретарь"
    r"|исполняющий обязанности|руководитель|заместитель)\b|и\. ?о\.\s)"
    r"(?!.*(?:утвержда|назнача|осуществля|вправе|обязан)).*"
)
_SIGNATURE_KK = re.compile(
    r".*(?:президенти|министри|торагасы|акими?|хатшысы|орынбасары|басшысы|министр)(?:[\s_].{0,80})?"
)
_ROOM_TO_SIGN = re.compile(r"\t|\s{3,}|_{3,}")
_AGREED = re.compile(r"[\"«]?(?:согласовано?|келисилди)[\"»]?\s*:?")
_HEADING_STYLE = re.compile(r"(?:.*(?:title|head(?:er|ing)?\b)|.*head(?:er|ing)\s?\d*$|h\d$|.*заголовок)")


def is_note(line: Line) -> bool:
    """«Ескерту.», «Сноска.», «Примечание.»: words about the unit above, not of it."""
    text = line.text.strip()[:80]
    return not line.label and bool(_NOTE.match(fold(text)) or _ENGLISH_NOTE.match(text))


def kind_noted(line: Line) -> Kind | None:
    """The kind of unit that a note names as its subject; None when it names none."""
    beginning = line.text.strip()[:60]
    readings = (fold(beginning), beginning.lower())
    return next((kind for pattern, kind in _NOTE_KINDS if any(map(pattern.search, readings))), None)


def is_form_word(block: Block) -> bool:
    """«Форма», «Нысан»: says above an annex what it is, and is not its heading."""
    return isinstance(block, Line) and fold(block.text.strip()) in ("форма", "нысан")


def looks_like_heading(block: Block) -> bool:
    """Does the line stand out as headings do, and end as none of the sentences does?"""
    if not isinstance(block, Line) or not block.text.strip() or is_sentence(block.text):
        return False
    stands_out = block.align == "center" or block.bold or block.level > 0 or bool(_HEADING_STYLE.match(block.style))
    return stands_out and len(block.text) <= LONGEST_HEADING


def is_signature(line: Line) -> bool:
    """«Министр И. Иванов», «СОГЛАСОВАН»: the line that ends the body of an act."""
    text = line.text.strip()
    if line.style.startswith("sig"):
        return True
    if len(text) > 160 or line.label or text.endswith((":", ";", ",")) or not text[:1].isupper():
        return False
    folded = fold(text)
    if _AGREED.fullmatch(folded):
        return True
    if is_sentence(text) and not _ROOM_TO_SIGN.search(text):
        return False
    return bool(_SIGNATURE_RU.fullmatch(folded)) or (bool(_SIGNATURE_KK.fullmatch(folded)) and len(text) < 120)

