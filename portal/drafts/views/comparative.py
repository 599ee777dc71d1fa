"""How does a drafter build a comparative table, and how does it look while it is worked on?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext, pgettext

from portal.drafts.actions.comparative import Base, build_table, remove_table
from portal.drafts.comparative import LANGUAGES, Finding
from portal.drafts.comparative.sides import Sides, put_beside
from portal.drafts.comparative_forms import BuildForm
from portal.drafts.comparative_words import CHANGES, FINDINGS, MANNERS, TAGS
from portal.drafts.desk_head import DeskHead, desk_head, may_edit_text
from portal.drafts.exporters.table import TABLE_FORMATS
from portal.drafts.models import ComparativeTable
from portal.drafts.queries.adopted import list_published_acts
from portal.drafts.queries.comparative import RowView, count_rows, find_table, is_stale, list_lost, list_rows
from portal.drafts.queries.desk import DeskFile, get_desk_file
from portal.drafts.table_downloads import get_document, send_table
from portal.drafts.views.blueprint import blueprint
from portal.drafts.words import OWN_NAMES
from portal.web.access import access
from portal.web.formats import format_day, format_number
from portal.web.forms import PortalForm, attempt, clean_line
from portal.web.limits import EXPORTING, UPLOADING, limit
from portal.web.locale import current_language
from portal.web.pages import PageNumbers, here, page_numbers, show

PAGE = 20
MOST_ACTS = 10
LONGEST_WORDS = 200


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row as the desk lists it, in one language; `finding` is what to look at, in words."""

    number: int
    place: int
    element: str
    change: str
    words: str
    tag: str
    sides: Sides
    reason: str
    finding: str
    url: str
    move_url: str


@dataclass(frozen=True, slots=True)
class ActSearch:
    """Looking for an adopted act to compare with; `notes` are value of the choice → what the act is known by."""

    url: str
    words: str
    notes: Mapping[str, str]
    is_found: bool


@dataclass(frozen=True)
class TablePage:
    """The table on the desk. `sources` are (language, name of what the draft was compared with); `form` and
    `acts` are for who may build; `acts` None where no act was adopted here."""

    head: DeskHead
    lang: str
    languages: tuple[tuple[str, str, bool, None], ...]
    can_edit: bool
    has_texts: bool
    sources: tuple[tuple[str, str], ...]
    manner: str
    built_at: datetime | None
    is_stale: bool
    total: int
    views: tuple[tuple[str, str, bool, int | None], ...]
    is_whole: bool
    rows: tuple[RowLine, ...]
    numbers: PageNumbers
    lost: tuple[tuple[str, str], ...]
    downloads: tuple[tuple[str, str], ...]
    form: BuildForm
    acts: ActSearch | None


@blueprint.get("/desk/drafts/<int:draft_id>/table")
@access("draft.read_unpublished")
def comparative_table(draft_id: int) -> Any:
    """The table with the form to build it."""
    return _show(get_desk_file(g.actor, draft_id))


@blueprint.post("/desk/drafts/<int:draft_id>/table")
@access("draft.edit")
@limit(UPLOADING)
def build_comparative_table(draft_id: int) -> Any:
    """Build it from the files or the draft chosen."""
    file, form = get_desk_file(g.actor, draft_id), BuildForm()
    if not form.was_sent_and_is_valid():
        return _show(file, form)
    files = {}
    for language in LANGUAGES:
        if storage := form[f"file_{language}"].data:
            files[language] = (clean_line(storage.filename), storage.read())
    with attempt(form) as tried:
        table = build_table(
            g.actor, draft=file.draft, base=Base(files, form.number.data or "", form.chosen_act()),
            manner=form.chosen_manner(), drops_edits=form.drops_edits.data,
        )  # fmt: skip
        count = count_rows(table.id)
    if not tried.done:
        return _show(file, form)
    flash(ngettext("The table is built: %(num)s row.", "The table is built: %(num)s rows.", count), "success")
    return redirect(url_for("drafts.comparative_table", draft_id=draft_id))


@blueprint.post("/desk/drafts/<int:draft_id>/table/remove")
@access("draft.edit")
def remove_comparative_table(draft_id: int) -> Any:
    """Throw it away."""
    file, form = get_desk_file(g.actor, draft_id), PortalForm()
    with attempt(form) as tried:
        remove_table(g.actor, draft=file.draft)
    flash(_("The comparative table is removed.") if tried.done else form.form_errors[0], "success" if tried.done else "error")
    return redirect(url_for("drafts.comparative_table", draft_id=draft_id))


@blueprint.get("/desk/drafts/<int:draft_id>/table/<language>.<suffix>")
@access("draft.read_unpublished")
@limit(EXPORTING, methods=("GET",))
def table_export(draft_id: int, language: str, suffix: str) -> Any:
    """The table as a file, published or not."""
    file = get_desk_file(g.actor, draft_id)
    return send_table(get_document(file.draft, file.version, language), suffix, file.version.number, is_public=False)


def table_language() -> str:
    """The language of the table that is asked for, the reader's, or Kazakh."""
    return next((code for code in (request.args.get("language"), current_language()) if code in LANGUAGES), LANGUAGES[0])


def row_name(row: RowView, language: str) -> str:
    """What a row is called: its element, in the other language where this one does not name it."""
    other = next(code for code in LANGUAGES if code != language)
    name = row.cell("element", language) or row.cell("element", other)
    return name or _("Element not named")


def _show(file: DeskFile, form: BuildForm | None = None) -> Any:
    table = find_table(file.version.id)
    page = _page(file, table, form or BuildForm(formdata=None))
    return show("drafts/comparative_table.html", page, form)


def _page(file: DeskFile, table: ComparativeTable | None, form: BuildForm) -> TablePage:
    lang, can_edit, draft_id = table_language(), may_edit_text(file), file.draft.id
    total = count_rows(table.id) if table else 0
    without = count_rows(table.id, without_reason=True) if table else 0
    is_whole = request.args.get("show") != "unexplained" or not without
    numbers = page_numbers(total if is_whole else without, PAGE)
    offset = (numbers.number - 1) * PAGE
    rows = list_rows(table.id, offset=offset, limit=PAGE, without_reason=not is_whole) if table else []
    return TablePage(
        head=desk_head(file, "drafts.comparative_table"),
        lang=lang,
        languages=tuple((OWN_NAMES[code], here(language=code), code == lang, None) for code in LANGUAGES),
        can_edit=can_edit,
        has_texts=bool({*LANGUAGES} & {*file.texts}),
        sources=_sources(table) if table else (),
        manner=str(MANNERS.get(table.manner, "")) if table else "",
        built_at=table.built_at if table else None,
        is_stale=table is not None and file.version.published_at is None and is_stale(table, file.texts),
        total=total,
        views=_views(total, without, is_whole) if table else (),
        is_whole=is_whole,
        rows=tuple(_line(draft_id, row, lang) for row in rows),
        numbers=numbers,
        lost=_lost(draft_id, table, lang) if table and can_edit else (),
        downloads=_downloads(draft_id) if table else (),
        form=form,
        acts=_acts(draft_id, form) if can_edit else None,
    )


def _acts(draft_id: int, form: BuildForm) -> ActSearch | None:
    """Fills the choices of the form: the acts found, or those adopted last."""
    words, language = clean_line(request.args.get("act", ""))[:LONGEST_WORDS], current_language()
    found = [each for each in list_published_acts(words, limit=MOST_ACTS + 1) if each.draft_id != draft_id][:MOST_ACTS]
    titles = {str(each.draft_id): dict(zip(("kk", "ru", "en"), each.titles, strict=True)) for each in found}
    names = [(value, of[language] or next(filter(None, of.values()), "")) for value, of in titles.items()]
    form.act.choices = [("", _("None of these")), *names]
    notes = {
        str(each.draft_id): " · ".join(filter(None, (format_day(each.adopted_on), each.reference, _("No %(number)s", number=each.number))))
        for each in found
    }
    url = url_for("drafts.comparative_table", draft_id=draft_id)
    return ActSearch(url, words, notes, bool(found)) if found or words else None


def _views(total: int, without: int, is_whole: bool) -> tuple[tuple[str, str, bool, int | None], ...]:
    return (
        (pgettext("rows", "All"), here(show=None, page=None), is_whole, total),
        (_("Without justification"), here(show="unexplained", page=None), not is_whole, without),
    )


def _line(draft_id: int, row: RowView, lang: str) -> RowLine:
    address = {"draft_id": draft_id, "number": row.number}
    return RowLine(
        number=row.number,
        place=row.place,
        element=row_name(row, lang),
        change=row.change,
        words=str(CHANGES[row.change]),
        tag=TAGS[row.change],
        sides=put_beside(row.cell("present", lang), row.cell("proposed", lang)),
        reason=row.cell("reason", lang),
        finding=str(FINDINGS[row.finding]) if row.finding != Finding.none else "",
        url=url_for("drafts.table_row", **address),
        move_url=url_for("drafts.move_table_row", **address),
    )


def _lost(draft_id: int, table: ComparativeTable, lang: str) -> tuple[tuple[str, str], ...]:
    """(name, address) of the rows that building anew would change back; reasons of elements that stay are kept."""
    return tuple(
        (row_name(row, lang), url_for("drafts.table_row", draft_id=draft_id, number=row.number)) for row in list_lost(table.id)
    )


def _sources(table: ComparativeTable) -> tuple[tuple[str, str], ...]:
    """(name of the language, what the draft was compared with)."""
    return tuple(
        (
            OWN_NAMES[language],
            _("draft No %(number)s, version %(version)s", number=source["name"], version=format_number(source["number"]))
            if "draft" in source else source["name"],
        )
        for language, source in table.base.items()
    )  # fmt: skip


def _downloads(draft_id: int) -> tuple[tuple[str, str], ...]:
    """(words, address) of the files."""
    return tuple(
        (
            f"{OWN_NAMES[language]}: {TABLE_FORMATS[suffix][0]}",
            url_for("drafts.table_export", draft_id=draft_id, language=language, suffix=suffix),
        )
        for language in LANGUAGES
        for suffix in TABLE_FORMATS
    )
