"""Mapped classes, one file an aggregate; private to storage."""

from core.storage.tables.analyst import (
    AnnotationRow,
    AnnotationTagRow,
    QueueRow,
    StepRow,
    TagRow,
)
from core.storage.tables.base import Base
from core.storage.tables.reference import (
    AliasRow,
    FactRow,
    PackRow,
    RecordRow,
    RelationRow,
    TextRow,
)

__all__ = [
    "AliasRow",
    "AnnotationRow",
    "AnnotationTagRow",
    "Base",
    "FactRow",
    "PackRow",
    "QueueRow",
    "RecordRow",
    "RelationRow",
    "StepRow",
    "TagRow",
    "TextRow",
]
