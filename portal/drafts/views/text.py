"""How do the texts of a draft get in, and what did the portal recognise in them?"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, g, redirect, request, send_file, url_for
from flask_babel import gettext as _

from portal.drafts.actions.versions import file_store, upload_text
from portal.drafts.alignment import Pair, align
from portal.drafts.desk_head import DeskHead, desk_head, may_edit_text
from portal.drafts.findings import Finding, findings
from portal.drafts.forms import TextForm
from portal.drafts.labels import label_of
from portal.drafts.models import LANGUAGES
from portal.drafts.policy import AUTHENTIC
from portal.drafts.queries.desk import DeskFile, SourceText, get_desk_file, list_sources
from portal.drafts.queries.editing import count_edits
from portal.drafts.structure import Kind, Provision, walk
from portal.drafts.views.blueprint import blueprint
from portal.drafts.words import OWN_NAMES, PARTS
from portal.kernel.errors import DomainError, NotFound
from portal.kernel.text import clean_line
from portal.web.access import access
from portal.web.forms import attempt
from portal.web.limits import UPLOADING, limit
from portal.web.pages import PageNumbers, here, page_numbers, show

ROWS = 200  # units on a page
SNIPPET = 280  # characters of a unit that tell whether it was recognised rightly
MOST_FINDINGS = 40


@dataclass(frozen=True, slots=True)
class Cell:
    """The beginning of a unit in one language."""

    lang: str
    label: str
    heading: str
    text: str
    table_rows: int


@dataclass(frozen=True, slots=True)
class Row:
    """A unit in the languages shown; a cell is None where the language lacks the unit."""

    id: str
    depth: int
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class PlacedFinding:
    """A finding with the address of the row it speaks of."""

    source: str
    place: str
    words: str
    url: str | None


@dataclass(frozen=True)
class Upload:
    """A file that was read: how many units and tables were recognised in it, and corrections made since."""

    part: str
    name: str
    units: int
    tables: int
    url: str | None
    corrections: int
    structure_url: str


@dataclass(frozen=True)
class TextPage:
    """The upload form and what was recognised; `columns` are (language, its own name), `choices` links to others."""

    head: DeskHead
    opens_form: bool
    uploads: tuple[Upload, ...]
    columns: tuple[tuple[str, str], ...]
    choices: tuple[tuple[str, str, bool, None], ...]
    rows: tuple[Row, ...]
    numbers: PageNumbers
    findings: tuple[PlacedFinding, ...]
    findings_left: int


@blueprint.get("/desk/drafts/<int:draft_id>/text")
@access("draft.read_unpublished")
def text(draft_id: int) -> Any:
    """The texts with the structure recognised, language beside language."""
    return _show(get_desk_file(g.actor, draft_id), TextForm())


@blueprint.post("/desk/drafts/<int:draft_id>/text")
@access("draft.edit")
@limit(UPLOADING)
def upload(draft_id: int) -> Any:
    """Read the files sent. One that cannot be read does not keep the others out."""
    file, form = get_desk_file(g.actor, draft_id), TextForm()
    sent = [language for language in LANGUAGES if form[f"file_{language}"].data]
    if not sent:
        form.file_kk.errors = [_("Choose a file.")]
        return _show(file, form)
    for language in sent:
        storage = form[f"file_{language}"].data
        name = clean_line(storage.filename)
        with attempt(form) as tried, _beside(f"file_{language}"):
            upload_text(
                g.actor, draft=file.draft, language=language, data=storage.read(), name=name,
                drops_edits=form.drops_edits.data, changes=form.chosen_changes(),
            )  # fmt: skip
        if tried.done:
            flash(_("The file “%(name)s” is read.", name=name), "success")
    if form.errors:
        return _show(get_desk_file(g.actor, draft_id), form)
    return redirect(url_for("drafts.text", draft_id=draft_id))


@blueprint.get("/desk/drafts/<int:draft_id>/text/<language>")
@access("draft.read_unpublished")
def source(draft_id: int, language: str) -> Response:
    """The file a text was read from."""
    file = get_desk_file(g.actor, draft_id)
    found = list_sources(file.version.id).get(language)
    if found is None or found.file is None:
        raise NotFound("There is no such file.")
    data = io.BytesIO(file_store().read(found.file))
    return send_file(data, "application/octet-stream", as_attachment=True, download_name=found.name)


@contextmanager
def _beside(field: str) -> Iterator[None]:
    """A refusal stands beside the file it is about."""
    try:
        yield
    except DomainError as error:
        error.field = field
        raise


def _show(file: DeskFile, form: TextForm) -> Any:
    can_edit, sources = may_edit_text(file), list_sources(file.version.id)
    edits = count_edits(file.version.id)
    outlines = {language: each.outline for language, each in sources.items()}
    shown = _columns(sources)
    left, right = (outlines.get(language) for language in (*shown, "", "")[:2])
    pairs, found = align(left, right), findings(outlines)
    numbers = page_numbers(len(pairs), ROWS)
    page = TextPage(
        head=desk_head(file, "drafts.text"),
        opens_form=bool(form.errors) or not {*AUTHENTIC} <= {*sources},
        uploads=tuple(_upload(file, sources[each], edits.get(each, 0)) for each in LANGUAGES if each in sources),
        columns=tuple((language, OWN_NAMES[language]) for language in shown),
        choices=_choices(sources, shown),
        rows=tuple(_row(pair, shown) for pair in pairs[(numbers.number - 1) * ROWS : numbers.number * ROWS]),
        numbers=numbers,
        findings=_placed(found[:MOST_FINDINGS], pairs),
        findings_left=max(0, len(found) - MOST_FINDINGS),
    )
    return show("drafts/text.html", page, form if can_edit or form.errors else None)


def _columns(sources: Mapping[str, SourceText]) -> tuple[str, ...]:
    """The two languages to show, the authentic ones unless the reader asks for English."""
    there = [language for language in LANGUAGES if language in sources]
    if request.args.get("beside") == "en" and len(there) == 3:
        return "ru", "en"
    return tuple(there[:2])


def _choices(sources: Mapping[str, SourceText], shown: tuple[str, ...]) -> tuple[tuple[str, str, bool, None], ...]:
    if len(sources) < 3:
        return ()
    return (
        (_("Kazakh and Russian"), here(beside=None, page=None), "en" not in shown, None),
        (_("Russian and English"), here(beside="en", page=None), "en" in shown, None),
    )


def _upload(file: DeskFile, read: SourceText, corrections: int) -> Upload:
    units = sum(1 for _ in walk(read.outline.provisions))
    url = url_for("drafts.source", draft_id=file.draft.id, language=read.language) if read.file else None
    structure_url = url_for("drafts.structure", draft_id=file.draft.id, language=read.language)
    part = str(PARTS[f"text-{read.language}"])
    return Upload(part, read.name, units, read.outline.tables, url, corrections, structure_url)


def _row(pair: Pair, languages: tuple[str, ...]) -> Row:
    sides = (pair.left, pair.right)[: len(languages)]
    return Row(pair.key, min(pair.depth, 4), tuple(_cell(side, language) for side, language in zip(sides, languages)))


def _cell(unit: Provision | None, language: str) -> Cell | None:
    if unit is None:
        return None
    words = " ".join(unit.text.split())
    return Cell(
        lang=language,
        label="" if unit.kind is Kind.indent else label_of(unit, language),
        heading=unit.heading,
        text=words if len(words) <= SNIPPET else words[:SNIPPET].rsplit(" ", 1)[0] + "…",
        table_rows=len(unit.rows),
    )


def _placed(found: tuple[Finding, ...], pairs: tuple[Pair, ...]) -> tuple[PlacedFinding, ...]:
    """Findings with the address of the row they speak of, which may stand on another page of the list."""
    places = {pair.key: place // ROWS + 1 for place, pair in enumerate(pairs)}
    return tuple(
        PlacedFinding(
            each.source,
            each.place,
            each.words,
            f"{here(page=places[each.key] if places[each.key] > 1 else None)}#{each.key}" if each.key in places else None,
        )
        for each in found
    )
