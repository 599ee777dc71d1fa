"""How does a drafter correct the structure that was recognised in a text, by keyboard or mouse, with or without script?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import pgettext

from portal.drafts.actions.structure import edit_structure, redo_edit, reset_structure, undo_edit
from portal.drafts.desk_head import DeskHead, desk_head, may_edit_text
from portal.drafts.editing import find_place
from portal.drafts.editing.lines import Line, flatten
from portal.drafts.findings import Finding, differences, findings_within
from portal.drafts.labels import label_of
from portal.drafts.models import LANGUAGES
from portal.drafts.queries.desk import DeskFile, get_desk_file
from portal.drafts.queries.editing import get_history, get_prepared_outline, get_prepared_text
from portal.drafts.structure import CONTAINERS, Kind, Outline, walk
from portal.drafts.structure_forms import HistoryForm, StructureForm, read_operation
from portal.drafts.views.blueprint import blueprint
from portal.drafts.views.structure_panel import Panel, make_panel, offer_choices, shortened, step_form, step_words
from portal.drafts.words import OWN_NAMES
from portal.kernel.errors import Invalid
from portal.web.access import access
from portal.web.forms import PortalForm, attempt
from portal.web.pages import PageNumbers, page_numbers, show

ROWS = 150  # units on a page
SNIPPET = 110  # characters of a unit in the list
MOST_CONTENTS = 150
MOST_FINDINGS = 60
DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Row:
    """A unit in the list: what it is, its first words, and what was found odd about it."""

    key: str
    depth: int
    label: str
    heading: str
    words: str
    table_rows: int
    notes: int
    url: str
    is_chosen: bool
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding, or a chapter, with the address of the unit."""

    place: str
    words: str
    url: str


@dataclass(frozen=True)
class StructurePage:
    """The units of a text with the chosen one; `undo` and `redo` say what they would do, "" when there is nothing."""

    head: DeskHead
    lang: str
    choices: tuple[tuple[str, str, bool, int | None], ...]
    can_edit: bool
    digest: str
    undo: str
    redo: str
    rows: tuple[Row, ...]
    numbers: PageNumbers
    contents: tuple[Placed, ...]
    findings: tuple[Placed, ...]
    findings_left: int
    panel: Panel | None
    panel_form: StructureForm | None
    text_url: str
    action: str
    history_action: str


@blueprint.get("/desk/drafts/<int:draft_id>/structure", defaults={"language": ""})
@blueprint.get("/desk/drafts/<int:draft_id>/structure/<language>")
@access("draft.read_unpublished")
def structure(draft_id: int, language: str) -> Any:
    """The units of a text; `?unit=` chooses one."""
    file = get_desk_file(g.actor, draft_id)
    if not language:
        first = next((code for code in LANGUAGES if code in file.texts), None)
        target = "drafts.structure" if first else "drafts.text"
        return redirect(url_for(target, draft_id=draft_id, language=first))
    return _show(file, language, request.args.get("unit", ""))


@blueprint.post("/desk/drafts/<int:draft_id>/structure/<language>")
@access("draft.edit")
def correct_structure(draft_id: int, language: str) -> Any:
    """Take one step; the page then shows the unit it was about."""
    file, form = get_desk_file(g.actor, draft_id), StructureForm()
    text = get_prepared_text(file.version.id, language)
    key = form.unit.data or ""
    with attempt(form) as tried:
        operation = read_operation(form, text.outline, find_place(text.outline, key))
        key = edit_structure(
            g.actor, draft=file.draft, language=language, digest=form.digest.data or "", operation=operation
        )
    if not tried.done:
        return _show(file, language, key, form)
    return _shown(file, language, key)


@blueprint.post("/desk/drafts/<int:draft_id>/structure/<language>/history")
@access("draft.edit")
def turn_structure(draft_id: int, language: str) -> Any:
    """Undo the last step, do it again, or go back to what was recognised."""
    file, form = get_desk_file(g.actor, draft_id), HistoryForm()
    given: dict[str, Any] = {"draft": file.draft, "language": language, "digest": form.digest.data or ""}
    key = ""
    with attempt(form) as tried:
        match form.act.data:
            case "undo":
                key = undo_edit(g.actor, **given)
            case "redo":
                key = redo_edit(g.actor, **given)
            case "reset":
                reset_structure(g.actor, **given)
            case _:
                raise Invalid("Choose what to do with the unit.")
    if not tried.done:  # the page of this address is only sent to
        flash(form.form_errors[0], "error")
        return redirect(_address(file, language))
    flash({"undo": _("Undone."), "redo": _("Done again.")}.get(form.act.data, _("The text is as it was recognised.")), "success")
    return redirect(_address(file, language, key))


def _shown(file: DeskFile, language: str, key: str) -> Any:
    done = get_history(file.version.id, language).done
    flash(f"{step_words(done[-1])}.", "success")
    return redirect(_address(file, language, key))


def _show(file: DeskFile, language: str, key: str, form: PortalForm | None = None) -> Any:
    text = get_prepared_text(file.version.id, language)
    outlines = {code: get_prepared_outline(file.version.id, code, digest) for code, digest in file.texts.items()}
    found = _findings_of(outlines, language)
    lines = flatten(text.outline)
    place = next((place for place, line in enumerate(lines) if line.unit.key == key), None)
    can_edit = may_edit_text(file)
    numbers = _numbers(len(lines), place)
    chosen = None if place is None else key
    first = (numbers.number - 1) * ROWS
    others = {code: each for code, each in outlines.items() if code != language}
    panel = make_panel(text.outline, lines, place, found, others) if place is not None and can_edit else None
    panel_form = _panel_form(form, lines, place) if place is not None and can_edit else None
    if isinstance(form, StructureForm):
        _keep_errors_in_sight(form, panel)
    page = StructurePage(
        head=desk_head(file, "drafts.structure"),
        lang=language,
        choices=_choices(file, language),
        can_edit=can_edit,
        digest=text.digest,
        undo=step_words(text.history.done[-1]) if text.history.done else "",
        redo=step_words(text.history.undone[0]) if text.history.undone else "",
        rows=tuple(_row(file, language, line, chosen, found) for line in lines[first : first + ROWS]),
        numbers=numbers,
        contents=_contents(file, text.outline),
        findings=_placed(file, language, found),
        findings_left=max(0, len(found) - MOST_FINDINGS),
        panel=panel,
        panel_form=panel_form,
        text_url=url_for("drafts.text", draft_id=file.draft.id),
        action=url_for("drafts.correct_structure", draft_id=file.draft.id, language=language),
        history_action=url_for("drafts.turn_structure", draft_id=file.draft.id, language=language),
    )  # fmt: skip
    return show("drafts/structure.html", page, form)


def _panel_form(form: PortalForm | None, lines: Sequence[Line], place: int) -> StructureForm:
    """The form as it was sent when something was wrong with it, else one with what the unit has."""
    fresh = step_form(lines, place)
    if not isinstance(form, StructureForm):
        return fresh
    offer_choices(form, lines, place)
    for name in ("kind", "inside", "number", "heading", "joint"):  # what other steps of the page begin with
        if name not in request.form:
            form[name].data = fresh[name].data
    return form


def _keep_errors_in_sight(form: StructureForm, panel: Panel | None) -> None:
    """What is wrong with a field that the page does not show is said above the page."""
    shown = {"number", "heading"} if panel else set()
    if panel and panel.before:
        shown |= {"joint"}
    if panel and panel.can_split:
        shown |= {"words", "as_kind", *(["at"] if form.at.choices else [])}
    if panel and panel.can_relevel:
        shown |= {"kind", "inside"}
    for field in form:
        if field.errors and field.name not in shown:
            form.form_errors.extend(field.errors)
            field.errors = ()


def _findings_of(outlines: Mapping[str, Outline], language: str) -> tuple[Finding, ...]:
    """What is odd in this text, and where it differs from the other; warnings of other texts stand on their pages."""
    within = findings_within(outlines[language]) if language in outlines else ()
    return (*within, *(differences(outlines) if language != "en" else ()))


def _numbers(total: int, place: int | None) -> PageNumbers:
    if place is None or "page" in request.args:
        return page_numbers(total, ROWS)
    return PageNumbers(place // ROWS + 1, ROWS, total)


def _choices(file: DeskFile, language: str) -> tuple[tuple[str, str, bool, None], ...]:
    there = [code for code in LANGUAGES if code in file.texts]
    texts = tuple((OWN_NAMES[code], _address(file, code), code == language, None) for code in there)
    if not {"kk", "ru"} <= {*there}:
        return texts
    return (*texts, (pgettext("page", "Differences"), url_for("drafts.differences", draft_id=file.draft.id), False, None))


def _row(
    file: DeskFile, language: str, line: Line, chosen: str | None, found: tuple[Finding, ...]
) -> Row:
    unit = line.unit
    return Row(
        key=unit.key,
        depth=min(line.depth, DEEPEST),
        label=label_of(unit, language),
        heading=shortened(unit.heading, SNIPPET),
        words=shortened(unit.text, SNIPPET),
        table_rows=len(unit.rows),
        notes=len(unit.notes),
        url=_address(file, language, unit.key),
        is_chosen=unit.key == chosen,
        findings=tuple(each.words for each in found if each.key == unit.key),
    )


def _contents(file: DeskFile, outline: Outline) -> tuple[Placed, ...]:
    large = [
        unit for unit, depth, _ in walk(outline.provisions) if depth < 3 and (unit.kind in CONTAINERS or unit.kind is Kind.annex)
    ]
    return tuple(
        Placed(label_of(unit, outline.language), shortened(unit.heading, SNIPPET), _address(file, outline.language, unit.key))
        for unit in large[:MOST_CONTENTS]
    )


def _placed(file: DeskFile, language: str, found: tuple[Finding, ...]) -> tuple[Placed, ...]:
    return tuple(
        Placed(each.place, each.words, _address(file, language, each.key) if each.key else "") for each in found[:MOST_FINDINGS]
    )


def _address(file: DeskFile, language: str, key: str = "") -> str:
    return url_for(
        "drafts.structure", draft_id=file.draft.id, language=language, unit=key or None, _anchor=key or None
    )


