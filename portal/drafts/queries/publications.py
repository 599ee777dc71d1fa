"""What leaves the portal when a version, or an adopted act, is exported?"""

from __future__ import annotations

from dataclasses import replace

from flask import current_app

from portal.drafts.exporters import Publication
from portal.drafts.exporters.publication import printable
from portal.drafts.models import LANGUAGES, ActType, Body, Draft, Version
from portal.drafts.queries.adopted import get_adopted_outline, list_adopted_texts
from portal.drafts.queries.texts import get_outline, list_text_languages
from portal.kernel.clock import legal_day
from portal.kernel.db import db
from portal.kernel.errors import NotFound


def get_publication(draft_id: int, number: int | None) -> Publication:
    """One version with its texts, or with None the act the draft became, published or not: who may see it is for the
    caller to ask. Raises NotFound.
    """
    return _adopted(draft_id) if number is None else _version(draft_id, number)


def _version(draft_id: int, number: int) -> Publication:
    row = db.session.execute(
        db.select(Draft, Version, Body, ActType)
        .join(Version, Version.draft_id == Draft.id)
        .join(Body, Body.id == Draft.body_id)
        .join(ActType, ActType.id == Draft.type_id)
        .where(Draft.id == draft_id, Version.number == number)
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such version.")
    draft, version, body, act_type = row
    digests = list_text_languages(version.id)
    if not digests:
        raise NotFound("There is no such text.")
    return replace(
        _named(draft, body, act_type),
        version=version.number,
        published_on=legal_day(version.published_at or version.created_at),
        texts={code: get_outline(version.id, code, digest) for code, digest in digests.items()},
        digests=digests,
    )


def _adopted(draft_id: int) -> Publication:
    row = db.session.execute(
        db.select(Draft, Body, ActType)
        .join(Body, Body.id == Draft.body_id)
        .join(ActType, ActType.id == Draft.type_id)
        .where(Draft.id == draft_id, Draft.adopted_on.is_not(None))
    ).one_or_none()
    digests = {code: text.digest for code, text in list_adopted_texts(draft_id).items()}
    if row is None or not digests:
        raise NotFound("There is no such text.")
    draft, body, act_type = row
    return replace(
        _named(draft, body, act_type),
        published_on=draft.adopted_on,
        texts={code: get_adopted_outline(draft_id, code, digest) for code, digest in digests.items()},
        digests=digests,
        reference=printable(draft.adopted_reference),
    )


def _named(draft: Draft, body: Body, act_type: ActType) -> Publication:
    """What is known of a draft whatever its text."""
    return Publication(
        address=f"{current_app.config['SETTINGS'].base_url}/drafts/{draft.id}",
        number=draft.number,
        version=None,
        type_code=act_type.code,
        body_code=body.code,
        created_on=legal_day(draft.created_at),
        published_on=legal_day(draft.created_at),
        titles={code: printable(getattr(draft, f"title_{code}")) for code in LANGUAGES},
        types={code: printable(act_type.name(code)) for code in LANGUAGES},
        bodies={code: printable(body.name(code)) for code in LANGUAGES},
        texts={},
    )
