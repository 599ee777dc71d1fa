"""How will readers see the draft?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import g, request
from flask_babel import gettext as _

from portal.drafts.desk_head import DeskHead, desk_head
from portal.drafts.layout import Block, lay_out
from portal.drafts.models import LANGUAGES, PASSPORT_ROWS
from portal.drafts.queries.desk import DeskFile, SourceText, get_desk_file, list_sources
from portal.drafts.structure import Outline
from portal.drafts.views.blueprint import blueprint
from portal.drafts.words import OWN_NAMES, PASSPORT
from portal.web.access import access
from portal.web.locale import current_language
from portal.web.pages import PageNumbers, here, page_numbers, show

BLOCKS = 400  # units on a page
SURE, RATHER_SURE = 0.8, 0.55


@dataclass(frozen=True)
class Row:
    """A row of the passport."""

    key: str
    value: str | None
    lang: str


@dataclass(frozen=True)
class PreviewPage:
    """A text with its passport in one language; `lang` is None while there is no text at all."""

    head: DeskHead
    choices: tuple[tuple[str, str, bool, None], ...]
    lang: str | None
    title: str
    summary: str
    passport: tuple[Row, ...]
    blocks: tuple[Block, ...]
    numbers: PageNumbers
    is_courtesy: bool
    certainty: str


@blueprint.get("/desk/drafts/<int:draft_id>/preview")
@access("draft.read_unpublished")
def preview(draft_id: int) -> Any:
    """The text with its passport, in the reader's language or the one asked for by `?text=`."""
    file = get_desk_file(g.actor, draft_id)
    sources = list_sources(file.version.id)
    lang = _language(sources)
    blocks = lay_out(sources[lang].outline) if lang else ()
    numbers = page_numbers(len(blocks), BLOCKS)
    page = PreviewPage(
        head=desk_head(file, "drafts.preview"),
        choices=tuple(
            (OWN_NAMES[code], here(text=code, page=None), code == lang, None) for code in LANGUAGES if code in sources
        ),
        lang=lang,
        title=file.draft.title(lang) if lang else "",
        summary=file.draft.summary(lang) if lang else "",
        passport=_passport(file, lang) if lang else (),
        blocks=blocks[(numbers.number - 1) * BLOCKS : numbers.number * BLOCKS],
        numbers=numbers,
        is_courtesy=lang == "en",
        certainty=_certainty(sources[lang].outline) if lang else "",
    )
    return show("drafts/preview.html", page)


def _language(sources: dict[str, SourceText]) -> str | None:
    for language in (request.args.get("text"), current_language(), *LANGUAGES):
        if language in sources:
            return language
    return None


def _certainty(outline: Outline) -> str:
    """How sure the importer was and why, in one sentence; "" for a text that none recognised."""
    if outline.confidence is None:
        return ""
    # The share of three degrees is all a reader can use: the figure itself would promise a precision it has not.
    if outline.confidence >= SURE:
        sentence = _("Recognised with high certainty: %(reasons)s.")
    elif outline.confidence >= RATHER_SURE:
        sentence = _("Recognised with medium certainty: %(reasons)s.")
    else:
        sentence = _("Recognised with low certainty: %(reasons)s.")
    reasons = "; ".join(_(reason.template) % dict(reason.params) for reason in outline.reasons)
    return sentence % {"reasons": reasons}


def _passport(file: DeskFile, lang: str) -> tuple[Row, ...]:
    language = current_language()
    given = file.draft.passport.get(lang, {})
    return (
        Row(_("Title of the draft"), getattr(file.draft, f"title_{lang}"), lang),
        Row(_("Developing body"), file.body.name(language), language),
        *(Row(str(PASSPORT[row]), given.get(row), lang) for row in PASSPORT_ROWS),
    )
