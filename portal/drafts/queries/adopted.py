"""What is known of the act a draft became?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from portal.drafts.models import LANGUAGES, AdoptedAct, AdoptedText
from portal.drafts.structure import Outline, outline_from_json
from portal.kernel.db import db
from portal.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class AdoptedRef:
    """One language of the adopted text, without its words."""

    language: str
    digest: str
    source_name: str
    source_file: str | None


def find_adopted_act(draft_id: int) -> AdoptedAct | None:
    """The act with its link and the state of its text."""
    return db.session.get(AdoptedAct, draft_id)


def list_adopted_texts(draft_id: int) -> dict[str, AdoptedRef]:
    """Language → text, Kazakh first."""
    columns = (AdoptedText.language, AdoptedText.digest, AdoptedText.source_name, AdoptedText.source_file)
    rows = db.session.execute(db.select(*columns).where(AdoptedText.draft_id == draft_id))
    found = {row[0]: AdoptedRef(*row) for row in rows}
    return {language: found[language] for language in LANGUAGES if language in found}


def find_adopted_text(draft_id: int, language: str) -> AdoptedText | None:
    """The stored text in a language."""
    return db.session.scalar(
        db.select(AdoptedText).where(AdoptedText.draft_id == draft_id, AdoptedText.language == language)
    )


@lru_cache(maxsize=16)
def get_adopted_outline(draft_id: int, language: str, digest: str) -> Outline:
    """The tree of an adopted text, kept in memory under its digest; raises NotFound."""
    text = find_adopted_text(draft_id, language)
    if text is None or text.digest != digest:
        raise NotFound("There is no text in this language.")
    return outline_from_json(text.outline)
