"""In which formats does the body take away a text it is preparing?"""

from __future__ import annotations

from typing import Any

from flask import g

from portal.drafts.downloads import send_file_of
from portal.drafts.exporters import FORMATS
from portal.drafts.queries.desk import get_desk_file
from portal.drafts.queries.publications import get_publication
from portal.drafts.views.blueprint import blueprint
from portal.kernel.errors import NotFound
from portal.web.access import access
from portal.web.limits import EXPORTING, limit


@blueprint.get("/desk/drafts/<int:draft_id>/export/<language>.<suffix>")
@access("draft.read_unpublished")
@limit(EXPORTING, methods=("GET",))
def export(draft_id: int, language: str, suffix: str) -> Any:
    """The latest version in one language, published or not, for whoever may read it."""
    file = get_desk_file(g.actor, draft_id)
    code = next((code for code, format_ in FORMATS.items() if format_.suffix == suffix), None)
    publication = get_publication(draft_id, file.version.number)
    if code is None or language not in publication.texts:
        raise NotFound("There is no such file.")
    return send_file_of(draft_id, publication, code, language, is_public=False)
