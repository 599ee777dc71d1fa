"""At which addresses do machines read a search, and how much of it at once?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace

from flask import Response, current_app, jsonify, request, stream_with_context, url_for
from flask_babel import gettext as _

from portal.kernel.clock import start_of, today
from portal.search.addresses import address_of
from portal.search.asked import Asked, parameters_of, read_asked
from portal.search.backends import IndexUnusable
from portal.search.feeds import Feed, Row, row_of, write_atom, write_csv
from portal.search.hits import Hit
from portal.search.queries import Search, SearchOrder, search
from portal.search.views.blueprint import blueprint
from portal.web.access import public
from portal.web.limits import EXPORTING, limit
from portal.web.locale import current_language
from portal.web.pages import page_numbers

ENTRIES = 50  # of a feed
OBJECTS = 100  # of a page of JSON
BATCH = 200  # rows of CSV read at a time
WAIT = "120"  # seconds after which an index that is being built may be asked again


@blueprint.get("/search.atom")
@public
@limit(EXPORTING, methods=("GET",))
def atom() -> Response:
    """The newest of what is found, unless another order is asked for."""
    asked = read_asked(request.args)
    if "order" not in request.args:
        asked = replace(asked, order=SearchOrder.newest)
    if (found := _find(asked)) is None:
        return _unavailable()
    parameters, language = _parameters(), current_language()
    feed = Feed(
        title=_("Search: %(query)s", query=found.query.typed or "*"),
        url=_absolute(url_for("search.atom", **parameters)),
        page=_absolute(url_for("search.search", **parameters)),
        language=language,
        author="Talqy",
        updated=start_of(today()),
        note=_("The search index is being rebuilt; results are partial.") if _is_partial(found) else "",
    )
    rows = _rows(found.page(0, ENTRIES).hits)
    return Response(write_atom(feed, rows), mimetype="application/atom+xml")


@blueprint.get("/search.csv")
@public
@limit(EXPORTING, methods=("GET",))
def csv_file() -> Response:
    """All of what has the words, as far as the index returns it."""
    if (found := _find(read_asked(request.args))) is None:
        return _unavailable()
    lines = write_csv(_rows(hits) for hits in found.batches(BATCH))
    name = "search-partial.csv" if _is_partial(found) else "search.csv"
    return Response(
        stream_with_context(lines),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Total-Count": str(len(found.seen))},
    )


@blueprint.get("/search.json")
@public
@limit(EXPORTING, methods=("GET",))
def json_file() -> Response:
    """A page of what is found, with the address of the next."""
    if (found := _find(read_asked(request.args))) is None:
        answer = jsonify({"status": "rebuilding", "message": _message()})
        answer.status_code, answer.headers["Retry-After"] = 503, WAIT
        return answer
    numbers = page_numbers(len(found.seen), OBJECTS)
    rows = _rows(found.page((numbers.number - 1) * OBJECTS, OBJECTS).hits)
    return jsonify({
        "status": "partial" if _is_partial(found) else "complete",
        "query": found.query.typed,
        "url": _absolute(url_for("search.search", **_parameters())),
        "total": len(found.seen),
        "is_at_least": found.is_at_least,
        "has_all_words": not found.is_any,
        "is_partial": _is_partial(found),
        "page": numbers.number,
        "pages": numbers.count,
        "next": _absolute(numbers.url(numbers.number + 1)) if numbers.number < numbers.count else None,
        "results": [asdict(row) for row in rows],
    })  # fmt: skip


def _find(asked: Asked) -> Search | None:
    """None where the index cannot be read now."""
    try:
        return search(asked.text, asked.wanted, asked.order, current_language())
    except IndexUnusable:
        return None


def _is_partial(found: Search) -> bool:
    return found.is_partial or found.is_behind


def _message() -> str:
    return _("The search index is being rebuilt. Search again in a few minutes; drafts and comments can be read as usual.")


def _unavailable() -> Response:
    return Response(f"{_message()}\n", 503, {"Retry-After": WAIT}, mimetype="text/plain")


def _parameters() -> dict[str, str]:
    """Of the present search, in the reader's language."""
    return {**parameters_of(read_asked(request.args)), "lang": current_language()}


def _rows(hits: Iterable[Hit]) -> list[Row]:
    language = current_language()
    return [row_of(hit, _absolute(address_of(hit, language)), language) for hit in hits]


def _absolute(path: str) -> str:
    return str(current_app.config["SETTINGS"].base_url) + path
