"""How does a drafter begin a draft and describe it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, url_for
from flask_babel import gettext as _

from portal.drafts.actions.drafts import create_draft, edit_draft
from portal.drafts.desk_head import DeskHead, desk_head, may_edit
from portal.drafts.forms import CardForm, NewDraftForm, card_values
from portal.drafts.models import LANGUAGES, PASSPORT_ROWS
from portal.drafts.policy import LONGEST_TEXT, chooses_body, ensure_has_body
from portal.drafts.queries.bodies import list_body_choices
from portal.drafts.queries.desk import DeskFile, get_desk_file
from portal.drafts.queries.reference import get_body, list_areas, list_types
from portal.drafts.views.blueprint import blueprint
from portal.drafts.words import OWN_NAMES, PASSPORT
from portal.web.access import access
from portal.web.forms import attempt
from portal.web.limits import UPLOADING, limit
from portal.web.locale import current_language
from portal.web.pages import show


@dataclass(frozen=True)
class NewDraftPage:
    """The form for a new draft; `body` is its name where the drafter cannot choose it."""

    body: str | None
    desk_url: str


@dataclass(frozen=True)
class Row:
    """A row of a summary list."""

    key: str
    value: str | None
    lang: str | None = None


@dataclass(frozen=True)
class Sheet:
    """The card in one language, to read."""

    language: str
    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class CardPage:
    """The card to fill in, or `sheets` to read where it can no longer be changed."""

    head: DeskHead
    names: dict[str, str]
    passport_rows: tuple[str, ...]
    longest: int
    facts: tuple[Row, ...]
    sheets: tuple[Sheet, ...]


@blueprint.get("/desk/drafts/new")
@access("draft.edit")
def new() -> Any:
    """The form for a new draft."""
    return _show_new(_new_form())


@blueprint.post("/desk/drafts/new")
@access("draft.edit")
@limit(UPLOADING)
def create() -> Any:
    """Make the draft and go on to its checklist."""
    form = _new_form()
    if not form.was_sent_and_is_valid():
        return _show_new(form)
    with attempt(form) as tried:
        draft = create_draft(g.actor, body=get_body(int(form.body.data)), card=form.card())
    if not tried.done:
        return _show_new(form)
    flash(_("The draft is created. Nobody but your body and auditors sees it yet."), "success")
    return redirect(url_for("drafts.overview", draft_id=draft.id))


@blueprint.get("/desk/drafts/<int:draft_id>/card")
@access("draft.read_unpublished")
def card(draft_id: int) -> Any:
    """The card: to change while the draft is being prepared, to read afterwards."""
    file = get_desk_file(g.actor, draft_id)
    return _show_card(file, _card_form(file, data=card_values(file.draft)))


@blueprint.post("/desk/drafts/<int:draft_id>/card")
@access("draft.edit")
def save_card(draft_id: int) -> Any:
    """Describe the draft anew."""
    file = get_desk_file(g.actor, draft_id)
    form = _card_form(file)
    if not form.was_sent_and_is_valid():
        return _show_card(file, form)
    with attempt(form) as tried:
        edit_draft(g.actor, draft=file.draft, card=form.card())
    if not tried.done:
        return _show_card(file, form)
    flash(_("The card is saved."), "success")
    return redirect(url_for("drafts.overview", draft_id=draft_id))


def _new_form() -> NewDraftForm:
    ensure_has_body(g.actor)
    form, language = NewDraftForm(), current_language()
    if chooses_body(g.actor):
        bodies = list_body_choices(language)
        form.body.choices = [("", _("Choose the body")), *bodies]
        if form.body.data is None and g.actor.body_id:
            form.body.data = str(g.actor.body_id)
    else:
        form.body.choices = [(str(g.actor.body_id), "")]
        form.body.data, form.body.raw_data = str(g.actor.body_id), [str(g.actor.body_id)]
    form.type.choices, form.area.choices = _types(language), _areas(language)
    return form


def _show_new(form: NewDraftForm) -> Any:
    body = None if chooses_body(g.actor) else get_body(g.actor.body_id).name(current_language())
    return show("drafts/new.html", NewDraftPage(body, url_for("drafts.desk")), form)


def _card_form(file: DeskFile, **begin: Any) -> CardForm:
    form, language = CardForm(**begin), current_language()
    form.type.choices, form.area.choices = _types(language, file.act_type.id), _areas(language, file.draft.area_id)
    return form


def _show_card(file: DeskFile, form: CardForm) -> Any:
    can_edit, language = may_edit(file), current_language()
    facts = (
        Row(_("Type of the act"), file.act_type.name(language)),
        Row(_("Policy area"), file.area.name(language) if file.area else None),
    )
    page = CardPage(
        head=desk_head(file, "drafts.card"),
        names=OWN_NAMES,
        passport_rows=PASSPORT_ROWS,
        longest=LONGEST_TEXT,
        facts=facts,
        sheets=() if can_edit else tuple(_sheet(file, code) for code in LANGUAGES),
    )
    return show("drafts/card.html", page, form if can_edit or form.errors else None)


def _sheet(file: DeskFile, language: str) -> Sheet:
    draft = file.draft
    passport = draft.passport.get(language, {})
    rows = (
        Row(_("Title"), getattr(draft, f"title_{language}"), language),
        Row(_("Summary in plain words"), getattr(draft, f"summary_{language}"), language),
        *(Row(str(PASSPORT[row]), passport.get(row), language) for row in PASSPORT_ROWS),
    )
    return Sheet(language, OWN_NAMES[language], rows)


def _types(language: str, chosen: int | None = None) -> list[tuple[str, str]]:
    """Types in use, and the one a draft is of already."""
    types = [each for each in list_types() if not each.is_retired or each.id == chosen]
    return [("", _("Choose the type")), *((str(each.id), each.name(language)) for each in types)]


def _areas(language: str, chosen: int | None = None) -> list[tuple[str, str]]:
    areas = [each for each in list_areas() if not each.is_retired or each.id == chosen]
    return [("", _("Not chosen")), *((str(each.id), each.name(language)) for each in areas)]
