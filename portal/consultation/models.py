"""What is stored about consultations, comments, votes, replies and moderation?"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Computed,
    Date,
    Enum,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from portal.drafts.models import Named
from portal.kernel.clock import now
from portal.kernel.db import Instant, db


class Stance(StrEnum):
    """What a comment says of the draft or provision."""

    for_ = "for"
    against = "against"
    neutral = "neutral"


class DecisionKind(StrEnum):
    """What the agency decided on a comment."""

    accepted = "accepted"
    partly_accepted = "partly_accepted"
    not_accepted = "not_accepted"
    out_of_scope = "out_of_scope"
    noted = "noted"


class Consultation(db.Model):
    """A window of time in which a version takes comments and votes.

    `opens_at` and `closes_at` are the instants that count: the first instant of `opens_on` and the first after
    `closes_on`. `closed_at` and `opened_at` say only that the ledger has noted it. `announced_at` is when it was announced
    on this portal: what had to be done before that was not due here.
    """

    __table_args__ = (
        Index("ix_consultation_window", "reported_at", "closes_at", "opens_at", "draft_id"),
        # what the clock has still to note: a handful of rows among those of ten years
        Index("ix_consultation_to_open", "opens_at", sqlite_where=text("opened_at IS NULL"),
              postgresql_where=text("opened_at IS NULL")),
        Index("ix_consultation_to_close", "closes_at", sqlite_where=text("closed_at IS NULL"),
              postgresql_where=text("closed_at IS NULL")),
        Index("ix_consultation_family", "family_id", "id", sqlite_where=text("family_id IS NOT NULL"),
              postgresql_where=text("family_id IS NOT NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), unique=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    announced_at: Mapped[datetime] = mapped_column(Instant, default=now)
    opens_on: Mapped[date] = mapped_column(Date)
    closes_on: Mapped[date] = mapped_column(Date)  # the last day, included
    opens_at: Mapped[datetime] = mapped_column(Instant)
    closes_at: Mapped[datetime] = mapped_column(Instant)
    answers_due_on: Mapped[date] = mapped_column(Date)  # the last day, included
    answers_due_at: Mapped[datetime] = mapped_column(Instant)  # the first instant after it
    opened_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    reported_at: Mapped[datetime | None] = mapped_column(Instant)  # its report was published
    # what the period was set by when it was announced; no number of days: another portal set it, and no rule moves it
    least_days: Mapped[int | None]
    rule: Mapped[str] = mapped_column(String(200), default="", server_default="")
    ground: Mapped[str] = mapped_column(String(20), default="", server_default="")  # of a shorter period: see `clocks`
    report_due_on: Mapped[date | None] = mapped_column(Date)  # the last day, included
    report_due_at: Mapped[datetime | None] = mapped_column(Instant)  # the first instant after it
    answered_at: Mapped[datetime | None] = mapped_column(Instant)  # since then, after the closing, no comment waits
    family_id: Mapped[int | None]  # of `Family`; lists fold a family by it
    ground_reason: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, server_default="{}")  # language → text

    @hybrid_property
    def is_archived(self) -> bool:
        """Was it brought here from an archive, after the day of its answers?"""
        return self.answers_due_at <= self.announced_at


class Family(db.Model):
    """Near-identical drafts: one central order and two hundred decisions made after it.

    A family gathers round its first draft, and everybody in it is near-identical to that one: chains of ever less
    similar texts cannot form. Its id is the id of that draft.
    """

    id: Mapped[int] = mapped_column(ForeignKey("draft.id"), primary_key=True, autoincrement=False)
    size: Mapped[int] = mapped_column(default=1)  # with the first


class Fingerprint(db.Model):
    """What a text is known again by, of each draft a family may gather round; see `portal.drafts.fingerprint`."""

    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), primary_key=True, autoincrement=False)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    signature: Mapped[bytes] = mapped_column(LargeBinary(256))


class FingerprintBand(db.Model):
    """A part of a fingerprint, to find by: near-identical texts have at least one in common."""

    value: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), primary_key=True, autoincrement=False)


class Tally(db.Model):
    """Counts of a draft, changed by `x = x + 1` in the transaction of each act, so that lists need not count."""

    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), primary_key=True, autoincrement=False)
    comments: Mapped[int] = mapped_column(default=0, index=True)  # public: neither hidden nor withdrawn
    answered: Mapped[int] = mapped_column(default=0)  # of those, with a decision
    votes_for: Mapped[int] = mapped_column(default=0)
    votes_against: Mapped[int] = mapped_column(default=0)


class ProvisionTally(db.Model):
    """The same for each place of a draft where comments stand; the whole draft is the place ""."""

    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), primary_key=True, autoincrement=False)
    provision_key: Mapped[str] = mapped_column(String(200), primary_key=True)
    comments: Mapped[int] = mapped_column(default=0)  # public
    threads: Mapped[int] = mapped_column(default=0)  # first comments, with those that are gone


class Comment(db.Model):
    """What a person says about a draft, a provision or another comment.

    Imported comments have no account (`author_id` is null) and keep the id they had elsewhere. The long texts stand last
    in the row: SQLite reads a row from its beginning, and counting needs none of them.
    """

    __table_args__ = (
        UniqueConstraint("author_id", "submission"),
        UniqueConstraint("draft_id", "external_id"),
        # each holds all that a list is chosen, ordered or counted by, so that the rows need not be read for it
        Index("ix_comment_thread", "draft_id", "provision_key", "is_gone", "rank", "id", "root_id", "is_answered",
              "created_at"),
        Index("ix_comment_supported", "draft_id", "is_gone", "rank", "id"),
        Index("ix_comment_waiting", "draft_id", "is_gone", "is_answered", "created_at", "id", "stance", "language",
              "provision_key", "agree"),
        Index("ix_comment_newest", "draft_id", "created_at"),
        Index("ix_comment_posted", "created_at", "is_gone"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    provision_key: Mapped[str] = mapped_column(String(200), default="")  # empty: the whole draft
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"), index=True)
    root_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"), index=True)  # null for a first comment
    depth: Mapped[int] = mapped_column(default=0)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    author_name: Mapped[str] = mapped_column(String(120))
    organisation: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(2))
    stance: Mapped[Stance | None] = mapped_column(
        Enum(Stance, native_enum=False, length=10, values_callable=lambda kinds: [k.value for k in kinds])
    )
    created_at: Mapped[datetime] = mapped_column(Instant, default=now)
    edited_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    hidden_at: Mapped[datetime | None] = mapped_column(Instant)
    submission: Mapped[str | None] = mapped_column(String(43))  # the form's own number: a form sent twice posts once
    external_id: Mapped[str | None] = mapped_column(String(120))
    agree: Mapped[int] = mapped_column(default=0)
    disagree: Mapped[int] = mapped_column(default=0)
    passes: Mapped[int] = mapped_column(default=0)
    replies: Mapped[int] = mapped_column(default=0)  # public comments that answer this one directly
    is_answered: Mapped[bool] = mapped_column(default=False)  # has a Reply
    entry_number: Mapped[int | None]  # of the ledger entry of its posting
    rank: Mapped[int] = mapped_column(Computed("disagree - agree", persisted=True))  # the smaller the more supported
    is_gone: Mapped[bool] = mapped_column(Computed("hidden_at IS NOT NULL OR withdrawn_at IS NOT NULL", persisted=True))
    text: Mapped[str] = mapped_column(Text)
    proposed_text: Mapped[str] = mapped_column(Text, default="")


class DraftVote(db.Model):
    """One person's vote on a draft: 1 for, -1 against."""

    __table_args__ = (CheckConstraint("value in (-1, 1)", name="value"),)

    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True, index=True)
    value: Mapped[int]
    voted_at: Mapped[datetime] = mapped_column(Instant, default=now)


class CommentVote(db.Model):
    """One person's vote on a comment: 1 agree, -1 disagree, 0 pass."""

    __table_args__ = (CheckConstraint("value in (-1, 0, 1)", name="value"),)

    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True, index=True)
    value: Mapped[int]
    voted_at: Mapped[datetime] = mapped_column(Instant, default=now)


class Reply(db.Model):
    """The agency's public answer to a comment: the decision and its reason. One for each comment."""

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), unique=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decision: Mapped[DecisionKind] = mapped_column(Enum(DecisionKind, native_enum=False, length=20))
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    unit: Mapped[str] = mapped_column(String(200), default="")  # responsible unit of the body
    changed_provision: Mapped[str] = mapped_column(String(200), default="")  # key in the next version
    posted_at: Mapped[datetime] = mapped_column(Instant, default=now, index=True)
    edited_at: Mapped[datetime | None] = mapped_column(Instant)


class ModerationEvent(db.Model):
    """What a moderator decided on a comment; the public log has those that hid or restored it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), index=True)
    action: Mapped[str] = mapped_column(String(10))  # hidden | restored | kept: reports of it were settled
    rule: Mapped[int] = mapped_column(default=0)  # point of the rules of conduct
    reason: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2), default="kk")
    moderator_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Instant, default=now)


class CommentFlag(db.Model):
    """A reader's report that a comment breaks the rules; moderators see it, nobody else."""

    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(Instant, default=now)


class ClockMove(db.Model):
    """A day that was announced and then moved: by an extension, a postponement, another rule or another calendar.

    `cause` names what moved it; `source` is the ledger's subject of a changed rule or day, such as `day:2026-12-16`.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), index=True)
    what: Mapped[str] = mapped_column(String(20))  # see `clocks.What`
    from_on: Mapped[date] = mapped_column(Date)
    to_on: Mapped[date] = mapped_column(Date)
    cause: Mapped[str] = mapped_column(String(20))  # extended | postponed | rule | calendar
    source: Mapped[str] = mapped_column(String(140), default="")
    opinion_id: Mapped[int | None] = mapped_column(ForeignKey("opinion.id", ondelete="CASCADE"), index=True)
    moved_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    moved_at: Mapped[datetime] = mapped_column(Instant, default=now)
    reason: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)  # language → text, of a person's decision


class Conclusion(StrEnum):
    """What an expert or a council concludes on a draft."""

    agrees = "agrees"
    agrees_with_remarks = "agrees_with_remarks"
    objects = "objects"


class OpinionChannel(Named, db.Model):
    """One of the ways besides the public discussion in which a draft is opined on; its period in working days is data.

    The law gives every council its term (arts. 19, 20) and counts its silence as agreement; for expert examinations
    the portal proposes the same ten days, which an administrator may change.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    days: Mapped[int] = mapped_column(default=10)
    silence_agrees: Mapped[bool] = mapped_column(default=False)
    rule: Mapped[str] = mapped_column(String(200), default="")
    position: Mapped[int] = mapped_column(default=0)


class Opinion(db.Model):
    """An opinion a body asked for: of whom, when, by when; and the answer, once there is one.

    What it was asked by is kept with it: a channel changed later moves what has not run out, and never what silence
    means. That silence counted as agreement is never stored: it follows from `due_at` and the clock.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), index=True)
    channel_id: Mapped[int] = mapped_column(ForeignKey("opinion_channel.id"), index=True)
    addressee: Mapped[str] = mapped_column(String(300))
    sent_on: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date] = mapped_column(Date)  # the last day, included
    due_at: Mapped[datetime] = mapped_column(Instant, index=True)  # the first instant after it
    days: Mapped[int]
    rule: Mapped[str] = mapped_column(String(200), default="")
    silence_agrees: Mapped[bool] = mapped_column(default=False)
    requested_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    requested_at: Mapped[datetime] = mapped_column(Instant, default=now)
    received_on: Mapped[date | None] = mapped_column(Date)
    conclusion: Mapped[Conclusion | None] = mapped_column(Enum(Conclusion, native_enum=False, length=30))
    recorded_at: Mapped[datetime | None] = mapped_column(Instant)
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id", ondelete="SET NULL"), index=True)
    language: Mapped[str] = mapped_column(String(2), default="")  # of the text
    text: Mapped[str] = mapped_column(Text, default="")
