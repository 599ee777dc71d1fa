"""Opinions recorded in words alone are a part of the package too, as those that came as a file."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

IN_WORDS = sa.text(
    "SELECT id, draft_id, language, addressee, recorded_at FROM opinion "
    "WHERE received_on IS NOT NULL AND attachment_id IS NULL AND text <> '' ORDER BY id"
)
PLACE = sa.text(
    "INSERT INTO attachment (draft_id, kind, language, text, name, media_type, size, file, added_at) "
    "VALUES (:draft_id, 'opinion', :language, '', :name, '', 0, NULL, :added_at) RETURNING id"
)


def upgrade() -> None:
    """A place in the package for each; its words stay with the opinion."""
    connection = op.get_bind()
    for opinion_id, draft_id, language, addressee, recorded_at in connection.execute(IN_WORDS).all():
        place = {"draft_id": draft_id, "language": language, "name": addressee[:255], "added_at": recorded_at}
        attachment_id = connection.execute(PLACE, place).scalar_one()
        connection.execute(
            sa.text("UPDATE opinion SET attachment_id = :attachment_id WHERE id = :id"),
            {"attachment_id": attachment_id, "id": opinion_id},
        )


def downgrade() -> None:
    """The places go."""
    places = "SELECT id FROM attachment WHERE kind = 'opinion' AND file IS NULL AND text = ''"
    op.execute(f"UPDATE opinion SET attachment_id = NULL WHERE attachment_id IN ({places})")
    op.execute("DELETE FROM attachment WHERE kind = 'opinion' AND file IS NULL AND text = ''")
