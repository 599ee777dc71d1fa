"""At which addresses does a published version, or an adopted act, leave the portal, and what do machines read about it?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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
from portal.drafts.queries.adopted import AdoptedRef, list_adopted_texts
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


@blueprint.get("/drafts/<int:draft_id>/adopted/<language>.<suffix>")
@public
@limit(EXPORTING, methods=("GET",))
def exported_adopted(draft_id: int, language: str, suffix: str) -> Any:
    """The adopted text as a file, or a page that says it is being made."""
    language, suffix = _parted(language, suffix)
    texts = published_act(get_dossier(draft_id))
    if suffix not in _SUFFIXES or language not in texts:
        raise NotFound("There is no such file.")
    return send_file_of(draft_id, get_publication(draft_id, None), _SUFFIXES[suffix], language, is_public=True)


@blueprint.get("/drafts/<int:draft_id>/adopted.<suffix>")
@public
@limit(EXPORTING, methods=("GET",))
def exported_adopted_whole(draft_id: int, suffix: str) -> Any:
    """The adopted text with every language in one file, in the formats that hold several."""
    published_act(get_dossier(draft_id))
    code = _SUFFIXES.get(suffix)
    if code is None or not FORMATS[code].holds_all:
        raise NotFound("There is no such file.")
    return send_export(get_publication(draft_id, None), code, None, is_public=True)


def published_act(dossier: Dossier) -> dict[str, AdoptedRef]:
    """Language → adopted text, once it is published; raises NotFound before."""
    if dossier.adopted is None or dossier.adopted.published_at is None:
        raise NotFound("The text of the adopted act is not published here.")
    return list_adopted_texts(dossier.draft.id)


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
        (OWN_NAMES[text.language], text.language, _downloads(draft_id, text.number, text.language)) for text in texts
    )


def show_adopted_downloads(draft_id: int, languages: Collection[str]) -> tuple[tuple[str, str, tuple[Download, ...]], ...]:
    """The same of the adopted text."""
    return tuple((OWN_NAMES[code], code, _downloads(draft_id, None, code)) for code in languages)


def _downloads(draft_id: int, number: int | None, language: str) -> tuple[Download, ...]:
    """Every format of one text; `number` None: of the adopted act."""
    endpoint = "consultation.exported_adopted" if number is None else "consultation.exported"
    return tuple(
        Download(
            each.name, url_for(endpoint, draft_id=draft_id, number=number, language=language, suffix=each.suffix),
            each.media_type, language,
        )
        for each in FORMATS.values()
    )  # fmt: skip


def legislation(dossier: Dossier, text: TextRef, texts: Sequence[TextRef], title: str) -> Mapping[str, Any]:
    """What schema.org calls Legislation (schema.org/Legislation), for search engines and other machines."""
    draft, language = dossier.draft, text.language
    addresses = {
        other.language: url_for("consultation.version", draft_id=draft.id, number=text.number, language=other.language)
        for other in texts
    }
    return _legislation(dossier, language, title, addresses, _downloads(draft.id, text.number, language)) | {
        "legislationLegalForce": "https://schema.org/NotInForce",
        "version": str(text.number),
        "datePublished": legal_day(text.published_at).isoformat(),
    }


def adopted_legislation(dossier: Dossier, language: str, languages: Collection[str], title: str) -> Mapping[str, Any]:
    """The same of the adopted text; whether it is in force is not for this portal to say."""
    draft = dossier.draft
    addresses = {code: url_for("consultation.adopted_text", draft_id=draft.id, language=code) for code in languages}
    return _legislation(dossier, language, title, addresses, _downloads(draft.id, None, language)) | {
        "alternateName": draft.adopted_reference,
        "legislationDate": str(draft.adopted_on),
        **({"sameAs": dossier.adopted.url} if dossier.adopted and dossier.adopted.url else {}),
    }


def _legislation(
    dossier: Dossier, language: str, title: str, addresses: Mapping[str, str], files: Sequence[Download]
) -> dict[str, Any]:
    draft, address = dossier.draft, absolute(addresses[language])
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
        "legislationLegalValue": f"https://schema.org/{'Unofficial' if language == 'en' else 'Official'}LegalValue",
        "legislationResponsible": {"@type": "GovernmentOrganization", "name": dossier.body.name(language)},
        "inLanguage": language,
        "isPartOf": {"@type": "Legislation", "@id": work, "url": work},
        "workTranslation": [absolute(other) for code, other in addresses.items() if code != language],
        "encoding": [
            {"@type": "LegislationObject", "encodingFormat": file.media_type, "contentUrl": absolute(file.url)}
            for file in files
        ],
    }  # fmt: skip
