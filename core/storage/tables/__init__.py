"""Mapped classes, one file an aggregate; private to storage."""

from core.storage.tables.analyst import (
    AnnotationRow,
    AnnotationTagRow,
    NoteRow,
    PassageLinkRow,
    QueueRow,
    StepRow,
    TagRow,
    TurnRow,
)
from core.storage.tables.base import Base
from core.storage.tables.documents import (
    CollectedRow,
    CollectionRow,
    DocumentBatchRow,
    DocumentEditionRow,
    DocumentLinkRow,
    DocumentRow,
    DocumentTagRow,
    StashRow,
)
from core.storage.tables.imports import ImportFileRow, ImportRunRow
from core.storage.tables.own import (
    DraftRow,
    OwnRecordRow,
    PackChangeRow,
    PackEditionRow,
    PackEntryRow,
)
from core.storage.tables.presets import ExportPresetRow
from core.storage.tables.reference import (
    AliasRow,
    FactRow,
    PackRow,
    RecordRow,
    RelationRow,
    TextRow,
)
from core.storage.tables.searches import RecentSearchRow, SavedFilterRow, SavedSearchRow, SeenRow
from core.storage.tables.settings import SettingRow
from core.storage.tables.synonyms import SynonymRow

__all__ = [
    "AliasRow",
    "AnnotationRow",
    "AnnotationTagRow",
    "Base",
    "CollectedRow",
    "CollectionRow",
    "DocumentBatchRow",
    "DocumentEditionRow",
    "DocumentLinkRow",
    "DocumentRow",
    "DocumentTagRow",
    "DraftRow",
    "ExportPresetRow",
    "FactRow",
    "ImportFileRow",
    "ImportRunRow",
    "NoteRow",
    "OwnRecordRow",
    "PackChangeRow",
    "PackEditionRow",
    "PackEntryRow",
    "PackRow",
    "PassageLinkRow",
    "QueueRow",
    "RecentSearchRow",
    "RecordRow",
    "RelationRow",
    "SavedFilterRow",
    "SavedSearchRow",
    "SeenRow",
    "SettingRow",
    "StashRow",
    "StepRow",
    "SynonymRow",
    "TagRow",
    "TextRow",
    "TurnRow",
]
