"""What an export can hold, and the choice of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QWidget

from core.domain.annotations import AnnotationFilter
from core.domain.browsing import SavedFilter
from core.domain.codebook import Tag
from core.domain.documents import Collection
from core.domain.records import Record


@dataclass(frozen=True)
class Scopes:
    """What can be exported: the record in front, ids of chosen annotations, tags and so on."""

    record: Record | None
    chosen: frozenset[str]
    tags: Sequence[Tag]
    filters: Sequence[SavedFilter] = ()
    collections: Sequence[Collection] = ()


class ScopeBox(QComboBox):
    """The annotations to export, what the analyst looks at first."""

    def __init__(self, scopes: Scopes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What to export"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._fill(scopes)

    @property
    def wanted(self) -> AnnotationFilter:
        """What is chosen to be exported."""
        return self.currentData()

    @property
    def slug(self) -> str:
        """What a file of it is called, without its ending."""
        wanted = self.wanted
        record = (wanted.record or "").partition(":")[2]
        said = record or wanted.tag or wanted.collection or "annotations"
        return "-".join("".join(c if c.isalnum() else " " for c in said).split()).lower()

    def _fill(self, scopes: Scopes) -> None:
        count = len(scopes.chosen)
        chosen = AnnotationFilter(ids=scopes.chosen)
        if count > 1:  # one is what is looked at, rather than chosen
            self.addItem(self.tr("The {n} selected annotations").format(n=count), chosen)
        if scopes.record is not None:
            entry = scopes.record.entry
            name = self.tr("This record: {title}").format(title=entry.title)
            self.addItem(name, AnnotationFilter(record=entry.key))
        if count == 1:
            self.addItem(self.tr("The selected annotation"), chosen)
        self.addItem(self.tr("All annotations"), AnnotationFilter())
        for saved in scopes.filters:
            self.addItem(self.tr("Filter “{name}”").format(name=saved.name), saved.wanted)
        for collection in scopes.collections:
            name = self.tr("Collection “{name}”").format(name=collection.name)
            self.addItem(name, AnnotationFilter(collection=collection.name))
        for tag in scopes.tags:
            name = self.tr("Tagged “{tag}”").format(tag=tag.path)
            self.addItem(name, AnnotationFilter(tag=tag.path))
