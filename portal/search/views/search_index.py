"""How does the search index stand, and how does an administrator have it built anew?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_pgettext, pgettext

from portal.kernel.models import JobProgress, JobState
from portal.kernel.progress import is_under_way
from portal.search.index import order_rebuild
from portal.search.state import IndexState, index_state
from portal.search.views.blueprint import blueprint
from portal.web.access import access
from portal.web.formats import format_moment, format_number
from portal.web.pages import Page, show

STATES = {
    JobState.waiting: lazy_pgettext("rebuild", "waiting"),
    JobState.running: lazy_pgettext("rebuild", "under way"),
    JobState.done: lazy_pgettext("rebuild", "finished"),
    JobState.failed: lazy_pgettext("rebuild", "failed"),
}
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Row:
    """A line of what is known; `lang` is of a message that no language but its own has."""

    key: str
    value: str
    lang: str | None = None


@dataclass(frozen=True)
class IndexPage:
    """`done` of about `total` documents stand in the index being built."""

    rows: tuple[Row, ...]
    is_usable: bool
    is_writable: bool
    is_rebuilding: bool
    done: int
    total: int
    may_rebuild: bool


@blueprint.get("/admin/search-index")
@access("admin.read")
def admin_index() -> Page:
    """State, size, what waits, and the last build."""
    state = index_state()
    build = state.build if is_under_way(state.build) else None
    done = build.done if build else 0
    page = IndexPage(
        rows=_rows(state),
        is_usable=not state.problem,
        is_writable=state.is_writable,
        is_rebuilding=state.is_rebuilding,
        done=done,
        total=max(done, build.total, state.documents) if build else 0,
        may_rebuild=g.actor.may("search.rebuild") and state.is_writable and not state.is_rebuilding,
    )
    return show("search/index.html", page)


@blueprint.post("/admin/search-index/rebuild")
@access("search.rebuild")
def send_rebuild() -> Any:
    """Ask the worker for it."""
    if order_rebuild():
        flash(_("The rebuild begins within a minute; searching goes on meanwhile."), "success")
    else:
        flash(_("The index is being rebuilt already."), "info")
    return redirect(url_for("search.admin_index"))


def _rows(state: IndexState) -> tuple[Row, ...]:
    works = pgettext("search index", "Works") if not state.problem else _("There is no index that can be read")
    rows = [
        Row(_("Search engine"), state.engine, "en"),
        Row(pgettext("search index", "State"), works),
        Row(pgettext("search index", "Documents"), format_number(state.documents)),
        Row(pgettext("search index", "Size"), _("%(size)s MB", size=format_number(round(state.bytes / MEGABYTE, 1)))),
        Row(_("Entries of the public record still to be carried in"), format_number(state.behind)),
        Row(_("Last rebuild"), _build(state.build)),
    ]
    error = state.problem or (state.build.error if state.build else "")
    return (*rows, Row(_("Last error"), error, "en")) if error else tuple(rows)


def _build(build: JobProgress | None) -> str:
    if build is None:
        return pgettext("rebuild", "not known")
    state = STATES[build.state]
    return _("%(state)s, %(moment)s", state=state, moment=format_moment(build.changed_at))
