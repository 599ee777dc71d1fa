"""The public comparative table: what is in force, what is proposed and why, each row open to comments."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.consultation.queries.comments import KeyCount, count_by_provision
from portal.consultation.queries.reading import Dossier, TextRef, get_dossier, list_texts
from portal.consultation.views.addresses import absolute, provision_address, table_address
from portal.consultation.views.blueprint import blueprint
from portal.consultation.views.comments import DraftLink, draft_link, make_scene
from portal.consultation.views.threads import Scene
from portal.drafts.comparative import LANGUAGES
from portal.drafts.comparative.sides import Sides, put_beside
from portal.drafts.comparative_words import CHANGES, TAGS
from portal.drafts.exporters.table import TABLE_FORMATS
from portal.drafts.models import ComparativeTable
from portal.drafts.queries.comparative import (
    RowView,
    comment_key,
    count_before,
    count_rows,
    get_table,
    list_rows,
    table_row_of,
)
from portal.drafts.queries.texts import provision_keys
from portal.drafts.table_downloads import get_document, send_table
from portal.drafts.words import OWN_NAMES
from portal.kernel.errors import NotFound
from portal.web.access import public
from portal.web.formats import format_number
from portal.web.limits import EXPORTING, limit
from portal.web.locale import current_language
from portal.web.pages import PageNumbers, here, page_numbers, show

PAGE = 20
PRINTED = 300  # rows on one page to print


@dataclass(frozen=True, slots=True)
class TableRowView:
    """A row in one language; `other` is the language its words are in where it is not that of the table."""

    number: int
    place: int
    element: str
    change: str
    words: str
    tag: str
    lang: str
    sides: Sides
    reason: str
    url: str
    text_url: str | None
    comments: str
    comments_url: str | None
    comment_url: str | None


@dataclass(frozen=True)
class PublicTablePage:
    """A page of the table of one published version."""

    draft: DraftLink
    version: int
    lang: str
    languages: tuple[tuple[str, str, bool, None], ...]
    total: str
    takes_comments: bool
    rows: tuple[TableRowView, ...]
    numbers: PageNumbers
    all_url: str | None
    downloads: tuple[tuple[str, str, str], ...]
    permanent: str


@blueprint.get("/drafts/<int:draft_id>/table")
@public
def comparative_table(draft_id: int) -> Any:
    """The table of the version under discussion, or of `?version=`; `?row=` leads to a row wherever it stands."""
    dossier, texts = get_dossier(draft_id), list_texts(draft_id)
    text = _text_of(dossier, texts)
    table = get_table(text.version_id)
    if (number := request.args.get("row", "")).isdecimal() and len(number) < 9:
        return redirect(_page_of(table, int(number)))
    return show("consultation/comparative_table.html", _page(dossier, texts, text, table))


@blueprint.get("/drafts/<int:draft_id>/table/<language>.<suffix>")
@public
@limit(EXPORTING, methods=("GET",))
def table_file(draft_id: int, language: str, suffix: str) -> Any:
    """The table as a Word file or a workbook."""
    dossier, texts = get_dossier(draft_id), list_texts(draft_id)
    text = _text_of(dossier, texts)
    return send_table(get_document(dossier.draft, text.version_id, language), suffix, text.number, is_public=True)


def _text_of(dossier: Dossier, texts: Sequence[TextRef]) -> TextRef:
    """The first text of the version asked for: its number and id are what matters."""
    asked = request.args.get("version", "")
    for text in texts:
        if (str(text.number) == asked) if asked else (text.version_id == dossier.file.consultation.version_id):
            return text
    raise NotFound("There is no such version.")


def _page_of(table: ComparativeTable, number: int) -> str:
    before = count_before(table.id, number)
    if before is None:
        raise NotFound("There is no such row.")
    page = before // PAGE + 1
    return here(row=None, show=None, page=page if page > 1 else None) + f"#row-{number}"


def _page(dossier: Dossier, texts: Sequence[TextRef], text: TextRef, table: ComparativeTable) -> PublicTablePage:
    draft_id, total = dossier.draft.id, count_rows(table.id)
    lang = next((code for code in (request.args.get("language"), current_language()) if code in LANGUAGES), LANGUAGES[0])
    is_whole = request.args.get("show") == "all"
    numbers = page_numbers(total, PRINTED if is_whole else PAGE)
    rows = list_rows(table.id, offset=(numbers.number - 1) * numbers.size, limit=numbers.size)
    is_discussed = text.version_id == dossier.file.consultation.version_id
    scene, counts = make_scene(dossier, texts), count_by_provision(draft_id)
    keys = provision_keys(text.version_id)
    version = None if is_discussed else text.number
    return PublicTablePage(
        draft=draft_link(dossier),
        version=text.number,
        lang=lang,
        languages=tuple((OWN_NAMES[code], here(language=code), code == lang, None) for code in LANGUAGES),
        total=ngettext("%(count)s row", "%(count)s rows", total, count=format_number(total)),
        takes_comments=scene.takes_comments and is_discussed,
        rows=tuple(_row(scene, row, lang, keys, counts, version) for row in rows),
        numbers=numbers,
        all_url=here(show="all", page=None) if total > PAGE and not is_whole else None,
        downloads=_downloads(draft_id, version),
        permanent=absolute(table_address(draft_id, version)),
    )


def _row(
    scene: Scene, row: RowView, lang: str, keys: Collection[str], counts: Mapping[str, KeyCount], version: int | None
) -> TableRowView:
    draft_id, key = scene.dossier.draft.id, comment_key(row, keys)
    shown = _language_of(row, lang)
    count = counts[key].comments if key in counts else 0
    is_own = table_row_of(key) is not None
    place_url = url_for("consultation.comments", draft_id=draft_id, provision=key) if is_own else provision_address(draft_id, key)
    return TableRowView(
        number=row.number,
        place=row.place,
        element=row.cell("element", shown) or _("Element not named"),
        change=row.change,
        words=str(CHANGES[row.change]),
        tag=TAGS[row.change],
        lang=shown,
        sides=put_beside(row.cell("present", shown), row.cell("proposed", shown)),
        reason=row.cell("reason", shown),
        url=table_address(draft_id, version, row.number),
        text_url=None if is_own or version else place_url,
        comments=ngettext("%(count)s comment", "%(count)s comments", count, count=format_number(count)) if count else "",
        comments_url=place_url if count else None,
        comment_url=url_for("consultation.new_comment", draft_id=draft_id, provision=key)
        if scene.takes_comments and version is None else None,
    )  # fmt: skip


def _language_of(row: RowView, lang: str) -> str:
    """The language of the table, or the other one for a row that has no words in it."""
    for code in (lang, *LANGUAGES):
        if row.cell("present", code) or row.cell("proposed", code):
            return code
    return lang


def _downloads(draft_id: int, version: int | None) -> tuple[tuple[str, str, str], ...]:
    """(words, language, address) of the files."""
    return tuple(
        (
            f"{OWN_NAMES[code]}: {TABLE_FORMATS[suffix][0]}",
            code,
            url_for("consultation.table_file", draft_id=draft_id, language=code, suffix=suffix, version=version),
        )
        for code in LANGUAGES
        for suffix in TABLE_FORMATS
    )
