"""At which addresses does a person keep a search, see those kept, and let go of one?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import pgettext

from portal.accounts.tokens import Purpose, find_owner
from portal.kernel.errors import DomainError, NotFound
from portal.search.actions import remove_search, save_search
from portal.search.asked import parameters_of, read_asked
from portal.search.models import SavedSearch
from portal.search.saved import address_text, asked_of, get_saved, list_saved
from portal.search.views.blueprint import blueprint
from portal.web.access import access, public
from portal.web.limits import POSTING, limit
from portal.web.locale import current_language
from portal.web.pages import show


@dataclass(frozen=True)
class SavedView:
    """A search kept: its words, its address, since when, and where it is removed."""

    words: str
    url: str
    created_at: datetime
    remove_url: str


@dataclass(frozen=True)
class SavedPage:
    """All a person keeps."""

    searches: tuple[SavedView, ...]


@dataclass(frozen=True)
class StopPage:
    """Which search is let go of by a link of a letter."""

    words: str
    is_done: bool


@blueprint.get("/account/searches")
@access("account.use")
def saved_searches() -> Any:
    """The searches I keep."""
    return show("search/saved.html", SavedPage(tuple(_view(each) for each in list_saved(g.actor.id))))


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
    return show("search/stop.html", StopPage(_words(saved), False))


@blueprint.post("/search/alerts/<int:saved_id>/<token>")
@public
@limit(POSTING)
def send_stop_search(saved_id: int, token: str) -> Any:
    """No more letters about this search to the person the letter went to."""
    saved, owner_id = _of_letter(saved_id, token)
    words = _words(saved)
    remove_search(g.actor, saved=saved, owner_id=owner_id)
    return show("search/stop.html", StopPage(words, True))


def _of_letter(saved_id: int, token: str) -> tuple[SavedSearch, int]:
    user, saved = find_owner(Purpose.stop, token), get_saved(saved_id)
    if user is None or saved.user_id != user.id:
        raise NotFound("This search is not kept any more.")
    return saved, user.id


def _view(saved: SavedSearch) -> SavedView:
    url = url_for("search.search", **parameters_of(asked_of(saved)))
    remove = url_for("search.send_removed_search", saved_id=saved.id)
    return SavedView(_words(saved), url, saved.created_at, remove)


def _words(saved: SavedSearch) -> str:
    return asked_of(saved).text or pgettext("saved search", "Without words, by filters")
