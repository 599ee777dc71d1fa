"""Does the number a line begins with name what the line orders to change: «3) тармақша алып тасталсын;»?

Kazakh puts the number of a unit before its name, so that such an order looks like a unit of the amending act itself.
An enumerated order names its object after its own number: «3) 5-тармақ алып тасталсын;», «2) 3) тармақша ...».
"""

from __future__ import annotations

import re

from portal.drafts.importers.folding import fold

_NUMBER = r"(?:\d{1,3}[⁰¹²³⁴⁵⁶⁷⁸⁹]*(?:[-.]\d{1,3})*|[а-яa-z])\s?\)"
_JOINED = rf"(?:\s*(?:,|;|-|\b(?:и|или|жане|мен|пен|бен|немесе)\b)\s*{_NUMBER})"
_DECIMAL = r"\d{1,3}(?:\.\d{1,3}){1,4}\s"
# Only a subpoint has a bracket behind its number: «1) тармақтың екінші бөлігі ...» is enumerated, and so is one number
# before many, «7) тармақшалардың нөмірленуі ...».
_KAZAKH = re.compile(
    rf"(?:{_NUMBER}\s?-?\s?тармакша(?!ла)|{_NUMBER}{_JOINED}+\s?-?\s?тармакша"
    rf"|{_DECIMAL}(?:тармак|болик|болим|абзац|бап))\w*(?<=(?P<ending>\w\w))"
)
_RUSSIAN = re.compile(
    rf"(?:{_NUMBER}\s?подпункт|{_NUMBER}{_JOINED}+\s?подпункты)"
    r"\s+(?:исключить|изложить|дополнить|заменить|признать|считать)\b"
)
_ORDERED = re.compile(r"[лн](?:сын|син)\b")
_ENDS_IN_ORDER = re.compile(r"(?:[лн](?:сын|син)|\bисключить)[\s.;:,]*$")
_ANNOUNCES = re.compile(r"[дт][ае]")  # the locative: «3) тармақшада:»
_LONGEST_BEGINNING, _LONGEST_ORDER = 200, 4_000


def orders_change(line: str) -> bool:
    """Is the number at the beginning of the line the object of its order, and so no mark of a unit?"""
    beginning = fold(line[:_LONGEST_BEGINNING])
    found = _KAZAKH.match(beginning)
    if found is None:
        return _RUSSIAN.match(beginning) is not None
    announces = line.rstrip().endswith(":") and _ANNOUNCES.fullmatch(found["ending"]) is not None
    return announces or _ORDERED.search(fold(line[:_LONGEST_ORDER])) is not None


def ends_in_order(text: str) -> bool:
    """Do the words end in the verb of an order: «... деген сөздермен толықтырылсын», «... исключить»?"""
    return _ENDS_IN_ORDER.search(fold(text[-40:])) is not None
