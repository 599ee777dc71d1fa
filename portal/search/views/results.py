"""The search page: one address for every search."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext, lazy_pgettext, ngettext, pgettext

from portal.consultation.phases import PUBLIC_PHASES, Phase
from portal.consultation.words import LANGUAGE_NAMES, PHASE_TAGS, PHASES
from portal.drafts.queries.reference import list_bodies, list_types
from portal.search.addresses import address_of
from portal.search.backends import IndexUnusable
from portal.search.documents import HitKind
from portal.search.excerpts import Piece
from portal.search.forms import SearchForm
from portal.search.hits import Hit
from portal.search.queries import MOST_CANDIDATES, PAGE, Results, Search, SearchOrder, search
from portal.search.terms import LONGEST_QUERY, MOST_WORDS, parse
from portal.search.views.blueprint import blueprint
from portal.search.visible import Filter
from portal.web.access import public
from portal.web.formats import format_number
from portal.web.limits import SEARCHING, limit
from portal.web.locale import current_language
from portal.web.pages import PageNumbers, here, page_numbers, show

FILTERS = ("body", "type", "status", "language", "since", "until")
KINDS = {
    HitKind.draft: lazy_gettext("Drafts"),
    HitKind.provision: lazy_pgettext("of a text", "Provisions"),
    HitKind.comment: lazy_gettext("Comments"),
    HitKind.reply: lazy_gettext("Official answers"),
}
KIND = {
    HitKind.draft: lazy_pgettext("search result", "Draft"),
    HitKind.provision: lazy_pgettext("search result", "Provision"),
    HitKind.comment: lazy_pgettext("search result", "Comment"),
    HitKind.reply: lazy_pgettext("search result", "Official answer"),
}


@dataclass(frozen=True)
class HitView:
    """One thing found, as it is shown. `lang` is of the excerpt and, where `is_titled`, of the title; `draft_lang` is
    of the draft's title where that is not the reader's language. `is_law`: the excerpt is words of law.
    """

    kind: str
    status: str
    status_kind: str
    url: str
    title: tuple[Piece, ...]
    excerpt: tuple[Piece, ...]
    lang: str
    is_law: bool
    is_titled: bool
    draft_title: str
    draft_lang: str | None
    draft_url: str | None
    body: str
    type: str
    at: datetime


@dataclass(frozen=True)
class SearchPage:
    """`kept` are the parts of the address that go on with another query; `notes` say how the search was changed."""

    typed: str
    kept: dict[str, str]
    is_asked: bool
    is_unavailable: bool
    is_partial: bool
    total: str
    notes: tuple[str, ...]
    hits: tuple[HitView, ...]
    kinds: tuple[tuple[str, str, bool, int | None], ...]
    orders: tuple[tuple[str, str, bool], ...]
    numbers: PageNumbers
    clear_url: str | None


@blueprint.get("/search", endpoint="search")
@public
@limit(SEARCHING, methods=("GET",))
def show_results() -> Any:
    """What is found for `?q=`, narrowed down by the other values of the address."""
    language = current_language()
    form = _form(language)
    wanted, order = _wanted(form), _order()
    typed = request.args.get("q", "")
    try:
        found = search(typed, wanted, order, language)
    except IndexUnusable:
        return show("search/search.html", _page(typed, form, None, None, wanted, order), form)
    numbers = page_numbers(len(found.seen), PAGE)
    results = found.page((numbers.number - 1) * PAGE, PAGE)
    return show("search/search.html", _page(typed, form, found, results, wanted, order), form)


def _form(language: str) -> SearchForm:
    form = SearchForm(request.args)
    bodies = sorted((body.name(language), str(body.id)) for body in list_bodies())
    form.body.choices = [("", _("All bodies")), *((value, name) for name, value in bodies)]
    types = [(str(act_type.id), act_type.name(language)) for act_type in list_types()]
    form.type.choices = [("", pgettext("of an act", "All types")), *types]
    form.status.choices = [("", pgettext("status", "Any")), *((phase.value, PHASES[phase]) for phase in PUBLIC_PHASES)]
    form.language.choices = [("", pgettext("language", "Any")), *LANGUAGE_NAMES.items()]
    return form


def _wanted(form: SearchForm) -> Filter:
    body, kind, status = (form.chosen(name) for name in ("body", "type", "status"))
    asked = request.args.get("kind")
    return Filter(
        kind=HitKind(asked) if asked in set(HitKind) else None,
        body_id=int(body) if body else None,
        type_id=int(kind) if kind else None,
        phase=Phase(status) if status else None,
        language=form.chosen("language"),
        since=form.day("since"),
        until=form.day("until"),
    )


def _order() -> SearchOrder:
    asked = request.args.get("order")
    return SearchOrder(asked) if asked in set(SearchOrder) else SearchOrder.best


def _page(
    typed: str, form: SearchForm, found: Search | None, results: Results | None, wanted: Filter, order: SearchOrder
) -> SearchPage:
    """The page; without `found` the index cannot be read now."""
    query = found.query if found else parse(typed)
    is_narrowed = any(form[name].data for name in FILTERS)
    kept = {name: value for name in ("kind", "order") if (value := request.args.get(name, "")) in _known(name)}
    chosen = {name: request.args.get(name, "") for name in FILTERS if form[name].data}
    return SearchPage(
        typed=query.typed,
        kept={**kept, **chosen},
        is_asked=bool(query.typed),
        is_unavailable=found is None,
        is_partial=found is not None and (found.is_partial or found.is_behind),
        total=_total(found) if found else "",
        notes=_notes(found) if found else (),
        hits=tuple(_hit_view(hit) for hit in results.hits) if results else (),
        kinds=_kind_tabs(found, wanted.kind) if found else (),
        orders=_order_links(order),
        numbers=page_numbers(len(found.seen) if found else 0, PAGE),
        clear_url=here(page=None, **dict.fromkeys(FILTERS)) if is_narrowed else None,
    )


def _known(name: str) -> set[str]:
    return set(HitKind) if name == "kind" else set(SearchOrder)


def _total(found: Search) -> str:
    count = len(found.seen)
    if found.is_at_least:
        return ngettext(
            "The best %(count)s result", "The best %(count)s results", count, count=format_number(count)
        )  # fmt: skip
    return ngettext("%(count)s result", "%(count)s results", count, count=format_number(count))


def _notes(found: Search) -> tuple[str, ...]:
    notes = []
    if found.query.was_cut:
        notes.append(
            _(
                "Your query was too long: the first %(characters)s characters and %(words)s words were searched for.",
                characters=format_number(LONGEST_QUERY), words=format_number(MOST_WORDS),
            )
        )  # fmt: skip
    if found.is_any and found.seen:
        notes.append(_("No text has all these words. Here is what has some of them."))
    if found.is_at_least:
        notes.append(
            _(
                "Very many texts have these words; the %(count)s best are shown. Add a word or a filter to see others.",
                count=format_number(MOST_CANDIDATES),
            )
        )  # fmt: skip
    if found.is_behind:
        notes.append(_("The search index is being rebuilt; results are partial."))
    if found.is_partial:
        notes.append(_("The search took too long and was stopped: some results may be missing."))
    return tuple(notes)


def _kind_tabs(found: Search, chosen: HitKind | None) -> tuple[tuple[str, str, bool, int | None], ...]:
    if not found.counts:
        return ()
    total = sum(found.counts.values())
    everything = (pgettext("search results", "All"), here(kind=None, page=None), chosen is None, total)
    kinds = [
        (str(label), here(kind=kind.value, page=None), chosen is kind, found.counts.get(kind, 0))
        for kind, label in KINDS.items()
    ]
    return everything, *kinds


def _order_links(now: SearchOrder) -> tuple[tuple[str, str, bool], ...]:
    labels = {SearchOrder.best: _("By relevance"), SearchOrder.newest: _("Newest first")}
    return tuple(
        (label, here(order=None if order is SearchOrder.best else order.value, page=None), order is now)
        for order, label in labels.items()
    )


def _hit_view(hit: Hit) -> HitView:
    language, reference, of = current_language(), hit.reference, hit.of
    is_draft = reference.kind is HitKind.draft
    has_title = bool(getattr(of.draft, f"title_{language}"))
    return HitView(
        kind=str(KIND[reference.kind]),
        status=str(PHASES[of.phase]),
        status_kind=PHASE_TAGS[of.phase],
        url=address_of(hit, language),
        title=hit.title or (Piece(of.draft.title(reference.language)),),
        excerpt=hit.excerpt.pieces,
        lang=reference.language,
        is_law=reference.kind is HitKind.provision,
        is_titled=reference.kind in {HitKind.draft, HitKind.provision},
        draft_title="" if is_draft else of.draft.title(language),
        draft_lang=None if has_title else "kk" if of.draft.title_kk else "ru",
        draft_url=None if is_draft else url_for("consultation.draft", draft_id=reference.draft_id),
        body=of.body.name(language),
        type=of.act_type.name(language),
        at=hit.at,
    )
