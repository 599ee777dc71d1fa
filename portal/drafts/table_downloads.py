"""How does a comparative table go out as a file?"""

from __future__ import annotations

import hashlib

from flask import Response, request

from portal.drafts.comparative import LANGUAGES
from portal.drafts.comparative.document import TableDocument, cells
from portal.drafts.exporters.table import TABLE_FORMATS
from portal.drafts.models import Draft, Version
from portal.drafts.queries.comparative import get_table, list_rows
from portal.kernel.errors import NotFound


def get_document(draft: Draft, version: Version | int, language: str) -> TableDocument:
    """The table of a version in Kazakh or Russian; raises NotFound. Two queries."""
    if language not in LANGUAGES:
        raise NotFound("There is no such file.")
    rows = list_rows(get_table(version if isinstance(version, int) else version.id).id)
    return TableDocument(
        language, draft.title(language), draft.number,
        tuple(
            cells(row.change, *(row.cell(name, language) for name in ("element", "present", "proposed", "reason")), language)
            for row in rows
        ),
    )  # fmt: skip


def send_table(document: TableDocument, suffix: str, version: int, *, is_public: bool) -> Response:
    """The file as a download; a browser that has it already is told so."""
    if suffix not in TABLE_FORMATS:
        raise NotFound("There is no such file.")
    _name, media_type, make = TABLE_FORMATS[suffix]
    tag = hashlib.sha256(repr((suffix, document)).encode("utf-8", "surrogatepass")).hexdigest()
    if tag in request.if_none_match:
        response = Response(status=304)
    else:
        response = Response(make(document), mimetype=media_type)
        name = f"{document.draft_number}-v{version}-table-{document.language}.{suffix}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.set_etag(tag)
    response.headers["Cache-Control"] = "public, max-age=3600" if is_public else "private, no-store"
    return response
