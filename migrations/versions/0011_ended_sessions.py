"""Sessions somebody signed out of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table; sessions that run go on."""
    op.create_table(
        "ended_session",
        sa.Column("code", sa.String(22), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_ended_session")),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("ended_session")
