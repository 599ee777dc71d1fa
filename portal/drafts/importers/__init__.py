"""What does an uploaded file say, as an outline of provisions?

The format is told by the content, never by the name. A file that cannot be read raises `Unreadable`, whose message
says to its owner what to do and whose `code` says the reason to programs.
"""

from __future__ import annotations

from collections.abc import Callable

from portal.drafts.importers.assemble import assemble
from portal.drafts.importers.blocks import Changes, Reading
from portal.drafts.importers.certainty import told, warned
from portal.drafts.importers.doc import read_doc
from portal.drafts.importers.docx import read_docx
from portal.drafts.importers.formats import WRITTEN, read_written
from portal.drafts.importers.letters import is_unmarked_utf16
from portal.drafts.importers.marked import read_marked
from portal.drafts.importers.odt import read_odt
from portal.drafts.importers.pdf import read_pdf
from portal.drafts.structure import Outline
from portal.kernel import files
from portal.kernel.files import Unreadable

__all__ = ["Changes", "Unreadable", "read_outline"]

# Formats that keep proposed changes in the text.
_OFFICE: dict[str, Callable[[bytes, Changes], Reading]] = {
    files.DOCX: read_docx,
    files.ODT: read_odt,
    files.DOC: read_doc,
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
        return told(own, "own_file")
    if media_type in WRITTEN or (media_type == files.UNKNOWN and is_unmarked_utf16(data)):
        written = read_written(data, language)
        if isinstance(written, Outline):
            return told(written, "format_says")
        reading = Reading(tuple(written))
    elif media_type == files.PDF:
        printed = read_pdf(data, language)
        if isinstance(printed, Outline):
            return told(printed, "carries_structure")
        reading = printed
    elif media_type in _OFFICE:
        reading = _OFFICE[media_type](data, changes)
    else:
        raise _refusal(media_type)
    outline = assemble(reading.blocks, language)
    if not (outline.title or outline.provisions):
        raise Unreadable("There is no text in the file.", code="no_text")
    return warned(outline, reading.warnings)


def _refusal(media_type: str) -> Unreadable:
    match media_type:
        case files.EMPTY:
            return Unreadable("The file is empty.", code="empty")
        case files.ENCRYPTED_OFFICE:
            return Unreadable("The file is protected by a password. Save it without one.", code="encrypted")
        case files.DOCM:
            return Unreadable("The document contains macros. Save it as .docx without macros.", code="macros")
        case files.ZIP:
            return Unreadable("The file is damaged or was not uploaded completely.", code="damaged")
    return Unreadable(
        "The portal cannot read files of this kind. Upload the text as .docx, .odt, .pdf, .html, .xml, .md or .txt.",
        code="unknown_format",
    )
