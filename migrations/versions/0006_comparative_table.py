"""Comparative tables of amending drafts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The comparative table of a version, and its rows in Kazakh and Russian."""
    op.create_table(
        "comparative_table",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("manner", sa.String(length=20), nullable=False),
        sa.Column("next_number", sa.Integer(), nullable=False),
        sa.Column("built_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("base", sa.JSON(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_comparative_table_version_id_version"),
        sa.PrimaryKeyConstraint("id", name="pk_comparative_table"),
        sa.UniqueConstraint("version_id", name="uq_comparative_table_version_id"),
    )
    op.create_table(
        "table_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("change", sa.String(length=20), nullable=False),
        sa.Column("finding", sa.String(length=20), nullable=False),
        sa.Column("unit", sa.String(length=500), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("element_kk", sa.String(length=1000), nullable=False),
        sa.Column("element_ru", sa.String(length=1000), nullable=False),
        *(
            sa.Column(f"{cell}_{language}", sa.Text(), nullable=False)
            for cell in ("reason", "present", "proposed")
            for language in ("kk", "ru")
        ),
        sa.ForeignKeyConstraint(["table_id"], ["comparative_table.id"], name="fk_table_row_table_id_comparative_table"),
        sa.PrimaryKeyConstraint("id", name="pk_table_row"),
        sa.UniqueConstraint("table_id", "number", name="uq_table_row_table_id_number"),
    )
    op.create_index("ix_table_row_place", "table_row", ["table_id", "place"])


def downgrade() -> None:
    """The tables go with all their rows."""
    op.drop_index("ix_table_row_place", "table_row")
    op.drop_table("table_row")
    op.drop_table("comparative_table")
