"""What is there to see where a person narrowed down but typed no words? The newest, from the database alone."""

from __future__ import annotations

from sqlalchemy import Select

from portal.consultation.models import Comment, Consultation, Reply, Tally
from portal.drafts.models import LANGUAGES, Draft
from portal.kernel.clock import end_of, start_of
from portal.kernel.db import db
from portal.search.backends import Candidate
from portal.search.documents import HitKind, Reference
from portal.search.sources import is_comment_visible
from portal.search.visible import Filter, conditions


def newest(wanted: Filter, language: str, limit: int) -> list[Candidate]:
    """Drafts, or comments or answers where those are asked for, newest first; what passes is for `see` to say.

    One statement. Provisions without words would be whole laws: their drafts stand for them.
    """
    if wanted.kind is HitKind.reply:
        query = db.select(Reply.id, Reply.draft_id, Reply.language).join(Comment, Comment.id == Reply.comment_id)
        if wanted.decision is not None:
            query = query.where(Reply.decision == wanted.decision)
        found = db.session.execute(_narrowed(query, Reply, Reply.posted_at, wanted).limit(limit))
        return [_candidate(HitKind.reply, *row) for row in found]
    no_drafts = any(each.kind is HitKind.draft for each in wanted.without)
    if wanted.kind is HitKind.comment or wanted.decision is not None or wanted.is_waiting or no_drafts:
        query = db.select(Comment.id, Comment.draft_id, Comment.language)
        if wanted.is_waiting:
            query = query.where(~Comment.is_answered)
        if wanted.has_answers:
            query = query.where(Comment.is_answered)
        if wanted.decision is not None:
            query = query.join(Reply, Reply.comment_id == Comment.id).where(Reply.decision == wanted.decision)
        found = db.session.execute(_narrowed(query, Comment, Comment.created_at, wanted).limit(limit))
        return [_candidate(HitKind.comment, *row) for row in found]
    titles = [getattr(Draft, f"title_{code}") != "" for code in LANGUAGES]
    drafts = (
        db.select(Draft.id, *titles)
        .join(Consultation, Consultation.draft_id == Draft.id)
        .where(*conditions(wanted))
        .order_by(Consultation.announced_at.desc(), Draft.id.desc())
    )
    if wanted.has_answers:
        drafts = drafts.join(Tally, Tally.draft_id == Draft.id).where(Tally.answered > 0)
    drafts = _within(drafts, Consultation.announced_at, wanted)
    rows = db.session.execute(drafts.limit(limit))
    return [_candidate(HitKind.draft, row[0], row[0], _language(row[1:], language, wanted)) for row in rows]


def _narrowed(query: Select, table: type, at: object, wanted: Filter) -> Select:
    """Of drafts that pass, seen by everybody, newest first."""
    query = query.join(Draft, Draft.id == table.draft_id).join(Consultation, Consultation.draft_id == Draft.id)
    if wanted.language:
        query = query.where(table.language == wanted.language)
    query = query.where(is_comment_visible(), *conditions(wanted)).order_by(at.desc(), table.id.desc())
    return _within(query, at, wanted)


def _within(query: Select, at: object, wanted: Filter) -> Select:
    since, until = wanted.days
    if since is not None:
        query = query.where(at >= start_of(since))
    return query.where(at < end_of(until)) if until is not None else query


def _language(has: tuple[bool, ...], language: str, wanted: Filter) -> str:
    codes = [code for code, is_there in zip(LANGUAGES, has, strict=True) if is_there]
    asked = wanted.language or language
    return asked if asked in codes or not codes else codes[0]


def _candidate(kind: HitKind, object_id: int, draft_id: int, language: str) -> Candidate:
    return Candidate(Reference(kind, object_id, draft_id, language), 0.0)
