"""What is stored about bodies, act types, drafts and their texts?"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Date, Enum, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.clock import now
from portal.kernel.db import Instant, db

LANGUAGES = ("kk", "ru", "en")
PASSPORT_ROWS = ("grounds", "content", "aims", "consequences")


class Named:
    """Names in three languages; Kazakh and Russian are required, English is a courtesy."""

    name_kk: Mapped[str] = mapped_column(String(400))
    name_ru: Mapped[str] = mapped_column(String(400))
    name_en: Mapped[str] = mapped_column(String(400), default="")

    def name(self, language: str) -> str:
        """The name in a language; English falls back to Russian."""
        return getattr(self, f"name_{language}") or self.name_ru


class Body(Named, db.Model):
    """A state body: ministry, agency, committee, akimat, maslikhat."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    kind: Mapped[str] = mapped_column(String(30), default="ministry")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), index=True)


class ActType(Named, db.Model):
    """A kind of act with the periods the law sets for it, in working days."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    discussion_days: Mapped[int]
    answer_days: Mapped[int] = mapped_column(default=10)
    rule: Mapped[str] = mapped_column(String(200), default="")  # article of law the period comes from
    position: Mapped[int] = mapped_column(default=0)


class PolicyArea(Named, db.Model):
    """A field of public policy, one of the twenty-five of the national portal."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    position: Mapped[int] = mapped_column(default=0)


class TransferredDay(db.Model):
    """A day whose being a working day was decided by decree, against the calendar."""

    on: Mapped[date] = mapped_column(Date, primary_key=True)
    is_working: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(200), default="")


class Draft(db.Model):
    """The file of one proposed act: all versions and languages.

    Its phase follows from dates: see `portal.consultation.phases`. `is_public` turns true once, when the first
    consultation is announced. The long texts stand last in the row: SQLite reads a row from its beginning.
    """

    __table_args__ = (
        # not by `is_public`: nearly all are, and without statistics SQLite would take it for a narrow choice
        Index("ix_draft_adopted", "adopted_on", "withdrawn_at", "is_public", sqlite_where=text("adopted_on IS NOT NULL"),
              postgresql_where=text("adopted_on IS NOT NULL")),
        Index("ix_draft_withdrawn", "withdrawn_at", sqlite_where=text("withdrawn_at IS NOT NULL"),
              postgresql_where=text("withdrawn_at IS NOT NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)  # 2026-00017
    type_id: Mapped[int] = mapped_column(ForeignKey("act_type.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    area_id: Mapped[int | None] = mapped_column(ForeignKey("policy_area.id"), index=True)
    is_public: Mapped[bool] = mapped_column(default=False)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(Instant, default=now)
    updated_at: Mapped[datetime] = mapped_column(Instant, default=now)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    adopted_on: Mapped[date | None] = mapped_column(Date)
    adopted_reference: Mapped[str] = mapped_column(String(400), default="")
    title_kk: Mapped[str] = mapped_column(String(2000), default="")
    title_ru: Mapped[str] = mapped_column(String(2000), default="")
    title_en: Mapped[str] = mapped_column(String(2000), default="")
    summary_kk: Mapped[str] = mapped_column(Text, default="")
    summary_ru: Mapped[str] = mapped_column(Text, default="")
    summary_en: Mapped[str] = mapped_column(Text, default="")
    passport: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON, default=dict)  # language → row → text
    withdrawn_reason: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)  # language → text

    def title(self, language: str) -> str:
        """The title in a language, or in the first one there is."""
        return getattr(self, f"title_{language}") or self.title_kk or self.title_ru or self.title_en

    def summary(self, language: str) -> str:
        return getattr(self, f"summary_{language}") or ""


class Version(db.Model):
    """One text of a draft in all its languages; immutable once published."""

    __table_args__ = (UniqueConstraint("draft_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), index=True)
    number: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(Instant, default=now)
    published_at: Mapped[datetime | None] = mapped_column(Instant)


class VersionText(db.Model):
    """The tree of provisions of a version in one language, as `structure.outline_to_json` writes it.

    The tree is one value, not a row for each provision: it is read whole, never changes once published, and
    150,000 drafts would make fifty million rows.
    """

    __table_args__ = (UniqueConstraint("version_id", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    language: Mapped[str] = mapped_column(String(2))
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256 of the canonical outline
    source_name: Mapped[str] = mapped_column(String(255), default="")
    source_file: Mapped[str | None] = mapped_column(String(64))  # digest in the file store
    uploaded_at: Mapped[datetime] = mapped_column(Instant, default=now)
    outline: Mapped[dict[str, Any]] = mapped_column(JSON)  # last, for it is long


class AttachmentKind(StrEnum):
    """A part of the package beside the texts."""

    note = "note"
    comparative_table = "comparative-table"
    calculation = "calculation"
    opinion = "opinion"
    other = "other"


class Attachment(db.Model):
    """A file or text that goes with a draft, such as the explanatory note."""

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), index=True)
    kind: Mapped[AttachmentKind] = mapped_column(Enum(AttachmentKind, native_enum=False, length=30))
    language: Mapped[str] = mapped_column(String(2), default="")
    text: Mapped[str] = mapped_column(Text, default="")  # typed in; or empty when it is a file
    name: Mapped[str] = mapped_column(String(255), default="")
    media_type: Mapped[str] = mapped_column(String(120), default="")
    size: Mapped[int] = mapped_column(default=0)  # bytes
    file: Mapped[str | None] = mapped_column(String(64))  # digest in the file store
    added_at: Mapped[datetime] = mapped_column(Instant, default=now)
