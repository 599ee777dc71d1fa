"""What does an OpenDocument text say once its tracked changes are accepted, or refused?

The file keeps inserted words in their place between two marks, and deleted ones aside with a mark where they stood.
So an accepted text is the one that stands there; a refused one is put together here, before it is read.
"""

from __future__ import annotations

from lxml import etree

from portal.drafts.importers.blocks import Changes

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
PARAGRAPHS = (TEXT + "p", TEXT + "h")
_CHANGE_INFO = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}change-info"
_ID, _CHANGE_ID = TEXT + "id", TEXT + "change-id"


def settle(body: etree._Element, changes: Changes) -> bool:
    """Carry out all tracked changes of the text, or undo them; tells whether there were any."""
    regions = [region for kept in body.findall(TEXT + "tracked-changes") for region in kept]
    deleted, inserted = {}, set()
    for region in regions:
        name = region.get(_ID) or region.get("{http://www.w3.org/XML/1998/namespace}id") or ""
        if (deletion := region.find(TEXT + "deletion")) is not None:
            deleted[name] = deletion
        elif region.find(TEXT + "insertion") is not None:
            inserted.add(name)
    for kept in body.findall(TEXT + "tracked-changes"):
        body.remove(kept)
    if changes == "refused":
        _drop_inserted(body, inserted)
        # From the last to the first, so that what follows a mark moves once. Each deletion is put back once, too: a
        # mark that a hostile file repeats brings nothing.
        for mark in reversed(list(body.iter(TEXT + "change"))):
            if (deletion := deleted.pop(mark.get(_CHANGE_ID, ""), None)) is not None:
                _put_back(mark, deletion)
    return bool(regions)


def _drop_inserted(body: etree._Element, inserted: set[str]) -> None:
    """Remove what stands between the marks of insertions; a paragraph whose end was inserted takes the rest in."""
    within: set[str] = set()
    began_within: set[etree._Element] = set()
    first: etree._Element | None = None
    joined: list[tuple[etree._Element, etree._Element | None]] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if event == "start":
            name = element.get(_CHANGE_ID, "") if element.tag == TEXT + "change-start" else ""
            if name in inserted:
                within.add(name)
            elif element.tag == TEXT + "change-end":
                within.discard(element.get(_CHANGE_ID, ""))
            elif within:
                element.text = None
                if element.tag in PARAGRAPHS:
                    began_within.add(element)
            continue
        if element in began_within:
            joined.append((element, first))
        elif within and element.tag in PARAGRAPHS:
            first = element
        if within:
            element.tail = None
    for paragraph, owner in joined:
        _join(paragraph, owner)


def _join(paragraph: etree._Element, owner: etree._Element | None) -> None:
    """Move what is left of the paragraph to the end of `owner`; without one it stays if it has words."""
    if owner is not None:
        rest = etree.SubElement(owner, TEXT + "span")
        rest.text = paragraph.text
        rest.extend(list(paragraph))
    elif "".join(paragraph.itertext()).strip():
        return
    if (holder := paragraph.getparent()) is not None:
        holder.remove(paragraph)


def _put_back(mark: etree._Element, deletion: etree._Element) -> None:
    """Put deleted words where their mark stands: in the line, or as paragraphs of their own that part it."""
    parent = mark.getparent()
    blocks = [child for child in deletion if child.tag != _CHANGE_INFO]
    if parent is None or not blocks:
        return
    for block in blocks:
        block.tail = None
    if parent.tag not in (*PARAGRAPHS, TEXT + "span", TEXT + "a"):
        for block in blocks:
            mark.addprevious(block)
        return
    if blocks[0].tag in PARAGRAPHS:
        mark.addprevious(_as_span(blocks.pop(0)))
    if blocks and parent.tag in PARAGRAPHS:
        _part(parent, mark, blocks)
        return
    for block in blocks:
        mark.addprevious(etree.Element(TEXT + "line-break"))
        mark.addprevious(_as_span(block) if block.tag in PARAGRAPHS else block)


def _as_span(paragraph: etree._Element) -> etree._Element:
    paragraph.tag = TEXT + "span"
    paragraph.attrib.clear()
    return paragraph


def _part(paragraph: etree._Element, mark: etree._Element, blocks: list[etree._Element]) -> None:
    """The paragraph ends at the mark; what stood after it ends the last of the blocks put back."""
    if blocks[-1].tag not in PARAGRAPHS:
        blocks.append(etree.Element(paragraph.tag, paragraph.attrib))
    following = list(mark.itersiblings())
    rest = etree.SubElement(blocks[-1], TEXT + "span")
    rest.text, mark.tail = mark.tail, None
    rest.extend(following)
    for block in reversed(blocks):
        paragraph.addnext(block)
