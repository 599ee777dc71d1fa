"""Which words are so common that asking for them asks for nothing?

They are left out of a query of plain words, never out of a phrase, and a query of nothing else keeps them.
"""

from __future__ import annotations

from portal.language.scripts import loosen

_RUSSIAN = """
и в во на не с со что как по это для из к ко от до за о об обо но или если то же бы так при а у
какой какая какое какие каких какую каком каким какими чем кто где когда под над
"""
_KAZAKH = """
және мен бен пен үшін да де та те ма ме ба бе па пе ғой не нені неге немен қандай қалай қай қайсы қайда қашан неше
қанша кім кімнің кімге кімді кімдер болып болады табылады деп аталады
"""
_ENGLISH = """
a an the of in on at to for and or by with is are be as that this it from what which how who when where
"""

_SPELLED = {word: loosen(word) for word in _KAZAKH.split()}

STOP_WORDS = frozenset((_RUSSIAN + _KAZAKH + _ENGLISH).split()) | frozenset(_SPELLED.values())
"""Folded words; Kazakh ones as they are typed with Russian letters too."""


def spellings(word: str) -> frozenset[str]:
    """A stop word and the stop words that are typed like it with Russian letters: және and жане."""
    typed = loosen(word)
    return frozenset({word, *(each for each in (*_SPELLED, typed) if each in STOP_WORDS and loosen(each) == typed)})
