"""Saved and recent searches."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "saved_search",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("narrowing", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("created", sa.String(length=32), nullable=False),
        sa.Column("modified", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
    )
    op.create_table(
        "saved_search_seen",
        sa.Column("search_id", sa.String(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("search_id", name=op.f("pk_saved_search_seen")),
    )
    op.create_table(
        "recent_search",
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("folded", name=op.f("pk_recent_search")),
    )
    with op.batch_alter_table("recent_search", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recent_search_at"), ["at"], unique=False)


def downgrade() -> None:

    with op.batch_alter_table("recent_search", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recent_search_at"))

    op.drop_table("recent_search")
    op.drop_table("saved_search_seen")
    op.drop_table("saved_search")
