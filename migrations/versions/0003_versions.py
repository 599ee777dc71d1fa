"""What each version changed and why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every version may say what it changed; those there are say nothing."""
    with op.batch_alter_table("version") as batch:
        batch.add_column(sa.Column("note", sa.JSON(), server_default="{}", nullable=False))


def downgrade() -> None:
    """What versions said is lost."""
    with op.batch_alter_table("version") as batch:
        batch.drop_column("note")
