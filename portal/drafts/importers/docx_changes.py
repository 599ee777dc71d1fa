"""What does a Word document say once its tracked changes are accepted, or refused?

The tree is settled before it is read, so that the reader meets no change at all: words, paragraph marks, rows and
cells that were inserted, deleted or moved, and properties that were altered (a list, a weight, a merged cell).
"""

from __future__ import annotations

from itertools import islice

from lxml import etree

from portal.drafts.importers.blocks import Changes
from portal.drafts.importers.numbering import W

_INSERTED, _DELETED = ("ins", "moveTo"), ("del", "moveFrom")
_P, _PPR, _RPR = W + "p", W + "pPr", W + "rPr"
_FARTHEST = 50  # bookmarks and the like between two paragraphs
_WORDS = {W + "delText": W + "t", W + "delInstrText": W + "instrText"}
_ALTERED = {W + f"{name}Change": W + name for name in ("pPr", "rPr", "tcPr", "trPr", "tblPr", "sectPr")}
_MARKS = tuple(W + name for name in (*_INSERTED, *_DELETED, "cellIns", "cellDel"))
# Where these stand a mark speaks of the paragraph's end, the row, the cell, the list; elsewhere of the words inside.
_SPEAKS_OF_OWNER = {_RPR, W + "trPr", W + "tcPr", W + "numPr"}


def settle(root: etree._Element | None, changes: Changes) -> bool:
    """Carry out all tracked changes below `root`, or undo them; tells whether there were any."""
    if root is None:
        return False
    marks = list(root.iter(*_MARKS))
    altered = list(root.iter(*_ALTERED))
    gone = _DELETED if changes == "accepted" else _INSERTED
    vanishing = {W + name for name in (*gone, "cellDel" if changes == "accepted" else "cellIns")}
    if changes == "refused":
        for change in altered:
            _restore(change)
        for element in list(root.iter(*_WORDS)):
            element.tag = _WORDS[element.tag]
    joined: list[etree._Element] = []
    for mark in marks:
        owner = mark.getparent()
        if owner is None:
            continue
        if owner.tag not in _SPEAKS_OF_OWNER:
            if mark.tag in vanishing:
                owner.remove(mark)
            elif mark.tag not in (W + "ins", W + "moveTo"):
                mark.tag = W + "ins"  # what stays is read as what was inserted is
        elif mark.tag in vanishing:
            _take_away(owner, joined)
    # From the last to the first: so each word moves once, however many ends are gone.
    for paragraph in reversed(joined):
        _join_to_next(paragraph)
    return bool(marks or altered)


def _restore(change: etree._Element) -> None:
    """Put the properties back that the change replaced; marks of paragraph, row and cell stay with them."""
    properties = change.getparent()
    if properties is None:
        return
    old = change.find(_ALTERED[change.tag])
    for child in list(properties):
        if child.tag not in _MARKS and child.tag != _RPR:
            properties.remove(child)
    for child in list(old) if old is not None else ():
        properties.append(child)


def _take_away(owner: etree._Element, joined: list[etree._Element]) -> None:
    """Remove the row, cell or list that the marked properties describe; note a paragraph whose end goes."""
    holder = owner.getparent()
    if holder is None:
        return
    if owner.tag == W + "numPr":
        holder.remove(owner)
    elif owner.tag in (W + "trPr", W + "tcPr"):
        if (above := holder.getparent()) is not None:
            above.remove(holder)
    elif holder.tag == _PPR and (paragraph := holder.getparent()) is not None and paragraph.tag == _P:
        joined.append(paragraph)


def _join_to_next(paragraph: etree._Element) -> None:
    """A paragraph whose end is gone runs on into the next; it disappears when it has no words left."""
    near = islice(paragraph.itersiblings(), _FARTHEST)
    following = next((each for each in near if each.tag in (_P, W + "tbl", W + "sdt")), None)
    holder = paragraph.getparent()
    contents = [child for child in paragraph if child.tag != _PPR]
    if holder is None:
        return
    if following is not None and following.tag == _P:
        place = 1 if following.find(_PPR) is not None else 0
        following[place:place] = contents
        holder.remove(paragraph)
    elif not any(True for _ in paragraph.iter(W + "t", W + "drawing", W + "pict")):
        holder.remove(paragraph)
