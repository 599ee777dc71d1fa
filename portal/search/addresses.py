"""At which address is a thing found?"""

from __future__ import annotations

from flask import url_for

from portal.search.documents import HitKind
from portal.search.hits import Hit


def address_of(hit: Hit, language: str) -> str:
    """Where a reader of a language reads it; a text in another language has its own stable address."""
    reference = hit.reference
    if hit.comment_id is not None:
        return url_for("consultation.comment", comment_id=hit.comment_id)
    if reference.kind is HitKind.draft:
        return url_for("consultation.draft", draft_id=reference.draft_id)
    place = {"provision": hit.provision, "_anchor": hit.provision}
    if reference.language == language:
        return url_for("consultation.draft", draft_id=reference.draft_id, **place)
    return url_for(
        "consultation.version",
        draft_id=reference.draft_id, number=hit.of.version, language=reference.language, **place,
    )  # fmt: skip
