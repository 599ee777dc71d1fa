"""What is worth a newcomer's look: what closes soon, how the portal is doing, what a comment changed?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from portal.consultation.models import Comment, DecisionKind, Reply
from portal.consultation.wording import Segment, changes
from portal.drafts.cells import place_in, unit_of
from portal.drafts.labels import mark_of
from portal.drafts.models import Body, Draft, VersionText
from portal.drafts.queries.texts import get_outline
from portal.drafts.structure import find
from portal.kernel.db import db
from portal.kernel.remembered import A_WHILE, LARGE, remembered
from portal.reports.statistics import Record, comments_this_year, open_drafts, record_of

OUTCOMES = 2
A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the portal counts on its first page."""

    open_drafts: int
    comments_this_year: int
    record: Record


@dataclass(frozen=True, slots=True)
class Outcome:
    """A comment that changed a text: the words struck and inserted."""

    comment_id: int
    draft_title: str
    body: str
    language: str
    segments: tuple[Segment, ...]
    agree: int


def numbers() -> Numbers:
    """The portal's numbers, a minute old at most; of a large portal A_WHILE."""
    return remembered("home", _count, lambda found: A_WHILE if found.record.comments > LARGE else A_MINUTE)


def _count() -> Numbers:
    return Numbers(open_drafts(), comments_this_year(), record_of())


def list_outcomes(language: str) -> list[Outcome]:
    """The latest accepted proposals, those in the reader's language first, at most OUTCOMES."""
    rows = (
        db.session.execute(
            db.select(Comment, Draft, Body, VersionText.digest)
            .join(Reply, Reply.comment_id == Comment.id)
            .join(Draft, Draft.id == Comment.draft_id)
            .join(Body, Body.id == Draft.body_id)
            .join(
                VersionText,
                (VersionText.version_id == Comment.version_id) & (VersionText.language == Comment.language),
            )
            .where(
                Reply.decision.in_((DecisionKind.accepted, DecisionKind.partly_accepted)),
                Comment.proposed_text != "",
                Comment.provision_key != "",
                Comment.hidden_at.is_(None),
                Comment.withdrawn_at.is_(None),
                Draft.is_public,
                Draft.withdrawn_at.is_(None),
            )
            .order_by((Comment.language == language).desc(), Reply.posted_at.desc())
            .limit(OUTCOMES)
        )
        .all()
    )
    return [
        Outcome(
            comment.id, draft.title(language), body.name(language), comment.language,
            _segments(comment, digest), comment.agree,
        )
        for comment, draft, body, digest in rows
    ]  # fmt: skip


def _segments(comment: Comment, digest: str) -> tuple[Segment, ...]:
    provision = find(get_outline(comment.version_id, comment.language, digest), unit_of(comment.provision_key))
    if provision is None:
        return (("inserted", comment.proposed_text),)
    if place := place_in(comment.provision_key):
        return changes(place.words(provision.rows) or "", comment.proposed_text)
    return changes(provision.text, comment.proposed_text, mark_of(provision))
