"""Ties from marked passages to records and to one another."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "passage_link",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("annotation_id", sa.String(), nullable=False),
        sa.Column("meaning", sa.String(), nullable=False),
        sa.Column("record_key", sa.String(), nullable=False),
        sa.Column("target_id", sa.String(), nullable=True),
        sa.Column("analyst", sa.String(), nullable=False),
        sa.Column("created", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["annotation_id"],
            ["annotation.id"],
            name=op.f("fk_passage_link_annotation_id_annotation"),
        ),
        sa.ForeignKeyConstraint(
            ["target_id"], ["annotation.id"], name=op.f("fk_passage_link_target_id_annotation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage_link")),
    )
    for column in ("annotation_id", "record_key", "target_id"):
        op.create_index(op.f(f"ix_passage_link_{column}"), "passage_link", [column])


def downgrade() -> None:
    op.drop_table("passage_link")
