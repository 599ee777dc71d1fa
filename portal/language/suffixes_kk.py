"""Which endings does a Kazakh word take, and after which sounds?

Each ending is written once, with capitals for the sounds that follow the word it joins:
`A` а/е, `Y` ы/і by vowel harmony, `Q` қ/к and `G` ғ/г by the same. The classes say what the ending may follow:

    V  a full vowel        R  р й у и ю       L  л        N  м н ң        Z  з ж        T  voiceless, and б в г д
"""

from __future__ import annotations

from typing import NamedTuple

from portal.language.scripts import has_own_letters, loosen

BACK_VOWELS = frozenset("аоұыёя")
FRONT_VOWELS = frozenset("еөүіэ")
EITHER_VOWELS = frozenset("әиюу")
VOWELS = BACK_VOWELS | FRONT_VOWELS | EITHER_VOWELS
ANY = "VRLNZT"
CONSONANT = "RLNZT"

_CLASS_OF = {
    **dict.fromkeys("аәеёоөұүыіэя", "V"),
    **dict.fromkeys("рйуию", "R"),
    **dict.fromkeys("л", "L"),
    **dict.fromkeys("мнң", "N"),
    **dict.fromkeys("зж", "Z"),
    **dict.fromkeys("пткқсшщчцфхһбвгдғ", "T"),
}


class Suffix(NamedTuple):
    """An ending as it is spelt, the harmony it asks for (back, front or any) and the classes it follows."""

    text: str
    harmony: str
    after: str


# typed with Russian letters these would be other endings, or ends of common roots
_NEVER_LOOSE = frozenset(("саң", "сең", "сің", "сың", "ің"))


def _spelt(pattern: str, after: str) -> list[Suffix]:
    """Both harmonic spellings of a pattern, or the one there is."""
    back = pattern.translate(str.maketrans("AYQG", "аықғ"))
    front = pattern.translate(str.maketrans("AYQG", "еікг"))
    if back == front:
        return [Suffix(back, "any", after)]
    return [Suffix(back, "back", after), Suffix(front, "front", after)]


_PLURAL = (("лAр", "VR"), ("дAр", "LNZ"), ("тAр", "T"))

_CASES = (
    # genitive: -ның, -дың, -тың
    ("нYң", "VN"), ("дYң", "RLZ"), ("тYң", "T"),
    # dative: -ға, -қа
    ("GA", "VRLNZ"), ("QA", "T"),
    # accusative: -ны, -ды, -ты
    ("нY", "V"), ("дY", "RLNZ"), ("тY", "T"),
    # locative: -да, -та
    ("дA", "VRLNZ"), ("тA", "T"),
    # ablative: -дан, -нан, -тан
    ("дAн", "VRLZ"), ("нAн", "N"), ("тAн", "T"),
    # instrumental: -мен, -бен, -пен and the long -менен
    ("мен", "VRLN"), ("бен", "Z"), ("пен", "T"), ("менен", "VRLN"), ("бенен", "Z"), ("пенен", "T"),
)

_POSSESSIVES = (
    # my, thy, your, our, his: after a consonant, after a vowel
    ("Yм", CONSONANT), ("м", "V"), ("Yң", CONSONANT), ("ң", "V"),
    ("YңYз", CONSONANT), ("ңYз", "V"), ("YмYз", CONSONANT), ("мYз", "V"),
    ("Y", CONSONANT), ("сY", "V"),
    # to my, to thy
    ("YмA", CONSONANT), ("YңA", CONSONANT),
    # his + case, where the case loses its first sound or takes н
    ("YнYң", CONSONANT), ("YнA", CONSONANT), ("Yн", CONSONANT), ("YндA", CONSONANT), ("YнAн", CONSONANT),
    ("сYнYң", "V"), ("сYнA", "V"), ("сYн", "V"), ("сYндA", "V"), ("сYнAн", "V"),
)

_ATTRIBUTES = (
    # the one in, at: -дағы; in his: -ындағы
    ("дAGY", "VRLNZ"), ("тAGY", "T"), ("YндAGY", CONSONANT), ("сYндAGY", "V"),
    # the one of: -нікі, -дікі, -тікі
    ("нікі", "VN"), ("дікі", "RLZ"), ("тікі", "T"),
)

_PARTICIPLES = (
    # who did: -ған, -қан; who does: -атын, -йтын; doing: -у, -ю (which swallows the й of the root)
    ("GAн", "VRLNZ"), ("QAн", "T"), ("AтYн", CONSONANT), ("йтYн", "V"), ("итYн", CONSONANT), ("у", ANY),
)

_FINITE = (
    # does: -йды, -ады, -иды (with the ы of the root in it); and I, we
    ("йдY", "V"), ("AдY", CONSONANT), ("идY", CONSONANT), ("ймYн", "V"), ("AмYн", CONSONANT),
    ("йсYң", "V"), ("йсYз", "V"), ("ймYз", "V"),
    # did: -ды, -ты, and I, thou, you, we. After a consonant -ды is the accusative too: the nouns take it
    ("дY", "V"), ("дYм", "VRLNZ"), ("тYм", "T"), ("дYң", "V"), ("дYңYз", "VRLNZ"), ("тYңYз", "T"), ("дYQ", "V"),
    # was done: -ылды, -лды, -нды, which the accusative would cut in two
    ("YлдY", CONSONANT), ("лдY", "V"), ("ндY", "V"),
    # does not, before a pause: -май
    ("мAй", "VRL"), ("бAй", "NZ"), ("пAй", "T"),
    # if: -са; let him: -сын; let me, let us
    ("сA", ANY), ("сAм", ANY), ("сAң", ANY), ("сAңYз", ANY), ("сYн", CONSONANT),
    ("AйYн", CONSONANT), ("йYн", "V"), ("AйYQ", CONSONANT), ("йYQ", "V"),
    # having done: -ып, -п; is said to have done: -ыпты, -пты
    ("Yп", CONSONANT), ("п", "V"), ("YптY", CONSONANT), ("птY", "V"),
)


class Table:
    """Endings by their last letter, the longest first."""

    def __init__(self, suffixes: list[Suffix]) -> None:
        by_last: dict[str, list[Suffix]] = {}
        for suffix in sorted(set(suffixes), key=lambda each: (-len(each.text), each)):
            by_last.setdefault(suffix.text[-1], []).append(suffix)
        self._by_last = by_last

    def matching(self, word: str, least: int = 2) -> list[tuple[str, Suffix]]:
        """What is left of the word, and the ending, for each ending that fits it."""
        found = []
        for suffix in self._by_last.get(word[-1], ()):
            if word.endswith(suffix.text):
                rest = word[: -len(suffix.text)]
                if len(rest) >= least and fits(rest, suffix):
                    found.append((rest, suffix))
        return found


def _table(*groups: tuple[tuple[str, str], ...]) -> tuple[Table, Table]:
    """The endings as they are spelt, and the same joined by those typed with Russian letters."""
    proper = [suffix for group in groups for pattern in group for suffix in _spelt(*pattern)]
    loose = [each._replace(text=loosen(each.text)) for each in proper if each.text not in _NEVER_LOOSE]
    return Table(proper), Table(proper + loose)


NOMINAL, LOOSE_NOMINAL = _table(_PLURAL, _CASES, _POSSESSIVES, _ATTRIBUTES)
PARTICIPLE, LOOSE_PARTICIPLE = _table(_PARTICIPLES)
FINITE, LOOSE_FINITE = _table(_FINITE)

NOMINAL_ENDINGS = frozenset(
    suffix.text for group in (_PLURAL, _CASES, _POSSESSIVES, _ATTRIBUTES) for each in group for suffix in _spelt(*each)
)
"""The nominal endings as they are spelt, to know those that are hung on an abbreviation with a hyphen."""


def sound_class(word: str) -> str:
    """The class of the word's last sound; a soft sign belongs to the consonant before it."""
    last = word[-2] if word[-1] in "ьъ" and len(word) > 1 else word[-1]
    return _CLASS_OF.get(last, "")


def harmony(word: str) -> str:
    """Back, front, or any where the last vowel tells nothing (и, ю, ә, the у of loans)."""
    for index in range(len(word) - 1, -1, -1):
        letter = word[index]
        if letter in BACK_VOWELS:
            return "back"
        if letter in FRONT_VOWELS:
            return "front"
        if letter in "әию":
            return "any"
        if letter == "у" and 0 < index < len(word) - 1 and word[index - 1] not in VOWELS:
            return "any"
    return "any"


def fits(rest: str, suffix: Suffix) -> bool:
    """Whether the ending may stand after what is left: a root has a vowel, and is no bare consonant and vowel."""
    kind = sound_class(rest)
    if kind not in suffix.after or not kind:
        return False
    if not any(letter in VOWELS for letter in rest):
        return False
    if len(rest) == 2 and kind == "V" and rest[0] not in VOWELS:
        return False
    if suffix.harmony == "any":
        return True
    found = harmony(rest)
    return found in (suffix.harmony, "any") or (found == "back" and _may_be_front(rest))


def _may_be_front(rest: str) -> bool:
    """Whether the last vowel is an о that may stand for ө (сөзді typed as созди) or the end of a surname in -ов."""
    if len(rest) > 4 and rest.endswith(("ов", "ова")):
        return True
    last = next(letter for letter in reversed(rest) if letter in VOWELS)
    return last == "о" and not has_own_letters(rest)
