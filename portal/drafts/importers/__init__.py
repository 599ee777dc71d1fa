"""What does an uploaded file say, as an outline of provisions?

The format is told by the content, never by the name. A file that cannot be read raises `Unreadable`, whose message
says to its owner what to do and whose `code` says the reason to programs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from portal.drafts.importers.assemble import assemble
from portal.drafts.importers.blocks import Block, Changes, Reading
from portal.drafts.importers.docx import read_docx
from portal.drafts.importers.marked import read_marked
from portal.drafts.importers.odt import read_odt
from portal.drafts.importers.text import read_text
from portal.drafts.structure import Outline
from portal.kernel import files
from portal.kernel.files import Unreadable

__all__ = ["Unreadable", "read_outline"]

_READERS: dict[str, Callable[[bytes], list[Block]]] = {
    files.TEXT: read_text,
}
# Formats that keep proposed changes in the text, or have more to say about the file than its lines.
_OFFICE: dict[str, Callable[[bytes, Changes], Reading]] = {
    files.DOCX: read_docx,
    files.ODT: read_odt,
}


def read_outline(
    data: bytes, name: str, language: str | None = None, changes: Changes = "accepted"
) -> Outline:
    """The structure of the act in the file; `language` (kk, ru, en) is detected when it is not given.

    `name` is only for messages. Tracked changes are read as `changes` says, and a warning tells that there were any.
    Raises Unreadable.
    """
    media_type = files.sniff(data)
    if (own := read_marked(data, media_type, language)) is not None:
        return own
    reading = _read(media_type, data, changes)
    if not reading.blocks:
        raise Unreadable("There is no text in the file.", code="no_text")
    outline = assemble(reading.blocks, language)
    return replace(outline, warnings=(*reading.warnings, *outline.warnings))


def _read(media_type: str, data: bytes, changes: Changes) -> Reading:
    if media_type in _OFFICE:
        return _OFFICE[media_type](data, changes)
    if media_type in _READERS:
        return Reading(tuple(_READERS[media_type](data)))
    raise _refusal(media_type)


def _refusal(media_type: str) -> Unreadable:
    match media_type:
        case files.EMPTY:
            return Unreadable("The file is empty.", code="empty")
        case files.ENCRYPTED_OFFICE:
            return Unreadable("The file is protected by a password. Save it without one.", code="encrypted")
        case files.DOC:
            return Unreadable("This is an old Word file (.doc). Save it as .docx.", code="old_word")
        case files.DOCM:
            return Unreadable("The document contains macros. Save it as .docx without macros.", code="macros")
        case files.PDF:
            return Unreadable("This is a PDF. Upload the Word file (.docx) it was made from.", code="pdf")
        case files.ZIP:
            return Unreadable("The file is damaged or was not uploaded completely.", code="damaged")
    return Unreadable("This is not a document the portal can read. Upload a Word file (.docx).", code="unknown_format")
