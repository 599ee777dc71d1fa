"""How are two texts that are not versions of one draft compared: near-identical drafts, a draft and the act it became?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from flask import redirect, request
from flask_babel import gettext as _

from portal.consultation.changes import Changes, items_of
from portal.consultation.views.change_rows import ChapterRows, chapter_rows, summary_words
from portal.consultation.views.comments import DraftLink
from portal.consultation.views.versions import extent_link, page_of_unit, page_size, view_tabs
from portal.consultation.words import OWN_NAMES
from portal.drafts.compare import Segment
from portal.drafts.models import LANGUAGES
from portal.web.locale import current_language
from portal.web.pages import PageNumbers, here, page_numbers, show

Links = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class About:
    """What is compared, in words: `names` head the two columns; `meta` are (words, address or None); `links` lead on."""

    draft: DraftLink
    title: str
    names: tuple[str, str]
    meta: tuple[tuple[str, str | None], ...]
    links: Links
    crumb: tuple[str, str] | None
    permanent: str


@dataclass(frozen=True)
class TwoTextsPage:
    """Two texts in one language, unit by unit; `missing` says that they have none in common. Tabs as in the component."""

    about: About
    lang: str | None
    languages: tuple[tuple[str, str, bool, None], ...]
    views: tuple[tuple[str, str, bool, None], ...]
    extent: tuple[str, str] | None
    is_side: bool
    missing: str
    is_same: bool
    title_change: tuple[Segment, ...]
    summary: tuple[str, ...]
    chapters: tuple[ChapterRows, ...]
    numbers: PageNumbers


def chosen_language(both: Collection[str]) -> str | None:
    """The language asked for by `?language=`, the reader's, or the first that both texts have."""
    asked = request.args.get("language", "")
    ordered = [code for code in LANGUAGES if code in both]
    return next((code for code in (asked, current_language(), *ordered) if code in both), None)


def show_two_texts(about: About, both: Collection[str], lang: str | None, changes: Changes | None) -> Any:
    """The page: `?language=`, `?view=inline|side`, `?show=all`, `?unit=` a key to go to, `?page=`."""
    if changes is not None and (key := request.args.get("unit")):
        return redirect(page_of_unit(changes, key))
    whole, is_side = request.args.get("show") == "all", request.args.get("view") == "side"
    is_same = changes is not None and changes.comparison.is_same
    items = items_of(changes.comparison, with_same=whole) if changes is not None and (whole or not is_same) else []
    numbers = page_numbers(len(items), page_size(whole))
    page = TwoTextsPage(
        about=about,
        lang=lang,
        languages=tuple((OWN_NAMES[code], here(language=code, page=None), code == lang, None) for code in LANGUAGES if code in both),
        views=view_tabs(is_side),
        extent=extent_link(changes, whole, is_same),
        is_side=is_side,
        missing="" if changes is not None else _("These texts have no language in common."),
        is_same=is_same,
        title_change=changes.comparison.title if changes is not None else (),
        summary=summary_words(changes.comparison) if changes is not None else (),
        chapters=_rows(changes, items[(numbers.number - 1) * numbers.size : numbers.number * numbers.size]),
        numbers=numbers,
    )
    return show("consultation/two_texts.html", page)


def _rows(changes: Changes | None, shown: Sequence[Any]) -> tuple[ChapterRows, ...]:
    if changes is None:
        return ()
    return chapter_rows(
        changes, shown,
        link=lambda key: f"{here()}#{key}",
        show_all=lambda key: here(unit=key, show="all", page=None),
        comments=lambda key: ("", None),
    )  # fmt: skip
