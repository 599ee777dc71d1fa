"""Names of saved searches, and how often they write."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Those kept already have no name and go on writing once a day."""
    with op.batch_alter_table("saved_search") as table:
        table.add_column(sa.Column("frequency", sa.String(10), nullable=False, server_default="daily"))
        table.add_column(sa.Column("name", sa.String(100), nullable=False, server_default=""))


def downgrade() -> None:
    """Take both away."""
    with op.batch_alter_table("saved_search") as table:
        table.drop_column("name")
        table.drop_column("frequency")
