"""What hangs on a record: found through the foreign keys, taken off it and put back.

A new table that refers to annotations needs no word here; only its foreign key.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Column, Table, insert, or_, select
from sqlalchemy.orm import Session

from core.storage.row_images import Image, plain, stored
from core.storage.tables import AnnotationRow, Base, RecordRow, TagRow

_CHUNK = 500  # SQLite takes no more than some thousands of parameters in one statement
_TAG = TagRow.__tablename__


def take_off(session: Session, record: int) -> list[Image]:
    """Take all rows that hang on a record out of their tables; returns their images.

    Tags that they need are among the images, but stay. What goes with the record by itself
    (its text, its ties) is not.
    """
    held: dict[str, list[Any]] = {RecordRow.__tablename__: [record]}
    found: list[tuple[Table, list[dict[str, Any]]]] = []
    for table in Base.metadata.sorted_tables:
        rows = _referring(session, table, held)
        if rows:
            found.append((table, rows))
            key = list(table.primary_key)
            if len(key) == 1:
                held[table.name] = [row[key[0].name] for row in rows]
    images = [_image(_table(_TAG), row) for row in _tags_of(session, found)]
    images += [_image(table, row) for table, rows in found for row in rows]
    for table, rows in reversed(found):
        for row in rows:
            here = [column == row[column.name] for column in table.primary_key]
            session.execute(table.delete().where(*here))
    return images


def put_back(session: Session, images: Iterable[Image]) -> None:
    """Write rows back that `take_off` took.

    A tag that is gone comes back, unless another has its name now: then that one serves. Rows
    that refer to others that are gone for good stay away.
    """
    images = list(images)
    tags = _bring_tags(session, [i["after"] for i in images if i["table"] == _TAG])
    for image in images:
        table = _table(image["table"])
        if table.name == _TAG:
            continue
        row = stored(table, image["after"])
        for column in _references(table, _TAG):
            row[column.name] = tags.get(row[column.name], row[column.name])
        if all(_is_there(session, column, row[column.name]) for column in table.columns):
            session.execute(insert(table).prefix_with("OR IGNORE"), [row])


def annotations_in(images: Iterable[Image]) -> set[str]:
    """Return the ids of the annotations among these rows."""
    return {i["after"]["id"] for i in images if i["table"] == AnnotationRow.__tablename__}


def _referring(session: Session, table: Table, held: dict[str, list[Any]]) -> list[dict[str, Any]]:
    columns = [
        (column, held[key.column.table.name])
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name in held and key.ondelete != "CASCADE"
    ]
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for column, values in columns:
        for at in range(0, len(values), _CHUNK):
            query = select(table).where(or_(column.in_(values[at : at + _CHUNK])))
            for row in session.execute(query).mappings():
                rows[tuple(row[key] for key in table.primary_key)] = {
                    c.name: row[c] for c in table.columns
                }
    return list(rows.values())


def _references(table: Table, other: str) -> Iterator[Column[Any]]:
    for column in table.columns:
        if any(key.column.table.name == other for key in column.foreign_keys):
            yield column


def _tags_of(
    session: Session, found: Iterable[tuple[Table, list[dict[str, Any]]]]
) -> list[dict[str, Any]]:
    ids = {row[c.name] for table, rows in found for c in _references(table, _TAG) for row in rows}
    tag = _table(_TAG)
    query = select(tag).where(tag.c.id.in_(ids))
    return [{c.name: row[c] for c in tag.columns} for row in session.execute(query).mappings()]


def _bring_tags(session: Session, rows: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Have each tag there under some id; returns which id now stands for which."""
    now: dict[str, str] = {}
    tag = _table(_TAG)
    for row in rows:
        same = select(tag.c.id).where(or_(tag.c.id == row["id"], tag.c.folded == row["folded"]))
        present = set(session.scalars(same))
        if not present:
            session.execute(insert(tag), [stored(tag, row)])
        now[row["id"]] = row["id"] if row["id"] in present or not present else present.pop()
    return now


def _is_there(session: Session, column: Column[Any], value: object) -> bool:
    return all(
        value is None
        or session.scalar(select(key.column).where(key.column == value).limit(1)) is not None
        for key in column.foreign_keys
    )


def _table(name: str) -> Table:
    return Base.metadata.tables[name]


def _image(table: Table, row: dict[str, Any]) -> Image:
    return {
        "table": table.name,
        "before": None,
        "after": {name: plain(value) for name, value in row.items()},
    }
