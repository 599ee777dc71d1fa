"""Under which identifiers does Akoma Ntoso know a version: work, expression, manifestation (FRBR)?

The work is the draft - or the act it became, which is another work - an expression one language of one version, the manifestation its XML. Addresses within
identifiers follow the naming convention: /akn/kz/bill/<body>/<year>/<number>/<language>@<date>/!<component>.
"""

from __future__ import annotations

from datetime import date

from lxml import etree

from portal.drafts.exporters.publication import LANGUAGE_CODES, Publication

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
COUNTRY = "kz"
PORTAL_ADDRESS = "/akn/ontology/organization/kz/talqy"
AUTHENTIC = ("kk", "ru")
_AUTHOR, _PORTAL = "body", "portal"


def work_address(publication: Publication) -> str:
    """The name of the draft or of the act, whatever its version and language."""
    subtype = publication.type_code or "draft"
    body = publication.body_code or "kz"
    kind, day = work_of(publication)
    return f"/akn/{COUNTRY}/{kind}/{subtype}/{body}/{day.isoformat()}/{publication.number}"


def work_of(publication: Publication) -> tuple[str, date]:
    """What the work is called - a `bill`, or the `act` it became - and since which day it exists."""
    return ("act", publication.published_on) if publication.version is None else ("bill", publication.created_on)


def expression_address(publication: Publication, language: str) -> str:
    """The name of one version in one language."""
    return f"{work_address(publication)}/{LANGUAGE_CODES[language]}@{publication.published_on.isoformat()}"


def expression_meta(meta: etree._Element, publication: Publication, language: str, component: str = "main") -> None:
    """Identification of a text, or of an annex by its key, with the other languages as alternatives."""
    identification = _add(meta, "identification", source=f"#{_PORTAL}")
    _work(identification, publication, component)
    expression = _level(
        identification, "FRBRExpression", expression_address(publication, language), component,
        publication.published_on.isoformat(), alias=_web_address(publication, language, component),
    )  # fmt: skip
    if publication.version is not None:
        _add(expression, "FRBRversionNumber", value=str(publication.version))
    _add(expression, "FRBRauthoritative", value="true" if language in AUTHENTIC else "false")
    _add(expression, "FRBRlanguage", language=LANGUAGE_CODES[language])
    _other_language(expression, publication, language)
    manifestation = _level(
        identification, "FRBRManifestation", expression_address(publication, language), component,
        publication.published_on.isoformat(), ".xml",
    )  # fmt: skip
    _add(manifestation, "FRBRformat", value="application/akn+xml")
    if component == "main":
        _references(meta, publication, language)


def collection_meta(meta: etree._Element, publication: Publication) -> None:
    """Identification of all languages together; `mul` is the code of several languages (ISO 639-2)."""
    identification = _add(meta, "identification", source=f"#{_PORTAL}")
    _work(identification, publication, "")
    day = publication.published_on.isoformat()
    address = f"{work_address(publication)}/mul@{day}"
    expression = _level(identification, "FRBRExpression", address, "", day)
    if publication.version is not None:
        _add(expression, "FRBRversionNumber", value=str(publication.version))
    for code in publication.texts:
        _add(expression, "FRBRlanguage", language=LANGUAGE_CODES[code])
    manifestation = _level(identification, "FRBRManifestation", address, "", day, ".xml")
    _add(manifestation, "FRBRformat", value="application/akn+xml")
    _references(meta, publication, next(iter(publication.texts)))


def _other_language(expression: etree._Element, publication: Publication, language: str) -> None:
    """Kazakh stands first; the Russian text beside it is as authentic, the English one is not (Law on legal acts, 24(3))."""
    first = next(iter(publication.texts))
    if language != first:
        _add(
            expression, "FRBRtranslation", href=expression_address(publication, first),
            fromLanguage=LANGUAGE_CODES[first], authoritative="true" if language in AUTHENTIC else "false", by=f"#{_AUTHOR}",
        )  # fmt: skip


def _web_address(publication: Publication, language: str, component: str) -> str:
    address = publication.expression(language)
    return address if component == "main" else f"{address}#{component}"


def _work(identification: etree._Element, publication: Publication, component: str) -> None:
    day = work_of(publication)[1].isoformat()
    alias = publication.address if component in ("", "main") else ""
    work = _level(identification, "FRBRWork", work_address(publication), component, day, alias=alias)
    _add(work, "FRBRcountry", value=COUNTRY)
    _add(work, "FRBRsubtype", value=publication.type_code or "draft")
    _add(work, "FRBRnumber", value=publication.number)


def _level(
    parent: etree._Element, name: str, address: str, component: str, day: str, suffix: str = "", alias: str = ""
) -> etree._Element:
    level = _add(parent, name)
    _add(level, "FRBRthis", value=f"{address}{f'/!{component}' if component else ''}{suffix}")
    _add(level, "FRBRuri", value=f"{address}{suffix}")
    if alias:
        _add(level, "FRBRalias", value=alias, name="address")
    _add(level, "FRBRdate", date=day, name="generation" if suffix else "publication")
    _add(level, "FRBRauthor", href=f"#{_PORTAL if suffix else _AUTHOR}")
    return level


def _references(meta: etree._Element, publication: Publication, language: str) -> None:
    references = _add(meta, "references", source=f"#{_PORTAL}")
    organisation = publication.bodies.get(language) or next(iter(publication.bodies.values()), "")
    _add(references, "TLCOrganization", eId=_AUTHOR, href=f"/akn/ontology/organization/{COUNTRY}/{publication.body_code}",
         showAs=organisation or publication.body_code)  # fmt: skip
    _add(references, "TLCOrganization", eId=_PORTAL, href=PORTAL_ADDRESS, showAs="Talqy")


def _add(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", attributes)
