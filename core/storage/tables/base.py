"""The declarative base: naming convention and the types that the tables share."""

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, MetaData, String, types
from sqlalchemy.orm import DeclarativeBase


class Moment(types.TypeDecorator[datetime]):
    """A moment in UTC, kept as ISO 8601 text so that it sorts and reads as it is."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: object) -> str | None:
        """Write a moment; naive ones are refused, since they would mean two things."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment needs a time zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: object) -> datetime | None:
        """Read a moment back."""
        return None if value is None else datetime.fromisoformat(value)


class Base(DeclarativeBase):
    """Base of every mapped class."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Moment,
        list[str]: JSON,
        list[list[Any]]: JSON,
        dict[str, Any]: JSON,
        list[dict[str, Any]]: JSON,
    }
