"""Does a file carry the marks of the portal's own export, and which outline do they tell?

A file the portal wrote says of every unit what it is; reading that is surer than recognising it anew. Nothing hidden
is read: words and numbers are those a reader of the file sees, and where the marks and the visible text disagree, as
in a file that was changed in an editor, the file is read like any other.
"""

from __future__ import annotations

from collections.abc import Callable

from portal.drafts.importers.marked.akn import read_akn
from portal.drafts.importers.marked.docx import read_docx
from portal.drafts.importers.marked.html import read_html
from portal.drafts.importers.marked.json import read_json
from portal.drafts.importers.marked.units import Unmarked, settle
from portal.drafts.structure import Outline
from portal.kernel import files

_READERS: dict[str, Callable[[bytes, str | None], Outline]] = {
    files.DOCX: read_docx,
    files.HTML: read_html,
    files.XML: read_akn,
    files.TEXT: read_json,
}


def read_marked(data: bytes, media_type: str, language: str | None) -> Outline | None:
    """The outline of a file the portal wrote; None for any other, and for one in another language than asked."""
    if media_type not in _READERS:
        return None
    try:
        outline = _READERS[media_type](data, language)
        return settle(outline) if language in (None, outline.language) else None
    except Unmarked:
        return None
