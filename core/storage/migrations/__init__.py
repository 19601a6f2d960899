"""Alembic's versions of the schema, and the way to the newest."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from core.storage.engine import APPLICATION_ID


def upgrade(engine: Engine) -> None:
    """Bring a database to the newest schema, in one transaction a version."""
    # Alembic takes a third of a second to import; an open of a current workspace needs none of it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    with engine.execution_options(immediate=True).connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        connection.commit()


def back_up(file: Path, to: Path) -> None:
    """Copy an open database whole, through SQLite's backup interface."""
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)
