"""In which language is a text written: Kazakh, Russian or English?"""

from __future__ import annotations

from collections import Counter

from portal.language.scripts import has_own_letters, is_cyrillic, loosen
from portal.language.tokens import tokens

_LOOKED_AT = 20_000

# Words too common to be missing from a text, as they are typed with Russian letters.
_KAZAKH = frozenset(
    loosen(word)
    for word in """
    және мен бен пен үшін бұл осы емес бар жоқ деп деген екен бойынша туралы болып болады болды керек өте жақсы
    жаман керемет мулдем рахмет маған оның олар сіз біз қалай неге қашан бірақ тек енді барлық көп аз сол ғой еді
    едім қазір тағы кейін дейін арқылы сияқты кім не ешқандай әр өз ал та те да де ма ме ба бе
    """.split()
) - {"не", "да", "те", "та", "ме", "ба", "ал", "аз"}
_RUSSIAN = frozenset(
    """
    и в во на не с со что как по это для из к ко от до за о об но или если то же бы так при я мы вы он она
    они его ее их мне нам вам был была было были есть нет уже еще очень только который которые также чтобы
    когда где почему все без под над между через после перед лучше спасибо надо нужно можно
    """.split()
)
_RUSSIAN_ENDINGS = (
    "ться", "ого", "его", "ому", "ему", "ыми", "ими", "ать", "ять", "ить", "еть", "ение", "ения", "ация", "ции", "ость",
    "ости", "ый", "ий", "ая", "яя", "ое", "ее", "ые", "ие", "ых", "их", "ал", "ил", "ла", "ло", "ли", "ет", "ют", "ут",
    "ов", "ев", "ей", "ам", "ям", "ах", "ях",
)
_KAZAKH_ENDINGS = (
    "лар", "лер", "дар", "дер", "тар", "тер", "дын", "дин", "тын", "тин", "нын", "нин", "дан", "ден", "тан", "нан",
    "нен", "ады", "еди", "йды", "йди", "ган", "ген", "кан", "кен", "сыз", "сиз", "пын", "мын", "мин", "гы", "ды", "ты",
    "лык", "лик", "дык", "дик", "тык", "тик",
)


def detect(text: str, default: str = "ru") -> str:
    """kk, ru or en, judged by the first 20,000 characters; `default` where there is nothing to judge by.

    A word with a letter that only Kazakh has weighs most. Kazakh typed with Russian letters and Russian are told apart
    by their commonest words, then by endings.
    """
    words = [token.text for token in tokens(text[:_LOOKED_AT]) if not token.is_number]
    cyrillic = [word for word in words if is_cyrillic(word)]
    latin = sum(word.isascii() for word in words)
    if latin > len(cyrillic):
        return "en"
    weights: Counter[str] = Counter()
    for word in cyrillic:
        language, weight = _vote(word)
        weights[language] += weight
    weights.pop("", None)
    if not weights:
        return default
    return max(weights, key=lambda each: (weights[each], each == default))


def _vote(word: str) -> tuple[str, int]:
    """The language a folded Cyrillic word speaks for, and how loudly."""
    if has_own_letters(word):
        return "kk", 4
    if word in _KAZAKH:
        return "kk", 3
    if word in _RUSSIAN:
        return "ru", 3
    if len(word) > 3 and word.endswith(_RUSSIAN_ENDINGS):
        return "ru", 1
    if len(word) > 3 and word.endswith(_KAZAKH_ENDINGS):
        return "kk", 1
    return ("ru", 2) if not {"щ", "ъ", "ц", "ф"}.isdisjoint(word) else ("", 0)
