"""Where is the text of an adopted act read, as the text of a version is?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import g, redirect, request, url_for

from portal.consultation.anchors import Block
from portal.consultation.queries.reading import Dossier, get_adopted_parts, get_dossier
from portal.consultation.views.addresses import absolute
from portal.consultation.views.blueprint import blueprint
from portal.consultation.views.comments import DraftLink, draft_link
from portal.consultation.views.exports import Download, adopted_legislation, published_act, show_adopted_downloads
from portal.consultation.views.package import first_language
from portal.consultation.views.texts import ContentsLine, PartLinks, Spot, contents_lines, part_links, shown_blocks
from portal.consultation.words import OWN_NAMES
from portal.drafts.queries.adopted import AdoptedRef
from portal.kernel.errors import NotFound
from portal.web.access import public
from portal.web.formats import format_day
from portal.web.locale import current_language
from portal.web.pages import Page, show


@dataclass(frozen=True)
class AdoptedTextPage:
    """The adopted text in one language; `links` are (name, language, address, is it the present one) of its languages."""

    draft: DraftLink
    reference: str
    adopted_on: str
    official_url: str
    lang: str
    is_foreign: bool
    links: tuple[tuple[str, str, str, bool], ...]
    contents: tuple[ContentsLine, ...]
    blocks: tuple[Block, ...]
    part: PartLinks | None
    file_url: str | None
    permanent: str
    downloads: tuple[tuple[str, str, tuple[Download, ...]], ...]
    metadata: Mapping[str, Any]


@blueprint.get("/drafts/<int:draft_id>/adopted/text")
@public
def adopted_in_own_language(draft_id: int) -> Any:
    """The stable address of the adopted text leads to it in the reader's language, or in the first authentic one."""
    language = first_language(published_act(get_dossier(draft_id)), current_language())
    return redirect(url_for("consultation.adopted_text", draft_id=draft_id, language=language))


@blueprint.get("/drafts/<int:draft_id>/adopted/<any(kk, ru, en):language>")
@public
def adopted_text(draft_id: int, language: str) -> Page:
    """The adopted text; of a long one the page that has `?at=` or `?part=`, or the first."""
    dossier = get_dossier(draft_id)
    texts = published_act(dossier)
    if language not in texts:
        raise NotFound("There is no text in this language.")
    g.language_urls = {code: _address(draft_id, code, lang=code) for code in texts}
    return show("consultation/adopted_text.html", _page(dossier, texts, language))


def _page(dossier: Dossier, texts: Mapping[str, AdoptedRef], language: str) -> AdoptedTextPage:
    draft, base = dossier.draft, _address(dossier.draft.id, language)
    spot = _spot(draft.id, texts[language])
    at = spot.part.key if spot.part and spot.place else None
    assert draft.adopted_on is not None and dossier.adopted is not None
    return AdoptedTextPage(
        draft=draft_link(dossier),
        reference=draft.adopted_reference,
        adopted_on=format_day(draft.adopted_on),
        official_url=dossier.adopted.url,
        lang=language,
        is_foreign=language != current_language(),
        links=tuple((OWN_NAMES[code], code, _address(draft.id, code, at=at), code == language) for code in texts),
        contents=tuple(contents_lines(spot, f"{base}?", current_language(), {})),
        blocks=shown_blocks(spot)[0],
        part=part_links(spot, f"{base}?"),
        file_url=url_for("consultation.adopted_file", draft_id=draft.id, language=language)
        if texts[language].source_file else None,
        permanent=absolute(_address(draft.id, language, part=at)),
        downloads=show_adopted_downloads(draft.id, texts),
        metadata=adopted_legislation(dossier, language, texts, draft.title(language)),
    )  # fmt: skip


def _spot(draft_id: int, text: AdoptedRef) -> Spot:
    parts = get_adopted_parts(draft_id, text.language, text.digest)
    if not parts.are_many:
        return Spot(parts)
    places = (parts.place_of(request.args.get(name, "")) for name in ("at", "part"))
    return Spot(parts, next((place for place in places if place is not None), 0))


def _address(draft_id: int, language: str, **query: Any) -> str:
    return url_for("consultation.adopted_text", draft_id=draft_id, language=language, **query)
