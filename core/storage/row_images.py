"""Images of rows before and after a change, and writing them back, in bulk.

An image is ``{"table", "before": row | None, "after": row | None}``, rows as plain JSON values. A
tag that was merged into another one says so by ``"into"``, the id of that one.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Table, bindparam
from sqlalchemy.orm import Session

from core.storage.tables import Base
from core.storage.tables.base import Moment

Row = dict[str, Any]
Image = dict[str, Any]

_KEY = "key_"  # before the names of the columns that find the row: an update may change those


def plain(value: object) -> object:
    """Return a column's value as JSON has it."""
    return value.isoformat() if isinstance(value, datetime) else value


def image_of(row: Base) -> Row:
    """Return a mapped row as an image has it."""
    return {column.name: plain(getattr(row, column.name)) for column in row.__table__.columns}


def write_images(session: Session, images: Sequence[Image], *, backwards: bool) -> None:
    """Write the rows of a run of images as they are after it, or backwards as before it.

    Rows that follow one another and need the same statement are written by one.
    """
    turned: Iterable[Image] = images
    if backwards:
        turned = (
            {"table": image["table"], "before": image["after"], "after": image["before"]}
            for image in reversed(images)
        )
    for (name, _what), run in groupby(turned, _statement):
        _write_run(session, Base.metadata.tables[name], list(run))


def _statement(image: Image) -> tuple[str, tuple[bool, tuple[str, ...]]]:
    """Return what two images must share to be written by one statement."""
    present, target = image["before"], image["after"]
    # Images that an older version wrote lack the columns that came later.
    return image["table"], (present is None, () if target is None else tuple(target))


def _write_run(session: Session, table: Table, run: list[Image]) -> None:
    present, target = run[0]["before"], run[0]["after"]
    if present is None and target is None:
        return
    if present is None:
        session.execute(table.insert(), [stored(table, image["after"]) for image in run])
        return
    names = [column.name for column in table.primary_key]
    keys = [{_KEY + name: image["before"][name] for name in names} for image in run]
    here = [table.c[name] == bindparam(_KEY + name) for name in names]
    # On the connection: the session takes an executemany of updates for something else.
    if target is None:
        session.connection().execute(table.delete().where(*here), keys)
    else:
        values = [stored(table, image["after"]) | key for image, key in zip(run, keys, strict=True)]
        session.connection().execute(
            table.update().where(*here).values({name: bindparam(name) for name in target}), values
        )


def stored(table: Table, row: Row) -> Row:
    """Return a row of an image as the table takes it."""
    moments = {c.name for c in table.columns if isinstance(c.type, Moment)}
    return {
        name: datetime.fromisoformat(value) if name in moments and value else value
        for name, value in row.items()
    }
