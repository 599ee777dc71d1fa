"""What do all forms of a Russian word share? Snowball's answer, from PyStemmer, with what it leaves apart joined.

Snowball looks at endings from a certain place of the word on, and so leaves forms of short and of some common words
apart. Each rule below was measured on the treebanks GSD and Taiga (`tests/bench/language_stems.py`):

1.  An infinitive is read as its past: стать as стал, иметь as имел.
2.  -ова- goes with the infinitive: требова(ть) as треб(ует).
3.  л after a vowel goes, then vowels at the end: стал and ста; материал (which Snowball takes for a verb) and материа.
4.  A vowel that other cases lose goes: список as списк(а), отец as отц(а), уровень as уровн(я), китаец as китайц(а).
"""

from __future__ import annotations

import re
import threading

import Stemmer

_INFINITIVE = re.compile(r"(.{2,}[аеиоуыюя])ть(?:ся|сь)?")
_VOWELS = "аеиоуыэюя"
_LEAST = 3  # letters that stay


class _OfThread(threading.local):
    """A stemmer may not be used by two threads at once."""

    def __init__(self) -> None:
        self.stemmer = Stemmer.Stemmer("russian", 0)


_of_thread = _OfThread()


def stem(word: str) -> str:
    """The stem of a folded word (ё already е)."""
    infinitive = _INFINITIVE.fullmatch(word)
    if infinitive is not None:
        word = infinitive[1] + "л"
    return _without_fleeting_vowel(_without_past(_of_thread.stemmer.stemWord(word)))


def _without_past(found: str) -> str:
    if len(found) > _LEAST + 2 and found.endswith(("ова", "ева")):
        found = found[:-3]
    if len(found) > _LEAST and found[-1] == "л" and found[-2] in _VOWELS:
        found = found[:-1]
    while len(found) > _LEAST and found[-1] in _VOWELS:
        found = found[:-1]
    return found


def _without_fleeting_vowel(found: str) -> str:
    if len(found) > _LEAST and found.endswith("ец"):
        return found[:-2] + ("йц" if found[-3] in _VOWELS else "ц")
    if len(found) > _LEAST + 1 and found.endswith(("ок", "ек", "ен")):
        return found[:-2] + found[-1]
    return found
