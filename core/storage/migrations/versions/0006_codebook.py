"""Tags say more of themselves and keep their place; steps taken back say when."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_WORDS = ("include", "exclude", "example")


def upgrade() -> None:
    for name in _WORDS:
        op.add_column("tag", sa.Column(name, sa.String(), server_default="", nullable=False))
    op.add_column("tag", sa.Column("position", sa.Integer(), server_default="0", nullable=False))
    op.add_column("tag", sa.Column("favourite", sa.Integer(), nullable=True))
    op.create_table(
        "history_turn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("analyst", sa.String(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["step_id"], ["history_step.id"], name=op.f("fk_history_turn_step_id_history_step")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_turn")),
    )
    op.create_index(op.f("ix_history_turn_step_id"), "history_turn", ["step_id"])


def downgrade() -> None:
    op.drop_table("history_turn")
    for name in ("favourite", "position", *reversed(_WORDS)):
        op.drop_column("tag", name)
