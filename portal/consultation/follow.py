"""What happens to consultations by themselves? The ledger notes that a window has opened and that it has closed, and a
changed rule or calendar moves the clocks that still run.

The clock opens and closes windows (`phases`); the notes say it in public, once each, and let mails and feeds follow.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from flask import current_app
from sqlalchemy import case, func, literal, update

from portal.accounts.actor import OPERATOR
from portal.consultation.actions.extensions import move_clocks
from portal.consultation.actions.windows import note_closing, note_opening
from portal.consultation.gathering import gather_draft
from portal.consultation.models import Comment, Consultation, Tally
from portal.consultation.queries.clocks import ChannelChange, DraftMoves, find_moves, find_opinion_moves
from portal.consultation.queries.drafts import get_file
from portal.drafts.models import Draft
from portal.kernel.clock import now
from portal.kernel.db import Instant, db, transaction_mode
from portal.ledger.entries import EntryView
from portal.ledger.followers import Follower
from portal.ledger.kinds import Kind
from portal.ledger.sequence import numbers_inline

EVERY = timedelta(seconds=10)
AT_ONCE = 200
ANSWERING = {  # acts after which a comment more, or one less, waits for its answer
    Kind.REPLY_POSTED, Kind.COMMENT_HIDDEN, Kind.COMMENT_RESTORED, Kind.COMMENT_WITHDRAWN, Kind.COMMENT_IMPORTED,
    Kind.CONSULTATION_CLOSED,
}  # fmt: skip
CAUSES = {"act-type": "rule", "opinion-channel": "rule", "day": "calendar"}  # what an entry is about → what it can move clocks by
POSTINGS = {Kind.COMMENT_POSTED, Kind.COMMENT_IMPORTED}
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # before any closing: what was answered then was answered at the closing
_LOOKED = "consultation.looked"  # (instant, latest consultation) of the last look, in the application's extensions


def keep_entry_numbers(entries: Sequence[EntryView]) -> None:
    """Write the number of its entry beside each comment, where a worker and not the writer gives the numbers."""
    if numbers_inline(db.session()):
        return
    for entry in entries:
        if entry.kind in POSTINGS:
            comment_id = int(entry.subject.partition(":")[2])
            of_comment = update(Comment).where(Comment.id == comment_id, Comment.entry_number.is_(None))
            db.session.execute(of_comment.values(entry_number=entry.number))


def keep_answered(entries: Sequence[EntryView]) -> None:
    """Write since when no comment of an ended discussion waits; take it back when one waits again."""
    latest: dict[int, datetime] = {}
    for entry in entries:
        if entry.kind in ANSWERING and (draft_id := entry.facts.get("draft")):
            at = _LONG_AGO if entry.kind == Kind.CONSULTATION_CLOSED else entry.at
            latest[draft_id] = max(at, latest.get(draft_id, _LONG_AGO))
    for draft_id, at in latest.items():
        ended = (Consultation.draft_id == draft_id, Consultation.closes_at <= now())
        is_complete = db.select(Tally.draft_id).where(Tally.draft_id == draft_id, Tally.answered >= Tally.comments).exists()
        done_at = case((Consultation.closes_at > at, Consultation.closes_at), else_=literal(at, Instant()))
        db.session.execute(
            update(Consultation)
            .where(*ended, is_complete, Consultation.answered_at.is_(None))
            .values(answered_at=done_at)
            .execution_options(synchronize_session=False)
        )
        db.session.execute(
            update(Consultation)
            .where(*ended, ~is_complete, Consultation.answered_at.is_not(None))
            .values(answered_at=None)
            .execution_options(synchronize_session=False)
        )


def follow_rules(entries: Sequence[EntryView]) -> None:
    """Move the clocks that a changed act type, channel or day moves; a second look finds nothing more to move."""
    for entry in entries:
        cause = CAUSES.get(entry.subject_kind)
        if cause is not None and (found := _moved_by(entry)):
            move_clocks(OPERATOR, found=found, cause=cause, source=entry.subject)


def _moved_by(entry: EntryView) -> list[DraftMoves]:
    if entry.subject_kind == "opinion-channel":
        return find_opinion_moves(channel=ChannelChange(int(entry.subject_id)))
    return find_moves(type_id=int(entry.subject_id) if entry.subject_kind == "act-type" else None)


def gather_families(entries: Sequence[EntryView]) -> None:
    """Find the family of each draft that was published; one that was looked at already stays where it is."""
    for entry in entries:
        if entry.kind == Kind.VERSION_PUBLISHED and entry.facts.get("number") == 1:
            gather_draft(int(entry.facts["draft"]))


def note_windows() -> int:
    """Note every opening and closing whose day has come; how many were noted.

    A note is made at most ten seconds late: the worker comes round twice a second, and a look reads every window.
    """
    with transaction_mode("read"):
        if not _is_time():
            db.session.rollback()
            return 0
        is_due = bool(_to_open() or _to_close())
        db.session.rollback()
    if not is_due:
        return 0
    opened, closed = _to_open(), _to_close()
    for draft_id in opened:
        note_opening(OPERATOR, file=get_file(draft_id))
    for draft_id in closed:
        note_closing(OPERATOR, file=get_file(draft_id))
    return len(opened) + len(closed)


def _is_time() -> bool:
    """Ten seconds after the last look; at once when a consultation was announced or the clock was set back."""
    latest = db.session.scalar(db.select(func.max(Consultation.id))) or 0
    looked_at, known = current_app.extensions.get(_LOOKED, (None, 0))
    if isinstance(looked_at, datetime) and latest == known and timedelta(0) <= now() - looked_at < EVERY:
        return False
    current_app.extensions[_LOOKED] = (now(), latest)
    return True


def _to_open() -> list[int]:
    return _drafts(Consultation.opened_at.is_(None), Consultation.opens_at <= now())


def _to_close() -> list[int]:
    return _drafts(Consultation.closed_at.is_(None), Consultation.closes_at <= now())


def _drafts(*conditions: object) -> list[int]:
    """A draft withdrawn before its window came to that point has nothing to note."""
    query = (
        db.select(Consultation.draft_id)
        .join(Draft, Draft.id == Consultation.draft_id)
        .where(*conditions, Draft.is_public, Draft.withdrawn_at.is_(None))  # type: ignore[arg-type]
        .order_by(Consultation.closes_at, Consultation.id)
        .limit(AT_ONCE)
    )
    return list(db.session.scalars(query))


FOLLOWERS = (
    Follower("entry-numbers", keep_entry_numbers),
    Follower("answered", keep_answered),
    Follower("clocks", follow_rules, batch=20),
    Follower("families", gather_families, batch=50),
)
PERIODIC = (note_windows,)
