"""How is a row of a reference table - an act type, a policy area, a channel of opinions - shown, added and saved?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import flash, redirect, url_for
from flask_babel import LazyString

from portal.admin.forms import NamesForm
from portal.admin.moving import Moving
from portal.admin.views.blueprint import Band, band
from portal.drafts.models import LANGUAGES, Named
from portal.drafts.policy import ensure_names
from portal.web.forms import attempt
from portal.web.locale import current_language
from portal.web.pages import Page, show

Row = TypeVar("Row", bound=Named)
Form = TypeVar("Form", bound=NamesForm)


@dataclass(frozen=True)
class RowPage:
    """One row, or a new one; `moving` is what has to be seen before it is saved, `back` the list it stands in."""

    band: Band
    back: tuple[str, str]
    is_new: bool
    moving: Moving | None


@dataclass(frozen=True)
class Table(Generic[Row, Form]):
    """A reference table. `save` gets None for a new row; `would_move` is not asked about one."""

    endpoint: str
    template: str
    title: LazyString
    title_of_new: LazyString
    saved: LazyString
    save: Callable[[Form, Row | None], object]
    would_move: Callable[[Form, Row], Moving | None] = lambda form, row: None

    def show(self, form: Form, row: Row | None = None, moving: Moving | None = None) -> Page:
        """The page of a row."""
        title = row.name(current_language()) if row else str(self.title_of_new)
        back = (str(self.title), url_for(self.endpoint))
        return show(self.template, RowPage(band(title, self.endpoint), back, row is None, moving), form)

    def take(self, form: Form, row: Row | None = None) -> Any:
        """Save what was sent, after what it would move was seen."""
        if not form.was_sent_and_is_valid():
            return self.show(form, row)
        moving = None
        with attempt(form) as tried:
            ensure_names(form.names())
            moving = self.would_move(form, row) if row else None
            if moving is None:
                self.save(form, row)
        if not tried.done or moving is not None:
            return self.show(form, row, moving)
        flash(str(self.saved), "success")
        return redirect(url_for(self.endpoint))


def named(row: Named) -> dict[str, str]:
    """The names of a row as its form has them."""
    return {f"name_{code}": getattr(row, f"name_{code}") for code in LANGUAGES}
