"""Saved searches and the words of the corpus."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Three tables; the first two are filled by the worker."""
    op.create_table(
        "corpus_word",
        sa.Column("text", sa.String(40), nullable=False),
        sa.Column("initial", sa.String(1), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("text", name=op.f("pk_corpus_word")),
    )
    op.create_index("ix_corpus_word_like", "corpus_word", ["initial", "size", "count"])
    op.create_table(
        "concept",
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("stem", sa.String(40), nullable=False),
        sa.Column("other", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("language", "stem", name=op.f("pk_concept")),
    )
    op.create_table(
        "saved_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("parameters", sa.String(1500), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_saved_search_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
        sa.UniqueConstraint("user_id", "parameters", name=op.f("uq_saved_search_user_id_parameters")),
    )
    op.create_index(op.f("ix_saved_search_seen_until"), "saved_search", ["seen_until"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("saved_search")
    op.drop_table("concept")
    op.drop_table("corpus_word")
