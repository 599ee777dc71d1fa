"""Required parts by act type, the history of bodies, reasons beside rules."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BOTH_TEXTS = '["text-kk", "text-ru"]'
BODY_COLUMNS = ("ended_reason", "successor_id", "dissolved_on", "named_on", "external_id")


def upgrade() -> None:
    """Bodies get a past and an end, act types what they ask for; what is there stays as it is."""
    with op.batch_alter_table("body") as body:
        body.add_column(sa.Column("external_id", sa.String(40)))
        body.add_column(sa.Column("named_on", sa.Date()))
        body.add_column(sa.Column("dissolved_on", sa.Date()))
        body.add_column(sa.Column("successor_id", sa.Integer()))
        body.add_column(sa.Column("ended_reason", sa.String(400), nullable=False, server_default=""))
        body.create_foreign_key("fk_body_successor_id_body", "body", ["successor_id"], ["id"])
        body.create_index("ix_body_external_id", ["external_id"], unique=True)
        body.create_index("ix_body_successor_id", ["successor_id"])
    with op.batch_alter_table("act_type") as act_type:
        act_type.add_column(sa.Column("is_retired", sa.Boolean(), nullable=False, server_default=sa.false()))
        act_type.add_column(sa.Column("required_parts", sa.JSON(), nullable=False, server_default=BOTH_TEXTS))
    with op.batch_alter_table("policy_area") as area:
        area.add_column(sa.Column("is_retired", sa.Boolean(), nullable=False, server_default=sa.false()))
    _create_tables()


def _create_tables() -> None:
    op.create_table(
        "former_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("used_from", sa.Date()),
        sa.Column("used_until", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(400), nullable=False),
        sa.Column("name_kk", sa.String(400), nullable=False),
        sa.Column("name_ru", sa.String(400), nullable=False),
        sa.Column("name_en", sa.String(400), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_former_name_body_id_body")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_name")),
    )
    op.create_index("ix_former_name_body_id", "former_name", ["body_id"])
    op.create_table(
        "gate_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("allowed_by", sa.Integer()),
        sa.Column("allowed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason_kk", sa.Text(), nullable=False),
        sa.Column("reason_ru", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_gate_override_draft_id_draft")),
        sa.ForeignKeyConstraint(["allowed_by"], ["user.id"], name=op.f("fk_gate_override_allowed_by_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_override")),
    )
    op.create_index("ix_gate_override_draft_id", "gate_override", ["draft_id"])


def downgrade() -> None:
    """Forget names of the past, ends of bodies and overrides."""
    op.drop_table("gate_override")
    op.drop_table("former_name")
    with op.batch_alter_table("policy_area") as area:
        area.drop_column("is_retired")
    with op.batch_alter_table("act_type") as act_type:
        act_type.drop_column("required_parts")
        act_type.drop_column("is_retired")
    with op.batch_alter_table("body") as body:
        body.drop_index("ix_body_successor_id")
        body.drop_index("ix_body_external_id")
        body.drop_constraint("fk_body_successor_id_body", type_="foreignkey")
        for name in BODY_COLUMNS:
            body.drop_column(name)
