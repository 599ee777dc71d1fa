"""By what is a text known again when only places, names, sums and dates were changed in it?

A fingerprint is the MinHash of a text's runs of three words (Broder 1997): two fingerprints agree in about as many places as
the texts share of all the runs either has (Jaccard). Numbers, words that begin with a capital and the words for kinds
of places are left out first, so that two hundred decisions after one pattern keep the same runs. Look-alike and missing Kazakh letters do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from heapq import nsmallest
from random import Random
from struct import pack, unpack
from zlib import crc32

from portal.drafts.structure import Outline, walk
from portal.language.scripts import fold, loosen

ALIKE = 0.7  # share of places in which near-identical texts agree; measured in `tests/drafts/test_fingerprint.py`
RUN = 3  # words
FEWEST = 40  # runs: a shorter text is like another by chance
MOST = 2_000  # runs looked at: the same ones in like texts, for they are the smallest by their hash
PLACES = 64
IN_BAND = 4  # places: texts that agree in 0.7 of them share one of the sixteen bands in 99 of 100 cases

Signature = tuple[int, ...]

# what is said beside the name of a place, folded: город and қала, район and аудан, область and облыс, округ, село and ауыл
_OF_PLACES = ("город", "кала", "район", "аудан", "област", "облыс", "округ", "сел", "сельск", "ауыл", "посел", "кент")
_WORD = re.compile(r"[^\W\d_]+")
_PRIME = (1 << 61) - 1
_SHUFFLES = tuple((each.randrange(1, _PRIME), each.randrange(_PRIME)) for each in [Random(n) for n in range(PLACES)])


def fingerprint(outline: Outline) -> Signature | None:
    """64 numbers of 32 bits; None for a text too short to be known by."""
    runs = {crc32(" ".join(run).encode()) for run in _runs(list(_words(outline)))}
    if len(runs) < FEWEST:
        return None
    chosen = nsmallest(MOST, runs) if len(runs) > MOST else runs
    return tuple(min((a * run + b) % _PRIME for run in chosen) & 0xFFFFFFFF for a, b in _SHUFFLES)


def alike(one: Signature, other: Signature) -> float:
    """In how many of their places two fingerprints agree: 0 to 1."""
    return sum(a == b for a, b in zip(one, other, strict=True)) / PLACES


def bands(signature: Signature) -> tuple[int, ...]:
    """What the text is looked up by: near-identical texts have at least one of these 63-bit numbers in common."""
    return tuple(
        crc32(part) << 31 | crc32(part[::-1]) >> 1
        for at in range(0, PLACES, IN_BAND)
        for part in (pack(f">B{IN_BAND}I", at, *signature[at : at + IN_BAND]),)
    )


def to_bytes(signature: Signature) -> bytes:
    """The fingerprint as it is stored."""
    return pack(f">{PLACES}I", *signature)


def from_bytes(stored: bytes) -> Signature:
    """The fingerprint as it was stored."""
    return unpack(f">{PLACES}I", stored)


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[at:] for at in range(RUN)), strict=False)


def _words(outline: Outline) -> Iterator[str]:
    for provision, _, _ in walk(outline.provisions):
        cells = (cell for row in provision.rows for cell in row)
        for text in (provision.heading, provision.text, *cells):
            for word in _WORD.findall(text):
                if not word[0].isupper() and not (folded := _folded(word)).startswith(_OF_PLACES):
                    yield folded


@lru_cache(maxsize=50_000)
def _folded(word: str) -> str:
    return loosen(fold(word))
