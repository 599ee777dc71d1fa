"""What do machines read about one draft, with all it is linked to? Described by /static/schemas/draft-1.json."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import Response, jsonify, url_for

from portal.consultation.queries.links import LinkRow
from portal.consultation.queries.reading import Dossier, TextRef, get_dossier, list_texts
from portal.consultation.views.addresses import absolute, address_of
from portal.consultation.views.blueprint import blueprint
from portal.drafts.exporters import FORMATS
from portal.drafts.models import LANGUAGES, ActType, Body
from portal.web.access import public

FORMAT = "talqy-draft/1"


@blueprint.get("/drafts/<int:draft_id>.json")
@public
def draft_json(draft_id: int) -> Response:
    """The draft, its discussion, every version with its files, and the drafts and the act it leads to."""
    dossier = get_dossier(draft_id)
    return jsonify(draft_document(dossier, list_texts(draft_id)))


def draft_document(dossier: Dossier, texts: list[TextRef]) -> dict[str, Any]:
    """As the schema has it; instants in UTC, days as YYYY-MM-DD, addresses absolute. No query."""
    draft, tally = dossier.draft, dossier.file.tally
    return {
        "format": FORMAT,
        "number": draft.number,
        "address": _draft(draft.id),
        "type": _named(dossier.act_type),
        "body": _named(dossier.body),
        "titles": {code: title for code in LANGUAGES if (title := getattr(draft, f"title_{code}"))},
        "status": dossier.file.phase.value,
        "discussion": _discussion(dossier),
        "counts": {
            "comments": tally.comments, "answered": tally.answered,
            "votes_for": tally.votes_for, "votes_against": tally.votes_against,
        },
        "versions": _versions(dossier, texts),
        "links": [_link(link) for link in dossier.links],
        "family": _family(dossier),
        "report": _report(dossier),
        "adopted": _adopted(dossier),
        "withdrawn": {"at": draft.withdrawn_at.isoformat(), "reasons": draft.withdrawn_reason} if draft.withdrawn_at else None,
    }  # fmt: skip


def _draft(draft_id: int) -> str:
    return absolute(url_for("consultation.draft", draft_id=draft_id))


def _named(thing: ActType | Body) -> dict[str, Any]:
    return {"code": thing.code, "names": {code: thing.name(code) for code in LANGUAGES}}


def _discussion(dossier: Dossier) -> dict[str, Any]:
    window = dossier.file.consultation
    days = ("opens_on", "closes_on", "answers_due_on", "report_due_on")
    return {
        "announced_at": window.announced_at.isoformat(),
        **{name: day.isoformat() if (day := getattr(window, name)) else None for name in days},
        "is_archived": window.is_archived,
    }


def _versions(dossier: Dossier, texts: list[TextRef]) -> list[dict[str, Any]]:
    return [_version(dossier, list(own)) for _number, own in groupby(texts, key=lambda text: text.number)]


def _version(dossier: Dossier, texts: list[TextRef]) -> dict[str, Any]:
    draft_id, first = dossier.draft.id, texts[0]
    whole = {"draft_id": draft_id, "number": first.number}
    return {
        "number": first.number,
        "published_at": first.published_at.isoformat(),
        "is_discussed": first.version_id == dossier.file.consultation.version_id,
        "files": {
            code: absolute(url_for("consultation.exported_whole", **whole, suffix=each.suffix))
            for code, each in FORMATS.items() if each.holds_all
        },
        "texts": {text.language: _text(draft_id, text) for text in texts},
    }  # fmt: skip


def _text(draft_id: int, text: TextRef) -> dict[str, Any]:
    place = {"draft_id": draft_id, "number": text.number, "language": text.language}
    return {
        "address": absolute(url_for("consultation.version", **place)),
        "digest": text.digest,
        "files": {
            code: absolute(url_for("consultation.exported", **place, suffix=each.suffix)) for code, each in FORMATS.items()
        },
    }


def _link(link: LinkRow) -> dict[str, Any]:
    return {
        "kind": link.kind.value,
        "direction": "earlier" if link.is_earlier else "later",
        "number": link.number,
        "address": _draft(link.other_id),
    }


def _family(dossier: Dossier) -> dict[str, Any] | None:
    if not dossier.family_size:
        return None
    return {"size": dossier.family_size, "address": absolute(url_for("consultation.family", draft_id=dossier.draft.id))}


def _report(dossier: Dossier) -> dict[str, Any] | None:
    reported_at, draft_id = dossier.file.consultation.reported_at, dossier.draft.id
    page, data = (address_of(name, draft_id=draft_id) for name in ("reports.report", "reports.report_json"))
    if reported_at is None or page is None or data is None:
        return None
    return {"published_at": reported_at.isoformat(), "address": absolute(page), "json": absolute(data)}


def _adopted(dossier: Dossier) -> dict[str, Any] | None:
    draft, act = dossier.draft, dossier.adopted
    if draft.adopted_on is None:
        return None
    has_text = act is not None and act.published_at is not None
    return {
        "on": draft.adopted_on.isoformat(),
        "reference": draft.adopted_reference,
        "official_publication": (act.url if act else "") or None,
        "text": absolute(url_for("consultation.adopted", draft_id=draft.id)) if has_text else None,
    }
