"""What is known of one body, and how does an administrator correct, rename, move, end or restore it?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, url_for
from flask_babel import LazyString, lazy_pgettext, ngettext, pgettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.actions.people import move_people
from portal.accounts.queries import list_people_of
from portal.admin.forms import CorrectForm, EndForm, MoveForm, NamesForm, RenameForm, RestoreForm
from portal.admin.views.blueprint import Band, band, blueprint
from portal.admin.views.bodies import FormPage
from portal.drafts.actions.bodies import correct_body, dissolve_body, merge_body, move_body, rename_body, restore_body
from portal.drafts.body_history import BodyEvent, body_history
from portal.drafts.body_tree import by_name
from portal.drafts.models import LANGUAGES, Body
from portal.drafts.queries.bodies import find_successor, get_body, list_bodies, list_body_choices, list_children
from portal.drafts.words import BODY_KINDS as KINDS
from portal.kernel.clock import today
from portal.kernel.errors import NotFound, Refused
from portal.web.access import access
from portal.web.forms import PortalForm, attempt
from portal.web.locale import current_language
from portal.web.pages import Page, show

MOST_CHILDREN = 200


@dataclass(frozen=True, slots=True)
class Fact:
    """A line about a body."""

    key: str
    value: str | None
    lang: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """Accounts that still work for a body that ended; `url` moves them to the `successor`, where that may be done."""

    words: str
    successor: str
    url: str | None


@dataclass(frozen=True)
class BodyPage:
    """One body: what is known of it, what belongs to it, what it has been, and what may be done."""

    band: Band
    name: str
    ended: str  # in which way, in a word
    facts: tuple[Fact, ...]
    children: tuple[tuple[str, str], ...]
    events: tuple[BodyEvent, ...]
    acts: tuple[tuple[str, str], ...]
    public_url: str
    left_behind: LeftBehind | None


@dataclass(frozen=True)
class BodyAct:
    """One thing that may be done with a body: its form, its words, and how it is carried out."""

    form: type[PortalForm]
    title: LazyString
    button: LazyString
    done: LazyString
    run: Callable[[Body, Any], object]
    explanation: LazyString | None = None
    kind: str = "primary"


@blueprint.get("/admin/bodies/<int:body_id>")
@access("admin.read")
def body(body_id: int) -> Page:
    """One body."""
    found, language = get_body(body_id), current_language()
    children = by_name(list_children(body_id, limit=MOST_CHILDREN), language)
    page = BodyPage(
        band=band(found.name(language), "admin.bodies"),
        name=found.name(language),
        ended=_ended(found),
        facts=_facts(found, language),
        children=tuple((child.name(language), url_for("admin.body", body_id=child.id)) for child in children),
        events=body_history(found, language, lambda other: url_for("admin.body", body_id=other.id)),
        acts=_acts(found) if g.actor.may("reference.manage") else (),
        public_url=url_for("reports.body", code=found.code),
        left_behind=_left_behind(found, language) if found.dissolved_on is not None else None,
    )
    return show("admin/body.html", page)


@blueprint.post("/admin/bodies/<int:body_id>/people")
@access("people.manage")
def move_people_of(body_id: int) -> Any:
    """Let those who work for a body that ended work for its successor."""
    found, form = get_body(body_id), PortalForm()
    with attempt(form) as tried:
        successor = find_successor(found)
        if successor is None:
            raise Refused("The body “%(name)s” has no successor.", name=found.name_ru)
        moved = move_people(g.actor, body_id=found.id, successor_id=successor.id)
    if tried.done:
        flash(ngettext("%(num)s account now works for the successor.", "%(num)s accounts now work for the successor.", moved), "success")
    else:
        flash(str(form.form_errors[0]), "error")
    return redirect(url_for("admin.body", body_id=body_id))


@blueprint.get("/admin/bodies/<int:body_id>/<act>")
@access("reference.manage")
def body_form(body_id: int, act: str) -> Page:
    """The form of one act."""
    found, wanted = get_body(body_id), _get_act(act)
    return _show_form(found, wanted, _form(found, wanted, fresh=True))


@blueprint.post("/admin/bodies/<int:body_id>/<act>")
@access("reference.manage")
def send_body(body_id: int, act: str) -> Any:
    """Do it."""
    found, wanted = get_body(body_id), _get_act(act)
    form = _form(found, wanted)
    if not form.was_sent_and_is_valid():
        return _show_form(found, wanted, form)
    with attempt(form) as tried:
        wanted.run(found, form)
    if not tried.done:
        return _show_form(found, wanted, form)
    flash(str(wanted.done), "success")
    return redirect(url_for("admin.body", body_id=body_id))


def _correct(body: Body, form: CorrectForm) -> None:
    correct_body(g.actor, body=body, kind=form.kind.data, names=form.names())


def _rename(body: Body, form: RenameForm) -> None:
    rename_body(g.actor, body=body, names=form.names(), on=form.on.data or today(), reason=form.reason.data or "")


def _move(body: Body, form: MoveForm) -> None:
    move_body(g.actor, body=body, parent=get_body(int(form.parent.data)) if form.parent.data else None)


def _end(body: Body, form: EndForm) -> None:
    on, reason = form.on.data or today(), form.reason.data or ""
    if form.successor.data:
        merge_body(g.actor, body=body, successor=get_body(int(form.successor.data)), on=on, reason=reason)
    else:
        dissolve_body(g.actor, body=body, on=on, reason=reason)


def _restore(body: Body, form: RestoreForm) -> None:
    restore_body(g.actor, body=body)


ACTS = {
    "correct": BodyAct(
        CorrectForm, _l("Correct the names"), lazy_pgettext("button", "Save"), _l("The names are corrected."), _correct,
        _l("For slips and missing translations. If the body was renamed, rename it instead: then its former name is kept."),
    ),
    "rename": BodyAct(
        RenameForm, _l("Rename"), lazy_pgettext("button", "Rename the body"), _l("The body is renamed."), _rename,
        _l("The former name stays in the history; drafts of those days show it with the present one."),
    ),
    "move": BodyAct(MoveForm, _l("Move in the tree"), lazy_pgettext("button", "Move the body"), _l("The body is moved."), _move),
    "end": BodyAct(
        EndForm, _l("Merge or dissolve"), lazy_pgettext("button", "End the body"), _l("The end of the body is entered."), _end,
        _l("With a successor the body is merged into it, and bodies that belong to it go over to the successor. Its drafts,"
           " comments and answers stay as they are."), "danger",
    ),
    "restore": BodyAct(
        RestoreForm, _l("Restore"), lazy_pgettext("button", "Restore the body"), _l("The body is restored."), _restore,
        _l("Only if its end was entered by mistake. Bodies that went over to the successor have to be moved back one by one."),
    ),
}  # fmt: skip


def _get_act(name: str) -> BodyAct:
    if name not in ACTS:
        raise NotFound("There is no such page.")
    return ACTS[name]


def _form(body: Body, act: BodyAct, *, fresh: bool = False) -> Any:
    data: dict[str, Any] = {f"name_{code}": getattr(body, f"name_{code}") for code in LANGUAGES}
    data |= {"kind": body.kind, "parent": str(body.parent_id or ""), "on": today()}
    form = act.form(data=data) if fresh else act.form()
    choices = [choice for choice in list_body_choices(current_language()) if choice[0] != str(body.id)]
    if isinstance(form, MoveForm):
        form.parent.choices = [("", pgettext("body", "Nobody: stands at the top")), *choices]
    if isinstance(form, EndForm):
        form.successor.choices = [("", pgettext("body", "None: the body is dissolved")), *choices]
    return form


def _show_form(body: Body, act: BodyAct, form: PortalForm) -> Page:
    name = body.name(current_language())
    head = band(f"{act.title}", "admin.bodies")
    explanation = str(act.explanation) if act.explanation else ""
    page = FormPage(head, (name, url_for("admin.body", body_id=body.id)), str(act.button), act.kind, explanation)
    return show("admin/body_names.html" if isinstance(form, NamesForm) else "admin/body_form.html", page, form)


def _left_behind(body: Body, language: str) -> LeftBehind | None:
    people, successor = list_people_of(body.id), find_successor(body)
    if not people:
        return None
    words = ngettext("%(num)s account still works for this body.", "%(num)s accounts still work for this body.", len(people))
    may = successor is not None and g.actor.may("people.manage")
    url = url_for("admin.move_people_of", body_id=body.id) if may else None
    return LeftBehind(words, successor.name(language) if successor else "", url)


def _ended(body: Body) -> str:
    if body.dissolved_on is None:
        return ""
    return pgettext("body", "Merged") if body.successor_id is not None else pgettext("body", "No more")


def _acts(body: Body) -> tuple[tuple[str, str], ...]:
    names = ("correct", "restore") if body.dissolved_on is not None else ("rename", "correct", "move", "end")
    acts = [(str(ACTS[name].title), url_for("admin.body_form", body_id=body.id, act=name)) for name in names]
    if body.dissolved_on is None:
        acts.append((_("Add a body under it"), url_for("admin.new_body", under=body.id)))
    return tuple(acts)


def _facts(body: Body, language: str) -> tuple[Fact, ...]:
    upper = {each.id: each for each in list_bodies()}.get(body.parent_id or 0)
    successor = find_successor(body)
    facts = [
        Fact(_("Name in Kazakh"), body.name_kk or None, "kk"),
        Fact(_("Name in Russian"), body.name_ru, "ru"),
        Fact(_("Name in English"), body.name_en or None, "en"),
        Fact(_("Kind of body"), str(KINDS.get(body.kind, body.kind))),
        Fact(_("Belongs to"), *_link(upper, language, pgettext("body", "Nobody: stands at the top"))),
        Fact(_("Code"), body.code),
    ]
    if body.external_id:
        facts.append(Fact(_("Id in the table it was taken from"), body.external_id))
    if successor is not None:
        facts.append(Fact(_("Successor today"), *_link(successor, language, "")))
    return tuple(facts)


def _link(body: Body | None, language: str, otherwise: str) -> tuple[str, None, str | None]:
    return (body.name(language), None, url_for("admin.body", body_id=body.id)) if body else (otherwise, None, None)


