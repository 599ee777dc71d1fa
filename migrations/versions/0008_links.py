"""Drafts linked to drafts, families, and adopted acts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Links of drafts, the texts of adopted acts, and what near-identical drafts are found by."""
    _links()
    _adopted_acts()
    _families()


def _links() -> None:
    op.create_table(
        "draft_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("linked_by", sa.Integer(), nullable=True),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["from_id"], ["draft.id"], name="fk_draft_link_from_id_draft"),
        sa.ForeignKeyConstraint(["to_id"], ["draft.id"], name="fk_draft_link_to_id_draft"),
        sa.ForeignKeyConstraint(["linked_by"], ["user.id"], name="fk_draft_link_linked_by_user"),
        sa.PrimaryKeyConstraint("id", name="pk_draft_link"),
        sa.UniqueConstraint("to_id", "from_id", "kind", name="uq_draft_link_to_id_from_id_kind"),
    )
    op.create_index("ix_draft_link_from_id", "draft_link", ["from_id"])


def _adopted_acts() -> None:
    op.create_table(
        "adopted_act",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name="fk_adopted_act_draft_id_draft"),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_adopted_act_version_id_version"),
        sa.PrimaryKeyConstraint("draft_id", name="pk_adopted_act"),
    )
    op.create_table(
        "adopted_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("source_name", sa.String(length=255), nullable=False),
        sa.Column("source_file", sa.String(length=64), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outline", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name="fk_adopted_text_draft_id_draft"),
        sa.PrimaryKeyConstraint("id", name="pk_adopted_text"),
        sa.UniqueConstraint("draft_id", "language", name="uq_adopted_text_draft_id_language"),
    )


def _families() -> None:
    op.create_table(
        "family",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["draft.id"], name="fk_family_id_draft"),
        sa.PrimaryKeyConstraint("id", name="pk_family"),
    )
    op.create_table(
        "fingerprint",
        sa.Column("draft_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("signature", sa.LargeBinary(length=256), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name="fk_fingerprint_draft_id_draft"),
        sa.PrimaryKeyConstraint("draft_id", "language", name="pk_fingerprint"),
    )
    op.create_table(
        "fingerprint_band",
        sa.Column("value", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("draft_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name="fk_fingerprint_band_draft_id_draft"),
        sa.PrimaryKeyConstraint("value", "draft_id", name="pk_fingerprint_band"),
    )
    op.add_column("consultation", sa.Column("family_id", sa.Integer(), nullable=True))
    op.create_index(
        "ix_consultation_family", "consultation", ["family_id", "id"],
        sqlite_where=sa.text("family_id IS NOT NULL"), postgresql_where=sa.text("family_id IS NOT NULL"),
    )  # fmt: skip


def downgrade() -> None:
    """Links, families and adopted texts are forgotten; drafts stay as they are."""
    op.drop_index("ix_consultation_family", "consultation")
    op.drop_column("consultation", "family_id")
    for table in ("fingerprint_band", "fingerprint", "family", "adopted_text", "adopted_act", "draft_link"):
        op.drop_table(table)
