"""What is stored about bodies, act types, drafts and their texts?"""

from __future__ import annotations

import json
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Date, Enum, ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.clock import now
from portal.kernel.db import Instant, db

LANGUAGES = ("kk", "ru", "en")
REPORT_RULE = "Public Services, art. 15; Access to Information, art. 16"
ALWAYS_REQUIRED = ("text-kk", "text-ru")  # parts a new act type asks for: both texts are authentic, art. 24(3)
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
    external_id: Mapped[str | None] = mapped_column(String(40), index=True, unique=True)  # in the table it came from
    named_on: Mapped[date | None] = mapped_column(Date)  # bears its present name since; null: since ever
    dissolved_on: Mapped[date | None] = mapped_column(Date)  # the first day on which it is no more
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), index=True)
    ended_reason: Mapped[str] = mapped_column(String(400), default="", server_default="")


class FormerName(Named, db.Model):
    """A name that a body bore; the present one stands in `Body`."""

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    used_from: Mapped[date | None] = mapped_column(Date)  # null: since ever
    used_until: Mapped[date] = mapped_column(Date)  # the first day of the next name
    reason: Mapped[str] = mapped_column(String(400), default="")  # the act by which it was renamed


class ActType(Named, db.Model):
    """A kind of act with the periods the law sets for it, in working days."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    discussion_days: Mapped[int]
    answer_days: Mapped[int] = mapped_column(default=10)
    rule: Mapped[str] = mapped_column(String(200), default="")  # article of law the period comes from
    answer_rule: Mapped[str] = mapped_column(String(200), default="", server_default="")  # article of the reasoned answer
    # the law asks for the report and gives no number of days: five after the answers are due, until somebody sets another
    report_days: Mapped[int] = mapped_column(default=5, server_default="5")
    report_rule: Mapped[str] = mapped_column(String(200), default=REPORT_RULE, server_default=REPORT_RULE)
    position: Mapped[int] = mapped_column(default=0)
    is_retired: Mapped[bool] = mapped_column(default=False, server_default=false())  # no new draft is of it
    required_parts: Mapped[list[str]] = mapped_column(
        JSON, default=lambda: list(ALWAYS_REQUIRED), server_default=json.dumps(ALWAYS_REQUIRED)
    )


class PolicyArea(Named, db.Model):
    """A field of public policy, one of the twenty-five of the national portal."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    position: Mapped[int] = mapped_column(default=0)
    is_retired: Mapped[bool] = mapped_column(default=False, server_default=false())


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

    def why_withdrawn(self, language: str) -> tuple[str, str | None]:
        """The public reason, and its language where that is another; ("", None) while the draft stands."""
        reasons = self.withdrawn_reason or {}
        found = language if language in reasons else next(iter(reasons), language)
        return reasons.get(found, ""), found if found != language else None


class Version(db.Model):
    """One text of a draft in all its languages; immutable once published."""

    __table_args__ = (UniqueConstraint("draft_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), index=True)
    number: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(Instant, default=now)
    published_at: Mapped[datetime | None] = mapped_column(Instant)
    note: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, server_default="{}")  # language → what changed and why


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


class LinkKind(StrEnum):
    """How one draft leads to another."""

    consultative = "consultative"  # a consultative document of regulatory policy → the bill that follows it, art. 17-1
    replacement = "replacement"  # a withdrawn draft → the one opened in its place


class DraftLink(db.Model):
    """One public draft leads to another draft."""

    __table_args__ = (UniqueConstraint("to_id", "from_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), index=True)  # the earlier one
    to_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    kind: Mapped[LinkKind] = mapped_column(Enum(LinkKind, native_enum=False, length=20))
    linked_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    linked_at: Mapped[datetime] = mapped_column(Instant, default=now)


class AdoptedAct(db.Model):
    """What is known of the act a draft became, beside its day and name in `Draft`.

    `counts` say for each language how many units were changed on the way from the last version of the draft, by the
    name of the change (`portal.drafts.compare.Change`); the texts are immutable once `published_at` is set.
    """

    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), primary_key=True, autoincrement=False)
    url: Mapped[str] = mapped_column(String(500), default="")  # of the official publication
    published_at: Mapped[datetime | None] = mapped_column(Instant)  # the text, on this portal
    version_id: Mapped[int | None] = mapped_column(ForeignKey("version.id"))  # the keys are carried from it
    counts: Mapped[dict[str, dict[str, int]]] = mapped_column(JSON, default=dict)


class AdoptedText(db.Model):
    """The text of the act as it was adopted, in one language; as `VersionText`."""

    __table_args__ = (UniqueConstraint("draft_id", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    language: Mapped[str] = mapped_column(String(2))
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256 of the canonical outline
    source_name: Mapped[str] = mapped_column(String(255), default="")
    source_file: Mapped[str | None] = mapped_column(String(64))  # digest in the file store
    uploaded_at: Mapped[datetime] = mapped_column(Instant, default=now)
    outline: Mapped[dict[str, Any]] = mapped_column(JSON)  # last, for it is long


class TextEdits(db.Model):
    """What a drafter changed in the structure the importer recognised, so that it can be undone to the first step.

    `operations` are steps of `portal.drafts.editing` as JSON, oldest first; the first `done` of them stand in the text,
    the rest were undone and can be done again. The row goes when the text is uploaded anew.
    """

    text_id: Mapped[int] = mapped_column(ForeignKey("version_text.id"), primary_key=True)
    done: Mapped[int] = mapped_column(default=0)
    edited_at: Mapped[datetime] = mapped_column(Instant, default=now)
    operations: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    imported: Mapped[dict[str, Any]] = mapped_column(JSON)  # the outline as the importer saw it


class Acknowledgement(db.Model):
    """A drafter says that the Kazakh and the Russian text differ in structure at one place on purpose, and why.

    It holds for the unit as it stood: `fingerprint` changes with the words and the structure of either side. Without
    `acknowledged_by` it was an operator who brought the texts in.
    """

    __table_args__ = (UniqueConstraint("version_id", "fingerprint"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    fingerprint: Mapped[str] = mapped_column(String(64))
    code: Mapped[str] = mapped_column(String(40))  # of `structure.WARNINGS`
    key: Mapped[str] = mapped_column(String(500))
    params: Mapped[dict[str, str | int]] = mapped_column(JSON)
    acknowledged_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    acknowledged_at: Mapped[datetime] = mapped_column(Instant, default=now)
    reason: Mapped[str] = mapped_column(Text)


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


class GateOverride(db.Model):
    """An administrator let a draft go public without some of its required parts; the reason is public."""

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), index=True)
    parts: Mapped[list[str]] = mapped_column(JSON)  # codes of what was missing
    allowed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    allowed_at: Mapped[datetime] = mapped_column(Instant, default=now)
    reason_kk: Mapped[str] = mapped_column(Text)
    reason_ru: Mapped[str] = mapped_column(Text)


class ComparativeTable(db.Model):
    """The comparative table of one version; it changes no more once the version is published.

    `base` is language → what was in force: a file ("name", "digest" in the file store) or a version of a published draft
    ("draft", "number"). `texts` is language → digest of the draft's text it was built from. `next_number` is for the next row.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), unique=True)
    manner: Mapped[str] = mapped_column(String(20))  # of `portal.drafts.comparative.Manner`
    next_number: Mapped[int] = mapped_column(default=1)
    built_at: Mapped[datetime] = mapped_column(Instant, default=now)
    base: Mapped[dict[str, dict[str, Any]]] = mapped_column(JSON)
    texts: Mapped[dict[str, str]] = mapped_column(JSON)


class TableRow(db.Model):
    """A row of a comparative table. `number` is its own for good: comments are anchored to it; `place` is its turn.

    `unit` is the key of the draft's provision it is about, "" for none; `revision` counts its edits by hand.
    """

    __table_args__ = (UniqueConstraint("table_id", "number"), Index("ix_table_row_place", "table_id", "place"))

    id: Mapped[int] = mapped_column(primary_key=True)
    table_id: Mapped[int] = mapped_column(ForeignKey("comparative_table.id"))
    number: Mapped[int]
    place: Mapped[int]
    change: Mapped[str] = mapped_column(String(20))  # of `portal.drafts.comparative.RowChange`
    finding: Mapped[str] = mapped_column(String(20), default="")  # of `portal.drafts.comparative.Finding`
    unit: Mapped[str] = mapped_column(String(500), default="")
    revision: Mapped[int] = mapped_column(default=0)
    element_kk: Mapped[str] = mapped_column(String(1000), default="")
    element_ru: Mapped[str] = mapped_column(String(1000), default="")
    reason_kk: Mapped[str] = mapped_column(Text, default="")
    reason_ru: Mapped[str] = mapped_column(Text, default="")
    present_kk: Mapped[str] = mapped_column(Text, default="")
    present_ru: Mapped[str] = mapped_column(Text, default="")
    proposed_kk: Mapped[str] = mapped_column(Text, default="")
    proposed_ru: Mapped[str] = mapped_column(Text, default="")
