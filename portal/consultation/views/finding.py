"""The contents of a whole act on one page, and the words a reader looks for in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.consultation.anchors import Block
from portal.consultation.finding import LONGEST_QUERY, Piece, asked_words, excerpt, words_of
from portal.consultation.queries.reading import TextRef, get_dossier, get_index, get_layout, list_texts
from portal.consultation.views.blueprint import blueprint
from portal.consultation.views.head import title_in
from portal.kernel.errors import NotFound
from portal.kernel.text import clean_line
from portal.web.access import public
from portal.web.formats import format_number
from portal.web.limits import SEARCHING, limit
from portal.web.locale import current_language
from portal.web.pages import PageNumbers, page_numbers, show

ON_PAGE = 30
LONGEST_CONTENTS = 3_000


@dataclass(frozen=True, slots=True)
class Found:
    """A unit that has the words: what it is called, where it is read, and the words round them."""

    name: str
    url: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A heading or article of the contents, `depth` from 0."""

    key: str
    label: str
    heading: str
    url: str
    depth: int


@dataclass(frozen=True)
class FindPage:
    """`total` are words; `found` are of the present page; `places` is the contents, shown while nothing is asked."""

    title: str
    title_lang: str | None
    lang: str
    is_foreign: bool
    number: int
    draft_url: str
    text_url: str
    find_url: str
    query: str
    total: str
    found: tuple[Found, ...]
    numbers: PageNumbers
    places: tuple[Place, ...]


@blueprint.get("/drafts/<int:draft_id>/versions/<int:number>/<language>/find")
@public
@limit(SEARCHING, methods=("GET",))
def find(draft_id: int, number: int, language: str) -> Any:
    """The units that have every word of `?q=`, in any form of it; without it the contents of the act."""
    dossier = get_dossier(draft_id)
    text = next((t for t in list_texts(draft_id) if (t.number, t.language) == (number, language)), None)
    if text is None:
        raise NotFound("There is no such text.")
    query = clean_line(request.args.get("q", ""))[:LONGEST_QUERY]
    asked = asked_words(query)
    keys = get_index(text).find(asked) if asked else []
    numbers = page_numbers(len(keys), ON_PAGE)
    base = url_for("consultation.version", draft_id=draft_id, number=number, language=language)
    shown = keys[(numbers.number - 1) * ON_PAGE : numbers.number * ON_PAGE]
    title, title_lang = title_in(dossier, current_language())
    return show(
        "consultation/find.html",
        FindPage(
            title=title,
            title_lang=title_lang,
            lang=language,
            is_foreign=language != current_language(),
            number=number,
            draft_url=url_for("consultation.draft", draft_id=draft_id),
            text_url=base,
            find_url=url_for("consultation.find", draft_id=draft_id, number=number, language=language),
            query=query,
            total=_total(len(keys)),
            found=_found(text, shown, query, base),
            numbers=numbers,
            places=() if query else _places(text, base),
        ),
    )


def _total(count: int) -> str:
    if not count:
        return _("Nothing was found in this text")
    return ngettext("Found in %(count)s place", "Found in %(count)s places", count, count=format_number(count))


def _found(text: TextRef, keys: list[str], query: str, base: str) -> tuple[Found, ...]:
    layout, asked = get_layout(text), asked_words(query)
    blocks = {key: layout.blocks[layout.places[key]] for key in keys}
    return tuple(
        Found(layout.name(key, current_language()), f"{base}?at={key}#{key}",
              excerpt(words_of(blocks[key]), asked, text.language))
        for key in keys
    )  # fmt: skip


def _places(text: TextRef, base: str) -> tuple[Place, ...]:
    """Headings and articles; of an act that has neither, its points."""
    layout = get_layout(text)
    named = [block for block in layout.blocks if block.label or block.heading]
    return tuple(
        Place(block.key, block.label, block.heading, f"{base}?at={block.key}#{block.key}", _depth(block))
        for block in (named or layout.blocks)[:LONGEST_CONTENTS]
    )


def _depth(block: Block) -> int:
    return min(block.level - 2, 3)
