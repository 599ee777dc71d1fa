"""Is every word of Akoma Ntoso and USLM files in their outline, and are ill-formed files refused?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from portal.drafts.importers import Unreadable, read_outline
from tests.bench.import_sets.scoring import words_in
from tests.shared_data import SHARED

_SETS = {
    "akn examples": ("akn-uslm/akn-oasis/*.xml",),
    "akn of uk drafts": ("akn-uslm/uk-lawmaker-docx-akn/*/*.xml",),
    "akn memoranda": ("akn-uslm/uk-explanatory-memoranda/*.akn",),
    "akn pairs": ("diff-pairs/akn-versions/*.xml", "diff-pairs/uk-codes-of-practice-draft-made/*/*.akn"),
    "uslm": ("akn-uslm/uslm/*.XML", "diff-pairs/us-bills-uslm/*/*.XML"),
}
# What is about the text and no part of it; numbers are read as numbers, without the words before them.
_ASIDE = {"meta", "toc", "num", "del", "page"}


def markup() -> Iterator[dict[str, object]]:
    """One line for each set: the share of the words of the files that the outlines hold, and what was refused."""
    for name, patterns in _SETS.items():
        paths = [path for pattern in patterns for path in sorted((SHARED / "data").glob(pattern))]
        words = kept = 0
        refused: dict[str, str] = {}
        for path in paths:
            try:
                outline = read_outline(path.read_bytes(), path.name)
            except Unreadable as refusal:
                refused[path.name] = str(refusal)
                continue
            said, held = words_of(path), Counter(re.findall(r"\w+", " ".join(words_in(outline))))
            words += said.total()
            kept += (said & held).total()
        yield {"bench": "import_accuracy", "set": name, "files": len(paths), "words": words,
               "kept": round(kept / max(words, 1), 5), "refused": refused}  # fmt: skip


def words_of(path: Path) -> Counter[str]:
    """The words between the tags of a file's text, counted without the importer."""
    words: Counter[str] = Counter()
    root = etree.parse(str(path), etree.XMLParser(remove_comments=True, remove_pis=True)).getroot()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        holder = element if event == "start" else element.getparent()
        text = element.text if event == "start" else element.tail
        if text and holder is not None and not _is_aside(holder):
            words.update(re.findall(r"\w+", text))
    return words


def _is_aside(element: etree._Element) -> bool:
    return any(etree.QName(one).localname in _ASIDE for one in (element, *element.iterancestors()))
