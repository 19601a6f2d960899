"""The analyst's documents, and the queue of files that are to become some."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOMENT = sa.String(length=32)


def upgrade() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("authors", sa.JSON(), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=True)
            for name in ("date", "language", "publisher", "address", "symbol")
        ),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("trashed", MOMENT, nullable=True),
        sa.Column("analyst", sa.String(), nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("modified", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("key", name=op.f("uq_document_key")),
    )
    op.create_index(op.f("ix_document_batch"), "document", ["batch"])
    op.create_table(
        "document_batch",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("analyst", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_batch")),
    )
    op.create_table(
        "document_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("suffix", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("path", sa.LargeBinary(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.JSON(), nullable=False),
        sa.Column("remarks", sa.JSON(), nullable=False),
        sa.Column("passages", sa.Integer(), nullable=False),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("imported", MOMENT, nullable=False),
        sa.Column("parked", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_edition")),
    )
    for column in ("document_id", "sha256", "path"):
        op.create_index(op.f(f"ix_document_edition_{column}"), "document_edition", [column])
    _ties()
    _queue()


def _ties() -> None:
    op.create_table(
        "document_link",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("predicate", sa.String(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "document_id", "predicate", "target_id", name=op.f("pk_document_link")
        ),
    )
    op.create_index(op.f("ix_document_link_target_id"), "document_link", ["target_id"])
    op.create_table(
        "document_tag",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", "tag_id", name=op.f("pk_document_tag")),
    )
    op.create_index(op.f("ix_document_tag_tag_id"), "document_tag", ["tag_id"])
    op.create_table(
        "collection",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collection")),
        sa.UniqueConstraint("folded", name=op.f("uq_collection_folded")),
    )
    op.create_table(
        "collected",
        sa.Column("collection_id", sa.String(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["collection.id"], name=op.f("fk_collected_collection_id_collection")
        ),
        sa.PrimaryKeyConstraint("collection_id", "document_id", name=op.f("pk_collected")),
    )
    op.create_index(op.f("ix_collected_document_id"), "collected", ["document_id"])
    op.create_table(
        "document_stash",
        sa.Column("document_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_document_stash")),
    )


def _queue() -> None:
    op.create_table(
        "import_run",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("roots", sa.JSON(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("analyst", sa.String(), nullable=False),
        sa.Column("started", MOMENT, nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("ended", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    op.create_table(
        "import_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("path", sa.LargeBinary(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=True),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["import_run.id"],
            name=op.f("fk_import_file_run_id_import_run"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_file")),
    )
    op.create_index("ix_import_file_run_id_path", "import_file", ["run_id", "path"], unique=True)
    for column in ("state", "done"):
        op.create_index(op.f(f"ix_import_file_{column}"), "import_file", [column])


def downgrade() -> None:
    for name in (
        "import_file",
        "import_run",
        "document_stash",
        "collected",
        "collection",
        "document_tag",
        "document_link",
        "document_edition",
        "document_batch",
        "document",
    ):
        op.drop_table(name)
