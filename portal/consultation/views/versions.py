"""The versions of a draft: what each changed and why, and any two of them side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.consultation.changes import Changes, items_of
from portal.consultation.queries.changes import get_changes, get_comparison
from portal.consultation.queries.comments import KeyCount, count_by_provision
from portal.consultation.queries.reading import Dossier, get_dossier
from portal.consultation.views.addresses import absolute
from portal.consultation.views.blueprint import blueprint
from portal.consultation.views.change_rows import ChapterRows, chapter_rows, summary_words
from portal.consultation.views.comments import DraftLink, draft_link
from portal.consultation.words import OWN_NAMES
from portal.drafts.cells import unit_of
from portal.drafts.compare import Segment
from portal.drafts.models import LANGUAGES
from portal.drafts.queries.versions import VersionLine, list_versions
from portal.kernel.errors import NotFound
from portal.web.access import public
from portal.web.formats import format_number
from portal.web.locale import current_language
from portal.web.pages import PageNumbers, here, page_numbers, show

CHANGED, ALL = 60, 200  # units on a page: of those that changed, of the whole text
_ASKED = ("language", "view", "show", "unit", "page")


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version in the list. `note` are (language, what changed and why); `texts` are (name, language, address)."""

    number: int
    published_at: datetime
    is_discussed: bool
    note: tuple[tuple[str, str], ...]
    texts: tuple[tuple[str, str, str], ...]
    summary: tuple[str, ...]
    compare_url: str | None
    comments_url: str | None


@dataclass(frozen=True)
class VersionsPage:
    """Every version of a draft, the newest first; `pairs` are (words, address) of the comparisons of any two."""

    draft: DraftLink
    versions: tuple[VersionView, ...]
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ComparePage:
    """Two versions in one language; `missing` says that one of them lacks it. Tabs as in the component."""

    draft: DraftLink
    title: str
    older: int
    newer: int
    newer_at: datetime
    lang: str | None
    note: tuple[tuple[str, str], ...]
    languages: tuple[tuple[str, str, bool, int | None], ...]
    views: tuple[tuple[str, str, bool, None], ...]
    extent: tuple[str, str] | None
    is_side: bool
    missing: str
    is_same: bool
    title_change: tuple[Segment, ...]
    changed_elsewhere: tuple[tuple[str, str], ...]
    summary: tuple[str, ...]
    chapters: tuple[ChapterRows, ...]
    numbers: PageNumbers
    versions_url: str
    permanent: str


@blueprint.get("/drafts/<int:draft_id>/versions")
@public
def versions(draft_id: int) -> Any:
    """The list of versions with what each changed and why."""
    dossier, lines = get_dossier(draft_id), list_versions(draft_id)
    page = VersionsPage(draft_link(dossier), tuple(_version(dossier, lines, line) for line in lines), _pairs(draft_id, lines))
    return show("consultation/versions.html", page)


@blueprint.get("/drafts/<int:draft_id>/versions/<int:number>/compare/<int:other>")
@public
def compare_versions(draft_id: int, number: int, other: int) -> Any:
    """Two versions unit by unit, the earlier first: `?language=`, `?view=inline|side`, `?show=all`, `?unit=` a key to go to."""
    dossier, lines = get_dossier(draft_id), list_versions(draft_id)
    if number > other:
        query = {name: request.args[name] for name in _ASKED if name in request.args}
        return redirect(url_for("consultation.compare_versions", draft_id=draft_id, number=other, other=number, **query))
    old, new = _find(lines, number), _find(lines, other)
    lang = _language(old, new)
    changes = get_changes(old, new, lang, current_language()) if lang else None
    if changes is not None and (key := request.args.get("unit")):
        return redirect(page_of_unit(changes, key))
    return show("consultation/compare_versions.html", _compare_page(dossier, (old, new), lang, changes))


def comparison_address(draft_id: int, older: int, newer: int, key: str, language: str = "") -> str:
    """The comparison of two versions at a unit, whatever page of it that stands on."""
    return url_for(
        "consultation.compare_versions", draft_id=draft_id, number=older, other=newer,
        language=language or None, unit=key or None,
    )  # fmt: skip


def note_in(note: Mapping[str, str], language: str) -> tuple[tuple[str, str], ...]:
    """(language, text) of what a version changed: in the reader's language, else in every one there is."""
    if note.get(language):
        return ((language, note[language]),)
    return tuple((code, note[code]) for code in LANGUAGES if note.get(code))


def _version(dossier: Dossier, lines: Sequence[VersionLine], line: VersionLine) -> VersionView:
    draft_id, language = dossier.draft.id, current_language()
    before = next((other for other in lines if other.number == line.number - 1), None)
    discussed = dossier.file.consultation.version_id
    is_later = any(other.id == discussed and other.number < line.number for other in lines)
    lang = _language(before, line) if before else None
    return VersionView(
        number=line.number,
        published_at=line.published_at,
        is_discussed=line.id == discussed,
        note=note_in(line.note, language),
        texts=tuple((OWN_NAMES[code], code, _text_url(draft_id, line.number, code)) for code in LANGUAGES if code in line.texts),
        summary=summary_words(get_comparison(before, line, lang)) if before and lang else (),
        compare_url=comparison_address(draft_id, before.number, line.number, "") if before else None,
        comments_url=url_for("consultation.carried_comments", draft_id=draft_id, number=line.number)
        if is_later and dossier.file.tally.comments else None,
    )  # fmt: skip


def _pairs(draft_id: int, lines: Sequence[VersionLine]) -> tuple[tuple[str, str], ...]:
    """The comparisons of versions that do not follow each other; each next pair stands with its version."""
    return tuple(
        (
            _("Versions %(one)s and %(other)s", one=older.number, other=newer.number),
            comparison_address(draft_id, older.number, newer.number, ""),
        )
        for newer in lines[:12]
        for older in lines[:12]
        if older.number < newer.number - 1
    )


def _find(lines: Sequence[VersionLine], number: int) -> VersionLine:
    for line in lines:
        if line.number == number:
            return line
    raise NotFound("There is no such version.")


def _language(old: VersionLine, new: VersionLine) -> str | None:
    """The language asked for where both versions have it, the reader's, or the first authentic one."""
    both = [code for code in LANGUAGES if code in old.texts and code in new.texts]
    asked = request.args.get("language", "")
    return next((code for code in (asked, current_language(), *both) if code in both), None)


def page_of_unit(changes: Changes, key: str) -> str:
    """This address with the page on which a unit stands, at the unit; one that did not change stands in the whole text."""
    key = unit_of(key)
    unit = changes.comparison.became(key)
    if unit is None:
        return here(unit=None)
    whole = unit.change.value == "same" or request.args.get("show") == "all"
    items = items_of(changes.comparison, with_same=whole)
    place = next((at for at, item in enumerate(items) if item.unit.key == key and not item.skipped), 0)
    page = place // page_size(whole) + 1
    return here(unit=None, show="all" if whole else None, page=page if page > 1 else None) + f"#{key}"


def page_size(whole: bool) -> int:
    return ALL if whole else CHANGED


def _compare_page(
    dossier: Dossier, pair: tuple[VersionLine, VersionLine], lang: str | None, changes: Changes | None
) -> ComparePage:
    (old, new), draft_id = pair, dossier.draft.id
    whole, is_side = request.args.get("show") == "all", request.args.get("view") == "side"
    is_same = changes is not None and changes.comparison.is_same
    items = items_of(changes.comparison, with_same=whole) if changes is not None and (whole or not is_same) else []
    numbers = page_numbers(len(items), page_size(whole))
    counts = count_by_provision(draft_id)
    shown = items[(numbers.number - 1) * numbers.size : numbers.number * numbers.size]
    rows = chapter_rows(
        changes, shown,
        link=lambda key: f"{here()}#{key}",
        show_all=lambda key: here(unit=key, show="all", page=None),
        comments=lambda key: _comments(dossier, new, lang or "", counts, key),
    ) if changes is not None else ()  # fmt: skip
    permanent = comparison_address(draft_id, old.number, new.number, "", lang or "")
    return ComparePage(
        draft=draft_link(dossier),
        title=_("Versions %(one)s and %(other)s compared", one=old.number, other=new.number),
        older=old.number,
        newer=new.number,
        newer_at=new.published_at,
        lang=lang,
        note=note_in(new.note, current_language()) if new.number == old.number + 1 else (),
        languages=_language_tabs(old, new, lang),
        views=view_tabs(is_side),
        extent=extent_link(changes, whole, is_same),
        is_side=is_side,
        missing="" if lang else _("These versions have no text in a common language."),
        is_same=is_same,
        title_change=changes.comparison.title if changes is not None else (),
        changed_elsewhere=_changed_elsewhere(old, new, lang) if is_same else (),
        summary=summary_words(changes.comparison) if changes is not None else (),
        chapters=rows,
        numbers=numbers,
        versions_url=url_for("consultation.versions", draft_id=draft_id),
        permanent=absolute(permanent),
    )


def _comments(
    dossier: Dossier, new: VersionLine, lang: str, counts: Mapping[str, KeyCount], key: str
) -> tuple[str, str | None]:
    count = counts[key].comments if key in counts else 0
    if not count:
        return "", None
    words = ngettext("%(count)s comment", "%(count)s comments", count, count=format_number(count))
    return words, url_for("consultation.comments", draft_id=dossier.draft.id, provision=key)


def _language_tabs(old: VersionLine, new: VersionLine, lang: str | None) -> tuple[tuple[str, str, bool, int | None], ...]:
    return tuple(
        (OWN_NAMES[code], here(language=code, page=None), code == lang, get_comparison(old, new, code).changed)
        for code in LANGUAGES
        if code in old.texts and code in new.texts
    )


def view_tabs(is_side: bool) -> tuple[tuple[str, str, bool, None], ...]:
    return (
        (_("Changes in the text"), here(view=None), not is_side, None),
        (_("Side by side"), here(view="side"), is_side, None),
    )


def extent_link(changes: Changes | None, whole: bool, is_same: bool) -> tuple[str, str] | None:
    """(words, address) of the other extent: the whole text, or only what changed."""
    if changes is None or (is_same and not whole):
        return None
    if whole:
        return _("Show only what changed"), here(show=None, page=None)
    return _("Show the whole text"), here(show="all", page=None)


def _changed_elsewhere(old: VersionLine, new: VersionLine, lang: str | None) -> tuple[tuple[str, str], ...]:
    """(name, address) of the languages in which the two versions do differ."""
    return tuple(
        (OWN_NAMES[code], here(language=code, page=None, show=None))
        for code in LANGUAGES
        if code != lang and code in old.texts and code in new.texts and not get_comparison(old, new, code).is_same
    )


def _text_url(draft_id: int, number: int, language: str) -> str:
    return url_for("consultation.version", draft_id=draft_id, number=number, language=language)
