"""What do the comments on my body's drafts say about something?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import g, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.search.backends import IndexUnusable
from portal.search.documents import HitKind
from portal.search.excerpts import Piece
from portal.search.fields import FieldName
from portal.search.hits import Hit, find_draft_title, load_hits
from portal.search.queries import PAGE, search
from portal.search.spelling import propose
from portal.search.terms import parse
from portal.search.views.blueprint import blueprint
from portal.search.views.hit_views import HitView, hit_view
from portal.search.views.narrowed import Chosen, Reference, chosen_links
from portal.search.visible import Filter
from portal.web.access import access
from portal.web.formats import format_number
from portal.web.limits import SEARCHING, limit
from portal.web.locale import current_language
from portal.web.pages import PageNumbers, here, page_numbers, show

NOBODY = 0  # the body of a drafter who has none
FIELDS = frozenset(FieldName) - {FieldName.body, FieldName.kind}  # nobody types a way out of the own body


@dataclass(frozen=True)
class DeskSearchPage:
    """Comments received that were found; without an answer only, where `is_waiting`. `chosen` are conditions typed:
    (what, the address without it); `proposed` is what may have been meant: (words, address).
    """

    typed: str
    is_waiting: bool
    is_unavailable: bool
    is_partial: bool
    total: str
    hits: tuple[HitView, ...]
    numbers: PageNumbers
    chosen: tuple[tuple[str, str], ...] = ()
    proposed: tuple[str, str] | None = None


@blueprint.get("/desk/search")
@access("inbox.read")
@limit(SEARCHING, methods=("GET",))
def desk_search() -> Any:
    """Comments of my body's drafts with the words of `?q=`; those who look over all bodies search them all."""
    g.section = url_for("consultation.inbox")
    typed, is_waiting = request.args.get("q", ""), request.args.get("waiting") == "y"
    body_id = None if g.actor.may("admin.read") else g.actor.body_id or NOBODY
    wanted = Filter(kind=HitKind.comment, body_id=body_id, is_waiting=is_waiting)
    try:
        found = search(typed, wanted, language=current_language(), fields=FIELDS)
    except IndexUnusable:
        typed = parse(typed, FIELDS).typed
        return show("search/desk.html", DeskSearchPage(typed, is_waiting, True, False, "", (), page_numbers(0, PAGE)))
    kept = [each for each in found.shown if each.candidate.reference.kind is HitKind.comment]
    numbers = page_numbers(len(kept), PAGE)
    first = (numbers.number - 1) * PAGE
    hits = load_hits(kept[first : first + PAGE], found.query.marked)
    total = ngettext("%(count)s comment", "%(count)s comments", len(kept), count=format_number(len(kept)))
    meant = propose(found.query.typed) if not kept else None
    page = DeskSearchPage(
        typed=found.query.typed,
        is_waiting=is_waiting,
        is_unavailable=False,
        is_partial=found.is_partial or found.is_behind,
        total=total,
        hits=tuple(_letter(hit) for hit in hits),
        numbers=numbers,
        chosen=_chosen(Chosen({}, found.query), found.wanted.draft_id) if found.query.conditions else (),
        proposed=(meant, here(q=meant, page=None)) if meant else None,
    )
    return show("search/desk.html", page)


def _chosen(chosen: Chosen, draft_id: int | None) -> tuple[tuple[str, str], ...]:
    language = current_language()
    return chosen_links(chosen, Reference.load(), find_draft_title(draft_id, language), language)


def _letter(hit: Hit) -> HitView:
    """A comment as the desk shows it: it leads to where it is answered, and says whether it was."""
    view, draft_id = hit_view(hit), hit.reference.draft_id
    number = Piece(_("No %(number)s", number=hit.comment_id) + " · ")
    return replace(
        view,
        kind=view.outcome or _("Unanswered"),
        url=url_for("consultation.draft_inbox", draft_id=draft_id, comment=hit.comment_id, _anchor="work"),
        title=(number, *view.title),
        draft_url=url_for("consultation.draft_inbox", draft_id=draft_id),
        body=view.body if g.actor.may("admin.read") else "",
        outcome="",
    )
