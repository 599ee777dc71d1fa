"""Edited structures and acknowledged differences of the languages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What a drafter did to a text as the importer saw it, and which differences of the two languages are meant."""
    op.create_table(
        "text_edits",
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("operations", sa.JSON(), nullable=False),
        sa.Column("imported", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["text_id"], ["version_text.id"], name="fk_text_edits_text_id_version_text"),
        sa.PrimaryKeyConstraint("text_id", name="pk_text_edits"),
    )
    op.create_table(
        "acknowledgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=500), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("acknowledged_by", sa.Integer(), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_acknowledgement_version_id_version"),
        sa.ForeignKeyConstraint(["acknowledged_by"], ["user.id"], name="fk_acknowledgement_acknowledged_by_user"),
        sa.PrimaryKeyConstraint("id", name="pk_acknowledgement"),
        sa.UniqueConstraint("version_id", "fingerprint", name="uq_acknowledgement_version_id_fingerprint"),
    )


def downgrade() -> None:
    """Edited texts stay as they are; how they came to be so is forgotten."""
    op.drop_table("acknowledgement")
    op.drop_table("text_edits")
