"""In which of the portal's languages is a text written?"""

from __future__ import annotations

import re
from collections.abc import Iterable

# Letters that only Kazakh has; і is left out, as old texts borrow it.
_KAZAKH = re.compile("[әғқңөұүһӘҒҚҢӨҰҮҺ]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-z]")
_KAZAKH_WORDS = re.compile(
    r"\b(?:жане|және|турал[ыи]|бойынша|болып|ушин|үшін|бап|тарма[кқ]|осы|мен|б[уұ]л|ти[иі]с|казак\w*)\b", re.I
)
_RUSSIAN_WORDS = re.compile(r"\b(?:и|в|о|об|на|по|с|из|для|или|не|статья|статьи|пункт|пункта|глава|настоящего)\b", re.I)
_SAMPLE = 60_000


def detect_language(lines: Iterable[str]) -> str:
    """kk, ru or en by the letters of the text, by its small words where Kazakh is typed without its own letters."""
    sample, length = [], 0
    for line in lines:
        sample.append(line)
        length += len(line)
        if length > _SAMPLE:
            break
    text = "\n".join(sample)
    cyrillic = len(_CYRILLIC.findall(text))
    if len(_LATIN.findall(text)) > cyrillic:
        return "en"
    if len(_KAZAKH.findall(text)) > cyrillic * 0.02:
        return "kk"
    return "kk" if len(_KAZAKH_WORDS.findall(text)) > len(_RUSSIAN_WORDS.findall(text)) else "ru"
