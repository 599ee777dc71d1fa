"""Which drafts are there, and what did I say?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import g, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext, pgettext

from portal.consultation.cards import DraftCard, draft_card
from portal.consultation.forms import DraftFilterForm, with_all
from portal.consultation.phases import PUBLIC_PHASES, Phase
from portal.consultation.queries.lists import (
    PAGE,
    DraftFilter,
    ListOrder,
    OwnComment,
    OwnVote,
    count_drafts,
    count_own_comments,
    count_own_votes,
    list_drafts,
    list_own_comments,
    list_own_votes,
)
from portal.consultation.views.addresses import address_of
from portal.consultation.views.blueprint import blueprint
from portal.consultation.words import PHASES
from portal.drafts.queries.bodies import list_body_choices
from portal.drafts.queries.reference import list_areas, list_types, work_calendar
from portal.web.access import access, public
from portal.web.formats import format_number
from portal.web.locale import current_language
from portal.web.pages import PageNumbers, here, page_numbers, show

ALL = "all"


@dataclass(frozen=True)
class DraftsPage:
    """`orders` are (label, address, is it the present one); `clear_url` only while something is chosen.

    `total` counts each family of near-identical drafts once, `unfolded` says how many there are; "" where it is the same.
    """

    total: str
    unfolded: str
    drafts: tuple[DraftCard, ...]
    orders: tuple[tuple[str, str, bool], ...]
    numbers: PageNumbers
    clear_url: str | None
    all_url: str
    search_url: str | None


@dataclass(frozen=True)
class OwnCommentView:
    """A comment of mine with what became of it."""

    url: str
    draft_title: str
    draft_lang: str | None
    excerpt: str
    lang: str
    posted_at: Any
    state: str  # "hidden" | "withdrawn" | a decision | ""
    answered_at: Any
    replies: int
    entry_number: int | None
    receipt_url: str | None


@dataclass(frozen=True)
class OwnVoteView:
    """A vote of mine on a draft."""

    url: str
    draft_title: str
    draft_lang: str | None
    is_for: bool
    voted_at: Any


@dataclass(frozen=True)
class OwnPage:
    """My comments, or my votes; `tabs` are (label, address, is it the present one, count)."""

    tabs: tuple[tuple[str, str, bool, int], ...]
    comments: tuple[OwnCommentView, ...] | None
    votes: tuple[OwnVoteView, ...] | None
    numbers: PageNumbers
    drafts_url: str


@blueprint.get("/drafts")
@public
def drafts() -> Any:
    """Public drafts: those open for discussion, closing soon first, unless asked otherwise."""
    language = current_language()
    form = _filter_form(language)
    wanted = _wanted(form)
    order = _order(wanted.phase)
    numbers = page_numbers(count_drafts(wanted), PAGE)
    calendar = work_calendar()
    rows = list_drafts(wanted, order, offset=(numbers.number - 1) * PAGE)
    page = DraftsPage(
        total=ngettext("%(count)s draft", "%(count)s drafts", numbers.total, count=format_number(numbers.total)),
        unfolded=_unfolded(wanted, numbers.total),
        drafts=tuple(draft_card(row, language, calendar, is_folded=True) for row in rows),
        orders=_order_links(wanted.phase, order),
        numbers=numbers,
        clear_url=url_for("consultation.drafts") if any(form.chosen(field.name) for field in form) else None,
        all_url=url_for("consultation.drafts", phase=ALL),
        search_url=address_of("search.search"),
    )
    return show("consultation/drafts.html", page, form)


@blueprint.get("/my/comments")
@access("account.use")
def my_comments() -> Any:
    """My comments with their outcome, or with `?show=votes` my votes."""
    shows_votes = request.args.get("show") == "votes"
    said, voted = count_own_comments(g.actor.id), count_own_votes(g.actor.id)
    numbers = page_numbers(voted if shows_votes else said, PAGE)
    offset = (numbers.number - 1) * PAGE
    comments = None if shows_votes else tuple(map(_own_comment, list_own_comments(g.actor.id, offset=offset)))
    votes = tuple(map(_own_vote, list_own_votes(g.actor.id, offset=offset))) if shows_votes else None
    tabs = (
        (_("My comments"), url_for("consultation.my_comments"), not shows_votes, said),
        (_("My votes"), url_for("consultation.my_comments", show="votes"), shows_votes, voted),
    )
    return show("consultation/my_comments.html", OwnPage(tabs, comments, votes, numbers, url_for("consultation.drafts")))


def _unfolded(wanted: DraftFilter, shown: int) -> str:
    total = count_drafts(replace(wanted, is_folded=False))
    if total <= shown:
        return ""
    return _("near-identical ones shown once, %(count)s in all", count=format_number(total))


def _filter_form(language: str) -> DraftFilterForm:
    form = DraftFilterForm(request.args)
    phases = [(phase.value, PHASES[phase]) for phase in PUBLIC_PHASES if phase is not Phase.open]
    form.phase.choices = [("", PHASES[Phase.open]), *phases, (ALL, _("All drafts"))]
    form.body.choices = with_all(list_body_choices(language, with_ended=True), _("All bodies"))
    types = [(str(kind.id), kind.name(language)) for kind in list_types()]
    form.type.choices = with_all(types, pgettext("of an act", "All types"))
    areas = [(str(area.id), area.name(language)) for area in list_areas()]
    form.area.choices = with_all(areas, _("All areas"))
    return form


def _wanted(form: DraftFilterForm) -> DraftFilter:
    phase = form.chosen("phase")
    body, kind, area = (form.chosen(name) for name in ("body", "type", "area"))
    return DraftFilter(
        phase=None if phase == ALL else Phase(phase) if phase else Phase.open,
        body_id=int(body) if body else None,
        type_id=int(kind) if kind else None,
        area_id=int(area) if area else None,
        is_folded=True,
    )


def _order(phase: Phase | None) -> ListOrder:
    asked = request.args.get("order")
    if asked in set(ListOrder):
        return ListOrder(asked)
    return _default_order(phase)


def _default_order(phase: Phase | None) -> ListOrder:
    return ListOrder.closing if phase in {Phase.open, Phase.announced} else ListOrder.newest


def _order_links(phase: Phase | None, now: ListOrder) -> tuple[tuple[str, str, bool], ...]:
    labels = {ListOrder.newest: _("Newest first"), ListOrder.discussed: _("Most discussed")}
    if _default_order(phase) is ListOrder.closing:
        labels = {ListOrder.closing: _("Closing soon"), **labels}
    default = _default_order(phase)
    return tuple(
        (label, here(order=None if order is default else order.value, page=None), order is now)
        for order, label in labels.items()
    )


def _own_comment(row: OwnComment) -> OwnCommentView:
    title, lang = _title(row.titles)
    state = "hidden" if row.hidden_at else "withdrawn" if row.withdrawn_at else row.decision.value if row.decision else ""
    url = url_for("consultation.comment", comment_id=row.id)
    return OwnCommentView(
        url=url,
        draft_title=title,
        draft_lang=lang,
        excerpt=row.excerpt,
        lang=row.language,
        posted_at=row.created_at,
        state=state,
        answered_at=row.answered_at,
        replies=row.replies,
        entry_number=row.entry_number,
        receipt_url=f"{url}#receipt" if row.entry_number is not None else None,
    )


def _own_vote(row: OwnVote) -> OwnVoteView:
    title, lang = _title(row.titles)
    return OwnVoteView(url_for("consultation.draft", draft_id=row.draft_id), title, lang, row.value > 0, row.voted_at)


def _title(titles: tuple[str, str, str]) -> tuple[str, str | None]:
    """The title for the reader, and its language where that is another."""
    wanted = current_language()
    named = dict(zip(("kk", "ru", "en"), titles, strict=True))
    if named[wanted]:
        return named[wanted], None
    return next(((title, code) for code, title in named.items() if title), ("–", None))
