"""At which addresses does a person keep a search, see those kept, and let go of one?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import pgettext

from portal.accounts.queries import get_user
from portal.accounts.tokens import Purpose, find_owner
from portal.kernel.errors import DomainError, NotFound
from portal.search.actions import edit_search, remove_search, save_search
from portal.search.asked import NARROWING, parameters_of, read_asked
from portal.search.forms import FREQUENCIES, SavedSearchForm
from portal.search.hits import find_draft_title
from portal.search.models import Frequency, SavedSearch
from portal.search.policy import ensure_own_search
from portal.search.saved import address_text, asked_of, get_saved, list_saved
from portal.search.views.blueprint import blueprint
from portal.search.views.narrowed import Reference
from portal.web.access import access, by_mail_program, public
from portal.web.forms import attempt
from portal.web.limits import POSTING, limit
from portal.web.locale import current_language
from portal.web.pages import show


@dataclass(frozen=True)
class SavedView:
    """A search kept: what it is called, its words where that is something else, what it is narrowed down by, how often
    letters come, since when it is kept, its address, and where it is changed.
    """

    title: str
    words: str
    filters: tuple[str, ...]
    frequency: str
    created_at: datetime
    url: str
    edit_url: str
    remove_url: str


@dataclass(frozen=True)
class SavedPage:
    """All a person keeps."""

    searches: tuple[SavedView, ...]
    wants_letters: bool


@dataclass(frozen=True)
class EditPage:
    """One search kept."""

    search: SavedView


@dataclass(frozen=True)
class StopPage:
    """Which search is let go of by a link of a letter."""

    words: str
    is_done: bool


@blueprint.get("/account/searches")
@access("account.use")
def saved_searches() -> Any:
    """The searches I keep."""
    kept, view = list_saved(g.actor.id), partial(_view, Reference.load())
    wants_letters = get_user(g.actor.id).wants_letters
    return show("search/saved.html", SavedPage(tuple(view(each) for each in kept), wants_letters))


@blueprint.post("/account/searches")
@access("account.use")
@limit(POSTING)
def send_saved_search() -> Any:
    """Keep the search whose address the form holds."""
    asked = read_asked(request.form)
    is_narrow = bool(asked.text.strip()) or asked.wanted.is_any
    try:
        save_search(g.actor, parameters=address_text(asked), is_narrow=is_narrow, language=current_language())
    except DomainError as refusal:
        flash(str(refusal), "error")
        return redirect(url_for("search.search", **parameters_of(asked)))
    flash(_("New results of this search will come by mail, at most one letter a day."), "success")
    return redirect(url_for("search.saved_searches"))


@blueprint.get("/account/searches/<int:saved_id>")
@access("account.use")
def edit_saved_search(saved_id: int) -> Any:
    """What one of mine is called, and how often letters of it come."""
    saved = _mine(saved_id)
    form = SavedSearchForm(data={"name": saved.name, "frequency": saved.frequency.value})
    return show("search/edit_saved.html", EditPage(_view(Reference.load(), saved)), form)


@blueprint.post("/account/searches/<int:saved_id>")
@access("account.use")
@limit(POSTING)
def send_edited_search(saved_id: int) -> Any:
    """Call it so, and write so often."""
    saved, form = _mine(saved_id), SavedSearchForm(request.form)
    if form.validate():
        with attempt(form) as tried:
            frequency = Frequency(form.frequency.data)
            edit_search(g.actor, saved=saved, name=form.name.data or "", frequency=frequency)
        if tried.done:
            flash(_("Saved."), "success")
            return redirect(url_for("search.saved_searches"))
    return show("search/edit_saved.html", EditPage(_view(Reference.load(), saved)), form)


@blueprint.post("/account/searches/<int:saved_id>/remove")
@access("account.use")
@limit(POSTING)
def send_removed_search(saved_id: int) -> Any:
    """Let go of one of mine."""
    remove_search(g.actor, saved=get_saved(saved_id), owner_id=g.actor.id)
    flash(_("The search is removed: no more letters about it."), "success")
    return redirect(url_for("search.saved_searches"))


@blueprint.get("/search/alerts/<int:saved_id>/<token>")
@public
def stop_search(saved_id: int, token: str) -> Any:
    """A button: programs that look into mails follow links, but press no buttons."""
    saved, _owner = _of_letter(saved_id, token)
    return show("search/stop.html", StopPage(_title(saved), False))


@blueprint.post("/search/alerts/<int:saved_id>/<token>")
@public
@by_mail_program
@limit(POSTING)
def send_stop_search(saved_id: int, token: str) -> Any:
    """No more letters about this search to the person the letter went to."""
    saved, owner_id = _of_letter(saved_id, token)
    words = _title(saved)
    remove_search(g.actor, saved=saved, owner_id=owner_id)
    return show("search/stop.html", StopPage(words, True))


def _of_letter(saved_id: int, token: str) -> tuple[SavedSearch, int]:
    user, saved = find_owner(Purpose.stop, token), get_saved(saved_id)
    if user is None or saved.user_id != user.id:
        raise NotFound("This search is not kept any more.")
    return saved, user.id


def _mine(saved_id: int) -> SavedSearch:
    saved = get_saved(saved_id)
    ensure_own_search(g.actor.id, saved.user_id)
    return saved


def _view(reference: Reference, saved: SavedSearch) -> SavedView:
    asked, language = asked_of(saved), current_language()
    parameters = parameters_of(asked)
    filters = {name: value for name, value in parameters.items() if name in ("kind", *NARROWING)}
    draft_title = find_draft_title(asked.wanted.draft_id, language)
    return SavedView(
        title=_title(saved),
        words=asked.text if saved.name else "",
        filters=tuple(reference.label(name, value, draft_title, language) for name, value in filters.items()),
        frequency=str(FREQUENCIES[saved.frequency]),
        created_at=saved.created_at,
        url=url_for("search.search", **parameters),
        edit_url=url_for("search.edit_saved_search", saved_id=saved.id),
        remove_url=url_for("search.send_removed_search", saved_id=saved.id),
    )


def _title(saved: SavedSearch) -> str:
    return saved.name or asked_of(saved).text or pgettext("saved search", "Without words, by filters")
