"""The editions of the reference that were loaded, and the steps that went from one to another."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pack_edition",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("file", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_pack_edition")),
    )
    op.create_table(
        "pack_change",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_change")),
    )


def downgrade() -> None:
    op.drop_table("pack_change")
    op.drop_table("pack_edition")
