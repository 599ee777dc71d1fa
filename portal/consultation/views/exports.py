"""At which addresses does a published version leave the portal, and what do machines read about it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import redirect, url_for

from portal.consultation.queries.reading import Dossier, TextRef, get_dossier, list_texts
from portal.consultation.views.addresses import absolute
from portal.consultation.views.blueprint import blueprint
from portal.consultation.views.texts import choose_text
from portal.consultation.words import OWN_NAMES
from portal.drafts.downloads import send_export, send_file_of
from portal.drafts.exporters import FORMATS
from portal.drafts.queries.publications import get_publication
from portal.kernel.clock import legal_day
from portal.kernel.errors import NotFound
from portal.web.access import public
from portal.web.limits import EXPORTING, limit
from portal.web.locale import current_language

_SUFFIXES = {format_.suffix: code for code, format_ in FORMATS.items()} | {"xml": "akn"}


@dataclass(frozen=True, slots=True)
class Download:
    """One file of a version: its format by name, address, media type and language."""

    name: str
    url: str
    media_type: str
    language: str


@blueprint.get("/drafts/<int:draft_id>/versions/<int:number>")
@public
def version_in_own_language(draft_id: int, number: int) -> Any:
    """The stable address of a version leads to its text in the reader's language, or in the first authentic one."""
    get_dossier(draft_id)
    texts = list_texts(draft_id)
    version_id = next((text.version_id for text in texts if text.number == number), 0)
    text = choose_text(texts, version_id, current_language())
    return redirect(url_for("consultation.version", draft_id=draft_id, number=number, language=text.language))


@blueprint.get("/drafts/<int:draft_id>/versions/<int:number>/<language>.<suffix>")
@public
@limit(EXPORTING, methods=("GET",))
def exported(draft_id: int, number: int, language: str, suffix: str) -> Any:
    """A published text as a file, or a page that says it is being made."""
    language, suffix = _parted(language, suffix)
    texts = _published(draft_id, number)
    if suffix not in _SUFFIXES or not any(text.language == language for text in texts):
        raise NotFound("There is no such file.")
    publication = get_publication(draft_id, number)
    return send_file_of(draft_id, publication, _SUFFIXES[suffix], language, is_public=True)


@blueprint.get("/drafts/<int:draft_id>/versions/<int:number>.<suffix>")
@public
@limit(EXPORTING, methods=("GET",))
def exported_whole(draft_id: int, number: int, suffix: str) -> Any:
    """A published version with every language in one file, in the formats that hold several."""
    _published(draft_id, number)
    code = _SUFFIXES.get(suffix)
    if code is None or not FORMATS[code].holds_all:
        raise NotFound("There is no such file.")
    return send_export(get_publication(draft_id, number), code, None, is_public=True)


def _parted(language: str, suffix: str) -> tuple[str, str]:
    """"kk.akn" and "xml" are "kk" and "akn.xml": which of the dots parts them is for us to say."""
    first, dot, rest = f"{language}.{suffix}".partition(".")
    return first, rest if dot else ""


def _published(draft_id: int, number: int) -> list[TextRef]:
    get_dossier(draft_id)
    texts = [text for text in list_texts(draft_id) if text.number == number]
    if not texts:
        raise NotFound("There is no such version.")
    return texts


def show_downloads(draft_id: int, texts: Sequence[TextRef]) -> tuple[tuple[str, str, tuple[Download, ...]], ...]:
    """(name of the language, its code, files) of each language of a version."""
    return tuple(
        (OWN_NAMES[text.language], text.language, tuple(_download(draft_id, text, code) for code in FORMATS))
        for text in texts
    )


def _download(draft_id: int, text: TextRef, code: str) -> Download:
    chosen = FORMATS[code]
    url = url_for(
        "consultation.exported", draft_id=draft_id, number=text.number, language=text.language, suffix=chosen.suffix
    )
    return Download(chosen.name, url, chosen.media_type, text.language)


def legislation(dossier: Dossier, text: TextRef, texts: Sequence[TextRef], title: str) -> Mapping[str, Any]:
    """What schema.org calls Legislation (schema.org/Legislation), for search engines and other machines."""
    draft, language = dossier.draft, text.language
    address = absolute(url_for("consultation.version", draft_id=draft.id, number=text.number, language=language))
    work = absolute(url_for("consultation.draft", draft_id=draft.id))
    return {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": address,
        "url": address,
        "name": title,
        "legislationIdentifier": draft.number,
        "legislationType": dossier.act_type.name(language),
        "legislationJurisdiction": "KZ",
        "legislationLegalForce": "https://schema.org/NotInForce",
        "legislationLegalValue": f"https://schema.org/{'Unofficial' if language == 'en' else 'Official'}LegalValue",
        "legislationResponsible": {"@type": "GovernmentOrganization", "name": dossier.body.name(language)},
        "inLanguage": language,
        "version": str(text.number),
        "datePublished": legal_day(text.published_at).isoformat(),
        "isPartOf": {"@type": "Legislation", "@id": work, "url": work},
        "workTranslation": [
            absolute(url_for("consultation.version", draft_id=draft.id, number=text.number, language=other.language))
            for other in texts if other.language != language
        ],
        "encoding": [
            {"@type": "LegislationObject", "encodingFormat": file.media_type, "contentUrl": absolute(file.url)}
            for file in (_download(draft.id, text, code) for code in FORMATS)
        ],
    }  # fmt: skip
