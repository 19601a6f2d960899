"""A disk without room, as the database of the window under test sees it."""

from contextlib import contextmanager

from sqlalchemy import event


@contextmanager
def full_disk(workspace):
    """Let the database find no more room, as on a full disk."""

    def bound(connection):
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    def unbound(connection):
        connection.exec_driver_sql("PRAGMA max_page_count=1000000")

    engine = workspace._database.engine
    event.listen(engine, "begin", bound)
    try:
        yield
    finally:
        event.remove(engine, "begin", bound)
        event.listen(engine, "begin", unbound)
