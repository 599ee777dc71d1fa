"""What is known of the act a draft became?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import or_

from portal.drafts.models import LANGUAGES, AdoptedAct, AdoptedText, Draft
from portal.drafts.structure import Outline, outline_from_json
from portal.kernel.db import db
from portal.kernel.errors import NotFound

MOST_WORDS = 8  # of what is looked for


_PUBLISHED = (Draft.is_public, Draft.adopted_on.is_not(None), AdoptedAct.published_at.is_not(None))


@dataclass(frozen=True, slots=True)
class AdoptedRef:
    """One language of the adopted text, without its words."""

    language: str
    digest: str
    source_name: str
    source_file: str | None


@dataclass(frozen=True, slots=True)
class AdoptedLine:
    """An adopted act whose text everybody can read; `reference` is what it is known by, such as «№ 318»."""

    draft_id: int
    number: str
    titles: tuple[str, str, str]  # kk, ru, en
    adopted_on: date
    reference: str


def list_published_acts(words: str = "", *, limit: int = 10) -> list[AdoptedLine]:
    """Adopted acts with all the words in their titles, number or reference, those adopted last first. One query."""
    named = (Draft.title_kk, Draft.title_ru, Draft.title_en, Draft.number, Draft.adopted_reference)
    query = (
        db.select(Draft.id, Draft.number, Draft.title_kk, Draft.title_ru, Draft.title_en, Draft.adopted_on, Draft.adopted_reference)
        .join(AdoptedAct, AdoptedAct.draft_id == Draft.id)
        .where(*_PUBLISHED)
        .order_by(Draft.adopted_on.desc(), Draft.id.desc())
    )
    for word in words.split()[:MOST_WORDS]:
        # SQLite folds the case of Latin letters only
        spellings = sorted({word, word.lower(), word.upper(), word.title()})
        query = query.where(or_(*(name.contains(spelling, autoescape=True) for name in named for spelling in spellings)))
    return [AdoptedLine(row[0], row[1], tuple(row[2:5]), row[5], row[6]) for row in db.session.execute(query.limit(limit))]


def find_published_act(draft_id: int) -> Draft | None:
    """The draft of an adopted act whose text everybody can read."""
    query = db.select(Draft).join(AdoptedAct, AdoptedAct.draft_id == Draft.id)
    return db.session.scalar(query.where(Draft.id == draft_id, *_PUBLISHED))


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
