"""How is a draft created, described, withdrawn and marked adopted?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import func

from portal.accounts.actor import AnyActor
from portal.drafts.models import LANGUAGES, PASSPORT_ROWS, Body, Draft, Version
from portal.drafts.policy import LONGEST_TEXT, ensure_adopts, ensure_edits, ensure_titles, ensure_withdraws
from portal.drafts.reference_policy import ensure_body_stands
from portal.kernel.clock import now, today
from portal.kernel.db import db
from portal.kernel.errors import Refused
from portal.kernel.text import ensure_length
from portal.ledger.kinds import Kind
from portal.ledger.record import record

TWICE = timedelta(minutes=1)


@dataclass(frozen=True)
class DraftCard:
    """What a drafter says about a draft. Mappings are language → text; the passport is language → row → text."""

    type_id: int
    titles: Mapping[str, str]
    summaries: Mapping[str, str] = field(default_factory=dict)
    passport: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    area_id: int | None = None


def create_draft(actor: AnyActor, *, body: Body, card: DraftCard) -> Draft:
    """A new draft of a body with its first, empty version; its number is the year's next.

    The same card sent twice within a minute, by an impatient click, makes one draft.
    """
    ensure_edits(actor, body.id)
    ensure_body_stands(body)
    if (twin := _sent_already(actor, body, card)) is not None:
        return twin
    draft = Draft(body_id=body.id, number=_next_number(), created_by=actor.id, created_at=now(), is_public=False)
    _describe(draft, card)
    db.session.add(draft)
    db.session.flush()
    db.session.add(Version(draft_id=draft.id, number=1, created_at=now()))
    db.session.flush()
    record(Kind.DRAFT_CREATED, f"draft:{draft.id}", {"body": body.id, "type": card.type_id, "number": draft.number})
    return draft


def edit_draft(actor: AnyActor, *, draft: Draft, card: DraftCard) -> None:
    """Describe a draft anew; only until it is public."""
    ensure_edits(actor, draft.body_id)
    if draft.is_public:
        raise Refused("This draft is public and its card cannot be changed.")
    _describe(draft, card)
    draft.updated_at = now()
    db.session.flush()
    record(Kind.DRAFT_EDITED, f"draft:{draft.id}", {"type": card.type_id, "area": card.area_id})


def withdraw_draft(actor: AnyActor, *, draft: Draft, reason: Mapping[str, str]) -> None:
    """Withdraw a public draft; the reason (language → text) is public."""
    ensure_withdraws(actor, draft, reason)
    draft.withdrawn_at = now()
    draft.withdrawn_reason = {language: text for language, text in reason.items() if text}
    db.session.flush()
    record(Kind.DRAFT_WITHDRAWN, f"draft:{draft.id}", secrets={"reason": str(sorted(reason.items()))})


def adopt_draft(actor: AnyActor, *, draft: Draft, adopted_on: date, reference: str) -> None:
    """Say when and as which act the draft was adopted."""
    ensure_adopts(actor, draft, adopted_on, reference, today())
    draft.adopted_on, draft.adopted_reference = adopted_on, reference
    db.session.flush()
    record(Kind.DRAFT_ADOPTED, f"draft:{draft.id}", {"adopted_on": str(adopted_on)}, secrets={"reference": reference})


def _sent_already(actor: AnyActor, body: Body, card: DraftCard) -> Draft | None:
    if actor.id is None:
        return None
    return db.session.scalar(
        db.select(Draft).where(
            Draft.created_by == actor.id,
            Draft.body_id == body.id,
            Draft.type_id == card.type_id,
            Draft.title_kk == card.titles.get("kk", ""),
            Draft.title_ru == card.titles.get("ru", ""),
            Draft.created_at > now() - TWICE,
            ~Draft.is_public,
        )
    )


def _describe(draft: Draft, card: DraftCard) -> None:
    ensure_titles(card.titles.get("kk", ""), card.titles.get("ru", ""))
    draft.type_id, draft.area_id = card.type_id, card.area_id
    for language in LANGUAGES:
        setattr(draft, f"title_{language}", card.titles.get(language, ""))
        setattr(draft, f"summary_{language}", _bounded(card.summaries.get(language, "")))
    draft.passport = {
        language: {row: _bounded(rows.get(row, "")) for row in PASSPORT_ROWS if rows.get(row)}
        for language, rows in card.passport.items()
        if language in LANGUAGES
    }


def _bounded(text: str) -> str:
    ensure_length(text, LONGEST_TEXT)
    return text


def _next_number() -> str:
    """The year and a number counted through it; the write transaction keeps two drafters apart."""
    year = today().year
    last = db.session.scalar(db.select(func.max(Draft.number)).where(Draft.number.like(f"{year}-%")))
    return f"{year}-{int(last.split('-')[1]) + 1 if last else 1:05d}"
