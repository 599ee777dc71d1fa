"""What do the comments on my body's drafts say about something?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import g, request
from flask_babel import ngettext

from portal.search.backends import IndexUnusable
from portal.search.documents import HitKind
from portal.search.fields import FieldName
from portal.search.hits import load_hits
from portal.search.queries import PAGE, search
from portal.search.views.blueprint import blueprint
from portal.search.views.hit_views import HitView, hit_view
from portal.search.visible import Filter
from portal.web.access import access
from portal.web.formats import format_number
from portal.web.limits import SEARCHING, limit
from portal.web.locale import current_language
from portal.web.pages import PageNumbers, page_numbers, show

NOBODY = 0  # the body of a drafter who has none
FIELDS = frozenset(FieldName) - {FieldName.body, FieldName.kind}  # nobody types a way out of the own body


@dataclass(frozen=True)
class DeskSearchPage:
    """Comments received that were found; without an answer only, where `is_waiting`."""

    typed: str
    is_waiting: bool
    is_asked: bool
    is_unavailable: bool
    total: str
    hits: tuple[HitView, ...]
    numbers: PageNumbers


@blueprint.get("/desk/search")
@access("inbox.read")
@limit(SEARCHING, methods=("GET",))
def desk_search() -> Any:
    """Comments of my body's drafts with the words of `?q=`; those who look over all bodies search them all."""
    typed, is_waiting = request.args.get("q", ""), request.args.get("waiting") == "y"
    body_id = None if g.actor.may("admin.read") else g.actor.body_id or NOBODY
    wanted = Filter(kind=HitKind.comment, body_id=body_id, is_waiting=is_waiting)
    try:
        found = search(typed, wanted, language=current_language(), fields=FIELDS)
    except IndexUnusable:
        return show("search/desk.html", DeskSearchPage("", is_waiting, True, True, "", (), page_numbers(0, PAGE)))
    kept = [each for each in found.shown if each.candidate.reference.kind is HitKind.comment]
    numbers = page_numbers(len(kept), PAGE)
    first = (numbers.number - 1) * PAGE
    hits = load_hits(kept[first : first + PAGE], found.query.marked)
    total = ngettext("%(count)s comment", "%(count)s comments", len(kept), count=format_number(len(kept)))
    views = tuple(hit_view(hit) for hit in hits)
    return show("search/desk.html", DeskSearchPage(found.query.typed, is_waiting, True, False, total, views, numbers))
