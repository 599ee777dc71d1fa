"""What is an element of an act called in full: «подпункт 2) пункта 3 статьи 12», «12-баптың 3-тармағының 2) тармақшасы»?

The short references of `portal.drafts.labels` are for readers of a page; a comparative table is an official paper.
"""

from __future__ import annotations

from collections.abc import Sequence

from portal.drafts.structure import CONTAINERS, Kind, Provision, place_of

Step = tuple[str, str]  # (kind, number as printed without its mark), from the whole to the part
TITLE, PREAMBLE, PASSAGE = "title", "preamble", "passage"  # beside the kinds of units; a passage is «часть», «бөлік»
# from the whole to the part
LEVELS = (
    "annex", "part", "section", "subsection", "chapter", "paragraph", "article", "point", PASSAGE, "subpoint", "indent",
    "table", PREAMBLE, TITLE,
)  # fmt: skip
# nominative, genitive
_RU = {
    "annex": ("приложение", "приложения"), "part": ("часть", "части"), "section": ("раздел", "раздела"),
    "subsection": ("подраздел", "подраздела"), "chapter": ("глава", "главы"), "paragraph": ("параграф", "параграфа"),
    "article": ("статья", "статьи"), "point": ("пункт", "пункта"), PASSAGE: ("часть", "части"),
    "subpoint": ("подпункт", "подпункта"), "indent": ("абзац", "абзаца"), "table": ("таблица", "таблицы"),
    TITLE: ("заголовок", "заголовка"), PREAMBLE: ("преамбула", "преамбулы"),
}  # fmt: skip
# nominative, genitive, possessed, possessed genitive
_KK = {
    "annex": ("қосымша", "қосымшаның", "қосымшасы", "қосымшасының"), "part": ("бөлік", "бөліктің", "бөлігі", "бөлігінің"),
    "section": ("бөлім", "бөлімнің", "бөлімі", "бөлімінің"),
    "subsection": ("кіші бөлім", "кіші бөлімнің", "кіші бөлімі", "кіші бөлімінің"),
    "chapter": ("тарау", "тараудың", "тарауы", "тарауының"),
    "paragraph": ("параграф", "параграфтың", "параграфы", "параграфының"), "article": ("бап", "баптың", "бабы", "бабының"),
    "point": ("тармақ", "тармақтың", "тармағы", "тармағының"), PASSAGE: ("бөлік", "бөліктің", "бөлігі", "бөлігінің"),
    "subpoint": ("тармақша", "тармақшаның", "тармақшасы", "тармақшасының"),
    "indent": ("абзац", "абзацтың", "абзацы", "абзацының"), "table": ("кесте", "кестенің", "кестесі", "кестесінің"),
    TITLE: ("тақырып", "тақырыптың", "тақырыбы", "тақырыбының"),
    PREAMBLE: ("кіріспе", "кіріспенің", "кіріспесі", "кіріспесінің"),
}  # fmt: skip
_RU_STEMS = (
    "перв", "втор", "трет", "четверт", "пят", "шест", "седьм", "восьм", "девят", "десят", "одиннадцат", "двенадцат",
    "тринадцат", "четырнадцат", "пятнадцат", "шестнадцат", "семнадцат", "восемнадцат", "девятнадцат", "двадцат",
)  # fmt: skip
_KK_ONES = ("бірінші", "екінші", "үшінші", "төртінші", "бесінші", "алтыншы", "жетінші", "сегізінші", "тоғызыншы")
KK_ORDINALS = (*_KK_ONES, "оныншы", *(f"он {each}" for each in _KK_ONES), "жиырмасыншы")
RU_STEMS = _RU_STEMS
_HARD = {2, 6, 7, 8}  # второй, шестой, седьмой, восьмой


def name_element(steps: Sequence[Step], language: str) -> str:
    """The full name, with a capital; "" for no steps."""
    if not steps:
        return ""
    name = _name_kk(steps) if language == "kk" else _name_ru(steps)
    return name[:1].upper() + name[1:]


def steps_of(chain: Sequence[Provision]) -> tuple[Step, ...]:
    """The steps that name the last of a chain of provisions: containers only where their units begin to count anew."""
    last = chain[-1]
    above = [
        step for step in chain[:-1]
        if (step.number or step.kind is Kind.annex)
        and (step.kind not in CONTAINERS or place_of(last).startswith(f"{place_of(step)}__"))
    ]  # fmt: skip
    return tuple((step.kind.value, _number(step)) for step in (*above, last))


def _number(provision: Provision) -> str:
    """Unnumbered parts and tables are counted, as the keys of their places count them."""
    if provision.number or provision.kind not in (Kind.indent, Kind.table):
        return provision.number
    return place_of(provision).rpartition("_")[2]


def _name_ru(steps: Sequence[Step]) -> str:
    inner, *outer = reversed(steps)
    return " ".join([_word_ru(inner, 0), *(_word_ru(step, 1) for step in outer)])


def _word_ru(step: Step, case: int) -> str:
    kind, number = step
    word = _RU[kind][case]
    if not number:
        return word
    if kind in (PASSAGE, "indent") and number.isdecimal() and 1 <= int(number) <= len(_RU_STEMS):
        return f"{word} {_ordinal_ru(int(number), kind == PASSAGE, case)}"
    return f"{word} {number}{')' if kind == 'subpoint' else ''}"


def _ordinal_ru(number: int, is_feminine: bool, case: int) -> str:
    stem = "четвёрт" if number == 4 else _RU_STEMS[number - 1]
    if number == 3:
        return ("третья", "третьей")[case] if is_feminine else ("третий", "третьего")[case]
    if is_feminine:
        return stem + ("ая", "ой")[case]
    return stem + (("ой" if number in _HARD else "ый"), "ого")[case]


def _name_kk(steps: Sequence[Step]) -> str:
    words = []
    for place, (kind, number) in enumerate(steps):
        form = (2 if place else 0) + (0 if place == len(steps) - 1 else 1)
        word = _KK[kind][form]
        if not number:
            words.append(word)
        elif kind in (PASSAGE, "indent") and number.isdecimal() and 1 <= int(number) <= len(KK_ORDINALS):
            words.append(f"{KK_ORDINALS[int(number) - 1]} {word}")
        elif kind == "subpoint":
            words.append(f"{number}) {word}")
        else:
            words.append(f"{number}-{word}" if number[0].isdigit() else f"{number} {word}")
    return " ".join(words)
