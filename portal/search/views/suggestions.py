"""What does the search field propose while somebody types?"""

from __future__ import annotations

from flask import Response, jsonify, request

from portal.search.suggest import suggest
from portal.search.views.blueprint import blueprint
from portal.web.access import public
from portal.web.limits import limit

TYPING = "600 per minute"


@blueprint.get("/search/suggest")
@public
@limit(TYPING, methods=("GET",))
def suggestions() -> Response:
    """`{"suggestions": [...]}` for `?q=`; nothing typed is an error."""
    return jsonify({"suggestions": suggest(request.args.get("q", ""))})
