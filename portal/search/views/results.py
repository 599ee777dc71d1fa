"""The search page: one address for every search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import g, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext, pgettext

from portal.consultation.words import LANGUAGE_NAMES
from portal.drafts.body_tree import by_name
from portal.search.asked import NARROWING, Asked, parameters_of, read_asked
from portal.search.backends import IndexUnusable
from portal.search.concepts import in_other_language
from portal.search.facets import count_facets
from portal.search.forms import SearchForm
from portal.search.hits import find_draft_title, load_hits
from portal.search.queries import MOST_CANDIDATES, PAGE, Search, SearchOrder, search
from portal.search.saved import address_text, is_saved
from portal.search.spelling import propose
from portal.search.statuses import Status
from portal.search.terms import LONGEST_QUERY, MOST_WORDS, parse
from portal.search.views.blueprint import blueprint
from portal.search.views.hit_views import KINDS, STATUSES, HitView, group_by_draft, hit_view, show_groups, within_draft
from portal.search.views.narrowed import Chosen, Facet, Reference, chosen_links, facet_views
from portal.web.access import public
from portal.web.formats import format_number
from portal.web.limits import SEARCHING, limit
from portal.web.locale import current_language
from portal.web.pages import PageNumbers, here, page_numbers, show

GROUPS = 10  # drafts on a page
FEW_FOUND = 3  # below that it may be a slip


@dataclass(frozen=True)
class Shown:
    """A page of what was found: what has all the words, then what has some."""

    hits: tuple[HitView, ...]
    also: tuple[HitView, ...]
    numbers: PageNumbers


@dataclass(frozen=True)
class Keeping:
    """Can the reader keep this search: signed in already, kept already? `sign_in_url` leads back here."""

    is_signed_in: bool
    is_kept: bool
    sign_in_url: str


@dataclass(frozen=True)
class SearchPage:
    """`kept` are the parts of the address that go on with another query; `notes` say how the search was changed; `files`
    are the same search for machines: (name, media type, address); `proposed` is what may have been meant, `in_other` the
    same in another language: (words, address); `draft` (title, address) is the only one searched in, `everywhere_url` the same
    search in all of them; `examples` are (query, what it finds).
    """

    typed: str
    kept: dict[str, str]
    is_asked: bool
    is_unavailable: bool
    is_partial: bool
    total: str
    notes: tuple[str, ...]
    hits: tuple[HitView, ...]
    also: tuple[HitView, ...]
    kinds: tuple[tuple[str, str, bool, int | None], ...]
    orders: tuple[tuple[str, str, bool], ...]
    facets: tuple[Facet, ...]
    facets_note: str
    chosen: tuple[tuple[str, str], ...]
    draft: tuple[str, str] | None
    examples: tuple[tuple[str, str], ...]
    numbers: PageNumbers
    clear_url: str | None
    everywhere_url: str
    files: tuple[tuple[str, str, str], ...]
    proposed: tuple[str, str] | None
    in_other: tuple[str, str] | None
    keeping: Keeping | None


@blueprint.get("/search", endpoint="search")
@public
@limit(SEARCHING, methods=("GET",))
def show_results() -> Any:
    """What is found for `?q=`, narrowed down by the other values of the address."""
    language, reference = current_language(), Reference.load()
    asked = read_asked(request.args)
    asked = replace(asked, wanted=reference.known(asked.wanted))
    form = _form(reference, language)
    try:
        found = search(asked.text, asked.wanted, asked.order, language)
    except IndexUnusable:
        return show("search/search.html", _page(asked, None, _nothing(), reference), form)
    return show("search/search.html", _page(asked, found, _shown(found), reference), form)


def _form(reference: Reference, language: str) -> SearchForm:
    form = SearchForm(request.args)
    form.body.choices = [("", _("All bodies")), *((str(body.id), body.name(language)) for body in by_name(reference.bodies, language))]
    types = [(str(act_type.id), act_type.name(language)) for act_type in reference.types]
    form.type.choices = [("", pgettext("of an act", "All types")), *types]
    form.status.choices = [("", pgettext("status", "Any")), *((status.value, STATUSES[status]) for status in Status)]
    form.language.choices = [("", pgettext("language", "Any")), *LANGUAGE_NAMES.items()]
    for day in (form.since, form.until):
        if day.data is None:
            day.raw_data = None  # what is no day is taken out
    return form


def _nothing() -> Shown:
    return Shown((), (), page_numbers(0, PAGE))


def _shown(found: Search) -> Shown:
    """Grouped by draft, unless only one draft or kind is asked for."""
    if found.wanted.kind is not None or found.wanted.draft_id is not None or found.is_browsing:
        numbers = page_numbers(len(found.shown), PAGE)
        first = (numbers.number - 1) * PAGE
        page, all_words = found.shown[first : first + PAGE], {id(each) for each in found.seen}
        hits = load_hits(page, found.query.marked)
        show_hit = hit_view if found.wanted.draft_id is None else within_draft
        names = {each.candidate.reference for each in page if id(each) in all_words}
        return Shown(
            tuple(show_hit(hit) for hit in hits if hit.reference in names),
            tuple(show_hit(hit) for hit in hits if hit.reference not in names),
            numbers,
        )
    groups, others = group_by_draft(found.seen), group_by_draft(found.also)
    numbers = page_numbers(len(groups) + len(others), GROUPS)
    first = (numbers.number - 1) * GROUPS
    page = [*groups, *others][first : first + GROUPS]
    count = max(0, min(len(groups) - first, GROUPS))
    views = show_groups(found, page)
    return Shown(views[:count], views[count:], numbers)


def _page(asked: Asked, found: Search | None, shown: Shown, reference: Reference) -> SearchPage:
    """The page; without `found` the index cannot be read now."""
    query = found.query if found else parse(asked.text)
    parameters, language = parameters_of(asked), current_language()
    wanted = found.wanted if found else asked.wanted
    chosen = Chosen({name: value for name, value in parameters.items() if name in NARROWING}, query)
    draft_title = find_draft_title(wanted.draft_id, language)
    is_narrow = bool(query.typed or chosen.values)
    total = len(found.seen) if found else 0
    facets = count_facets(found.seen, found.languages or {}, reference.bodies) if found and total else None
    return SearchPage(
        typed=query.typed,
        kept={name: value for name, value in parameters.items() if name != "q"},
        is_asked=is_narrow or asked.wanted.kind is not None,
        is_unavailable=found is None,
        is_partial=found is not None and (found.is_partial or found.is_behind),
        total=_total(found, shown) if found else "",
        notes=_notes(found) if found else (),
        hits=shown.hits,
        also=shown.also,
        kinds=_kind_tabs(found, chosen) if found else (),
        orders=_order_links(asked.order, found),
        facets=facet_views(facets, reference, chosen, total, language) if facets else (),
        facets_note=_facets_note(found),
        chosen=chosen_links(chosen, reference, draft_title, language),
        draft=(draft_title, url_for("consultation.draft", draft_id=wanted.draft_id)) if draft_title else None,
        examples=() if is_narrow else _examples(),
        numbers=shown.numbers,
        clear_url=_clear_url(chosen, is_within=bool(draft_title)),
        everywhere_url=chosen.choose("draft", None),
        files=_files(parameters) if found and is_narrow else (),
        proposed=_link(propose(query.typed)) if found and (total < FEW_FOUND or found.is_any) else None,
        in_other=_link(in_other_language(query)) if found and not found.is_browsing else None,
        keeping=_keeping(asked) if is_narrow else None,
    )


def _clear_url(chosen: Chosen, is_within: bool) -> str | None:
    """The search without filters; None where there is none. Within a draft it stays there."""
    names = [name for name in NARROWING if name != "draft" or not is_within]
    if not chosen.query.conditions and not set(names) & set(chosen.values):
        return None
    return here(q=chosen.plain, page=None, **dict.fromkeys(names))


def _keeping(asked: Asked) -> Keeping:
    is_signed_in = g.actor.is_signed_in
    is_kept = is_signed_in and is_saved(g.actor.id, address_text(asked))
    return Keeping(is_signed_in, is_kept, url_for("accounts.sign_in", next=here()))


def _examples() -> tuple[tuple[str, str], ...]:
    return (
        (_("land tax"), _("all of the words, in any of their forms")),
        (_("“land tax”"), _("exactly these words, one after another")),
        (_("tax -land"), _("the first word without the second")),
        (_("article 57 of the tax code"), _("an article of an act")),
        (_("tax kind:comment"), _("comments only; also provision, draft, answer")),
        (_("tax status:open"), _("drafts under discussion only; with a minus before status: all the others")),
        (_("year:2026 has:answers"), _("without words: all of that year that was answered")),
    )


def _link(text: str | None) -> tuple[str, str] | None:
    """Another query with its address."""
    return (text, here(q=text, page=None)) if text else None


def _files(parameters: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    """In the reader's language: whoever reads them has no other way to say which."""
    parameters = {**parameters, "lang": current_language()}
    return (
        ("Atom", "application/atom+xml", url_for("search.atom", **parameters)),
        ("CSV", "text/csv", url_for("search.csv_file", **parameters)),
        ("JSON", "application/json", url_for("search.json_file", **parameters)),
    )


def _total(found: Search, shown: Shown) -> str:
    count = len(found.seen)
    if found.is_at_least:
        return ngettext(
            "The best %(count)s result", "The best %(count)s results", count, count=format_number(count)
        )  # fmt: skip
    return ngettext("%(count)s result", "%(count)s results", count, count=format_number(count))


def _facets_note(found: Search | None) -> str:
    if found is None or not found.is_at_least:
        return ""
    return _("Counted among the best %(count)s results.", count=format_number(len(found.seen)))


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
        notes.append(_("Few texts or none have all these words. Here is the best of what has some of them."))
    if found.is_at_least and not found.is_browsing:
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


def _kind_tabs(found: Search, chosen: Chosen) -> tuple[tuple[str, str, bool, int | None], ...]:
    if not found.counts:
        return ()
    total, now = sum(found.counts.values()) if len(found.counts) == len(KINDS) else None, found.wanted.kind
    everything = (pgettext("search results", "All"), chosen.choose("kind", None), now is None, total)
    kinds = [
        (str(label), chosen.choose("kind", kind.value), now is kind, found.counts.get(kind))
        for kind, label in KINDS.items()
    ]
    return everything, *kinds


def _order_links(now: SearchOrder, found: Search | None) -> tuple[tuple[str, str, bool], ...]:
    labels = {
        SearchOrder.best: _("By relevance"),
        SearchOrder.newest: _("Newest first"),
        SearchOrder.closing: pgettext("order of search results", "Closing soon"),
        SearchOrder.discussed: pgettext("order of search results", "Most discussed"),
    }
    if found is not None and found.is_browsing:
        del labels[SearchOrder.best]
        now = SearchOrder.newest if now is SearchOrder.best else now
    return tuple(
        (label, here(order=None if order is SearchOrder.best else order.value, page=None), order is now)
        for order, label in labels.items()
    )
